"""Pages of the officers' words for redaction: of the district, and of one consultation."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.reading.known import actions, asked_about
from consultation.reading.known.forms import KnownWordsForm
from consultation.reading.known.models import Kind, KnownWords
from consultation.reading.redaction import gazetteers

HEADINGS = {
    Kind.PLACE: "Places of the district",
    Kind.TITLE: "Titles of staff",
    Kind.PUBLIC: "Names that are not personal anywhere",
}


def officers(view):
    guarded = login_required(permission_required("consultation.edit_consultation", raise_exception=True)(view))
    return never_cache(wraps(view)(guarded))


def _consultations():
    published = PublishedVersion.objects.values("page_id")
    pages = ConsultationPage.objects.filter(pk__in=published, locale__language_code=settings.LANGUAGE_CODE)
    return pages.defer("body").order_by("title")


def _kind(name):
    if name not in Kind.values:
        raise Http404
    return Kind(name)


@officers
@require_http_methods(["GET", "HEAD"])
def district(request):
    return _district(request)


def _district(request, bound=None, status=200):
    everywhere = KnownWords.objects.filter(consultation__isnull=True)
    sections = [
        {
            "kind": kind,
            "heading": HEADINGS[kind],
            "rows": [row for row in everywhere if row.kind == kind],
            "form": bound if bound is not None and bound.kind == kind else KnownWordsForm(kind=kind),
        }
        for kind in Kind
    ]
    context = {
        "sections": sections,
        "consultations": _consultations(),
        "shipped": sorted(" ".join(name).title() for name in gazetteers.places()),
    }
    return render(request, "consultation/reading/known/district.html", context, status=status)


@officers
@require_POST
def add(request, kind):
    form = KnownWordsForm(request.POST, kind=_kind(kind))
    if not form.is_valid():
        return _district(request, form, status=422)
    _say(request, actions.add(kind=form.kind, words=form.cleaned_data["words"], by=request.user))
    return redirect("known-words:district")


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, page):
    page = get_object_or_404(_consultations(), pk=page)
    form = KnownWordsForm(request.POST if request.method == "POST" else None, kind=Kind.PUBLIC)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        _say(request, actions.add(kind=Kind.PUBLIC, words=words, by=request.user, consultation=page))
        return redirect("known-words:consultation", page=page.pk)
    newest = page.versions.order_by("-number").defer("content").first()
    context = {"page": page, "rows": page.known_words.all(), "asked": asked_about.of_version(newest), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/reading/known/consultation.html", context, status=status)


@officers
@require_POST
def remove(request, pk):
    words = get_object_or_404(KnownWords.objects.select_related("consultation"), pk=pk)
    page = words.consultation
    actions.remove(words=words, by=request.user)
    messages.success(request, f"“{words.words}” is no longer on the list.")
    return redirect("known-words:consultation", page=page.pk) if page else redirect("known-words:district")


def _say(request, count):
    if count:
        messages.success(request, "One name is new." if count == 1 else f"{count} names are new.")
    else:
        messages.info(request, "All of these are on the list already.")
