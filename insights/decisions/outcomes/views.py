"""Pages for outcomes: list, updates, evidence, translations, publication and polls."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation.access import staff_view
from insights.decisions.models import Decision
from insights.decisions.outcomes import actions, change_polls, objection_replies, outcome_figures
from insights.decisions.outcomes.answer_comparison import REASON_TEXTS, AnswerChange, IncomparableReason
from insights.decisions.outcomes.forms import (
    AnswerEvidenceForm,
    ChangePollForm,
    OutcomeForm,
    OutcomeWordsForm,
    ThemeEvidenceForm,
)
from insights.decisions.outcomes.models import ChangePoll, OutcomeEvidence, OutcomeUpdate, OutcomeVerdict
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.reached_measures import describe_reached
from insights.decisions.views import parse_number
from insights.forms import render_form, run_action, save_form
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.records import PublicationStatus
from insights.publishing.views import PublishingPages, TranslationPages
from insights.releases.stored_figures import IN_PERIOD

SECTION = {"section": "outcomes"}
HINT = "After saving you see how hard the words are to read."
ASKED_HOW = (
    "“Did this change anything for you?” stands on the decision’s public page from the first day to the last. People pick "
    "“Yes”, “In part”, “No” or “I don’t know”. They write no words."
)
USUAL_DAYS = 28
NOTHING, ASKED, WAITS = "nothing", "asked", "waits"
SHOW = (
    (NOTHING, "Nothing said yet"),
    *OutcomeVerdict.choices,
    (WAITS, "Waits for a second person"),
    (ASKED, "People are asked"),
)
CITED = "It is cited, as it stands today."


@staff_view(may_draft_or_publish)
def show_outcomes(request):
    """List published decisions with their newest outcome; filtered by `?show=`."""
    today, show = timezone.localdate(), request.GET.get("show", "")
    found = Decision.objects.published().prefetch_related("outcome_updates", "polls", "consultations")
    rows = [_build_overview_row(decision, today) for decision in found]
    shown = [row for row in rows if not show or show in row["kinds"]]
    context = SECTION | {"page": Paginator(shown, 20).get_page(request.GET.get("page")), "show": show, "shows": SHOW}
    return render(request, "insights/decisions/outcomes/overview.html", context)


def _build_overview_row(decision, today):
    updates = list(decision.outcome_updates.all())
    public = [update for update in updates if not update.is_draft]
    open_poll = next((poll for poll in decision.polls.all() if poll.is_open(today)), None)
    waits = len(public) < len(updates) or any(poll.is_draft for poll in decision.polls.all())
    newest = public[0] if public else None
    kinds = {newest.verdict if newest else NOTHING} | ({ASKED} if open_poll else set()) | ({WAITS} if waits else set())
    return {"decision": decision, "newest": newest, "poll": open_poll, "waits": waits, "kinds": kinds}


@staff_view(may_draft_or_publish)
def show_decision_outcomes(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    updates = decision.outcome_updates.select_related("made_by", "published_by").prefetch_related(
        "writers", "evidence__release__consultation", "evidence__before__consultation"
    )
    context = SECTION | {
        "decision": decision,
        "updates": [_build_update_context(update, request.user) for update in updates],
        "polls": [
            _build_poll_context(poll, request.user)
            for poll in decision.polls.select_related("made_by", "published_by")
        ],
        "officer": request.user.has_perm(PUBLISH_PERMISSION),
        "wrong": objection_replies.describe_replies(decision),
        "reasons": objection_replies.list_reasons(decision, request.user),
    }
    return render(request, "insights/decisions/outcomes/decision.html", context)


def _build_update_context(update, user):
    return {
        "update": update,
        "reached": [describe_reached(row) for row in update.reached],
        "panel": OUTCOME_PAGES.build_panel(update, user),
        "languages": OUTCOME_PAGES.list_languages(update, user),
    }


def _build_poll_context(poll, user):
    today = timezone.localdate()
    return {
        "poll": poll,
        "open": poll.is_open(today),
        "over": poll.is_over(today),
        "said": change_polls.describe_poll(poll),
        "panel": POLL_PAGES.build_panel(poll, user),
    }


@staff_view(may_draft_or_publish)
def draft_outcome(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    form = OutcomeForm(request.POST or None, decision=decision)
    done = "The draft is there. Cite what shows it, then ask a colleague to publish it."
    if save_form(request, form, actions.draft_outcome, done, decision=decision):
        return redirect("insights:outcome", slug)
    return render_form(request, form, **build_form_context(decision, "Say what came of it"))


@staff_view(may_draft_or_publish)
def edit_outcome(request, pk):
    drafts = OutcomeUpdate.objects.filter(status=PublicationStatus.DRAFT).select_related("decision")
    update = get_object_or_404(drafts, pk=pk)
    initial = update.english | {"verdict": update.verdict}
    form = OutcomeForm(request.POST or None, initial=initial, decision=update.decision, reached=update.reached)
    done = "Saved. Ask a colleague who wrote none of it to publish it."
    if save_form(request, form, actions.change_outcome, done, update=update):
        return redirect("insights:outcome", update.decision.slug)
    return render_form(request, form, **build_form_context(update.decision, "Change what came of it"))


def build_form_context(decision, heading):
    crumbs = [
        ("What came of it", reverse("insights:outcomes")),
        (decision.title, reverse("insights:outcome", args=[decision.slug])),
    ]
    aside = ("How we said we would know", decision.measure)
    return SECTION | {"heading": heading, "crumbs": crumbs, "decision": decision, "aside": aside, "hint": HINT}


class OfDecision:
    shown_with: tuple[str, ...] = ("decision",)

    def get_address(self, held):
        return reverse("insights:outcome", args=[held.decision.slug])


class OutcomePages(OfDecision, PublishingPages, TranslationPages):
    lifecycle, model, name, shown_with = actions.OUTCOMES, OutcomeUpdate, "outcome", ("decision", "writers")
    may_open = (may_draft_or_publish,)
    done = "Published. It stands beside the decision now, and behind the four words."

    def build_form(self, data, held, language):
        return OutcomeWordsForm(data, initial=held.words_in(language, preview=True), english=held.english)

    def build_context(self, held, language_name):
        return build_form_context(held.decision, f"What came of it, in {language_name}")


class PollPages(OfDecision, PublishingPages):
    lifecycle, model, name = change_polls.POLLS, ChangePoll, "change-poll"
    done = "Published. Everyone can answer it from its first day on."


OUTCOME_PAGES, POLL_PAGES = OutcomePages(), PollPages()


@staff_view(PUBLISH_PERMISSION)
def draft_poll(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    today = timezone.localdate()
    form = ChangePollForm(request.POST or None, initial={"opens": today, "closes": today + timedelta(days=USUAL_DAYS)})
    done = "It is prepared. A colleague opens it to everyone."
    if save_form(request, form, change_polls.draft_poll, done, decision=decision):
        return redirect("insights:outcome", slug)
    context = build_form_context(decision, "Ask whether it changed anything") | {
        "lead": ASKED_HOW,
        "aside": None,
        "hint": "",
    }
    return render_form(request, form, **context)


@staff_view(may_draft_or_publish)
def cite_evidence(request, pk):
    drafts = OutcomeUpdate.objects.filter(status=PublicationStatus.DRAFT).select_related("decision")
    update = get_object_or_404(drafts, pk=pk)
    later = outcome_figures.later_releases(update.decision)
    release = later.filter(pk=parse_number(request.GET.get("release"))).first()
    context = build_form_context(update.decision, "Cite what shows it")
    context |= {"update": update, "release": release, "releases": later, "save": "Cite it"}
    if release is None:
        return render(request, "insights/decisions/outcomes/cite.html", context)
    if question := request.GET.get("question", "").replace("\0", ""):
        return _cite_answer(request, context, release, question)
    form = ThemeEvidenceForm(request.POST or None, release=release)
    if save_form(request, form, actions.cite_theme, CITED, update=update, release=release):
        return redirect("insights:outcome", update.decision.slug)
    context |= {
        "questions": outcome_figures.list_question_figures(release),
        "of_quarters": outcome_figures.list_figures_of_quarters(release, update.decision.decided),
    }
    return render_form(request, form, "insights/decisions/outcomes/cite.html", **context)


def _cite_answer(request, context, release, question):
    update, (quarter, _) = context["update"], outcome_figures.split_key(question)
    asked = get_object_or_404(release.figures.filter(kind__in=[*outcome_figures.KINDS, IN_PERIOD]), key=question)
    earlier, before = _find_earlier_times(release, question, request.GET.get("before", ""))
    rows = [(row, None) for row in asked.table["rows"]]
    if before:
        rows = outcome_figures.compare_each_answer(release, question, before)
    choices = [(row["id"], _label_answer(row, found)) for row, found in rows if row["value"]]
    form = AnswerEvidenceForm(request.POST or None, choices=choices)
    cited = {"update": update, "release": release, "question": question, "before": before}
    if save_form(request, form, actions.cite_answer, CITED, **cited):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"asked": asked, "earlier": earlier, "before": before, "quarter": quarter, "heading": asked.title}
    context["chosen"] = request.GET.get("before", "")
    return render_form(request, form, "insights/decisions/outcomes/answer.html", **context)


def _find_earlier_times(release, question, chosen):
    """What the answer may be compared with, as (name in the address, words), and the time that is chosen."""
    quarters = outcome_figures.earlier_quarters(release, question)
    if quarters:
        return [(one.slug, str(one)) for one in quarters], next((one for one in quarters if one.slug == chosen), None)
    releases = outcome_figures.earlier_releases(release, question)
    named = [(str(one.pk), f"{one}, {one.made_on:%-d %B %Y}") for one in releases]
    return named, releases.filter(pk=parse_number(chosen)).first()


def _label_answer(row, found):
    said = f"{row['label']}: {row['value']} people"
    said += f", {row['percent']} %" if row["percent"] is not None else ""
    if isinstance(found, AnswerChange):
        sure = {"more": "more than before", "fewer": "fewer than before", "same": "no change that we can be sure of"}
        return f"{said}. {found.points:+d} in 100 (from {found.low:+d} to {found.high:+d}): {sure[found.direction]}"
    return f"{said}. Cannot be compared: {REASON_TEXTS[found]}" if isinstance(found, IncomparableReason) else said


@staff_view(may_draft_or_publish, method="POST")
def remove_evidence(request, pk):
    evidence = get_object_or_404(OutcomeEvidence.objects.select_related("update__decision"), pk=pk)
    done = "It is cited no more."
    run_action(request, actions.remove_evidence, done, evidence=evidence)
    return redirect("insights:outcome", evidence.update.decision.slug)
