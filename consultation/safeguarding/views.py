"""Leads' pages: board, cases and print-outs; 404 for everyone else."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.action_forms import MISSING, UNKNOWN_VERB
from consultation.audit.models import AuditEntry
from consultation.responses.asked_question import build_asked_question
from consultation.safeguarding import actions, lead_board, states
from consultation.safeguarding.case_categories.actions import set_category
from consultation.safeguarding.case_links.actions import list_links
from consultation.safeguarding.case_sample.actions import find_waiting_sample, record_sample_result
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.forms import (
    CaseActionForm,
    CloseCaseForm,
    HideCaseForm,
    PrintCaseForm,
    RaisePriorityForm,
    list_receivers,
)
from consultation.safeguarding.help.directory import list_cards_for_need
from consultation.safeguarding.help.needs import HARMED_AS_A_CHILD
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.models import CaseState, TriageCase, is_hidden_from
from consultation.safeguarding.referrals import actions as referring
from consultation.safeguarding.referrals.forms import ChaseReferralForm, ReferCaseForm, ReferralDecisionForm

HISTORY = 50
TEMPLATES = "consultation/safeguarding"
PAGE_SIZE = 25
ENTRY_LABELS = {
    "triage opened": "Brought here",
    "triage claimed": "Claimed",
    "triage note": "Note written",
    "triage viewed": "Words seen",
    "triage alerted": "Alert sent",
    "triage passed on": "Passed on to a colleague, or back to the board",
    "closed case looked at": "Looked at again, from the sample",
    "triage referral decided": "Decision written down",
    "triage referral chased": "Asked for a decision",
    "triage referral late": "A lead was told that the decision is late",
    "triage priority raised": "Priority raised",
    "triage category set": "Category set",
    "triage place noted": "A named place was sealed with it",
    "triage place removed": "A named place was taken out",
    "triage hidden from an agency": "Hidden from an agency",
    "triage shown to all leads": "Shown to all leads again",
    "triage linked": "Linked with another item",
    "triage unlinked": "Taken apart from another item",
    "triage searched": "Opened in a search",
    "export made": "Printed for another agency",
}


@lead_view(method="GET")
def show_lead_board(request):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    everything, show = lead_board.list_open_items(request.user), request.GET.get("show", "")
    items = lead_board.filter_items(everything, show, request.user)
    context = build_lead_context(
        request,
        lanes=lead_board.group_into_lanes(items),
        shows=[
            (key, label, len(lead_board.filter_items(everything, key, request.user)))
            for key, (label, _) in lead_board.BOARD_FILTERS.items()
        ],
        show=show if show in lead_board.BOARD_FILTERS else "",
        has_any=bool(lead_board.filter_items(everything, "mine", request.user)),
        over=[each for each in everything if each.over],
        next=lead_board.pick_next_item(everything, request.user),
        on=lead_rota.find_current_duty(),
        is_open=lead_rota.is_working_now(),
        out_of_hours=lead_rota.describe_out_of_hours(),
        closed_today=[
            lead_board.build_case_item(case)
            for case in lead_board.select_closed_cases(request.user, since=today)[: lead_board.MAX_PER_LANE]
        ],
    )
    return render(request, "consultation/safeguarding/board.html", context)


@lead_view(method="GET")
def show_lane(request, key):
    """All items of one lane, paginated."""
    name = dict(lead_board.LANES).get(key)
    if name is None:
        raise Http404
    show = request.GET.get("show", "")
    items = lead_board.filter_items(lead_board.list_open_items(request.user), show, request.user)
    page = Paginator([each for each in items if each.lane == key], PAGE_SIZE).get_page(request.GET.get("page"))
    shown = lead_board.BOARD_FILTERS.get(show, lead_board.BOARD_FILTERS[""])[0]
    return render(
        request, "consultation/safeguarding/lane.html", build_lead_context(request, name=name, page=page, shown=shown)
    )


@lead_view(method="GET")
def show_closed_cases(request):
    cases, outcome = lead_board.select_closed_cases(request.user), request.GET.get("outcome", "")
    outcomes = (*states.OUTCOMES, states.TAKEN_BACK)
    if outcome in outcomes:
        cases = cases.filter(outcome=outcome)
    page = Paginator(cases, PAGE_SIZE).get_page(request.GET.get("page"))
    context = build_lead_context(request, page=page, outcomes=outcomes, outcome=outcome)
    return render(request, "consultation/safeguarding/closed.html", context)


def _get_case(request, pk):
    cases = TriageCase.objects.seen_by(request.user).select_related(
        "answer__response__version", "agency", "claimed_by", "first_view_by", "second_view_by", "decided_by"
    )
    return get_object_or_404(cases, pk=pk)


def _render_case(request, found, *, words=None, error="", typed="", status=200, **bound):
    """The case's page; `bound`: submitted invalid forms by name."""
    by, next_states = request.user, states.MOVES[CaseState(found.state)]
    read_first = not words and found.is_unread_by(by)
    undecided = [agency for agency, _, has_decided in found.list_referrals() if not has_decided]
    may_close = CaseState.CLOSED in next_states and not read_first and not undecided
    may_raise = found.state in states.RUNNING_CLOCK and found.priority != "T1"
    forms = {
        "form": CloseCaseForm(case=found) if may_close else None,
        "raise_form": RaisePriorityForm(case=found, prefix="raise") if may_raise else None,
        "hide_form": HideCaseForm(prefix="hide"),
        "refer_form": None if referring.explain_referral(found, by) else ReferCaseForm(case=found, prefix="refer"),
    }
    context = build_lead_context(
        request,
        case=found,
        out_of_hours=lead_rota.describe_out_of_hours(),
        asked=build_asked_question(found.answer) if found.answer else None,
        words=words,
        error=error,
        typed=typed,
        moves=lead_board.list_possible_moves(found, by),
        read_first=read_first,
        undecided=undecided,
        referrals=_list_referrals(found, bound),
        reachable=[each for each in list_receivers(found) if each.reach],
        may_look=find_waiting_sample(found, by),
        owners=[] if found.state == CaseState.CLOSED else lead_board.list_owners(found),
        past_help=list_cards_for_need(HARMED_AS_A_CHILD) if found.is_non_recent else [],
        may_claim=CaseState.CLAIMED in next_states,
        may_reopen=CaseState.REOPENED in next_states,
        links=list_links(found, by),
        history=_list_case_history(found, by),
        item=lead_board.build_case_item(found, reasons=lead_board.find_reasons([found])),
        kept=found.withdrawn_texts.exists(),
        notes=found.notes.select_related("author"),
        **forms | bound,
    )
    return render(request, "consultation/safeguarding/case.html", context, status=status)


