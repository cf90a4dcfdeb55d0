"""Leads' pages: board, cases and print-outs; 404 for everyone else."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consultation.audit.models import AuditEntry
from consultation.responses.asked import asked
from consultation.safeguarding import actions, board, states
from consultation.safeguarding.duty import rota
from consultation.safeguarding.forms import CloseForm, HideForm, PrintForm, RaiseForm
from consultation.safeguarding.gate import frame, leads
from consultation.safeguarding.models import CaseState, TriageCase, agency_key

HISTORY = 50
ROOM = "consultation/safeguarding"
A_PAGE = 25
SAID = {
    "triage opened": "Brought here",
    "triage claimed": "Claimed",
    "triage note": "Note written",
    "triage viewed": "Words seen",
    "triage alerted": "Alert sent",
    "triage priority raised": "Priority raised",
    "triage hidden from an agency": "Hidden from an agency",
    "triage shown to all leads": "Shown to all leads again",
    "export made": "Printed for another agency",
}


@leads
@require_safe
def triage(request):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    everything, show = board.open_items(request.user), request.GET.get("show", "")
    items = board.shown(everything, show, request.user)
    context = frame(
        request, lanes=board.lanes(items), shows=_shows(everything, request.user), show=show if show in board.SHOW else "",
        over=[each for each in everything if each.over], next=board.next_for(everything, request.user),
        on=rota.on_duty(), is_open=rota.is_open(),
        closed_today=[board.item(case) for case in board.closed(request.user, since=today)[: board.ON_A_LANE]],
    )  # fmt: skip
    return render(request, "consultation/safeguarding/board.html", context)


def _shows(items, lead):
    """[(key, label, number of items)] of the board's filters."""
    return [(key, label, len(board.shown(items, key, lead))) for key, (label, _) in board.SHOW.items()]


@leads
@require_safe
def lane(request, key):
    """All items of one lane, paginated."""
    name = dict(board.LANES).get(key)
    if name is None:
        raise Http404
    show = request.GET.get("show", "")
    items = board.shown(board.open_items(request.user), show, request.user)
    page = Paginator([each for each in items if each.lane == key], A_PAGE).get_page(request.GET.get("page"))
    shown = board.SHOW.get(show, board.SHOW[""])[0]
    return render(request, "consultation/safeguarding/lane.html", frame(request, name=name, page=page, shown=shown))


@leads
@require_safe
def closed(request):
    cases, outcome = board.closed(request.user), request.GET.get("outcome", "")
    if outcome in states.OUTCOMES:
        cases = cases.filter(outcome=outcome)
    page = Paginator(cases, A_PAGE).get_page(request.GET.get("page"))
    context = frame(request, page=page, outcomes=states.OUTCOMES, outcome=outcome)
    return render(request, "consultation/safeguarding/closed.html", context)


def _case(request, pk):
    cases = TriageCase.objects.seen_by(request.user).select_related(
        "answer__response__version", "claimed_by", "first_view_by", "second_view_by", "decided_by"
    )
    return get_object_or_404(cases, pk=pk)


def _show_case(request, found, *, words=None, error="", status=200, **bound):
    """The case's page; `bound`: submitted invalid forms by name."""
    next_states, typed = states.MOVES[CaseState(found.state)], request.POST.get("reason", "") if error else ""
    on_the_clock = found.state in states.ON_THE_CLOCK
    forms = {
        "form": CloseForm(case=found) if CaseState.CLOSED in next_states else None,
        "raise_form": RaiseForm(case=found, prefix="raise") if on_the_clock and found.priority != "T1" else None,
        "hide_form": HideForm(prefix="hide"),
    }
    context = frame(
        request, case=found, asked=asked(found.answer) if found.answer else None, words=words, error=error, typed=typed,
        moves=board.moves(found, request.user.pk), may_claim=CaseState.CLAIMED in next_states,
        may_reopen=CaseState.REOPENED in next_states, history=_history(found), item=board.item(found),
        kept=found.withdrawn_texts.exists(), notes=found.notes.select_related("author"),
        **forms | bound,
    )  # fmt: skip
    return render(request, "consultation/safeguarding/case.html", context, status=status)


def _history(found):
    """Actions on a case from the audit log, newest first."""
    entries = AuditEntry.objects.filter(object_type="triagecase", object_id=str(found.pk)).order_by("-seq")[:HISTORY]
    staff = get_user_model().objects.in_bulk({int(entry.actor) for entry in entries if entry.actor.isdecimal()})
    return [{"entry": e, "said": _said(e), "actor": staff.get(int(e.actor or 0))} for e in entries]


