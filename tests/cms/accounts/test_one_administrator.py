"""No chain of acts of one administrator leads into an account with rights or to a token that reads; the last one stays."""

import inspect
import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms.accounts import actions
from cms.accounts.agreements import Agreement
from cms.accounts.models import RoleRequest, User
from cms.accounts.roles import roles_of
from cms.api import actions as api_actions
from cms.api.models import ApiClient, Scope
from tests import factories
from tests.cms.accounts.test_sign_in import give_totp

LONGEST = 4
OWN_MAILBOX = "second@ada.test"  # Ada reads it, and may name it as the address of anybody
LINK = re.compile(r"/accounts/password/reset/key/(\w+?)-([\w-]+)/")
NOT_OF_ADMINISTRATORS = {
    "may_suspend", "explain_why_role_stays", "lapse_role_requests", "hash_token", "revoke_all_tokens",
}  # fmt: skip
NEVER_BY_ONE = {"give_role", "confirm_role", "confirm_agreement", "confirm_api_client"}
VERBS = {
    name: verb
    for room in (actions, api_actions)
    for name, verb in vars(room).items()
    if inspect.isfunction(verb) and verb.__module__ == room.__name__ and not name.startswith("_")
}
ROLE = "planner"
ABOUT_A_PERSON = (
    "issue_password_link", "reset_second_factor", "end_sessions", "suspend_person", "lift_suspension", "close_account",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """What Ada knows, apart from the database: links to set a password, (account, hash) of passwords that she set, and API
    tokens that she was shown."""

    links: frozenset[tuple[int, str]] = frozenset()
    passwords: frozenset[tuple[int, str]] = frozenset()
    tokens: frozenset[str] = frozenset()

    def list_open_links(self):
        people = User.objects.in_bulk({pk for pk, _ in self.links})
        return {pk for pk, key in self.links if default_token_generator.check_token(people[pk], key)}

    def list_open_accounts(self):
        known = dict(User.objects.values_list("pk", "password"))
        own = set(User.objects.filter(email=OWN_MAILBOX).values_list("pk", flat=True))
        return self.list_open_links() | {pk for pk, set_to in self.passwords if known[pk] == set_to} | own


class Walk:
    """Every chain of Ada's acts on one account, each undone before the next. What an act does to one account hangs on no
    other, so chains on several find nothing more. From a state that was reached before it goes no further."""

    def __init__(self, ada, find_subject, agency):
        self.ada, self.find_subject, self.agency = ada, find_subject, agency
        self.seen, self.done = {}, set()

    def list_acts(self, held):
        person, today = self.find_subject(), timezone.localdate()
        if person is None:
            yield "add_agreement", {"agency": self.agency, "starts": today, "ends": today + timedelta(days=9)}
            acts = ("confirm_agreement", "end_agreement")
            yield from ((act, {"agreement": each}) for act in acts for each in Agreement.objects.all())
            for each in Agreement.objects.all():
                yield "propose_agreement_change", {"agreement": each, "ends": today + timedelta(days=19)}
            until = {"expires_on": today + timedelta(days=9)}
            yield "create_api_client", {"name": "Board", "agency": self.agency, "scopes": Scope.values, **until}
            acts = ("confirm_api_client", "revoke_api_client")
            yield from ((act, {"client": each}) for act in acts for each in ApiClient.objects.all())
            yield "create_staff", {"email": OWN_MAILBOX, "name": "Sam Okoro"}
            yield "create_staff", {"email": OWN_MAILBOX, "name": "Sam Okoro", "roles": [ROLE]}
            return
        yield from ((verb, {"person": person}) for verb in ABOUT_A_PERSON)
        yield "move_to_agency", {"person": person, "agency": self.agency}
        yield "ask_for_role", {"person": person, "role": ROLE}
        yield from (
            ("give_role", {"person": person, "role": ROLE, "second": each}) for each in (None, self.ada, person)
        )
        yield from (("revoke_role", {"person": person, "role": role.name}) for role in roles_of(person))
        for request in RoleRequest.objects.all():
            yield "confirm_role", {"request": request}
            yield "refuse_role", {"request": request}
        if held.list_open_links():
            yield "open the link", {"person": person}

    def act(self, verb, arguments, held):
        """What is held after it; None where it is refused."""
        if "person" in arguments:
            arguments = arguments | {"person": self.find_subject()}  # as it is kept, whatever was undone since
        if verb == "open the link":
            return self.open_link(arguments["person"], held)
        mail.outbox.clear()
        try:
            given = VERBS[verb](**arguments, by=self.ada)
            if verb == "create_staff":
                given = actions.issue_password_link(person=given, by=self.ada)
        except (PermissionDenied, ValidationError):
            return None
        self.done.add(verb)
        read = [sent.body for sent in mail.outbox if {OWN_MAILBOX, self.ada.email} & set(sent.to)]
        found = [LINK.search(text) for text in [*read, given] if isinstance(text, str)]
        links = {(int(url_str_to_user_pk(link[1])), link[2]) for link in found if link}
        tokens = {given[1]} if verb == "create_api_client" else set()
        return replace(held, links=held.links | links, tokens=held.tokens | tokens)

    def open_link(self, person, held):
        person.set_password("known to Ada alone")
        person.save()
        return replace(held, passwords=held.passwords | {(person.pk, person.password)})

    def name_state(self, held):
        person = self.find_subject()
        if person is None:
            agreements = Agreement.objects.values_list("ends", "confirmed_on", "replaces")
            clients = ApiClient.objects.values_list("confirmed_on", "revoked_on")
            return repr([sorted(map(str, rows)) for rows in (agreements, clients)])
        asked = sorted(RoleRequest.objects.values_list("role", flat=True))
        kept = (person.is_active, hasattr(person, "suspension"), person.agency_id, person.has_usable_password())
        factors, roles = person.authenticator_set.count(), sorted(person.groups.values_list("name", flat=True))
        return repr((kept, factors, roles, asked, held.list_open_links(), held.list_open_accounts()))

    def go_on(self, held, chain=()):
        state, left = self.name_state(held), LONGEST - len(chain)
        if self.seen.get(state, -1) >= left:
            return
        self.seen[state] = left
        opened = [person for person in User.objects.filter(pk__in=held.list_open_accounts()) if roles_of(person)]
        assert not opened, f"{', '.join(chain)}: Ada can open {opened}"
        assert Agreement.objects.in_date().count() <= 1, f"{', '.join(chain)}: Ada opens reports to an agency"
        assert not any(map(reads, held.tokens)), f"{', '.join(chain)}: Ada holds a token that reads"
        for verb, arguments in list(self.list_acts(held)) if left else ():
            with transaction.atomic():
                if (after := self.act(verb, arguments, held)) is not None:
                    self.go_on(after, (*chain, verb))
                transaction.set_rollback(True)


def reads(token):
    return Client().get("/api/v1/releases", headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("sends_mail", [True, False])
def test_no_chain_of_acts_of_one_administrator_opens_an_account_with_rights(person, settings, sends_mail):
    settings.SENDS_MAIL = sends_mail
    ada, officer = person("administrator"), person("engagement_officer")
    give_totp(officer)
    agency, today = factories.agency("The youth service"), timezone.localdate()
    factories.agreement(agency=agency, starts=today, ends=today)
    done = set()
    for address in (officer.email, OWN_MAILBOX):
        walk = Walk(ada, User.objects.filter(email=address).first, agency)
        walk.go_on(Held())
        done |= walk.done
        assert len(walk.seen) > 10, address
    assert done | NEVER_BY_ONE == VERBS.keys() - NOT_OF_ADMINISTRATORS and not done & NEVER_BY_ONE


def test_a_role_is_confirmed_when_no_link_that_was_shown_is_open(person, settings):
    """Else who was shown the link opens the account in place of its owner."""
    settings.SENDS_MAIL = False
    ada, bea, reader = person("administrator"), person("administrator"), person("moderator")
    assert "/accounts/password/reset/key/" in actions.issue_password_link(person=reader, by=ada)
    asked = RoleRequest.objects.get(person=reader)
    with pytest.raises(ValidationError, match="A link to this account is open"):
        actions.confirm_role(request=asked, by=bea)
    reader.set_password("a walk along the canal")
    reader.save()
    actions.confirm_role(request=asked, by=bea)
    assert [role.name for role in roles_of(reader)] == ["moderator"]


@pytest.mark.parametrize("act", ["close_account", "suspend_person", "revoke_role"])
def test_the_last_administrator_stays(person, settings, act):
    """Neither by their own act, nor by the head of service's; a suspended administrator is none."""
    last, suspended = person("administrator"), person("administrator")
    head = person("planner", email="head@staff.test")
    settings.HEAD_OF_SERVICE_EMAIL = head.email
    actions.suspend_person(person=suspended, by=last)
    by = {"close_account": None, "suspend_person": head, "revoke_role": last}[act]
    more = {"role": "administrator"} if act == "revoke_role" else {}
    with pytest.raises(ValidationError, match="is the last administrator"):
        getattr(actions, act)(person=last, by=by, **more)
    assert User.objects.get(pk=last.pk).has_perm("consultation.manage_users")


def test_two_administrators_cannot_remove_each_other(person):
    ada, bea = person("administrator"), person("administrator")
    actions.revoke_role(person=bea, role="administrator", by=ada)
    with pytest.raises(ValidationError, match="is the last administrator"):
        actions.revoke_role(person=ada, role="administrator", by=None)


def test_why_an_administrator_stays_and_who_else_need_not(person):
    ada, planner = person("administrator"), person("planner")
    assert actions.explain_why_role_stays(ada) == f"{ada} is the last administrator. Another has to be made first."
    assert actions.explain_why_role_stays(planner) == ""
    person("administrator")
    assert actions.explain_why_role_stays(ada) == ""
