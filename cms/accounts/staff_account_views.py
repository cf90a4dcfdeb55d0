"""Pages where administrators manage staff accounts, their roles, role requests that need a second person, and the
list of agencies; and the page of a colleague’s own sessions."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render

from cms.accounts import actions
from cms.accounts.account_invitations import site_sends_mail
from cms.accounts.agreements import Agreement
from cms.accounts.forms import (
    AgencyListForm,
    AssigneeForm,
    ListedAgencyForm,
    NewContactDetailsForm,
    NewStaffForm,
    PersonAgencyForm,
    RoleAnswerForm,
    RoleForm,
    SessionForm,
)
from cms.accounts.models import RoleRequest, Suspension, User
from cms.accounts.roles import ROLES, find_clash, roles_of
from cms.accounts.staff_sessions import idle_seconds, list_staff_sessions
from consultation.access import NotAllowed, staff_view
from consultation.agencies.actions import add_agency, change_agency, confirm_contact_details, refuse_contact_details
from consultation.agencies.models import AgencyStatus, KnownAgency
from consultation.safeguarding.duty_rota.lead_rota import list_days_of, list_leads


def _run_or_show_error(request, action, /, **arguments):
    """Run the action, or show the reason for its refusal; returns whether it ran."""
    try:
        action(by=request.user, **arguments)
    except (PermissionDenied, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return False
    return True


@staff_view("consultation.manage_users")
def show_staff_accounts(request):
    factor = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    staff = User.objects.annotate(has_factor=Exists(factor.filter(user=OuterRef("pk")))).order_by(
        "-is_active", "last_name", "first_name", "email"
    )
    rows = [(person, roles_of(person)) for person in staff.select_related("agency").prefetch_related("groups")]
    context = {
        "rows": rows,
        "clashing": [(person, clash) for person, held in rows if person.is_active and (clash := find_clash(held))],
        "waiting": _list_role_requests(factor),
        "restored": _list_role_requests(factor, restored=True),
        "suspended": set(Suspension.objects.values_list("pk", flat=True)),
        "ending": Agreement.objects.all().ending(),
    }
    return render(request, "cms/accounts/list.html", context)


def _list_role_requests(factor, *, restored=False):
    """(request, role) of each pending role request; `restored` selects those that came from a backup."""
    has_factor = Exists(factor.filter(user=OuterRef("person")))
    requests = RoleRequest.objects.current().filter(asked_by__isnull=restored).annotate(has_factor=has_factor)
    people = requests.select_related("person", "asked_by").order_by("person__last_name", "person__first_name", "pk")
    return [(wanted, ROLES[wanted.role]) for wanted in people if wanted.role in ROLES]


@staff_view("consultation.manage_users")
def add_staff_account(request):
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data.pop("role")
        person = actions.create_staff(**form.cleaned_data, roles=[role] if role else [], by=request.user)
        return _give_password_link(request, actions.issue_password_link, person)
    return render(request, "cms/accounts/new.html", {"form": form})


def _give_password_link(request, action, person):
    """Says that the link was mailed to the person; shows it where the site sends no mail."""
    link = ""
    try:
        link = action(person=person, by=request.user)
    except PermissionDenied as error:
        messages.error(request, str(error))
        return redirect("people:detail", pk=person.pk)
    except OSError:  # smtplib's errors are OSErrors
        messages.error(request, "The mail server did not take the message. Send a new link when it works again.")
        return redirect("people:detail", pk=person.pk)
    asked = [ROLES[wanted.role].label for wanted in RoleRequest.objects.current().filter(person=person)]
    return render(request, "cms/accounts/made.html", {"person": person, "link": link, "asked": asked})


@staff_view("consultation.manage_users")
def show_staff_account(request, pk):
    person = get_object_or_404(User, pk=pk)
    roles = roles_of(person)
    is_lead = any(role.name == actions.SAFEGUARDING_LEAD for role in roles)
    context = {
        "person": person,
        "suspension": Suspension.objects.filter(person=person).first(),
        "duties": list_days_of(person) if is_lead else [],
        "roles": roles,
        "take_form": AssigneeForm(lead=person, prefix="take") if is_lead else None,
        "close_form": AssigneeForm(lead=person, prefix="close") if is_lead else None,
        "form": RoleForm(),
        "agency_form": PersonAgencyForm(person=person),
        "sessions": list_staff_sessions(person),
        "has_factor": is_mfa_enabled(person),
        "sends_mail": site_sends_mail(),
    }
    return render(request, "cms/accounts/detail.html", context)


@staff_view("consultation.manage_users", method="POST")
def save_given_role(request, pk):
    person, form = get_object_or_404(User, pk=pk), RoleForm(request.POST)
    if form.is_valid():
        role = ROLES[form.cleaned_data["role"]]
        if _run_or_show_error(request, actions.ask_for_role, person=person, role=role.name):
            messages.success(request, f"{role.label} is asked for. Another administrator confirms it.")
    return redirect("people:detail", pk=pk)


@staff_view("consultation.manage_users", method="POST")
def save_revoked_role(request, pk, role):
    person = get_object_or_404(User, pk=pk)
    _run_or_show_error(
        request, actions.revoke_role, person=person, role=role, assignee=_find_assignee(request, person, "take")
    )
    return redirect("people:detail", pk=pk)


@staff_view("consultation.manage_users", method="POST")
def save_agency_of_person(request, pk):
    person = get_object_or_404(User, pk=pk)
    form = PersonAgencyForm(request.POST, person=person)
    if form.is_valid():
        _run_or_show_error(request, actions.move_to_agency, person=person, **form.cleaned_data)
    return redirect("people:detail", pk=pk)


@staff_view("consultation.manage_users", method="POST")
def save_closed_account(request, pk):
    person = get_object_or_404(User, pk=pk)
    _run_or_show_error(
        request, actions.close_account, person=person, assignee=_find_assignee(request, person, "close")
    )
    return redirect("people:list")


def _find_assignee(request, person, prefix):
    """The chosen lead; None, for every lead, where none is chosen or the chosen one is no lead any more."""
    form = AssigneeForm(request.POST, lead=person, prefix=prefix)
    return form.cleaned_data["assignee"] if form.is_valid() else None


@staff_view("consultation.manage_users", method="POST")
def sign_out_colleague(request, pk):
    """Ends one session of a colleague, or all."""
    person = get_object_or_404(User, pk=pk)
    ended = actions.end_sessions(person=person, by=request.user, **SessionForm(request.POST).given_values())
    messages.success(request, describe_ended_sessions(ended))
    return redirect("people:detail", pk=pk)


@staff_view("consultation.manage_users", method="POST")
def save_second_factor_reset(request, pk):
    person = get_object_or_404(User, pk=pk, is_active=True)
    return _give_password_link(request, actions.reset_second_factor, person)


@staff_view("consultation.manage_users", method="POST")
def send_password_link(request, pk):
    person = get_object_or_404(User, pk=pk, is_active=True)
    return _give_password_link(request, actions.issue_password_link, person)


@staff_view("consultation.manage_users", method="POST")
def save_role_answer(request, pk):
    wanted = get_object_or_404(RoleRequest, pk=pk)
    action = actions.confirm_role if RoleAnswerForm(request.POST).given_values()["confirm"] else actions.refuse_role
    _run_or_show_error(request, action, request=wanted)
    return redirect("people:list")


@staff_view(actions.may_suspend)
def show_suspensions(request):
    """Who can be suspended, for administrators and the head of service; and who is."""
    staff = User.objects.filter(is_active=True).exclude(pk=request.user.pk)
    context = {
        "staff": staff.order_by("last_name", "first_name", "email"),
        "suspended": Suspension.objects.select_related("person", "suspended_by").order_by("since", "pk"),
    }
    return render(request, "cms/accounts/suspensions.html", context)


@staff_view(actions.may_suspend)
def suspend(request, pk):
    """Asks first who takes what a lead has; a POST suspends at once."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    form = AssigneeForm(request.POST if request.method == "POST" else None, lead=person)
    if form.is_valid():
        if _run_or_show_error(request, actions.suspend_person, person=person, **form.cleaned_data):
            messages.success(request, f"{person} is suspended: signed out everywhere, and holds nothing.")
        return redirect("people:suspensions")
    is_lead = list_leads().filter(pk=person.pk).exists()
    context = {"person": person, "form": form if is_lead else None, "duties": list_days_of(person) if is_lead else []}
    return render(request, "cms/accounts/suspend.html", context)


