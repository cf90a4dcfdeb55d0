"""Accounts of staff: made, given roles, closed. Each leaves a line in the audit log."""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.accounts import sessions
from cms.accounts.agreements import Agreement
from cms.accounts.models import RoleRequest, User
from cms.roles import ROLES, Role, roles_of
from consultation.audit.log import record

ADMINISTRATOR = "administrator"


def _must_manage(by: User | None) -> None:
    """`by` is an administrator, or None: the system (a command on the server, the demo's loader)."""
    if by is not None and not by.has_perm("consultation.manage_users"):
        raise PermissionDenied("Only an administrator looks after accounts.")


def _must_fit(person: User, role: Role) -> None:
    """Administrators and auditors hold no other role, so that nobody gives or checks their own access."""
    if not person.is_active:
        raise ValidationError(f"The account of {person} is closed.")
    held = roles_of(person)
    if role in held:
        raise ValidationError(f"{person} is already: {role.label}.")
    if held and (role.alone or any(other.alone for other in held)):
        raise ValidationError(f"{role.label} cannot be held together with {', '.join(r.label for r in held)}.")


def _put_in_group(person: User, role: Role) -> None:
    person.groups.add(Group.objects.get_or_create(name=role.name)[0])
    for cache in ("_perm_cache", "_group_perm_cache", "partner_has_lapsed", "_rights_beside_partner"):
        person.__dict__.pop(cache, None)


@transaction.atomic
def create_staff(
    *,
    email: str,
    name: str,
    roles: Iterable[str] = (),
    by: User | None,
    password: str | None = None,
    second: User | None = None,
    agency: str = "",
) -> User:
    """A new account with its roles. Without a password it opens by the link of `invitations.link_for`.

    A role that two people give is asked for, where no second one is there.
    """
    _must_manage(by)
    first, _, last = name.partition(" ")
    person = User(email=User.objects.normalize_email(email).lower(), first_name=first, last_name=last, agency=agency)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    record("account made", by=by, obj=person)
    for role in roles:
        if by is not None and second is None and ROLES[role].two_people:
            ask_for_role(person=person, role=role, by=by)
        else:
            give_role(person=person, role=role, by=by, second=second)
    return person


@transaction.atomic
def give_role(*, person: User, role: str, by: User | None, second: User | None = None) -> None:
    """Give a role. One that opens sealed words, or accounts, takes two administrators: `second` confirms what `by` gives."""
    _must_manage(by)
    given = ROLES[role]
    if by is not None and by == person:
        raise PermissionDenied("Nobody gives themselves a role.")
    if given.two_people and by is not None:
        if second is None or second in (by, person):
            raise PermissionDenied(f"{given.label} is given by two administrators.")
        _must_manage(second)
    _must_fit(person, given)
    _put_in_group(person, given)
    record("role given", by=by, obj=person, role=role, second=str(second.pk) if second else "")


@transaction.atomic
def ask_for_role(*, person: User, role: str, by: User) -> RoleRequest:
    """The first half of a role that two people give: another administrator confirms it."""
    _must_manage(by)
    if by == person:
        raise PermissionDenied("Nobody gives themselves a role.")
    _must_fit(person, ROLES[role])
    RoleRequest.objects.lapsed().filter(person=person, role=role).delete()
    request, created = RoleRequest.objects.get_or_create(person=person, role=role, defaults={"asked_by": by})
    if created:
        record("role asked for", by=by, obj=person, role=role)
    return request


@transaction.atomic
def confirm_role(*, request: RoleRequest, by: User) -> None:
    """The second half. What a backup held has no first half: where two people give it, this is that, and one more waits."""
    _must_manage(by)
    fresh = RoleRequest.objects.select_for_update().filter(pk=request.pk).first()
    if fresh is None or fresh.has_lapsed:
        raise ValidationError("This does not wait any more. Ask for the role again.")
    if by == fresh.person:
        raise PermissionDenied("Nobody gives themselves a role.")
    if fresh.asked_by is None and ROLES[fresh.role].two_people:
        fresh.asked_by, fresh.asked_on = by, timezone.localdate()
        fresh.save(update_fields=["asked_by", "asked_on"])
        record("role asked for", by=by, obj=fresh.person, role=fresh.role)
        return
    asked_by = fresh.asked_by or by
    give_role(person=fresh.person, role=fresh.role, by=asked_by, second=by if fresh.asked_by else None)
    fresh.delete()