def _said(entry):
    if entry.verb == "triage transition":
        return f"From {CaseState(entry.data['before']).label} to {CaseState(entry.data['after']).label}"
    if entry.verb == "triage alerted" and entry.data.get("percent"):
        return f"Alert sent at {entry.data['percent']}% of its time"
    return SAID.get(entry.verb, entry.verb)


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    found = _case(request, pk)
    if request.method != "POST":
        return _show_case(request, found)
    if not request.user.has_perm("consultation.decide_triage"):
        raise PermissionDenied
    verb, _, value = request.POST.get("do", "").partition(":")
    try:
        return DO.get(verb, _nothing)(request, found, value)
    except actions.NotAllowed as refused:
        return _show_case(request, _case(request, pk), error=str(refused), status=422)


def _nothing(request, found, value):
    raise actions.NotAllowed("Choose what to do.")


def _reason(request):
    return request.POST.get("reason", "")


def _see(request, found, value):
    words = actions.view_words(case=found, by=request.user, reason=_reason(request))
    return _show_case(request, _case(request, found.pk), words=words)


def _claim(request, found, value):
    actions.claim(case=found, by=request.user)
    return _done(request, found, f"{found.name} is with you. You can give it back.")


def _move(request, found, value):
    if value not in CaseState.values:
        return _nothing(request, found, value)
    actions.move(case=found, by=request.user, to=value, reason=_reason(request))
    return _done(request, found, f"Now: {found.get_state_display()}.")


def _reopen(request, found, value):
    actions.reopen(case=found, by=request.user, why=_reason(request))
    return _done(request, found, "It is open again, with a new clock.")


def _write(request, found, value):
    actions.add_note(case=found, by=request.user, text=_reason(request))
    return _done(request, found, "The note is sealed with the case.")


def _show_all(request, found, value):
    actions.show_to_all_leads(case=found, by=request.user, why=_reason(request))
    return _done(request, found, "All leads see it again.")


def _done(request, found, said):
    messages.success(request, said)
    return redirect("safeguarding:case", found.pk)


def _missing(request, found, **forms):
    return _show_case(request, found, error="Something is missing. See below.", status=422, **forms)


def _raise(request, found, value):
    form = RaiseForm(request.POST, case=found, prefix="raise")
    if not form.is_valid():
        return _missing(request, found, raise_form=form)
    actions.raise_priority(case=found, by=request.user, **form.cleaned_data)
    return _done(request, found, f"It is {form.cleaned_data['priority']} now.")


def _hide(request, found, value):
    form = HideForm(request.POST, prefix="hide")
    if not form.is_valid():
        return _missing(request, found, hide_form=form)
    actions.hide_from_agency(case=found, by=request.user, **form.cleaned_data)
    if agency_key(request.user.agency) in ("", agency_key(form.cleaned_data["agency"])):
        messages.success(request, "Done. Leads of other agencies go on with it; you will not see it again.")
        return redirect("safeguarding:board")
    return _done(request, found, "Nobody of that agency sees it any more.")


def _close(request, found, value) -> HttpResponse:
    form = CloseForm(request.POST, case=found)
    if not form.is_valid():
        return _missing(request, found, form=form)
    actions.close(case=found, by=request.user, **form.cleaned_data)
    messages.success(request, f"{found.name} is closed. You find it under Closed, and can open it again.")
    return redirect("safeguarding:board")


DO = {
    "view": _see, "claim": _claim, "move": _move, "reopen": _reopen, "note": _write, "show": _show_all,
    "raise": _raise, "hide": _hide, "close": _close,
}  # fmt: skip


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def print_out(request, pk):
    """The print-out of a case, to print or copy; shown only after the receiver is given."""
    found, error = _case(request, pk), ""
    form = PrintForm(request.POST if request.method == "POST" else None, case=found)
    if request.method == "POST":
        if not request.user.has_perm("consultation.decide_triage"):
            raise PermissionDenied
        try:
            if form.is_valid():
                made = actions.print_out(case=found, by=request.user, **form.cleaned_data)
                context = {"made": made, "case": made.case, "asked": asked(found.answer) if found.answer else None}
                context["made_text"] = render_to_string(f"{ROOM}/print_out.txt", context, request)
                return render(request, "consultation/safeguarding/print_out.html", context)
            error = "Something is missing. See below."
        except actions.NotAllowed as refused:
            error = str(refused)
    context = frame(request, case=found, form=form, error=error)
    return render(request, "consultation/safeguarding/print_form.html", context, status=422 if error else 200)