def _list_referrals(found, bound):
    """Each referral with its forms. `bound`: among others, a submitted invalid form by the referral's key."""
    return [
        {
            "referral": referral,
            "late": referral.is_late(timezone.localdate()),
            "decided_form": bound.pop(f"decided-{referral.pk}", ReferralDecisionForm(prefix=f"d-{referral.pk}")),
            "chase_form": bound.pop(f"chase-{referral.pk}", ChaseReferralForm(prefix=f"c-{referral.pk}")),
        }
        for referral in found.referrals.select_related("agency", "sent_by")
    ]


def _list_case_history(found, lead):
    """Actions on a case from the audit log, newest first, without links to cases that this lead may not see."""
    of_it = AuditEntry.objects.filter(object_type="triagecase", object_id=str(found.pk))
    hidden = TriageCase.objects.hidden_from(lead).values_list("pk", flat=True)
    entries = of_it.exclude(data__other__in=[str(key) for key in hidden]).order_by("-seq")[:HISTORY]
    staff = get_user_model().objects.in_bulk({int(entry.actor) for entry in entries if entry.actor.isdecimal()})
    return [{"entry": e, "said": _describe_entry(e), "actor": staff.get(int(e.actor or 0))} for e in entries]


def _describe_entry(entry):
    if entry.verb == "triage transition":
        return f"From {CaseState(entry.data['before']).label} to {CaseState(entry.data['after']).label}"
    if entry.verb == "triage referred":
        return f"Referred: {entry.data['agency']}"
    if entry.verb == "triage alerted" and entry.data.get("percent"):
        return f"Alert sent at {entry.data['percent']}% of its time"
    return ENTRY_LABELS.get(entry.verb, entry.verb)


@lead_view(to_post="consultation.decide_triage")
def show_case(request, pk):
    found, form = _get_case(request, pk), CaseActionForm.of(request)
    if not form.is_bound:
        return _render_case(request, found)
    try:
        chosen = form.chosen()
        return _perform_case_action(request, found, chosen["do"], chosen["reason"], form.value)
    except NotAllowed as refused:
        typed, found = form.typed("reason"), _get_case(request, pk)
        return _render_case(request, found, error=str(refused), typed=typed, status=422)


