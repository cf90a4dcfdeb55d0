"""Pages of the officers' words for redaction: of the district, and of one consultation."""

import re

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from consultation.action_forms import PostedForm
from consultation.reading.allow_list import actions, known_words_snapshot
from consultation.reading.allow_list.models import KnownWords, KnownWordsKind
from consultation.reading.redaction import gazetteers
from consultation.reading.redaction.gazetteers import is_common
from consultation.surveys.models import ConsultationPage

HEADINGS = {
    KnownWordsKind.PLACE: "Places of the district",
    KnownWordsKind.TITLE: "Titles of staff",
    KnownWordsKind.PUBLIC: "Names that are not personal anywhere",
}
MOST = 500
LONGEST = 80
LABELS = {
    KnownWordsKind.PLACE: (
        "Places, one a line",
        "Streets, parks, estates, shops, buildings. Not towns: many people live there.",
    ),
    KnownWordsKind.TITLE: (
        "Titles, one a line",
        "How staff are called before their name, such as Akela, Matron or Sensei.",
    ),
    KnownWordsKind.PUBLIC: (
        "Names, one a line",
        "Such as the youth club that you ask about. Readers still see them as written.",
    ),
}


class KnownWordsForm(PostedForm):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, auto_id=f"id_{kind}_%s", **kwargs)
        self.kind = KnownWordsKind(kind)
        self.fields["words"].label, self.fields["words"].help_text = LABELS[self.kind]

    def clean_words(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST:
            raise forms.ValidationError(f"At most {MOST} lines at a time, please.")
        for line in lines:
            self._validate_line(line)
        return lines

    def _validate_line(self, line):
        if len(line) > LONGEST:
            raise forms.ValidationError(f"“{line[:30]}…” is longer than {LONGEST} letters. One name a line, please.")
        if not re.search(r"[^\W\d_]", line):
            raise forms.ValidationError(f"“{line}” has no letters.")
        if self.kind != KnownWordsKind.TITLE and " " not in line and is_common(line.casefold()):
            raise forms.ValidationError(
                f"“{line}” is an everyday word: it would be taken for the name everywhere. Say more of it."
            )
        if self.kind == KnownWordsKind.TITLE and " " in line:
            raise forms.ValidationError(f"“{line}” is more than one word. A title is the one word before the name.")


def _published_consultations():
    return ConsultationPage.objects.ever_published().defer("body").order_by("title")


@staff_view("consultation.edit_consultation", method="GET")
def show_district_words(request):
    return _render_district_words(request)


def _render_district_words(request, bound=None, status=200):
    everywhere = KnownWords.objects.filter(consultation__isnull=True)
    sections = [
        {
            "kind": kind,
            "heading": HEADINGS[kind],
            "rows": [row for row in everywhere if row.kind == kind],
            "form": bound if bound is not None and bound.kind == kind else KnownWordsForm(kind=kind),
        }
        for kind in KnownWordsKind
    ]
    context = {
        "sections": sections,
        "consultations": _published_consultations(),
        "shipped": sorted(" ".join(name).title() for name in gazetteers.listed_places()),
    }
    return render(request, "consultation/reading/allow_list/district.html", context, status=status)


@staff_view("consultation.edit_consultation", method="POST")
def add_district_words(request, kind):
    if kind not in KnownWordsKind.values:
        raise Http404
    form = KnownWordsForm.of(request, kind=kind)
    if not form.is_valid():
        return _render_district_words(request, form, status=422)
    count = actions.add_known_words(kind=form.kind, words=form.cleaned_data["words"], by=request.user)
    _report_new_names(request, count)
    return redirect("allow-list:district")


@staff_view("consultation.edit_consultation")
def edit_consultation_words(request, page):
    page = get_object_or_404(_published_consultations(), pk=page)
    form = KnownWordsForm.of(request, kind=KnownWordsKind.PUBLIC)
    if form.is_valid():
        words = form.cleaned_data["words"]
        count = actions.add_known_words(kind=form.kind, words=words, by=request.user, consultation=page)
        _report_new_names(request, count)
        return redirect("allow-list:consultation", page=page.pk)
    newest = page.versions.order_by("-number").defer("content").first()
    context = {
        "page": page,
        "rows": page.known_words.all(),
        "asked": known_words_snapshot.names_in_version(newest),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultation/reading/allow_list/consultation.html", context, status=status)


@staff_view("consultation.edit_consultation", method="POST")
def remove_words(request, pk):
    words = get_object_or_404(KnownWords.objects.select_related("consultation"), pk=pk)
    page = words.consultation
    actions.remove_known_words(words=words, by=request.user)
    messages.success(request, f"“{words.words}” is no longer on the list.")
    return redirect("allow-list:consultation", page=page.pk) if page else redirect("allow-list:district")


def _report_new_names(request, count):
    if count:
        messages.success(request, "One name is new." if count == 1 else f"{count} names are new.")
    else:
        messages.info(request, "All of these are on the list already.")
