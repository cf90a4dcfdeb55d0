"""Of web answers with the same ten words or more one person counts; nobody else is held; an officer can count them in."""

from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import handover
from consultation.audit.models import AuditEntry
from consultation.channels.web import form_tokens
from consultation.reading.copied_texts import actions
from consultation.reading.copied_texts.actions import digest_wording
from consultation.reading.copied_texts.models import FirstWording, HeldCopy
from consultation.reading.models import Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.responses import equality_monitoring
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import can_open_sealed, open_sealed_text, seal_text
from tests import factories

pytestmark = pytest.mark.django_db
TWELVE = "We want more lights in the park by the gate this winter"
NINE = "We want more lights in the park by there"
PAGE = "/staff/copied-texts/"


@pytest.fixture
def parks(home):
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "long_text")]
    return factories.consultation(home, items=items)


def send(version, texts, **fields):
    """Screened responses of people who wrote one text each."""
    people = factories.responses(version, [({"a": "1"}, {"q-b": text}) for text in texts], **fields)
    screen_unread()
    return people


def held():
    return set(HeldCopy.objects.filter(counted_in=False).values_list("pk", flat=True))


def people_who_count(page):
    return {one.respondent for one in handover.iter_closed_answers(page)}


def test_of_ten_copies_by_web_one_counts_and_nine_are_held(parks, client):
    page, version = parks
    for _ in range(10):
        token = form_tokens.issue_form_token(version.pk)
        client.post("/en/have-your-say/parks/answer/", {"token": token, "a": "1", "b": TWELVE})
    assert len(people_who_count(page)) == 10
    screen_unread()
    assert len(people_who_count(page)) == 1
    assert held() == set(Response.objects.filter(excluded_from_figures=True).values_list("pk", flat=True))
    assert len(held()) == 9
    assert Answer.objects.unread().count() == 10, "all of them are read"
    assert set(Screening.objects.filter(answer__response__in=held()).values_list("alike", flat=True)) != {""}


def test_whoever_was_there_first_counts(parks):
    page, version = parks
    [first] = send(version, [TWELVE])
    later = send(version, [TWELVE] * 3)
    assert people_who_count(page) == {first.pk} and held() == {one.pk for one in later}


@pytest.mark.parametrize(
    "same",
    [
        TWELVE.upper(),
        f"  {TWELVE}!!! ",
        TWELVE.replace(" ", "\n"),
        TWELVE.replace("We", "W\u0065"),
        f"“{TWELVE}”…",
        *(
            f"{TWELVE[:1]}{unseen}{TWELVE[1:]}"
            for unseen in ("\u200b", "\xad", "\u034f", "\u2060", "\ufe0f", "\U000e0061")
        ),
    ],
)
def test_case_signs_and_spaces_make_no_other_text(parks, same):
    send(parks[1], [TWELVE, same])
    assert len(held()) == 1


@pytest.mark.parametrize(
    "other",
    [
        "We would like more lights in the park by the gate this winter",
        f"{TWELVE} 2",
        TWELVE.replace("lights", "benches"),
        f"{TWELVE} please",
        " ".join(reversed(TWELVE.split())),
    ],
)
def test_another_text_is_not_held(parks, other):
    send(parks[1], [TWELVE, other])
    assert not held()


@pytest.mark.parametrize("text", [NINE, "Yes", "", "1 2 3 4 5 6 7 8 9 10 11 12", "? ! . , ; : - _ / ( ) &"])
def test_fewer_than_ten_words_never(parks, text):
    send(parks[1], [text] * 5)
    assert not held() and not FirstWording.objects.exists()


def test_words_with_marks_are_counted_as_words(parks):
    """Nine words of Bengali, whose vowels are marks of their own; and two texts that only differ in these."""
    nine = "আমরা পার্কে আরও আলো চাই এই শীতে গেটের পাশে"
    assert len(nine.split()) == 9 and not digest_wording(1, nine)
    assert digest_wording(1, f"{nine} কি") != digest_wording(1, f"{nine} কা") != ""