@staff_view("consultation.manage_users", method="POST")
def save_lifted_suspension(request, pk):
    _run_or_show_error(request, actions.lift_suspension, person=get_object_or_404(User, pk=pk))
    return redirect("people:detail", pk=pk)


@staff_view(method="GET")
def show_own_sessions(request):
    found = list_staff_sessions(request.user, here=request.session.session_key)
    times = {"minutes": idle_seconds(request.user) // 60, "hours": settings.SESSION_HOURS}
    return render(request, "account/sessions.html", {"sessions": found} | times)


@staff_view(method="POST")
def end_own_sessions(request):
    """Ends one session by its handle, or all but the current one."""
    given, here = SessionForm(request.POST).given_values(), request.session.session_key
    ended = actions.end_sessions(person=request.user, by=request.user, here=here, **given)
    messages.success(request, describe_ended_sessions(ended))
    return redirect("my-sessions")


def describe_ended_sessions(places):
    if not places:
        return "That one had ended already."
    return f"Signed out in {places} place{'' if places == 1 else 's'}."


@staff_view("consultation.manage_users")
def list_agencies(request):
    """The list, and what referrals named that is not on it."""
    form = AgencyListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_agency(by=request.user, **form.cleaned_data)
            messages.success(request, f"Added: {made}.")
            return redirect("people:agencies")
        except NotAllowed as refused:
            form.add_error("name", str(refused))
    known = KnownAgency.objects.kept_by_administrators()
    context = {
        "form": form,
        "proposed": known.filter(status=AgencyStatus.PROPOSED),
        "agencies": known.exclude(status=AgencyStatus.PROPOSED),
    }
    return render(request, "cms/accounts/agencies.html", context, status=422 if form.errors else 200)


@staff_view("consultation.manage_users")
def edit_agency(request, key):
    found = get_object_or_404(KnownAgency.objects.kept_by_administrators(), pk=key)
    initial = {"name": found.name, "kind": found.kind, "reach": found.reach}
    initial["is_offered"] = found.status != AgencyStatus.RETIRED
    pressed = NewContactDetailsForm(request.POST) if "do" in request.POST else None
    form = ListedAgencyForm(None if pressed else request.POST or None, initial=initial)
    problem = ""
    if pressed:
        if not (problem := _decide_contact_details(found, by=request.user, **pressed.given_values())):
            return redirect("people:agencies")
    elif request.method == "POST" and form.is_valid():
        try:
            changed = change_agency(agency=found, by=request.user, **form.cleaned_data)
            messages.success(request, f"Saved: {changed}.")
            return redirect("people:agencies")
        except NotAllowed as refused:
            form.add_error("name", str(refused))
    context = {"form": form, "agency": found, "problem": problem}
    return render(request, "cms/accounts/agency.html", context, status=422 if form.errors or problem else 200)


def _decide_contact_details(agency, *, by, do, seen):
    """Why it was not done, or an empty text."""
    decide = {"confirm": confirm_contact_details, "refuse": refuse_contact_details}.get(do)
    if decide is None:
        return "Press one of the two buttons."
    try:
        decide(agency=agency, seen=seen, by=by)
    except NotAllowed as refused:
        return str(refused)
    return ""
