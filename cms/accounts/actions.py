"""Staff accounts: create, suspend and close them, give and revoke roles. Every action leaves a line in the audit log."""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import APIToken

from cms.accounts import staff_sessions
from cms.accounts.account_invitations import mail_or_show_password_link, site_sends_mail
from cms.accounts.agreements import AgreedRelease, Agreement
from cms.accounts.models import RoleRequest, Suspension, User
from cms.accounts.roles import ROLES, Role, find_clash, roles_of
from consultation.access import is_head_of_service, require_permission
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.safeguarding.duty_rota.actions import give_duty_to
from consultation.safeguarding.reassignment.actions import ROLE_ENDED, SUSPENDED, reassign_items_of

ADMINISTRATOR, SAFEGUARDING_LEAD = "administrator", "safeguarding_lead"
NEVER_EMPTY = (ADMINISTRATOR, SAFEGUARDING_LEAD)


def _require_administrator(by: User | None) -> None:
    """Refuses everybody but administrators. `by=None` is the system: a command on the server, the demo's loader."""
    if by is not None:
        require_permission(by, "consultation.manage_users")


def explain_why_role_stays(person: User, names: Iterable[str] = NEVER_EMPTY) -> str:
    """Why this person must keep a role of `names`; "" where they need not. The lock on the role keeps two people from
    removing each other at the same time.

    Without an administrator nobody makes another; without a safeguarding lead nobody hears a cry for help.
    """
    for name in names:
        role = Group.objects.select_for_update().filter(name=name).first()
        holders = role.user_set.filter(is_active=True) if role else User.objects.none()
        if holders.filter(pk=person.pk).exists() and not holders.exclude(pk=person.pk).exists():
            return f"{person} is the last {ROLES[name].label.lower()}. Another has to be made first."
    return ""


def _require_removable(person: User, names: Iterable[str] = NEVER_EMPTY) -> None:
    if reason := explain_why_role_stays(person, names):
        raise ValidationError(reason)


def _require_compatible_role(person: User, role: Role) -> None:
    """Administrators and auditors hold no other role, so that nobody gives or checks their own access. A reader is no
    planner, so that no planner sees raw words."""
    if not person.is_active:
        raise ValidationError(f"The account of {person} is closed.")
    held = roles_of(person)
    if role in held:
        raise ValidationError(f"{person} is already: {role.label}.")
    clashing = [other.label for other in held if find_clash([role, other])]
    if clashing:
        raise ValidationError(f"{role.label} cannot be held together with {', '.join(clashing)}.")


@transaction.atomic
def create_staff(
    *,
    email: str,
    name: str,
    roles: Iterable[str] = (),
    by: User | None,
    password: str | None = None,
    second: User | None = None,
    agency: KnownAgency | None = None,
) -> User:
    """Create an account with its roles. Without a password, the colleague sets one through a link.

    Each role becomes a request where an administrator asks without a `second`.
    """
    _require_administrator(by)
    first, _, last = name.partition(" ")
    person = User(email=User.objects.normalize_email(email).lower(), first_name=first, last_name=last, agency=agency)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    record_event("account made", by=by, obj=person)
    for role in roles:
        if by is not None and second is None:
            ask_for_role(person=person, role=role, by=by)
        else:
            give_role(person=person, role=role, by=by, second=second)
    return person


@transaction.atomic
def move_to_agency(*, person: User, agency: KnownAgency | None, by: User | None) -> None:
    """Say for which agency a colleague works. What is hidden from that agency is hidden from them from now on.

    It may show them what was hidden, so their roles must be confirmed again.
    """
    _require_administrator(by)
    if by == person:
        raise PermissionDenied("A colleague says for whom you work.")
    if agency == person.agency:
        return
    person.agency = agency
    person.save(update_fields=["agency"])
    record_event("agency of a person changed", by=by, obj=person)
    if by is not None:
        _reopen_roles(person, by)