def test_closed_answers_alone_never(parks):
    factories.responses(parks[1], [({"a": "1"}, {})] * 30)
    screen_unread()
    assert not held()


@pytest.mark.parametrize("channel", [one for one in Channel if one != Channel.WEB])
def test_other_channels_are_exempt(parks, channel):
    send(parks[1], [TWELVE] * 4, channel=channel)
    assert not held() and not FirstWording.objects.exists()


def test_a_tablets_form_is_exempt_when_it_comes_through_the_view(parks, client):
    way = form_tokens.FormReferral(Channel.KIOSK)
    for _ in range(3):
        token = form_tokens.issue_form_token(parks[1].pk, way=way)
        client.post("/en/have-your-say/parks/answer/", {"token": token, "a": "1", "b": TWELVE})
    screen_unread()
    assert Response.objects.filter(channel=Channel.KIOSK).count() == 3 and not held()


def with_code(version, code):
    sealed = equality_monitoring.seal_equality_and_code(version.content, {}, code)
    return factories.response(version, texts={"q-b": TWELVE}, sealed_equality=sealed)


def test_who_came_with_a_code_is_exempt(parks):
    for code in ("one", "two", "three"):
        with_code(parks[1], code)
    screen_unread()
    assert not held()


def test_a_code_is_moved_only_when_the_text_was_screened(parks):
    """Else nobody could tell any more that it came with one, and a copy's equality answers would count."""
    from consultation.channels.invitation_codes.actions import write_equality_batches

    for number in range(12):
        with_code(parks[1], f"code {number}")
    write_equality_batches()
    assert Response.objects.filter(sealed_equality=None).count() == 0
    screen_unread()
    write_equality_batches()
    assert Response.objects.filter(sealed_equality=None).exists() and not held()


def test_where_codes_were_given_out_who_comes_without_one_is_held(parks, code_batch):
    send(parks[1], [TWELVE] * 3)
    assert len(held()) == 2


def test_who_sends_again_when_the_code_has_been_moved_is_not_held(parks, code_batch):
    send(parks[1], [TWELVE])
    [other] = send(parks[1], ["Yes"])
    Answer.objects.create(response=other, question="q-b", sealed=seal_text(TWELVE))
    screen_unread()
    assert not held()


@pytest.fixture
def code_batch(parks, person):
    from consultation.channels.invitation_codes.models import CodeBatch

    officer = person("engagement_officer")
    return CodeBatch.objects.create(
        consultation=parks[0], label="Cards", number=10, made_on=factories.DAY, made_by=officer
    )


def test_another_consultation_has_its_own_wordings(parks, home):
    send(parks[1], [TWELVE])
    send(factories.consultation(home, slug="buses", title="Buses", items=parks[1].content["items"])[1], [TWELVE])
    assert not held()


def test_a_person_who_sends_the_same_form_again_is_no_copy(parks):
    """Two texts of one person may have the same words."""
    [one] = send(parks[1], [TWELVE])
    Answer.objects.create(response=one, question="q-b", sealed=seal_text(TWELVE.lower()))
    screen_unread()
    assert not held()


def test_a_person_whom_a_release_counts_stays(parks):
    send(parks[1], [TWELVE])
    factories.response(parks[1], texts={"q-b": TWELVE}, counted=1)
    screen_unread()
    assert not held()


@pytest.mark.parametrize("gone", [{"withdrawn": True}, {"excluded_from_figures": True}])
def test_when_the_first_does_not_count_any_more_the_next_one_does(parks, gone):
    page, version = parks
    [first] = send(version, [TWELVE])
    Response.objects.filter(pk=first.pk).update(**gone)
    second, third = send(version, [TWELVE]), send(version, [TWELVE])
    assert people_who_count(page) == {second[0].pk} and held() == {third[0].pk}


