"""Whoever has a copy of the database and no key cannot tell who disclosed what, which words, or how many."""

import contextlib
import io
import json
import random
import re
import uuid
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.operations.stored_answers.key_rotation import SEALED_FIELDS
from consultation.reading import actions as reading
from consultation.reading import reading_drafts
from consultation.reading.mailbox_screening import screen_mailbox_messages
from consultation.reading.models import Screening
from consultation.reading.reading_clock import start_missing_clocks
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.reading.unredacted_access.actions import open_original
from consultation.reading.urgent_alerts import alert_undecided_t1
from consultation.safeguarding.alerts import alert_waiting_items
from consultation.safeguarding.mailbox import actions as mailbox_actions
from consultation.safeguarding.mailbox.models import Mailbox
from insights.commitments.actions import receive_offer, screen_sent_offers
from insights.commitments.models import SentOffer
from tests.factories import consultation, question, response
from tests.house.dump_attacker import ROWS, guesses

pytestmark = pytest.mark.django_db

PEOPLE = 200
BEYOND_CHANCE = 0.5  # right guesses of 100 among four: chance alone comes so far once in ten million times
CATEGORIES = ("sexual_harm", "violence", "self_harm", "online")
CRIES = (
    "I am scared to go home. He hits me every night, Kieran Walsh of 4 Mill Lane, 07700 900123.",
    "I want to kill myself, nobody at Hill Top School listens.",
    "My uncle touches me and says not to tell mum.",
)


