"""Leads' pages of contact requests: list, and one request with its actions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.safeguarding.contact_requests import actions as handling
from consultation.safeguarding.contact_requests.contact_choices import read_choices
from consultation.safeguarding.forms import ContactActionForm, OpenCaseForm
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.models import ContactRequest, ContactState
from consultation.safeguarding.states import RUNNING_CONTACT_CLOCK

PAGE_SIZE = 25
CONTACT_FILTERS = {"": "Not closed", "free": "Nobody has taken it", "mine": "With you", "closed": "Closed"}


@lead_view("consultation.read_contact_requests", method="GET")
def show_contacts(request):
    show = request.GET.get("show", "")
    rows = ContactRequest.objects.select_related("claimed_by")
    if show == "closed":
        rows = rows.filter(state=ContactState.CLOSED).order_by("-closed_on", "pk")
    else:
        rows = rows.exclude(state=ContactState.CLOSED).order_by("due", "pk")
    if show == "mine":
        rows = rows.filter(claimed_by=request.user)
    elif show == "free":
        rows = rows.filter(state=ContactState.NEW)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for contact in page:
        contact.chosen = _describe_open_request(contact)
    context = build_lead_context(
        request, page=page, show=show if show in CONTACT_FILTERS else "", shows=list(CONTACT_FILTERS.items()),
        running=RUNNING_CONTACT_CLOCK,
    )  # fmt: skip
    return render(request, "consultation/safeguarding/contact_requests/contacts.html", context)


@lead_view("consultation.read_contact_requests")
def show_contact(request, pk):
    """One request. Its content is opened for the lead who claimed it."""
    found = get_object_or_404(ContactRequest.objects.select_related("claimed_by"), pk=pk)
    error, form, action = "", OpenCaseForm(prefix="tell"), ContactActionForm.of(request)
    if action.is_bound:
        try:
            chosen = action.chosen()
            if chosen["do"] != "tell":
                return _perform_contact_action(request, found, chosen["do"], chosen["note"])
            form = OpenCaseForm(request.POST, prefix="tell")
            if form.is_valid():
                case = handling.open_case_from_contact(contact=found, by=request.user, **form.cleaned_data)
                messages.success(request, f"{case.name} is open. Nothing joins it to the request.")
                return redirect("safeguarding:board")
            error = "Say how soon, and why."
        except NotAllowed as refused:
            error = str(refused)
    found.refresh_from_db()
    mine = found.claimed_by_id == request.user.pk
    opened = mine and found.state != ContactState.CLOSED
    context = build_lead_context(
        request, contact=found, error=error, form=form, mine=mine, chosen=_describe_open_request(found),
        typed=action.typed("note") if error else "",
        content=handling.view_contact(contact=found, by=request.user) if opened else None,
        notes=found.notes.select_related("author") if mine or found.state != ContactState.NEW else (),
        may_reach=found.state in (ContactState.CLAIMED, ContactState.TRIED),
        running=RUNNING_CONTACT_CLOCK,
    )  # fmt: skip
    return render(
        request, "consultation/safeguarding/contact_requests/contact.html", context, status=422 if error else 200
    )


def _describe_open_request(contact):
    """What a lead needs in order to choose: the choices that the person made, until the request is closed."""
    return read_choices(contact).describe() if contact.state != ContactState.CLOSED else []


def _perform_contact_action(request, found, verb, note):
    by = request.user
    match verb:
        case "claim":
            handling.claim_contact(contact=found, by=by)
            said = "It is with you. Do exactly what it says is safe."
        case "tried":
            due = timezone.localtime(handling.record_contact_attempt(contact=found, by=by, note=note).due)
            said = f"Noted. Try again at the next safe time, by {due:%A %-d %B}."
        case "reached":
            handling.record_contact_reached(contact=found, by=by, note=note)
            said = "Noted. Close it when nothing more is to be done."
        case "back":
            handling.give_back_contact(contact=found, by=by, why=note)
            said = "Anyone can take it again."
        case _:
            handling.close_contact(contact=found, by=by, outcome=note)
            said = "Closed. It is erased after 30 days."
    messages.success(request, said)
    over = verb in ("back", "close")
    return redirect("safeguarding:contacts") if over else redirect("safeguarding:contact", found.pk)