def test_a_flood_that_is_held_already_holds_nobody(parks):
    send(parks[1], [TWELVE] * 3, excluded_from_figures=True)
    send(parks[1], [TWELVE])
    assert not held()


def test_many_texts_take_as_many_queries_as_two(parks):
    """The screen must not wait: a cry may be among them."""
    asked = []
    for many in (2, 40):
        one_each = [
            f"{TWELVE} This is what the person with the number {many} {number} says." for number in range(many)
        ]
        for text in one_each:
            factories.response(parks[1], texts={"q-h": text})
        rows = Answer.objects.filter(screening=None).select_related("response__version")
        texts = list(zip(rows, one_each, strict=True))
        with CaptureQueriesContext(connection) as found:
            actions.hold_copies(texts)
        asked.append(len(found))
        assert FirstWording.objects.count() == many
        Answer.objects.filter(pk__in=[row.pk for row, _ in texts]).delete()
        FirstWording.objects.all().delete()
    assert asked[0] == asked[1] <= 12


def test_a_fault_here_delays_no_screening(parks, monkeypatch, caplog):
    def fail(*given):
        raise RuntimeError(TWELVE)

    monkeypatch.setattr(actions, "_hold_copied", fail)
    send(parks[1], [TWELVE] * 2)
    assert Screening.objects.count() == 2 and not held()
    assert "RuntimeError" in caplog.text and TWELVE not in caplog.text


def test_a_process_without_the_secret_holds_nobody(parks, settings):
    settings.RECORD_KEY_SECRET = ""
    send(parks[1], [TWELVE] * 2)
    assert can_open_sealed() and not held() and not FirstWording.objects.exists()


def test_the_tables_tell_no_word_and_not_who_wrote_the_same(parks, settings):
    """Without the secret no digest can be made again, and of each wording there is one row."""
    send(parks[1], [TWELVE] * 4 + ["Another text with ten words or more in it, about buses."])
    rows = list(FirstWording.objects.values_list("digest", flat=True))
    assert len(rows) == 2 and digest_wording(parks[0].pk, TWELVE) in rows
    settings.RECORD_KEY_SECRET = "another"
    assert digest_wording(parks[0].pk, TWELVE) not in rows
    assert not FirstWording.objects.filter(answer__response__in=held()).exists()


# Random histories.

WORDS = [f"{TWELVE} says {name}" for name in ("Ali", "Bo", "Cy")] + [NINE, "Yes"]
PEOPLE = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True), st.sampled_from([*Channel][:4])
)


@given(st.lists(st.lists(PEOPLE, max_size=4), max_size=5))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_nobody_else_is_left_out(parks, batches):
    """Whoever is held shares a long wording with somebody on the web; and somebody of each wording counts."""
    page, version = parks
    Response.objects.all().delete()
    wrote = {}
    for batch in batches:
        for texts, channel in batch:
            said = {f"q-b{number}": text for number, text in enumerate(texts)}
            wrote[factories.response(version, texts=said, channel=channel).pk] = (set(texts), channel)
        screen_unread()
    together = defaultdict(set)
    for person, (texts, channel) in wrote.items():
        for text in texts:
            if channel == Channel.WEB and len(text.split()) >= 10:
                together[text].add(person)
    for person in held():
        assert any(person in people and len(people) > 1 for people in together.values())
    assert people_who_count(page) == set(wrote) - held()
    alone = {person for person, (texts, _) in wrote.items() if len(texts) == 1}
    for people in together.values():
        if people <= alone:
            assert len(people - held()) == 1


