"""Words of a youth panel wait on a clock like any unread words: leads see it, and no reader can make it disappear."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.reading.panel_words import actions
from consultation.reading.staffing.actions import warn_of_late_reading
from consultation.reading.staffing.late_reading import list_late_consultations
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.models import ContactRequest
from consultation.surveys.youth_panel import actions as panel
from consultation.surveys.youth_panel.models import PanelRound, PanelWords
from tests import factories
from tests.consultation.surveys.conftest import index, parks, publish  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
THURSDAY, FRIDAY, MONDAY, TUESDAY = (date(2030, 3, day) for day in (7, 8, 11, 12))
CHANGE, HELP = "Say which park you mean.", "My uncle hits me and I am scared to go home."
BOARD, READERS = "/staff/safeguarding/", "/staff/readers/"


def evening(day):
    return datetime(day.year, day.month, day.day, 18, tzinfo=LONDON)


@pytest.fixture
def begun(parks, person):  # noqa: F811
    """A round that began a week before the first words come."""
    by = person("engagement_officer")
    day = THURSDAY - timedelta(days=7)
    return panel.begin_round(consultation=parks, number=9, by=by, seed=b"a round whose words wait", today=day)[0]


def write(begun, day, text=CHANGE):
    digest = "of a member"
    actions.keep_words(panel_round=begun, digest=digest, words={"go": text}, language="en", today=day)


def find_since(day):
    return [each.since for each in list_late_consultations(evening(day))]


def test_words_are_late_when_the_next_working_day_has_closed(begun):
    write(begun, THURSDAY)
    assert find_since(THURSDAY) == [] and find_since(FRIDAY) == [THURSDAY]
    [found] = list_late_consultations(evening(FRIDAY))
    assert (found.page.pk, found.answers, found.has_panel_words) == (begun.consultation_id, 0, True)


def test_words_that_the_screen_has_not_looked_at_are_late_as_well(begun, settings):
    write(begun, THURSDAY)
    settings.ANSWER_OPEN_KEYS = []
    assert actions.screen_panel_words() == 0 and find_since(FRIDAY) == [THURSDAY]


def test_who_decides_on_some_words_gives_the_others_no_more_time(begun, reader):
    write(begun, THURSDAY)
    write(begun, MONDAY, "Two parks.")
    actions.screen_panel_words()
    oldest = next(one for one in PanelWords.objects.all() if actions.view_words(words=one, by=reader)[0] == CHANGE)
    actions.clear_words(words=oldest, by=reader, text=CHANGE)
    assert find_since(MONDAY) == [THURSDAY]
    actions.leave_words_out(words=PanelWords.objects.exclude(sealed=None).get(), by=reader)
    assert find_since(TUESDAY) == []
    write(begun, TUESDAY, "Three parks.")
    assert find_since(TUESDAY) == [], "they wait since today"


def test_of_words_kept_before_their_day_was_the_day_of_the_round_counts(begun):
    write(begun, FRIDAY)
    PanelRound.objects.update(words_since=None)
    assert find_since(FRIDAY) == [begun.made_on]


def test_the_lead_of_the_day_is_told(begun, person):
    factories.somebody_reads(person, since=THURSDAY)
    write(begun, THURSDAY)
    assert (warn_of_late_reading(evening(THURSDAY)), warn_of_late_reading(evening(FRIDAY))) == (0, 1)
    assert {message.subject for message in mail.outbox} == {"item waiting"}


@pytest.mark.parametrize(
    ("role", "place", "says"),
    [
        ("safeguarding_lead", BOARD, "words of the youth panel waited longer than they may, the oldest since"),
        ("safeguarding_lead", READERS, "words of the youth panel waited longer than they may, the oldest since"),
        ("engagement_officer", READERS, "words of the youth panel wait longer than they may."),
    ],
)
def test_it_stands_where_leads_and_officers_look(begun, client_as, role, place, says):
    write(begun, timezone.localdate() - timedelta(days=21))
    page = " ".join(client_as(role).get(place).content.decode().split())
    assert "Reading is late" in page and says in page and f"/staff/readers/{begun.consultation_id}/" in page
    assert "0 answers" not in page


@pytest.mark.parametrize(("answers", "offered"), [(0, False), (1, True)])
def test_to_close_the_survey_is_offered_for_late_answers_alone(begun, client_as, publish, parks, answers, offered):  # noqa: F811
    publish(parks)
    day = timezone.localdate() - timedelta(days=21)
    write(begun, day)
    version = parks.versions.get()
    factories.responses(version, [({}, {"q-why": "It is dark."})] * answers, day=day)
    page = client_as("safeguarding_lead").get(BOARD).content.decode()
    assert "words of the youth panel" in page and ("Close free text now" in page) == offered
    assert ("1 answer" in " ".join(page.split())) == offered


def test_a_reader_finds_them_among_what_waits(begun, client_as):
    reader, line = client_as("moderator"), "Read what the youth panel wrote"
    write(begun, THURSDAY)
    assert "Nothing waits to be read." in reader.get("/staff/reading/waiting/").content.decode()
    actions.screen_panel_words()
    page = reader.get("/staff/reading/waiting/").content.decode()
    assert line in page and "Nothing waits" not in page


@pytest.mark.parametrize("seed", range(6))
def test_over_random_histories_no_word_is_without_a_clock_a_decision_or_a_lead(begun, reader, seed):
    chance, day = random.Random(seed), THURSDAY
    written, decided, passed, flagged, since = 0, 0, 0, 0, None  # kept beside the product
    for _ in range(30):
        act = chance.choice(["write", "write", "cry", "screen", "decide", "decide", "end", "wait", "wait"])
        waiting = PanelWords.objects.exclude(sealed=None).count()
        held = actions.list_for_readers().first()
        if act in ("write", "cry"):
            written, since = written + 1, since if waiting else day
            write(PanelRound.objects.get(), day, f"{HELP if act == 'cry' else CHANGE} {written}")
        elif act == "screen":
            flagged += actions.screen_panel_words()
        elif act == "decide" and held:
            verb = chance.choice([actions.clear_words, actions.leave_words_out, actions.pass_words_to_lead])
            verb(words=held, by=reader, **({"text": CHANGE} if verb == actions.clear_words else {}))
            decided, passed = decided + 1, passed + (verb == actions.pass_words_to_lead)
        elif act == "end":
            panel.end_round(panel_round=begun, by=begun.made_by)
        elif act == "wait":
            day += timedelta(days=1)
        waiting = PanelWords.objects.exclude(sealed=None).count()
        assert written == decided + waiting and ContactRequest.objects.count() == passed + flagged
        assert all(one.due for one in ContactRequest.objects.all())
        late = find_since(day + timedelta(days=14))
        assert late == ([since] if waiting else []), "whatever a reader does, what waits is late in the end"
