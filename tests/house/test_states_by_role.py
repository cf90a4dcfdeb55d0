"""Every verb in every state as every role, against one table, `states_by_role.yaml`, which agrees with controls.yaml."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from django.db import transaction

from cms.accounts.roles import ROLES
from consultation.reading import desk_state
from consultation.reading import states as desk_states
from consultation.responses.models import AnswerState
from consultation.safeguarding.forms import CaseActionForm, ContactActionForm, WithdrawnActionForm
from consultation.safeguarding.mailbox.views import MailboxActionForm
from consultation.safeguarding.models import CaseState, ContactState
from consultation.safeguarding.states import CONTACT_MOVES, OWN_ACTIONS
from tests import factories
from tests.consultation.safeguarding.conftest import new_answer  # noqa: F401  (a fixture)
from tests.domain_tables import CONTROLS, ROLES_PERMISSIONS
from tests.house import things_in_states as things
from tests.house.test_truth_table import Stranger, open_to

pytestmark = pytest.mark.any_database

DONE, ROLE, STATE = "done", "refused: the role", "refused: the state"
ASKED = yaml.safe_load(Path(__file__).with_name("states_by_role.yaml").read_text(encoding="utf-8"))


@dataclass
class Table:
    """Cells by verb and state; `given`: the verbs that do not stand in another table, which this one is like."""

    may: str
    cells: dict[str, dict[str, str]]
    given: set[str]
    is_like_another: bool

    @property
    def states(self):
        return list(next(iter(self.cells.values())))

    @property
    def roles(self):
        return [role for role, may in ROLES_PERMISSIONS[self.may].items() if may.startswith("yes")]


def read_tables():
    tables = {}
    for row in ASKED["tables"]:
        lines = [re.split(r"\s{2,}", line.strip()) for line in row["table"].strip("\n").splitlines()]
        head, like = lines[0][1:], row.get("like", "")
        given = {verb: dict(zip(head, cells, strict=True)) for verb, *cells in lines[1:]}
        cells = (tables[like].cells if like else {}) | given
        assert all(list(each) == head for each in cells.values()), row["of"]
        tables[row["of"]] = Table(row["may"], cells, set(given), bool(like))
    return tables


TABLES = read_tables()
# {name of a table: its doors}; what follows for a thing has functions in place of doors.
DOORS = {
    "an answer on the desk": things.ANSWER_DOORS,
    "an answer on the desk that a lead has claimed, or that is about staff": things.ANSWER_DOORS,
    "words that were shown": things.ANSWER_DOORS,
    "what follows for an answer": things.ANSWER_FOLLOWS,
    "a case": things.CASE_DOORS,
    "a T1 case": things.CASE_DOORS,
    "a case about staff": things.CASE_DOORS,
    "a contact request": things.CONTACT_DOORS,
    "a mailbox": things.MAILBOX_DOORS,
    "a mailbox about staff": things.MAILBOX_DOORS,
    "what a child does to a mailbox, by the four words": things.MAILBOX_FOLLOWS,
    "a withdrawn text": things.WITHDRAWN_DOORS,
}


@pytest.fixture
def make(new_answer, client_as):  # noqa: F811
    """make(name of a table, state, own, other): the thing in that state."""

    def build(name, state, own, other):
        agency = factories.agency(things.ACCUSED) if "staff" in name else None
        if "case" in name:
            priority = "T1" if "T1" in name else "T2"
            return things.make_case(state, new_answer, own, other, priority=priority, agency=agency)
        if "mailbox" in name:
            return things.make_mailbox(state, own, agency=agency)
        if "request" in name:
            return things.make_contact(state, own)
        if "withdrawn" in name:
            return things.make_withdrawn(state, new_answer, own)
        return things.make_answer(state, new_answer, own, lead_of(client_as, "Council").user)

    return build


def lead_of(client_as, agency, role="safeguarding_lead"):
    client = client_as(role)
    factories.join_agency(client.user, agency)
    return client


def try_door(client, door, thing):
    """What comes of asking; rolled back, so that each person finds the same."""
    with transaction.atomic():
        before = things.count_entries(door.entry)
        reply = door.knock(client, thing)
        is_done = things.count_entries(door.entry) > before
        transaction.set_rollback(True)
    assert reply.status_code < 500
    return DONE if is_done else STATE if open_to(reply) else ROLE


def expect(table, person, cell):
    """What the table says of this person: a role, or own and other, who are of the only role that may."""
    if person not in ("own", "other", *table.roles):
        return ROLE
    return DONE if cell == "all" or cell == person else STATE


CELLS = [(name, state) for name, table in TABLES.items() for state in table.states]
BY_PERSONS = [(name, state) for name, state in CELLS if TABLES[name].may != "nobody"]
BY_NOBODY = [(name, state) for name, state in CELLS if TABLES[name].may == "nobody"]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "state"), BY_PERSONS, ids=map(" - ".join, BY_PERSONS))
def test_each_verb_in_each_state_is_open_to_those_of_the_table_and_refused_to_the_others(name, state, client_as, make):
    table, role = TABLES[name], TABLES[name].roles[0]
    own, other = lead_of(client_as, "Council", role), lead_of(client_as, "Council", role)
    if table.is_like_another:
        strangers = {"of that agency": lead_of(client_as, things.ACCUSED), "of no agency": lead_of(client_as, "")}
        strangers = strangers if "staff" in name else {}
    else:
        strangers = {"respondent": Stranger(), **{each: client_as(each) for each in ROLES if each != role}}
    thing, wrong = make(name, state, own.user, other.user), []
    for verb, cells in table.cells.items():
        colleagues = {"own": own, "other": other} if verb in table.given else {}
        for person, client in (colleagues | strangers).items():
            was, says = try_door(client, DOORS[name][verb], thing), expect(table, person, cells[state])
            wrong += [f"{verb}, {person}: {was}; the table says {says}"] if was != says else []
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(("name", "state"), BY_NOBODY, ids=map(" - ".join, BY_NOBODY))
def test_what_no_person_does_alone_follows_in_the_states_of_the_table_only(name, state, client_as, make):
    role = "moderator" if "answer" in name else "safeguarding_lead"
    own = lead_of(client_as, "Council", role).user
    thing = make(name, state, own, own)
    for verb, cells in TABLES[name].cells.items():
        with transaction.atomic():
            followed = DOORS[name][verb](thing)
            transaction.set_rollback(True)
        assert followed == (cells[state] == "follows"), verb


# A verb, a state or a role that is added needs a row here, and what is agreed in controls.yaml agrees.


def verbs_of(*names):
    return {verb for name in names for verb in TABLES[name].cells}


def state_names(name):
    return list(dict.fromkeys(state.partition(",")[0] for state in TABLES[name].states))


def allowed(name, state):
    """Verbs that somebody may do in a state, or in a finer one that begins with its name."""
    rows = TABLES[name].cells.items()
    return {verb for verb, row in rows for at, cell in row.items() if at.partition(",")[0] == state and cell != "-"}


def test_every_role_stands_in_the_table_and_in_no_row_that_it_does_not_know():
    assert sorted(ASKED["roles"]) == sorted(["respondent", *ROLES])
    assert {table.may for table in TABLES.values()} - {"nobody"} <= set(ROLES_PERMISSIONS)


def test_every_verb_of_every_page_stands_in_the_table():
    answers = verbs_of("an answer on the desk", "words that were shown", "what follows for an answer")
    assert answers == {*desk_state.DECISIONS, *desk_states.ACTIONS}
    moves = {str(state) for state in CaseState if state not in OWN_ACTIONS}
    cases = {verb.partition(",")[0] for verb in verbs_of("a case")}
    assert cases - {"print"} == {*CaseActionForm.verbs, *moves} - {"move"}
    assert verbs_of("a contact request") - {"read"} == set(ContactActionForm.verbs)
    assert verbs_of("a mailbox") - {"read"} == set(MailboxActionForm.verbs)
    assert verbs_of("a withdrawn text") == set(WithdrawnActionForm.verbs)
    assert all(verbs_of(name) <= set(doors) for name, doors in DOORS.items())


def test_every_state_stands_in_the_table():
    for name in ("an answer on the desk", "words that were shown", "what follows for an answer"):
        assert state_names(name) == [str(state) for state in sorted(AnswerState, key=state_names(name).index)]
    assert state_names("a case") == CONTROLS["triage"]["states"] == CaseState.values
    assert state_names("a contact request") == ContactState.values
    assert state_names("a mailbox") == CONTROLS["mailbox"]["states"]


def test_the_moves_of_a_case_are_those_of_the_domain():
    to = {"claim": "claimed", "refer": "referred", "close": "closed", "reopen": "reopened"}
    moves = to | {move: move for move in things.CASE_MOVES}
    for state, agreed in CONTROLS["triage"]["transitions"].items():
        again = {"referred"} & {state}  # a referred case may be referred once more, and stays referred
        assert {moves[verb] for verb in allowed("a case", state) if verb in moves} - again == set(agreed), state


def test_the_moves_of_a_contact_request_and_of_a_mailbox_are_those_agreed():
    to = things.CONTACT_MOVES
    for state, agreed in CONTACT_MOVES.items():
        assert {to[verb] for verb in allowed("a contact request", state) if verb in to} == set(agreed), state
    actions = {"claim": "claim", "back": "give back", "write": "lead writes", "close": "close"}
    for state, agreed in CONTROLS["mailbox"]["actions"].items():
        by_leads = {actions[verb] for verb in allowed("a mailbox", state) if verb in actions}
        assert by_leads | allowed("what a child does to a mailbox, by the four words", state) == set(agreed), state


def test_the_moves_of_an_answer_are_those_of_the_desk():
    names = ("an answer on the desk", "words that were shown", "what follows for an answer")
    for state in AnswerState:
        found = set().union(*(allowed(name, state) for name in names)) - {"do_not_quote"}
        assert found == set(desk_states.AFTER[state]), state