@transaction.atomic
def give_role(*, person: User, role: str, by: User | None, second: User | None = None) -> None:
    """Give a role: `by` asks, and `second`, another administrator, confirms. With one alone, whoever makes accounts
    would have every right of the site through an account of their own making."""
    _require_administrator(by)
    given = ROLES[role]
    if by is not None and by == person:
        raise PermissionDenied("Nobody gives themselves a role.")
    if by is not None:
        if second is None or second in (by, person):
            raise PermissionDenied(f"{given.label} is given by two administrators.")
        _require_administrator(second)
    # Two roles that clash may be confirmed at the same moment: the second finds the first.
    _require_compatible_role(User.objects.select_for_update(no_key=True).get(pk=person.pk), given)
    person.groups.add(Group.objects.get_or_create(name=given.name)[0])
    for cache in ("_rights_by_role", "_rights", "partner_has_lapsed"):
        person.__dict__.pop(cache, None)
    record_event("role given", by=by, obj=person, role=role, second=str(second.pk) if second else "")


@transaction.atomic
def ask_for_role(*, person: User, role: str, by: User) -> RoleRequest:
    """First of two steps; another administrator confirms."""
    _require_administrator(by)
    if by == person:
        raise PermissionDenied("Nobody gives themselves a role.")
    _require_compatible_role(person, ROLES[role])
    RoleRequest.objects.lapsed().filter(person=person, role=role).delete()
    request, created = RoleRequest.objects.get_or_create(person=person, role=role, defaults={"asked_by": by})
    if created:
        record_event("role asked for", by=by, obj=person, role=role)
    return request


@transaction.atomic
def confirm_role(*, request: RoleRequest, by: User) -> None:
    """Second step. A request restored from a backup has no requester: `by` becomes it, and another administrator must
    still confirm.
    """
    _require_administrator(by)
    fresh = RoleRequest.objects.select_for_update().filter(pk=request.pk).first()
    if fresh is None or fresh.has_lapsed:
        raise ValidationError("This does not wait any more. Ask for the role again.")
    if by == fresh.person:
        raise PermissionDenied("Nobody gives themselves a role.")
    if fresh.asked_by is None:
        fresh.asked_by, fresh.asked_on = by, timezone.localdate()
        fresh.save(update_fields=["asked_by", "asked_on"])
        record_event("role asked for", by=by, obj=fresh.person, role=fresh.role)
        return
    if not site_sends_mail() and not fresh.person.has_usable_password():
        raise ValidationError("A link to this account is open. Confirm when they have set a password and told you so.")
    give_role(person=fresh.person, role=fresh.role, by=fresh.asked_by, second=by)
    fresh.delete()


@transaction.atomic
def refuse_role(*, request: RoleRequest, by: User) -> None:
    """One administrator is enough to refuse; the requester may also withdraw the request this way."""
    _require_administrator(by)
    fresh = RoleRequest.objects.select_for_update().filter(pk=request.pk).first()
    if fresh is None:  # perhaps just confirmed: logging a refusal would then be false
        raise ValidationError("This does not wait any more. Look at what they can do now.")
    record_event("role refused", by=by, obj=fresh.person, role=fresh.role)
    fresh.delete()


@transaction.atomic
def lapse_role_requests(today: date | None = None) -> int:
    """Sweep: delete role requests that nobody confirmed in time; returns how many."""
    over = list(RoleRequest.objects.lapsed(today).select_related("person"))
    for request in over:
        record_event("role request lapsed", obj=request.person, role=request.role)
        request.delete()
    return len(over)


@transaction.atomic
def revoke_role(*, person: User, role: str, by: User | None, assignee: User | None = None) -> None:
    """Take a role away. What a lead has, and their days on the rota, go to `assignee`; else back to the board, and the days
    show as gaps: nothing stays with who cannot see it."""
    _require_administrator(by)
    if role in NEVER_EMPTY:
        _require_removable(person, [role])
    if role == SAFEGUARDING_LEAD:
        _hand_over(person, assignee, by, ROLE_ENDED)
    person.groups.remove(Group.objects.get(name=ROLES[role].name))
    if role == ADMINISTRATOR:  # requests of a former administrator no longer count as a first step
        RoleRequest.objects.filter(asked_by=person).delete()
    record_event("role taken", by=by, obj=person, role=role)