def _perform_case_action(request, found, verb, reason, value):
    by = request.user
    match verb:
        case "view":
            words = actions.view_case_texts(case=found, by=by, reason=reason)
            return _render_case(request, _get_case(request, found.pk), words=words)
        case "raise":
            return _raise_priority(request, found)
        case "hide":
            return _hide_case(request, found)
        case "close":
            return _close_case(request, found)
        case "refer":
            return _refer_case(request, found)
        case "decided" | "chase":
            return _follow_referral(request, found, verb, value)
        case "claim" if value == "open" and not found.is_unread_by(by):
            actions.claim_case(case=found, by=by)
            words = actions.view_case_texts(case=found, by=by, reason="They stay open: the item was claimed.")
            return _render_case(request, _get_case(request, found.pk), words=words)
        case "claim":
            actions.claim_case(case=found, by=by)
            said = f"{found.name} is with you. You can give it back."
        case "move":
            if value not in CaseState.values:
                raise NotAllowed(UNKNOWN_VERB)
            actions.move_case(case=found, by=by, to=value, reason=reason)
            said = f"Now: {found.get_state_display()}."
        case "reopen":
            actions.reopen_case(case=found, by=by, why=reason)
            said = "It is open again, with a new clock."
        case "look":
            record_sample_result(case=found, by=by, result=value, note=reason)
            said = "What you found is kept with the case."
        case "note":
            actions.add_case_note(case=found, by=by, text=reason)
            said = "The note is sealed with the case."
        case "category":
            set_category(case=found, by=by, category=value, why=reason)
            said = "It is non-recent now." if value else "It is not non-recent any more."
        case "show":
            actions.show_to_all_leads(case=found, by=by, why=reason)
            said = "All leads see it again."
    return _redirect_to_case(request, found, said)


def _redirect_to_case(request, found, said):
    messages.success(request, said)
    return redirect("safeguarding:case", found.pk)


def _render_incomplete(request, found, **forms):
    return _render_case(request, found, error=MISSING, status=422, **forms)


def _raise_priority(request, found):
    form = RaisePriorityForm(request.POST, case=found, prefix="raise")
    if not form.is_valid():
        return _render_incomplete(request, found, raise_form=form)
    actions.raise_priority(case=found, by=request.user, **form.cleaned_data)
    return _redirect_to_case(request, found, f"It is {form.cleaned_data['priority']} now.")


def _refer_case(request, found):
    form = ReferCaseForm(request.POST, case=found, prefix="refer")
    if not form.is_valid():
        return _render_incomplete(request, found, refer_form=form)
    made = referring.refer_case(case=found, by=request.user, **form.cleaned_data)
    return _redirect_to_case(request, found, f"Referred: {made.agency}. Ask them on {made.chase_on:%-d %B}.")


def _follow_referral(request, found, verb, value):
    referral = next((each for each in found.referrals.all() if str(each.pk) == value), None)
    if referral is None:
        raise NotAllowed(UNKNOWN_VERB)
    form_class = ReferralDecisionForm if verb == "decided" else ChaseReferralForm
    form = form_class(request.POST, prefix=f"{verb[0]}-{referral.pk}")
    if not form.is_valid():
        return _render_incomplete(request, found, **{f"{verb}-{referral.pk}": form})
    action = referring.record_referral_decision if verb == "decided" else referring.chase_referral
    action(referral=referral, by=request.user, **form.cleaned_data)
    return _redirect_to_case(request, found, "It is written down.")


def _hide_case(request, found):
    form = HideCaseForm(request.POST, prefix="hide")
    if not form.is_valid():
        return _render_incomplete(request, found, hide_form=form)
    actions.hide_from_agency(case=found, by=request.user, **form.cleaned_data)
    found.refresh_from_db()
    if is_hidden_from(found, request.user):
        messages.success(request, "Done. Leads of other agencies go on with it; you will not see it again.")
        return redirect("safeguarding:board")
    return _redirect_to_case(request, found, "Nobody of that agency sees it any more.")


def _close_case(request, found) -> HttpResponse:
    form = CloseCaseForm(request.POST, case=found)
    if not form.is_valid():
        return _render_incomplete(request, found, form=form)
    actions.close_case(case=found, by=request.user, **form.cleaned_data)
    messages.success(request, f"{found.name} is closed. You find it under Closed, and can open it again.")
    return redirect("safeguarding:board")


@lead_view(to_post="consultation.decide_triage")
def show_print_out(request, pk):
    """The print-out of a case, to print or copy; shown only after the receiver is given."""
    found, error = _get_case(request, pk), ""
    form = PrintCaseForm.of(request, case=found)
    if form.is_bound:
        try:
            if form.is_valid():
                made = actions.print_case(case=found, by=request.user, **form.cleaned_data)
                asked = build_asked_question(found.answer) if found.answer else None
                context = {"made": made, "case": made.case, "asked": asked}
                context["made_text"] = render_to_string(f"{TEMPLATES}/print_out.txt", context, request)
                return render(request, "consultation/safeguarding/print_out.html", context)
            error = MISSING
        except NotAllowed as refused:
            error = str(refused)
    context = build_lead_context(request, case=found, form=form, error=error)
    return render(request, "consultation/safeguarding/print_form.html", context, status=422 if error else 200)
