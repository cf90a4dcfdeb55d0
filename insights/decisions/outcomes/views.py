"""Pages for outcomes: list, updates, translations, publication and polls."""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from consultation import handover
from consultation.access import require_permission, staff_view
from insights.decisions.models import Decision
from insights.decisions.outcomes import actions, change_polls, objection_replies, policies
from insights.decisions.outcomes.forms import ChangePollForm, OutcomeForm, OutcomeTranslationForm
from insights.decisions.outcomes.models import ChangePoll, OutcomeStatus, OutcomeUpdate, OutcomeVerdict
from insights.decisions.reached_measures import describe_reached
from insights.decisions.translations.forms import ConfirmTranslationForm
from insights.decisions.translations.views import build_confirmation_context, get_language_name_or_404
from insights.forms import LookedAtForm, PublishForm, run_action, save_form

SECTION = {"section": "outcomes"}
SOURCE = settings.LANGUAGE_CODE
USUAL_DAYS = 28
NOTHING, ASKED, WAITS = "nothing", "asked", "waits"
SHOW = (
    (NOTHING, "Nothing said yet"),
    *OutcomeVerdict.choices,
    (WAITS, "Waits for a second person"),
    (ASKED, "People are asked"),
)


@staff_view(policies.may_write_outcomes)
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
    public = [update for update in updates if update.status == OutcomeStatus.PUBLISHED]
    open_poll = next((poll for poll in decision.polls.all() if poll.is_open(today)), None)
    waits = len(public) < len(updates) or any(poll.status == OutcomeStatus.DRAFT for poll in decision.polls.all())
    newest = public[0] if public else None
    kinds = {newest.verdict if newest else NOTHING} | ({ASKED} if open_poll else set()) | ({WAITS} if waits else set())
    return {"decision": decision, "newest": newest, "poll": open_poll, "waits": waits, "kinds": kinds}


