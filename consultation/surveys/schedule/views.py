"""Officers move published dates, and see which openings wait for a publication condition."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.models import Revision

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import build_day_field
from consultation.surveys import publication_conditions
from consultation.surveys.consultation_state import find_state
from consultation.surveys.forms import NOT_NEUTRAL, REVEALING_WORDS
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.models import Audience, ConsultationPage
from consultation.surveys.readability import (
    LONGEST_OF_CHILDREN,
    PARENTS,
    grade_sentences,
    list_hard_words,
    reading_age,
)
from consultation.surveys.schedule import actions, policies
from consultation.surveys.schedule.late_answers import list_late_imports
from consultation.surveys.schedule.policies import promised_answer_day
from consultation.surveys.validation.findings import list_publication_blockers

LONGEST = 200
# The highest reading grades of a reason. A single sentence may exceed the average: 6 for children (X6).
HIGHEST_GRADES = {Audience.CHILDREN: LONGEST_OF_CHILDREN, Audience.PROFESSIONALS: 12.0}
HARD = (
    "This is hard to read: it reads like for {found} years, and {limit} or less is needed. "
    "Shorter words and sentences help{hard}."
)


class LastDayForm(forms.Form):
    to = build_day_field(
        "New last day",
        "Later keeps it open for longer, earlier closes it sooner. What came in is kept and read either way.",
    )

    def __init__(self, *args, page, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["to"].initial = page.closes
        for language in languages:
            self.fields[f"why_{language.code}"] = self._build_reason_field(language)

    def _build_reason_field(self, language):
        first = language.code == settings.LANGUAGE_CODE
        return forms.CharField(
            label="Why, in plain words" if first else f"Why, in {language.name}",
            required=first,
            max_length=LONGEST,
            help_text="Everyone who opens the page reads it, such as “Many of you asked for more time.” No names."
            if first
            else "",
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "lang": language.code, "dir": language.direction, "size": 60}
            ),
            error_messages={"required": "Say why, in plain words. Everyone can read it."},
        )

    def first(self):
        return [self["to"], self[f"why_{settings.LANGUAGE_CODE}"]]

    def others(self):
        """The reason in the other languages."""
        known = {field.name for field in self.first()}
        return [field for field in self if field.name not in known]

    def clean(self):
        cleaned = super().clean()
        for name, text in self.words().items():
            if found := REVEALING_WORDS.search(text):
                self.add_error(f"why_{name}", NOT_NEUTRAL.format(word=found[0]))
        said = self.words().get(settings.LANGUAGE_CODE, "")
        limit = HIGHEST_GRADES.get(self.page.audience, PARENTS)
        if (grade := grade_sentences(said)) > limit:
            words = ", ".join(list_hard_words(said)[:3])
            ages = {"found": reading_age(grade), "limit": reading_age(limit)}
            hard = HARD.format(hard=f": {words}" if words else "", **ages)
            self.add_error(f"why_{settings.LANGUAGE_CODE}", hard)
        return cleaned

    def words(self):
        """{language: words}"""
        found = {name.removeprefix("why_"): text for name, text in self.cleaned_data.items() if name != "to"}
        return {language: text for language, text in found.items() if text}


class AnswerDayForm(LastDayForm):
    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, page=page, **kwargs)
        self.fields["to"].label = "New day of our answer"
        self.fields["to"].help_text = "People are told it, and the day that it was before."
        self.fields["to"].initial = promised_answer_day(page.closes, page.feedback_date)


def _list_running():
    """Consultations that are open, will open, or are scheduled to go live."""
    today = timezone.localdate()
    pages = ConsultationPage.objects.sources().exclude(closes__lt=today)
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return pages.filter(Q(live=True) | Q(pk__in=[int(pk) for pk in waiting]))


@staff_view("consultation.edit_consultation", method="GET")
def show_dates(request):
    pages = _list_running().order_by(F("closes").asc(nulls_last=True), "title")
    context = {"rows": [_build_row(page) for page in pages], "late": list(list_late_imports())}
    return render(request, "consultation/surveys/schedule/dates.html", context)


def _build_row(page):
    revision = page.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    state = find_state(page)
    # The texts of an open consultation were validated.
    held_by = publication_conditions.explain_blocked if state.is_open else list_publication_blockers
    return {
        "page": page, "state": state,
        "waits": held_by(revision.as_object() if revision and not page.live else page),
    }  # fmt: skip


@staff_view("consultation.edit_consultation")
def edit_dates(request, pk):
    page = get_object_or_404(_list_running(), pk=pk)
    languages = [language for language, _ in list_live_languages(page)]
    data = request.POST if request.method == "POST" else None
    of_answer = data is not None and "answer-to" in data
    form = LastDayForm(None if of_answer else data, page=page, languages=languages)
    answer = AnswerDayForm(data if of_answer else None, page=page, languages=languages, prefix="answer")
    error, reasons = "", []
    if data is not None:
        error, reasons = _save_day(request, page, answer if of_answer else form)
        if not error:
            return redirect("dates:consultation", page.pk)
    context = {
        "page": page, "row": _build_row(page), "form": form, "answer": answer, "error": error, "reasons": reasons,
        "promised": policies.promised_answer_day(page.closes, page.feedback_date),
        "changes": page.date_changes.select_related("made_by").order_by("-pk"),
    }  # fmt: skip
    return render(request, "consultation/surveys/schedule/last_day.html", context, status=422 if error else 200)


def _save_day(request, page, form):
    """(error, sentences of failed publication conditions); both empty on success."""
    if not form.is_valid():
        return "Something has to change first. See below.", []
    said, move = "The last day is now {day}. The page says why.", actions.move_last_day
    if isinstance(form, AnswerDayForm):
        said, move = "We answer by {day} now. The page says why.", actions.move_answer_day
    try:
        change = move(page=page, by=request.user, to=form.cleaned_data["to"], why=form.words())
    except NotAllowed as refused:
        return str(refused), getattr(refused, "reasons", [])
    messages.success(request, said.format(day=f"{change.now:%A %-d %B %Y}"))
    return "", []
