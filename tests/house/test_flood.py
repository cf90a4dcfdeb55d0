"""A flood is accepted and excluded from figures, never lost, and delays nobody (A9): 6,000 junk forms around 50 real
ones.

Every kind of junk goes through the view until the pattern is clear; the rest is stored as the view stores it. The run
on PostgreSQL uses 2,500.
"""

import random
import time
import uuid

import pytest
from django.db import connection
from django.test import RequestFactory

from consultation import handover
from consultation.channels.web import form_tokens, views
from consultation.reading import actions, batch_decisions, reading_queue
from consultation.reading.models import Reading, Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.vault import open_sealed_text, seal_text
from tests.factories import consultation, question

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

JUNK, REAL, URGENT = 6_000 if connection.vendor == "sqlite" else 2_500, 50, 8
THROUGH_THE_VIEW = JUNK // 10
CRY = "I am scared to go home. He hits me every night and nobody stops him."
CALM = "The park needs more lights by the gate, and benches, says number {n}."
# What a flood is made of: the same words, nearly the same words, words that raise a flag, and words by chance.
SAME = "VISIT MY CHANNEL now and subscribe!!! {n}"
NEARLY = "Get cheap followers today {word} only at the best shop in town, order here number {n}"
ALARM = "He is going to kill me tonight, he hits me every night!!! {n}"
SYLLABLES = ("ba", "lo", "ti", "mur", "kep", "zan", "dri", "fo")


def junk(chance, n):
    kind = n % 4
    if kind == 0:
        return SAME.format(n=n)
    if kind == 1:
        return NEARLY.format(n=n, word=chance.choice(("maybe", "really", "friend")))
    if kind == 2:
        return ALARM.format(n=n)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(9))


def real(n):
    return f"{CRY} I am {n}." if n < URGENT else CALM.format(n=n)


@pytest.fixture
def parks(home):
    return consultation(home, items=[question("a", options=["Yes", "No"]), question("b", "long_text")])


def press(version, text, address):
    fields = {"token": form_tokens.issue_form_token(version.pk), "a": "1", "b": text}
    request = RequestFactory().post("/en/have-your-say/parks/answer/", fields, REMOTE_ADDR=address)
    return views.show_or_save_survey(request, "parks")


def flood(version, chance):
    """Send the flood, with real people's forms in between, each from its own address."""
    at = set(chance.sample(range(THROUGH_THE_VIEW), REAL))
    people = iter(range(REAL))
    for n in range(THROUGH_THE_VIEW):
        assert press(version, junk(chance, n), "203.0.113.7").status_code == 200
        if n in at:
            number = next(people)
            assert press(version, real(number), f"198.51.100.{number + 1}").status_code == 200
    day = Response.objects.values_list("day", flat=True)[0]
    responses = [
        Response(
            id=uuid.uuid4(), version=version, language="en", day=day, closed={"a": "1"}, excluded_from_figures=True
        )
        for _ in range(JUNK - THROUGH_THE_VIEW)
    ]
    Response.objects.bulk_create(responses, batch_size=2000)
    Answer.objects.bulk_create(
        (
            Answer(id=uuid.uuid4(), response=response, question="q-b", sealed=seal_text(junk(chance, n)))
            for n, response in enumerate(responses)
        ),
        batch_size=2000,
    )
    if connection.vendor == "postgresql":  # as autovacuum would: it cannot see what one transaction has not committed
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE consultation_answer, consultation_response, consultation_screening")


def texts(answers):
    return [open_sealed_text(answer.sealed) for answer in answers]


def is_real(text):
    return text.startswith(("I am scared", "The park"))


def test_thousands_of_junk_forms_delay_nobody(parks, person, record_property):
    page, version = parks
    flood(version, random.Random(7))
    _nothing_is_refused_and_real_people_count(page)
    Response.objects.filter(pk__in=_junk_that_counts()).update(excluded_from_figures=True)
    _real_words_are_screened_first()
    seconds = _sweep()
    record_property("sweep_texts_per_second", round(JUNK / seconds))
    assert JUNK / seconds > 50, "20,000 texts would be screened within seven minutes"
    reader = person("moderator")
    _the_desk_begins_with_cries_then_with_what_real_people_wrote(reader)
    record_property("next_seconds", _a_reader_gets_a_cry_at_once(reader))
    _read_the_flood_together(reader)