@staff_view(policies.may_write_outcomes)
def show_decision_outcomes(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    updates = decision.outcome_updates.select_related("made_by", "published_by").prefetch_related(
        "writers", "evidence__release__consultation", "evidence__before__consultation"
    )
    officer = request.user.has_perm(actions.MAY_PUBLISH)
    context = SECTION | {
        "decision": decision,
        "updates": [_build_update_context(update, decision, request.user, officer) for update in updates],
        "polls": [
            _build_poll_context(poll, request.user, officer)
            for poll in decision.polls.select_related("made_by", "published_by")
        ],
        "officer": officer,
        "wrong": objection_replies.describe_replies(decision),
        "reasons": objection_replies.list_reasons(decision, request.user),
    }
    return render(request, "insights/decisions/outcomes/decision.html", context)


def _build_update_context(update, decision, user, officer):
    grade, most = policies.measure_readability(update.english, decision.consultations.all())
    return {
        "update": update,
        "reached": [describe_reached(row) for row in update.reached],
        "draft": update.status == OutcomeStatus.DRAFT,
        "may_publish": officer and not update.is_written_by(user),
        "may_translate": policies.may_translate_outcome(user, update),
        "hard": {"says": handover.describe_reading_age(grade, most), "too": grade > most},
        "languages": [
            (code, get_language_info(code)["name_local"], update.words.get(code) or {})
            for code, _ in settings.LANGUAGES
            if code != SOURCE
        ],
    }


def _build_poll_context(poll, user, officer):
    today = timezone.localdate()
    return {
        "poll": poll,
        "draft": poll.status == OutcomeStatus.DRAFT,
        "open": poll.is_open(today),
        "over": poll.is_over(today),
        "said": change_polls.describe_poll(poll),
        "may_publish": officer and poll.made_by_id != user.pk,
    }


@staff_view(policies.may_write_outcomes)
def draft_outcome(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    form = OutcomeForm(request.POST or None, decision=decision)
    done = "The draft is there. Cite what shows it, then ask a colleague to publish it."
    if save_form(request, form, actions.draft_outcome, done, decision=decision):
        return redirect("insights:outcome", slug)
    return _render_form(request, form, decision, "Say what came of it")


@staff_view(policies.may_write_outcomes)
def edit_outcome(request, pk):
    update = get_object_or_404(OutcomeUpdate.objects.select_related("decision"), pk=pk, status=OutcomeStatus.DRAFT)
    initial = update.english | {"verdict": update.verdict}
    form = OutcomeForm(request.POST or None, initial=initial, decision=update.decision, reached=update.reached)
    done = "Saved. Ask a colleague who wrote none of it to publish it."
    if save_form(request, form, actions.change_outcome, done, update=update):
        return redirect("insights:outcome", update.decision.slug)
    return _render_form(request, form, update.decision, "Change what came of it")


def _render_form(request, form, decision, heading, **more):
    context = SECTION | {"form": form, "heading": heading, "decision": decision} | more
    return render(request, "insights/decisions/outcomes/form.html", context, status=422 if form.errors else 200)


@staff_view(policies.may_write_outcomes)
def edit_translation(request, pk, language):
    update = get_object_or_404(OutcomeUpdate.objects.select_related("decision"), pk=pk)
    require_permission(request.user, policies.may_translate_outcome, update)
    name = get_language_name_or_404(language)
    stored = update.words.get(language) or {}
    initial = stored | {"machine": stored.get("machine", bool(stored))}
    form = OutcomeTranslationForm(request.POST or None, initial=initial, english=update.english)
    done = f"The words in {name} are saved. They show when a colleague has checked them."
    if save_form(request, form, actions.translate_outcome, done, update=update, language=language):
        return redirect("insights:outcome", update.decision.slug)
    url = reverse("insights:confirm-outcome-words", args=[pk, language])
    check = build_confirmation_context(stored, update.english, request.user, url)
    return _render_form(request, form, update.decision, f"What came of it, in {name}", check=check)


@require_POST
@staff_view(policies.may_write_outcomes)
def confirm_translation(request, pk, language):
    update = get_object_or_404(OutcomeUpdate.objects.select_related("decision"), pk=pk)
    done = f"The words in {get_language_name_or_404(language)} show now, checked by you."
    given = ConfirmTranslationForm(request.POST).given_values()
    return run_and_return(
        request, update.decision, actions.confirm_translation, done, update=update, language=language, **given
    )


def run_and_return(request, decision, action, done, **arguments):
    run_action(request, action, done, **arguments)
    return redirect("insights:outcome", decision.slug)


@require_POST
@staff_view(actions.MAY_PUBLISH)
def publish_outcome(request, pk):
    update = get_object_or_404(OutcomeUpdate.objects.select_related("decision"), pk=pk)
    given = PublishForm(request.POST).given_values()
    done = "Published. It stands beside the decision now, and behind the four words."
    return run_and_return(request, update.decision, actions.publish_outcome, done, update=update, **given)


@require_POST
@staff_view(policies.may_write_outcomes)
def discard_outcome(request, pk):
    update = get_object_or_404(OutcomeUpdate.objects.select_related("decision"), pk=pk)
    given = LookedAtForm(request.POST).given_values()
    return run_and_return(
        request, update.decision, actions.discard_outcome, "The draft is gone.", update=update, **given
    )


@staff_view(actions.MAY_PUBLISH)
def draft_poll(request, slug):
    decision = get_object_or_404(Decision.objects.published(), slug=slug)
    today = timezone.localdate()
    form = ChangePollForm(request.POST or None, initial={"opens": today, "closes": today + timedelta(days=USUAL_DAYS)})
    done = "It is prepared. A colleague opens it to everyone."
    if save_form(request, form, change_polls.draft_poll, done, decision=decision):
        return redirect("insights:outcome", slug)
    return _render_form(request, form, decision, "Ask whether it changed anything", poll=True)


@require_POST
@staff_view(actions.MAY_PUBLISH)
def publish_poll(request, pk):
    poll = get_object_or_404(ChangePoll.objects.select_related("decision"), pk=pk)
    done = "Published. Everyone can answer it from its first day on."
    return run_and_return(request, poll.decision, change_polls.publish_poll, done, poll=poll)


@require_POST
@staff_view(actions.MAY_PUBLISH)
def discard_poll(request, pk):
    poll = get_object_or_404(ChangePoll.objects.select_related("decision"), pk=pk)
    return run_and_return(request, poll.decision, change_polls.discard_poll, "It is gone.", poll=poll)