@transaction.atomic
def refuse_role(*, request: RoleRequest, by: User) -> None:
    """One administrator is enough for a no; who asked takes it back by it."""
    _must_manage(by)
    fresh = RoleRequest.objects.select_for_update().filter(pk=request.pk).first()
    if fresh is None:  # confirmed a moment ago, perhaps: a "no" in the log would say that they do not have it
        raise ValidationError("This does not wait any more. Look at what they can do now.")
    record("role refused", by=by, obj=fresh.person, role=fresh.role)
    fresh.delete()


@transaction.atomic
def lapse_requests(today: date | None = None) -> int:
    """Sweep: what nobody confirmed in time. How many."""
    over = list(RoleRequest.objects.lapsed(today).select_related("person"))
    for request in over:
        record("role request lapsed", obj=request.person, role=request.role)
        request.delete()
    return len(over)


@transaction.atomic
def take_role(*, person: User, role: str, by: User | None) -> None:
    _must_manage(by)
    person.groups.remove(Group.objects.get(name=ROLES[role].name))
    if role == ADMINISTRATOR:  # what they asked for is nobody's half any more
        RoleRequest.objects.filter(asked_by=person).delete()
    record("role taken", by=by, obj=person, role=role)


@transaction.atomic
def close_account(*, person: User, by: User | None) -> None:
    """The account stays, because its decisions point at it; nobody can sign in with it."""
    _must_manage(by)
    if by == person:
        raise PermissionDenied("Nobody closes their own account.")
    sessions.end_all(person)
    person.groups.clear()
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    RoleRequest.objects.filter(Q(person=person) | Q(asked_by=person)).delete()
    record("account closed", by=by, obj=person)


@transaction.atomic
def invite_again(*, person: User, by: User) -> None:
    """Leave a line before a new link is shown: it opens the account. The second factor stays asked for; where none is
    set up yet the link alone opens it, so a role that two people give is given by two anew."""
    _must_manage(by)
    if by == person:
        raise PermissionDenied("Your own password is changed on your own page.")
    record("link made to set a password", by=by, obj=person)
    if not is_mfa_enabled(person):
        _ask_anew(person, by)


def _ask_anew(person: User, by: User) -> None:
    for role in roles_of(person):
        if role.two_people:
            take_role(person=person, role=role.name, by=by)
            ask_for_role(person=person, role=role.name, by=by)


@transaction.atomic
def sign_out(*, person: User, by: User, session: str = "", here: str = "") -> int:
    """End one session of theirs, or with none named all but `here`; how many ended. One's own, or as an administrator."""
    if by != person:
        _must_manage(by)
    ended = int(sessions.end(person, session)) if session else sessions.end_all(person, but=here)
    if ended:
        record("signed out elsewhere", by=by, obj=person, sessions=ended)
    return ended


@transaction.atomic
def forget_second_factor(*, person: User, by: User) -> None:
    """For someone who lost it: they set up a new one at the next sign-in.

    With a link to set a password this opens an account, so a role that two people give is given by two anew.
    """
    _must_manage(by)
    if by == person:
        raise PermissionDenied("Your own second factor is changed on your own page.")
    Authenticator.objects.filter(user=person).delete()
    sessions.end_all(person)
    record("second factor forgotten", by=by, obj=person)
    _ask_anew(person, by)


@transaction.atomic
def add_agreement(*, agency: str, starts: date, ends: date, reference: str = "", by: User | None) -> Agreement:
    """With a partner's agency: from then until then its people see reports."""
    _must_manage(by)
    made = Agreement(agency=agency.strip(), reference=reference.strip(), starts=starts, ends=ends, added_by=by)
    made.full_clean()
    made.save()
    record("ISA added", by=by, obj=made)
    return made


@transaction.atomic
def end_agreement(*, agreement: Agreement, by: User | None, today: date | None = None) -> None:
    """At once: yesterday was its last day. One that had not begun is as if it never was, and stays on record."""
    _must_manage(by)
    yesterday = (today or timezone.localdate()) - timedelta(days=1)
    agreement.ends = min(agreement.ends, yesterday)
    agreement.starts = min(agreement.starts, agreement.ends)
    agreement.save(update_fields=["starts", "ends"])
    record("ISA ended", by=by, obj=agreement)