def test_whom_a_release_counts_is_found_again_in_the_database(parks):
    """From the sealed words themselves: of each wording one, and everyone else."""
    from insights.releases.cross_tabulation import gather_crowd

    page, version = parks
    for number in range(3):
        send(version, [f"{TWELVE} for the {name}" for name in ("girls", "boys", "girls")] + [NINE, f"{number} {NINE}"])
        send(version, [TWELVE] * 2, channel=Channel.KIOSK)
    by_wording, expected = defaultdict(set), set()
    for answer in Answer.objects.select_related("response"):
        words = tuple(open_sealed_text(answer.sealed).lower().split())
        if answer.response.channel == Channel.WEB and len(words) >= 10:
            by_wording[words].add(answer.response_id)
        else:
            expected.add(answer.response_id)
    counted = set(gather_crowd(page)[0].respondents)
    assert [len(people & counted) for people in by_wording.values()] == [1] * len(by_wording)
    assert counted - set().union(*by_wording.values()) == expected


# The officer's page.


@pytest.fixture
def copies(parks):
    return send(parks[1], [TWELVE] * 4)


def test_officers_see_how_many_count_them_in_and_take_it_back(parks, copies, client_as):
    page, officer = parks[0], client_as("engagement_officer")
    assert "3 held, 0 counted in" in officer.get(PAGE).content.decode()
    done = officer.post(PAGE, {"page": page.pk, "do": "count"}, follow=True).content.decode()
    assert "3 more count from the next release on" in done and "0 held, 3 counted in" in done
    assert people_who_count(page) == {one.pk for one in copies}
    assert not Screening.objects.filter(copy=True).exists()
    officer.post(PAGE, {"page": page.pk, "do": "hold"})
    assert len(people_who_count(page)) == 1 and len(held()) == 3
    logged = AuditEntry.objects.filter(verb__startswith="copied texts").values_list("verb", "actor", "data")
    assert [(verb, actor, data["count"]) for verb, actor, data in logged.order_by("seq")] == [
        ("copied texts counted in", str(officer.user.pk), 3),
        ("copied texts held again", str(officer.user.pk), 3),
    ]


def test_whom_a_release_counts_stays_in(parks, copies, officer):
    actions.count_copies_in(page=parks[0], by=officer)
    counted = HeldCopy.objects.order_by("pk").values_list("pk", flat=True)[0]
    Response.objects.filter(pk=counted).update(counted=1)
    assert actions.hold_copies_again(page=parks[0], by=officer) == 2
    assert counted in people_who_count(parks[0])


def test_insights_takes_their_words_when_they_count_and_forgets_them_when_held_again(parks, copies, officer, reader):
    from consultation.reading.models import Reading, ReadingDecision
    from insights.corpus.actions import take_released_texts
    from insights.corpus.models import Text

    for answer in Answer.objects.all():
        Reading.objects.create(
            answer=answer, reader=reader, decision=ReadingDecision.CLEAR, text=TWELVE, released=True,
            decided_at="2026-11-16T10:00:00Z",
        )  # fmt: skip
    assert take_released_texts() == 1
    actions.count_copies_in(page=parks[0], by=officer)
    assert take_released_texts() == 3 and Text.objects.count() == 4
    actions.hold_copies_again(page=parks[0], by=officer)
    assert {text.respondent for text in Text.objects.all()} == people_who_count(parks[0])
    actions.count_copies_in(page=parks[0], by=officer)
    assert take_released_texts() == 3, "and takes them anew"


def test_copies_that_come_later_are_held_again(parks, copies, officer):
    actions.count_copies_in(page=parks[0], by=officer)
    send(parks[1], [TWELVE])
    assert [(row.held, row.counted_in) for row in actions.list_copy_counts()] == [(1, 3)]


def test_who_took_answers_back_is_not_counted_in(parks, copies, officer):
    Response.objects.filter(pk__in=list(held())[:1]).update(withdrawn=True)
    assert actions.count_copies_in(page=parks[0], by=officer) == 2


def test_the_page_without_copies_and_with_a_strange_post(client_as, parks):
    client = client_as("engagement_officer")
    assert "Nobody is held for a copied text." in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"page": parks[0].pk, "do": "count"}).status_code == 422
    assert client_as("planner").get(PAGE).status_code == 403