@transaction.atomic
def close_account(*, person: User, by: User | None, assignee: User | None = None) -> None:
    """Disable sign-in. The row stays, as past decisions refer to it. What a lead has goes to `assignee`, if any."""
    _require_administrator(by)
    if by == person:
        raise PermissionDenied("Nobody closes their own account.")
    _require_removable(person)
    _hand_over(person, assignee, by, ROLE_ENDED)
    staff_sessions.delete_sessions_of(person)
    Suspension.objects.filter(person=person).delete()
    person.groups.clear()
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    RoleRequest.objects.filter(Q(person=person) | Q(asked_by=person)).delete()
    record_event("account closed", by=by, obj=person)


def _hand_over(person: User, assignee: User | None, by: User | None, why: str) -> None:
    reassign_items_of(lead=person, to=assignee, by=by, why=why)
    if assignee is not None:
        give_duty_to(of=person, to=assignee, by=by, since=timezone.localdate())


def may_suspend(user: User) -> bool:
    return user.has_perm("consultation.manage_users") or is_head_of_service(user)


@transaction.atomic
def suspend_person(*, person: User, by: User, assignee: User | None = None) -> Suspension:
    """Stop an account at once: signed out everywhere, told of nothing, holding nothing. One person is enough to stop;
    two give its roles again when it is lifted."""
    require_permission(by, may_suspend)
    if by == person:
        raise PermissionDenied("Nobody suspends themselves.")
    if not person.is_active:
        raise ValidationError(f"The account of {person} is not open.")
    _require_removable(person)
    _hand_over(person, assignee, by, SUSPENDED)
    staff_sessions.delete_sessions_of(person)
    APIToken.objects.filter(user=person).delete()
    RoleRequest.objects.filter(Q(person=person) | Q(asked_by=person)).delete()
    person.is_active = False
    person.save(update_fields=["is_active"])
    record_event("account suspended", by=by, obj=person)
    return Suspension.objects.create(person=person, suspended_by=by)


@transaction.atomic
def lift_suspension(*, person: User, by: User) -> None:
    """Open a suspended account again. Its roles wait for a second administrator."""
    _require_administrator(by)
    if not Suspension.objects.filter(person=person).delete()[0]:
        raise ValidationError(f"The account of {person} is not suspended.")
    record_event("suspension lifted", by=by, obj=person)
    person.is_active = True
    _reopen_roles(person, by)  # before the account is open: a suspended lead is not the last one
    person.save(update_fields=["is_active"])


def issue_password_link(*, person: User, by: User) -> str:
    """Mail the person a link to set a password, and return "": `by` never sees it.

    Where the site sends no mail, the link is returned, to be handed over. Then the password that they had ends, and
    their roles wait until they have set one and a second administrator has confirmed.
    """
    with transaction.atomic():
        _require_administrator(by)
        if by == person:
            raise PermissionDenied("Your own password is changed on your own page.")
        record_event("link made to set a password", by=by, obj=person)
        if not site_sends_mail():
            _end_password(person)
            _reopen_roles(person, by)
    return mail_or_show_password_link(person)


def _end_password(person: User) -> None:
    """Nobody signs in with it any more, and each earlier link to set one is void."""
    person.set_unusable_password()
    person.save(update_fields=["password"])


def _reopen_roles(person: User, by: User) -> None:
    for role in roles_of(person):
        revoke_role(person=person, role=role.name, by=by)
        ask_for_role(person=person, role=role.name, by=by)


@transaction.atomic
def end_sessions(*, person: User, by: User, session: str = "", here: str = "") -> int:
    """End the named session, or all but `here`; returns how many. Allowed for oneself and for administrators."""
    if by != person:
        _require_administrator(by)
    ended = (
        int(staff_sessions.delete_session(person, session))
        if session
        else staff_sessions.delete_sessions_of(person, but=here)
    )
    if ended:
        record_event("signed out elsewhere", by=by, obj=person, sessions=ended)
    return ended


