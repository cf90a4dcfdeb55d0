"""Leads' pages of mailboxes: list, and one mailbox with its messages and actions."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed
from consultation.action_forms import ActionForm
from consultation.safeguarding.forms import OpenCaseForm
from consultation.safeguarding.lead_access import build_lead_context, lead_view, redirect_to_case
from consultation.safeguarding.mailbox import actions
from consultation.safeguarding.mailbox.erasures import KEPT_DAYS
from consultation.safeguarding.mailbox.models import Mailbox, MailboxState

PAGE_SIZE = 25
TEMPLATES = "consultation/safeguarding/mailbox"
MAILBOX_FILTERS = {
    "": "Not closed",
    "waiting": "A child waits",
    "free": "Nobody has taken it",
    "mine": "With you",
    "closed": "Closed",
}


class MailboxActionForm(ActionForm):
    verbs = ("claim", "back", "write", "close", "tell")
    note = forms.CharField(required=False)
    seen = forms.IntegerField(required=False)  # number of the last message on the page


@lead_view("consultation.answer_mailbox", method="GET")
def show_mailboxes(request):
    show = request.GET.get("show", "")
    rows = Mailbox.objects.seen_by(request.user).select_related("claimed_by").annotate(last=Max("messages__day"))
    rows = rows.filter(state=MailboxState.CLOSED if show == "closed" else MailboxState.OPEN)
    if show == "waiting":
        rows = rows.filter(clock__isnull=False)
    elif show == "mine":
        rows = rows.filter(claimed_by=request.user)
    elif show == "free":
        rows = rows.filter(claimed_by__isnull=True)
    rows = sorted(rows.order_by("-last", "pk"), key=lambda row: (not row.due, row.due))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = build_lead_context(
        request, page=page, show=show if show in MAILBOX_FILTERS else "", shows=list(MAILBOX_FILTERS.items())
    )
    return render(request, f"{TEMPLATES}/list.html", context)


@lead_view("consultation.answer_mailbox")
def show_mailbox(request, pk):
    """One mailbox. Its messages are opened for the lead who claimed it."""
    found = get_object_or_404(Mailbox.objects.seen_by(request.user).select_related("claimed_by"), pk=pk)
    error, form, action = "", OpenCaseForm(prefix="tell"), MailboxActionForm.of(request)
    if action.is_bound:
        try:
            chosen = action.chosen()
            if chosen["do"] != "tell":
                return _perform_mailbox_action(request, found, **chosen)
            form = OpenCaseForm(request.POST, prefix="tell")
            if form.is_valid():
                case = actions.open_case_from_mailbox(mailbox=found, by=request.user, **form.cleaned_data)
                return redirect_to_case(request, case, "Nothing joins it to the mailbox.")
            error = "Say how soon, and why."
        except NotAllowed as refused:
            error = str(refused)
    found.refresh_from_db()
    opened = found.claimed_by_id == request.user.pk and found.state == MailboxState.OPEN
    context = build_lead_context(
        request, mailbox=found, error=error, form=form, kept_days=KEPT_DAYS,
        typed=action.typed("note") if error else "",
        opened=actions.view_mailbox(mailbox=found, by=request.user) if opened else None,
    )  # fmt: skip
    return render(request, f"{TEMPLATES}/mailbox.html", context, status=422 if error else 200)


def _perform_mailbox_action(request, found, *, do, note, seen):
    by, seen = request.user, seen or 0
    match do:
        case "claim":
            actions.claim_mailbox(mailbox=found, by=by)
            said = "It is with you."
        case "back":
            actions.give_back_mailbox(mailbox=found, by=by)
            said = "Anyone can take it again."
        case "write":
            actions.write_as_lead(mailbox=found, by=by, text=note, seen=seen)
            said = "It is there for the child. If they write again, you see it on the board."
        case _:
            actions.close_mailbox(mailbox=found, by=by, reason=note, seen=seen)
            said = f"Closed. The child can read why for {KEPT_DAYS} days, then all of it is erased."
    messages.success(request, said)
    over = do in ("back", "close")
    return redirect("safeguarding:mailboxes") if over else redirect("safeguarding:mailbox", found.pk)
