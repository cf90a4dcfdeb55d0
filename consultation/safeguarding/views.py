"""Pages of the safeguarding leads. For everyone else they do not exist."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.audit.models import AuditEntry
from consultation.responses.asked import asked
from consultation.responses.vault import VaultLocked
from consultation.safeguarding import actions, board, states
from consultation.safeguarding.forms import CloseForm, TellForm
from consultation.safeguarding.models import CaseState, ContactRequest, TriageCase, WithdrawnText

HISTORY = 50


def leads(view):
    """For those who may see the triage queue; to anyone else the page is not there. Never kept by a browser."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.has_perm("consultation.see_triage"):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except VaultLocked:
            return render(request, "consultation/safeguarding/locked.html", _frame(), status=503)

    return never_cache(login_required(checked))


def _frame(**more):
    now = timezone.now()
    return {
        "now": now,
        "contacts_waiting": board.contacts_waiting(),
        "withdrawn_waiting": board.withdrawn_waiting(),
        **more,
    }


@leads
@require_safe
def triage(request):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    context = _frame(lanes=board.lanes(), closed_today=board.closed(since=today), over=board.over_time())
    return render(request, "consultation/safeguarding/board.html", context)


@leads
@require_safe
def closed(request):
    return render(request, "consultation/safeguarding/closed.html", _frame(items=board.closed()))


def _case(pk):
    cases = TriageCase.objects.select_related("answer__response__version", "claimed_by", "first_view_by", "decided_by")
    return get_object_or_404(cases, pk=pk)


def _show_case(request, found, *, words=None, error="", form=None, status=200):
    if form is None and CaseState.CLOSED in _next_states(found):
        form = CloseForm(state=found.state)
    context = _frame(
        case=found, asked=asked(found.answer) if found.answer else None, words=words, error=error, form=form,
        moves=board.moves(found, request.user.pk), may_claim=CaseState.CLAIMED in _next_states(found),
        may_reopen=CaseState.REOPENED in _next_states(found), history=_history(found),
        item=board.item(found), withdrawn=found.withdrawn_texts.all(),
    )  # fmt: skip
    return render(request, "consultation/safeguarding/case.html", context, status=status)


def _history(found):
    """What was done with a case and by whom, from the audit log; the last first."""
    entries = AuditEntry.objects.filter(object_type="triagecase", object_id=str(found.pk)).order_by("-seq")[:HISTORY]
    staff = get_user_model().objects.in_bulk({int(entry.actor) for entry in entries if entry.actor.isdecimal()})
    return [{"entry": entry, "actor": staff.get(int(entry.actor or 0))} for entry in entries]


def _next_states(found):
    return states.MOVES[CaseState(found.state)]


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    found = _case(pk)
    if request.method != "POST":
        return _show_case(request, found)
    if not request.user.has_perm("consultation.decide_triage"):
        raise PermissionDenied
    verb, _, value = request.POST.get("do", "").partition(":")
    try:
        return _done(request, found, verb, value)
    except actions.NotAllowed as refused:
        return _show_case(request, _case(pk), error=str(refused), status=422)


def _done(request, found, verb, value) -> HttpResponse:
    by, reason = request.user, request.POST.get("reason", "")
    if verb == "view":
        words = actions.view_words(case=found, by=by, reason=reason)
        return _show_case(request, _case(found.pk), words=words)
    if verb == "close":
        return _close(request, found)
    if verb == "claim":
        actions.claim(case=found, by=by)
    elif verb == "reopen":
        actions.reopen(case=found, by=by, why=reason)
    elif verb == "move" and value in CaseState.values:
        actions.move(case=found, by=by, to=value, reason=reason)
    else:
        raise actions.NotAllowed("Choose what to do.")
    messages.success(request, f"Now: {found.get_state_display()}.")
    return redirect("safeguarding:case", found.pk)


def _close(request, found) -> HttpResponse:
    form = CloseForm(request.POST, state=found.state)
    if not form.is_valid():
        return _show_case(request, found, error="Something is missing. See below.", form=form, status=422)
    actions.close(case=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Closed.")
    return redirect("safeguarding:board")


@leads
@require_safe
def contacts(request):
    rows = ContactRequest.objects.order_by("due").select_related("claimed_by")
    context = _frame(
        waiting=rows.exclude(state="closed"), done=rows.filter(state="closed").order_by("-closed_on")[:100]
    )
    return render(request, "consultation/safeguarding/contacts.html", context)


def _reads_contacts(request):
    if not request.user.has_perm("consultation.read_contact_requests"):
        raise Http404


@leads
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, pk):
    """One request. Taking it opens it; whoever took it closes it with what came of it."""
    _reads_contacts(request)
    found = get_object_or_404(ContactRequest.objects.select_related("claimed_by"), pk=pk)
    error, content = "", None
    try:
        if request.method == "POST" and request.POST.get("do") == "claim":
            actions.claim_contact(contact=found, by=request.user)
        elif request.method == "POST":
            actions.close_contact(contact=found, by=request.user, outcome=request.POST.get("outcome", ""))
            messages.success(request, "Closed. It is erased after 30 days.")
            return redirect("safeguarding:contacts")
    except actions.NotAllowed as refused:
        error = str(refused)
    if found.state == "claimed":
        content = actions.view_contact(contact=found, by=request.user)
    context = _frame(contact=found, content=content, error=error)
    return render(request, "consultation/safeguarding/contact.html", context, status=422 if error else 200)


@leads
@require_safe
def withdrawn(request):
    rows = WithdrawnText.objects.filter(case__isnull=True).order_by("due").select_related("read_by")
    return render(request, "consultation/safeguarding/withdrawn.html", _frame(rows=rows))


@leads
@require_POST
def read_withdrawn(request, pk):
    """Read once: erase the words, or keep them with a case because someone must be told."""
    found = get_object_or_404(WithdrawnText, pk=pk)
    verb, error, form = request.POST.get("do", "read"), "", TellForm()
    try:
        if verb == "erase":
            actions.erase_withdrawn(withdrawn=found, by=request.user)
            messages.success(request, "Erased.")
            return redirect("safeguarding:withdrawn")
        if verb == "tell":
            form = TellForm(request.POST)
            if form.is_valid():
                opened = actions.tell_of_withdrawn(withdrawn=found, by=request.user, **form.cleaned_data)
                return redirect("safeguarding:case", opened.pk)
            error = "Say how soon, and why."
        words = actions.read_withdrawn(withdrawn=found, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("safeguarding:withdrawn")
    context = _frame(withdrawn=found, words=words, form=form, error=error)
    return render(request, "consultation/safeguarding/withdrawn_words.html", context, status=422 if error else 200)