def reset_second_factor(*, person: User, by: User) -> str:
    """For a lost second factor: it is deleted, and the password with it, so that nothing opens the account but the link
    of `issue_password_link`. A second administrator confirms its roles again.
    """
    with transaction.atomic():
        _require_administrator(by)
        if by == person:
            raise PermissionDenied("Your own second factor is changed on your own page.")
        Authenticator.objects.filter(user=person).delete()
        staff_sessions.delete_sessions_of(person)
        _end_password(person)
        record_event("second factor forgotten", by=by, obj=person)
        _reopen_roles(person, by)
    return mail_or_show_password_link(person, lost_factor=True)


@transaction.atomic
def add_agreement(
    *,
    agency: KnownAgency,
    starts: date,
    ends: date,
    reference: str = "",
    by: User | None,
    replaces: Agreement | None = None,
) -> Agreement:
    """Add an information sharing agreement: once another administrator has confirmed it, and while it is in date, the
    agency's people see reports. `replaces`: one in force, which it ends then."""
    _require_administrator(by)
    made = Agreement(
        agency=agency, reference=reference.strip(), starts=starts, ends=ends, added_by=by, replaces=replaces
    )
    made.full_clean()
    made.save()
    record_event("ISA added", by=by, obj=made, **({"replaces": replaces.pk} if replaces else {}))
    return made


def propose_agreement_change(*, agreement: Agreement, ends: date, reference: str = "", by: User | None) -> Agreement:
    """Another last day or reference for an agreement that is in date: one that takes its place on the day on which another
    administrator confirms it. Until then the old one stands. Raises ValidationError where it is not in date."""
    if not agreement.is_in_date:
        raise ValidationError("Only an agreement that is in date is changed. End this one, and add a new one.")
    today = timezone.localdate()
    return add_agreement(
        agency=agreement.agency, starts=today, ends=ends, reference=reference, by=by, replaces=agreement
    )


@transaction.atomic
def confirm_agreement(*, agreement: Agreement, by: User | None, today: date | None = None) -> Agreement:
    """The second of two administrators; `by` None is a command of the server's keeper. Days and agency are those that the
    first one typed: what is wrong is ended, and added anew."""
    _require_administrator(by)
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if by is not None and by.pk == held.added_by_id:
        raise PermissionDenied("Another administrator confirms what you added.")
    if not held.waits:
        raise ValidationError("This agreement waits for nobody. Load the page again.")
    today = today or timezone.localdate()
    held.confirmed_by, held.confirmed_on = by, today
    if held.replaces:
        held.starts = today
        _take_place_of(held.replaces, held, by, today)
    held.save(update_fields=["confirmed_by", "confirmed_on", "starts"])
    record_event("ISA confirmed", by=by, obj=held)
    return held


def _take_place_of(replaced: Agreement, agreement: Agreement, by: User | None, today: date) -> None:
    """Whoever ended the old one meanwhile closed the reports to that agency: a change does not open them again."""
    old = Agreement.objects.select_for_update().get(pk=replaced.pk)
    if not old.is_in_date:
        raise ValidationError("The agreement that this changes has ended. Take this back, and add a new one.")
    end_agreement(agreement=old, by=by, today=today)
    AgreedRelease.objects.filter(agreement=old).update(agreement=agreement)


@transaction.atomic
def end_agreement(*, agreement: Agreement, by: User | None, today: date | None = None) -> None:
    """End it at once: its last day becomes yesterday. One that had not begun stays on record, never in force."""
    _require_administrator(by)
    yesterday = (today or timezone.localdate()) - timedelta(days=1)
    agreement.ends = min(agreement.ends, yesterday)
    agreement.starts = min(agreement.starts, agreement.ends)
    agreement.save(update_fields=["starts", "ends"])
    record_event("ISA ended", by=by, obj=agreement)