def _nothing_is_refused_and_real_people_count(page):
    """All is accepted; of the flood only the forms before its limit count."""
    first_of_the_flood = views.submission_limit.times - 1
    assert Answer.objects.count() == JUNK + REAL
    assert len(list(handover.iter_closed_answers(page))) == REAL + first_of_the_flood
    assert Response.objects.filter(excluded_from_figures=True).count() == JUNK - first_of_the_flood


def _real_words_are_screened_first():
    """The first batch of the sweep screens real people's words."""
    assert screen_unread(seconds=0) >= REAL
    assert not Answer.objects.filter(screening__isnull=True, response__excluded_from_figures=False).exists()


def _sweep():
    """Seconds of the whole sweep, over as many runs as it needs."""
    started = time.perf_counter()
    while screen_unread(seconds=5):
        pass
    return time.perf_counter() - started


def _the_desk_begins_with_cries_then_with_what_real_people_wrote(reader):
    _, ordered = reading_queue.list_waiting(reader)
    there = Answer.objects.in_bulk(ordered[: REAL + 6])
    top = texts([there[key] for key in ordered[: REAL + 6]])
    assert sum(is_real(text) for text in top) == REAL, "at most the first few of the alarms stand between"
    assert sum(text.startswith("I am scared") for text in top[: URGENT + 6]) == URGENT
    assert all(text.startswith(("I am scared", ALARM[:20])) for text in top[:URGENT])


def _a_reader_gets_a_cry_at_once(reader):
    """A reader gets a cry for help within seconds, with thousands waiting."""
    started = time.perf_counter()
    first = actions.lease_next_unread(reader)
    seconds = time.perf_counter() - started
    assert open_sealed_text(first.sealed).startswith(("I am scared", ALARM[:20]))
    _, ordered = reading_queue.list_waiting(reader)
    assert ordered[0] == first.pk and len(ordered) == JUNK + REAL
    assert seconds < 3
    return round(seconds, 2)


def _junk_that_counts():
    """The first junk forms, before the limit: the test excludes them by hand."""
    answers = Answer.objects.filter(response__excluded_from_figures=False).select_related("response")
    return [answer.response_id for answer in answers if not is_real(open_sealed_text(answer.sealed))]


def _read_the_flood_together(reader):
    """Each kind of junk takes one look and one press, which can be undone."""
    presses = 0
    while left := _a_group(reader):
        wordings = batch_decisions.list_similar_wordings(left, reader)
        batch_decisions.record_texts_viewed(wordings, by=reader)
        decided = batch_decisions.decide_wordings(wordings=wordings, by=reader, note="An advertisement, not a person.")
        presses += 1
        if presses == 1:
            times = Reading.objects.filter(together=decided).count()
            assert batch_decisions.undo_batch(together=decided, by=reader) == times > JUNK // 20
            batch_decisions.decide_wordings(wordings=wordings, by=reader, note="An advertisement, not a person.")
    assert presses <= 12, "thousands of texts of three kinds"
    kept = Answer.objects.unread()
    assert sum(is_real(text) for text in texts(kept.filter(response__excluded_from_figures=False))) == REAL
    assert kept.count() <= REAL + JUNK // 4 + 20, "only words by chance are left to be read one by one"
    assert Answer.objects.filter(state=AnswerState.NOT_USED).count() == Reading.objects.count()


def _a_group(reader):
    for mark in Screening.objects.filter(copy=True, answer__state=AnswerState.UNREAD).values_list(
        "answer_id", flat=True
    )[:1]:
        answer = Answer.objects.select_related("response__version").get(pk=mark)
        return answer if batch_decisions.count_similar_answers(answer, reader) else None
    return None
