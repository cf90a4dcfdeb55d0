"""Pages where administrators manage staff accounts, their roles, and role requests that need a second person."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cms.accounts import actions
from cms.accounts.agreements import Agreement
from cms.accounts.forms import NewPerson, RoleForm
from cms.accounts.invitations import link_for
from cms.accounts.mine import ended_in
from cms.accounts.models import RoleRequest, User
from cms.accounts.sessions import sessions_of
from cms.roles import ROLES, roles_of


def administrators_only(view):
    return login_required(permission_required("consultation.manage_users", raise_exception=True)(view))


def _try(request, action, /, **arguments):
    """Run the action, or show the reason for its refusal; returns whether it ran."""
    try:
        action(by=request.user, **arguments)
    except (PermissionDenied, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return False
    return True


@administrators_only
def people(request):
    factor = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    staff = User.objects.annotate(has_factor=Exists(factor.filter(user=OuterRef("pk")))).order_by(
        "-is_active", "last_name", "first_name", "email"
    )
    rows = [(person, roles_of(person)) for person in staff.prefetch_related("groups")]
    context = {"rows": rows, "waiting": _waiting(factor), "restored": _waiting(factor, restored=True)}
    context["ending"] = Agreement.objects.all().ending()
    return render(request, "cms/people/list.html", context)


def _waiting(factor, *, restored=False):
    """(request, role) of each pending role request; `restored` selects those that came from a backup."""
    has_factor = Exists(factor.filter(user=OuterRef("person")))
    requests = RoleRequest.objects.current().filter(asked_by__isnull=restored).annotate(has_factor=has_factor)
    people = requests.select_related("person", "asked_by").order_by("person__last_name", "person__first_name", "pk")
    return [(wanted, ROLES[wanted.role]) for wanted in people if wanted.role in ROLES]


@administrators_only
def new(request):
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data.pop("role")
        person = actions.create_staff(**form.cleaned_data, roles=[role] if role else [], by=request.user)
        return _made(request, person)
    return render(request, "cms/people/new.html", {"form": form})


def _made(request, person):
    asked = [ROLES[wanted.role].label for wanted in RoleRequest.objects.current().filter(person=person)]
    return render(request, "cms/people/made.html", {"person": person, "link": link_for(person), "asked": asked})


@administrators_only
def detail(request, pk):
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "roles": roles_of(person),
        "form": RoleForm(),
        "sessions": sessions_of(person),
        "has_factor": is_mfa_enabled(person),
    }
    return render(request, "cms/people/detail.html", context)


@require_POST
@administrators_only
def give(request, pk):
    person, form = get_object_or_404(User, pk=pk), RoleForm(request.POST)
    if form.is_valid():
        role = ROLES[form.cleaned_data["role"]]
        action = actions.ask_for_role if role.two_people else actions.give_role
        if _try(request, action, person=person, role=role.name) and role.two_people:
            messages.success(request, f"{role.label} is asked for. Another administrator confirms it.")
    return redirect("people:detail", pk=pk)


@require_POST
@administrators_only
def take(request, pk, role):
    _try(request, actions.take_role, person=get_object_or_404(User, pk=pk), role=role)
    return redirect("people:detail", pk=pk)


@require_POST
@administrators_only
def close(request, pk):
    _try(request, actions.close_account, person=get_object_or_404(User, pk=pk))
    return redirect("people:list")


@require_POST
@administrators_only
def sign_out(request, pk):
    """Ends one session of a colleague, or all."""
    person = get_object_or_404(User, pk=pk)
    ended = actions.sign_out(person=person, by=request.user, session=request.POST.get("session", ""))
    messages.success(request, ended_in(ended))
    return redirect("people:detail", pk=pk)


@require_POST
@administrators_only
def forget_factor(request, pk):
    _try(request, actions.forget_second_factor, person=get_object_or_404(User, pk=pk))
    return redirect("people:detail", pk=pk)


@require_POST
@administrators_only
def link(request, pk):
    """Shows a new password link, to be handed over in person."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    actions.invite_again(person=person, by=request.user)
    return _made(request, person)


@require_POST
@administrators_only
def answer(request, pk):
    wanted = get_object_or_404(RoleRequest, pk=pk)
    action = actions.confirm_role if "confirm" in request.POST else actions.refuse_role
    _try(request, action, request=wanted)
    return redirect("people:list")