def dump():
    """What the attacker has: each table's rows."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(ROWS, {})  # noqa: S102
    return json.loads(said.getvalue())


@pytest.fixture
def version(home):
    return consultation(home, items=[question("b", "long_text")])[1]


@pytest.fixture
def people(version):
    """{answer: (category, number of reasons, number of names, words)} of people who were all flagged as urgent as others."""
    chance, found = random.Random(11), {}
    for number in range(PEOPLE):
        category, reasons, names, words = (*chance.choices(range(4), k=3), chance.randrange(4))
        answer = response(version, texts={"q-b": "word " * (1 + 3 * words)}).answers.get()
        found[str(answer.pk)] = (category, reasons, names, words)
        Screening.objects.create(
            answer=answer, order=[True, "T2", "en"], clock="", engine="screen",
            reasons=[_reason(CATEGORIES[category], number)] * (1 + reasons),
            spans=[{"start": 4, "end": 9, "type": "PERSON", "why": "A first name"}] * names,
        )  # fmt: skip
    return found


def _reason(category, at):
    return {"rule": f"rule:{category}", "category": category, "label": "Says " + category, "start": at, "end": at + 5}


@pytest.mark.slow
@pytest.mark.parametrize("secret", range(4), ids=("category", "reasons", "names", "words"))
def test_nothing_that_was_found_is_guessed(people, secret):
    tried = list(guesses(dump(), {key: told[secret] for key, told in people.items()}))
    assert {table for table, *_ in tried} >= {"consultation_answer", "consultation_screening"}
    assert [one for one in tried if one[2] > BEYOND_CHANCE] == []


def test_no_word_label_or_kind_of_personal_data_is_in_clear(version):
    for text in CRIES:
        response(version, texts={"q-b": text})
    assert screen_unread() == len(CRIES) == redact_screened()
    found = list(Screening.objects.all())
    kinds = {span["type"] for row in found for span in row.spans}
    said = {reason[name] for row in found for reason in row.reasons for name in ("rule", "category", "label")}
    assert kinds >= {"PERSON", "PHONE", "SCHOOL"} and len(said) > 6
    stored = json.dumps([dump()["consultation_screening"], dump()["consultation_answer"]])
    plain = stored + " ".join(bytes.fromhex(each).decode("latin-1") for each in _hex_values())
    assert [word for word in (*kinds, *said, "scared", "Kieran") if word in plain] == []


def _hex_values():
    for table in ("consultation_screening", "consultation_answer"):
        for row in dump()[table]:
            yield from (row[name] for name in row if name.startswith("sealed"))


def test_each_answer_takes_the_same_place_whatever_was_found_in_it(version):
    for text in (*CRIES, "More lights in the park, and benches beside the gate, so that we can sit there too."):
        response(version, texts={"q-b": text})
    screen_unread(), redact_screened()
    assert len({row.flagged for row in Screening.objects.all()}) == 2
    sealed = [name for name in dump()["consultation_screening"][0] if name.startswith("sealed")]
    assert {"sealed_order", "sealed_clock", "sealed_reasons", "sealed_spans"} == set(sealed)
    sizes = {tuple(len(row[name]) for name in sealed) for row in dump()["consultation_screening"]}
    assert len(sizes) == 1


def test_nothing_that_a_reader_wrote_of_the_words_is_in_clear(version, person):
    """A note to the lead, a question to a colleague, a draft, and why an original was opened: each may quote the child."""
    reader = person("moderator")
    for text in CRIES:
        response(version, texts={"q-b": text})
    screen_unread(), redact_screened()
    sent, asked, begun = (row.answer for row in Screening.objects.order_by("pk"))
    cleared = response(version, texts={"q-b": "More lights in the park."}).answers.get()
    spans = [{"start": 0, "end": 4, "type": "NICKNAME"}]
    reading.decide_answer(answer=sent, by=reader, decision="triage", spans=spans, note="Uncle Zorvek at night")
    reading.decide_answer(answer=asked, by=reader, decision="hold", spans=spans, note="Is Zorvek her dad?")
    reading_drafts.save_draft(begun, reader, marks=["0-4:NICKNAME"], note="Zorvek again", uncovered=False)
    reading.decide_answer(answer=cleared, by=reader, decision="clear", spans=[], note="No Zorvek")
    open_original(answer=cleared, by=person("safeguarding_lead"), reason="The lead asks who Zorvek is")
    stored = dump()
    assert (
        len(stored["consultation_reading"]) == 3 and stored["consultation_draft"] and stored["consultation_casenote"]
    )
    said = json.dumps(stored)
    readable = said + " ".join(
        bytes.fromhex(each).decode("latin-1") for each in re.findall(r'"((?:[0-9a-f]{2})+)"', said)
    )
    assert "More lights" in readable, "what a reader cleared is there"
    assert [word for word in ("Zorvek", "night", "NICKNAME", "scared") if word in readable] == []


@pytest.mark.parametrize("words", [CRIES[1], "Our hall is open to young people on Fridays from 4pm."])
def test_what_came_by_the_form_for_groups_is_sealed_until_the_screen_has_looked_at_it(home, words):
    key = uuid.uuid4()
    receive_offer(
        key=key, name="Canal Street Choir", what=words, begins="Friday", contact="choir@example.org", language="en"
    )
    [row] = dump()["insights_sentoffer"]
    assert {row[name] for name in ("name", "what", "begins")} == {""} and b"Canal Street Choir".hex() not in str(row)
    SentOffer.objects.update(screened=True)  # as a worker of the version before does, which finds no words
    assert not SentOffer.objects.screened().exists()
    assert screen_sent_offers() == (words in CRIES)
    left = [(one.name, one.what, one.begins, one.contact) for one in SentOffer.objects.screened()]
    assert left == ([] if words in CRIES else [("Canal Street Choir", words, "Friday", "choir@example.org")])
    assert SentOffer.objects.count() == len(left)


PEOPLES_ROWS = ("Response", "Mailbox", "ContactRequest", "WithdrawnText")


def test_every_column_in_clear_beside_an_answer_is_named_among_the_threats():
    paper = (settings.BASE_DIR / "cms/operations/security/THREATS.md").read_text()
    named = defaultdict(list)
    for model, columns in re.findall(
        r"`(\w+): ([\w ]+)`", paper.partition("# A copy of the database without keys")[2]
    ):
        named[model] += columns.split()
    assert {model: sorted(columns) for model, columns in named.items()} == list_columns_in_clear()


def list_columns_in_clear():
    """{model: columns} of rows that lead to what a child sent, without their own keys, what is sealed to the answer key, and
    which member of staff did something."""
    ours = list(apps.get_app_config("consultation").get_models())
    found = [apps.get_model("consultation", name) for name in PEOPLES_ROWS]
    for model in found:  # grows while it is walked
        found += [
            one
            for one in ours
            if one not in found and any(field.related_model is model for field in one._meta.local_fields)
        ]
    left_out = ("id", "settled")
    clear = {
        model.__name__: sorted(
            field.name
            for field in model._meta.local_fields
            if field.related_model not in (*found, get_user_model())
            and field.name not in (*left_out, *SEALED_FIELDS.get(model, ()))
        )
        for model in found
    }
    return {model: columns for model, columns in clear.items() if columns}


# What the screen takes for T1, for T2 or T3, and for none, in English and in others; each padded to the same size.
SAID = {
    ("T1", "en"): "I want to kill myself tonight and nobody at school listens to me, number {}.",
    ("T2", "en"): "My uncle touches me and says that I must not tell my mum about it, number {}.",
    ("", "en"): "More lights in the park please, and benches beside the gate for us, number {}.",
    ("", "pl"): "Chcemy więcej ławek w parku i więcej lamp przy bramie obok szkoły, numer {}.",
}
MANY = 480


@pytest.fixture
def screened(version, person):
    """{answer: (flagged, urgent, language)} as the screen found, after all sweeps that come before a reader."""
    person("moderator"), person("safeguarding_lead")
    chance = random.Random(12)
    for number in range(MANY):
        said = chance.choice([*SAID, ("T1", "en")])
        response(version, texts={"q-b": SAID[said].format(1000 + number)})
    now = timezone.now()
    screen_unread(now)
    redact_screened(seconds=0.0)
    for hours in (0, 1, 2, 3, 30):
        start_missing_clocks(now)
        alert_undecided_t1(now + timedelta(hours=hours))
        alert_waiting_items(now + timedelta(hours=hours))
    return {str(row.pk): (row.flagged, row.priority == "T1", row.language) for row in Screening.objects.all()}


@pytest.mark.slow
def test_nobody_tells_which_child_wrote_urgently_into_a_mailbox(db, person, mailoutbox, quick_hash):
    person("safeguarding_lead")
    chance, now = random.Random(13), timezone.now()
    for number in range(PEOPLE):
        said = chance.choice([SAID["T1", "en"], SAID["", "en"]]).format(1000 + number)
        mailbox_actions.open_mailbox(seed=b"%d" % number, text=said, language="en", now=now)
    assert screen_mailbox_messages(now) == PEOPLE
    for hours in (0, 1, 2, 3, 30):
        alert_waiting_items(now + timedelta(hours=hours))
    urgent = {str(row.pk): row.priority == "T1" for row in Mailbox.objects.all()}
    assert mailoutbox and 0.4 < sum(urgent.values()) / PEOPLE < 0.6
    tried = list(guesses(dump(), urgent))
    assert {table for table, *_ in tried} >= {"consultation_mailbox", "consultation_mailboxmessage"}
    assert [one for one in tried if one[2] > 0.5 + 0.18] == [], "five times what chance gives"


@pytest.mark.slow
@pytest.mark.parametrize("secret", range(3), ids=("flagged", "urgent", "language"))
def test_nobody_tells_whom_the_screen_flagged_how_urgently_and_in_which_language(screened, secret, mailoutbox):
    secrets = {key: told[secret] for key, told in screened.items()}
    often = Counter(secrets.values()).most_common(1)[0][1] / len(secrets)
    assert mailoutbox and len(set(secrets.values())) > 1 and often < 0.85
    tried = list(guesses(dump(), secrets))
    assert {table for table, *_ in tried} >= {"consultation_answer", "consultation_screening"}
    assert [one for one in tried if one[2] > often + 0.12] == [], "five times what chance gives"
