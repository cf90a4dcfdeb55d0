"""What a panel's member writes is sealed, screened, and seen by an officer only as a reader cleared it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.interface_text import get_text
from consultation.reading import screening
from consultation.reading.panel_words import actions
from consultation.reading.panel_words.erasures import PanelWordsErasure
from consultation.responses.vault import can_open_sealed
from consultation.safeguarding.attached_answers import open_with_attached
from consultation.safeguarding.models import ContactRequest
from consultation.surveys.youth_panel import actions as panel
from consultation.surveys.youth_panel.models import PanelRound, PanelWords
from tests.consultation.surveys.conftest import index, parks  # noqa: F401
from tests.consultation.surveys.youth_panel.test_youth_panel import open_with, send, token_in

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
DESK = "/staff/reading/panel-words/"
CHANGE = "Say which park you mean. Ask Grace Tembo."
HELP = "My uncle hits me and I am scared to go home."
ALARM = "Tell the adult to leave the room first."


@pytest.fixture
def begun(parks, person):  # noqa: F811
    by = person("engagement_officer")
    return panel.begin_round(consultation=parks, number=3, by=by, seed=b"a seed of words")


@pytest.fixture
def sent(client, begun):
    """A round in which each of three members wrote about the first question, before the screen looked."""
    for code in begun[1]:
        send(client, code, w0=CHANGE)
    return begun[0]


def decide(client, verb, text="Say which park you mean."):
    held = actions.list_for_readers().first()
    return client.post(DESK, {"do": verb, "words": held.pk, "text": text})


def officers_page(client_as, parks):  # noqa: F811
    return client_as("engagement_officer").get(f"/staff/panel/{parks.pk}/").content.decode()


def test_a_member_writes_what_to_change_and_only_a_sealed_text_is_kept(client, begun):
    page = open_with(client, begun[1][0]).content.decode()
    assert page.count("<textarea") == 3 and get_text("panel.words") in page and get_text("wrong.hint") in page
    assert get_text("panel.thanks") in send(client, begun[1][0], w0=CHANGE, w1=" ", w9="no question").content.decode()
    [held] = PanelWords.objects.all()
    assert held.question == "go" and not held.text and "park" not in str(held.__dict__)
    assert actions.open_sealed_text(held.sealed) == CHANGE
    assert PanelRound.objects.get().sent == 1, "words alone, without a tick, count a member"
    assert not AuditEntry.objects.filter(object_type="panelwords").exists(), "no entry, so no time, of a member"


def test_sent_twice_words_are_kept_once(client, begun):
    once = {"token": token_in(open_with(client, begun[1][0])), "w0": CHANGE}
    client.post("/en/panel/", once)
    client.post("/en/panel/", once)
    assert PanelWords.objects.count() == 1


def test_words_sent_after_the_round_has_ended_or_with_other_words_still_reach_a_reader(client, begun):
    form = {"token": token_in(open_with(client, begun[1][0]))}
    client.post("/en/panel/", form | {"w0": CHANGE})
    client.post("/en/panel/", form | {"w0": "Two parks."})
    late = {"token": token_in(open_with(client, begun[1][1])), "q0": "good", "w0": HELP}
    panel.end_round(panel_round=begun[0], by=begun[0].made_by)
    assert client.post("/en/panel/", late).status_code == 422
    told = {actions.open_sealed_text(one.sealed) for one in PanelWords.objects.all()}
    assert told == {CHANGE, "Two parks.", HELP} and PanelRound.objects.get().sent == 1


def test_no_word_is_cut_and_what_is_too_long_is_shown_again(client, begun):
    long = "a" * 304
    answer = send(client, begun[1][0], q0="unclear", w0=long)
    page = answer.content.decode()
    assert answer.status_code == 422 and get_text("error.long", n=4) in page and 'href="#w0"' in page
    assert f">{long}</textarea>" in page and page.count(" checked") == 1
    assert not PanelWords.objects.exists() and PanelRound.objects.get().sent == 0
    client.post("/en/panel/", {"token": token_in(answer), "w0": long[4:]})
    assert actions.open_sealed_text(PanelWords.objects.get().sealed) == "a" * 300


def test_a_cry_for_help_goes_to_a_lead_on_the_clock_and_to_a_reader(client, client_as, begun, parks):  # noqa: F811
    send(client, begun[1][0], w0=HELP)
    key = PanelWords.objects.get().pk
    assert not actions.list_for_readers().exists()
    assert (actions.screen_panel_words(), actions.screen_panel_words()) == (1, 0)
    assert [one.pk for one in actions.list_for_readers()] == [key] and HELP not in officers_page(client_as, parks)
    asked = ContactRequest.objects.get(pk=key)
    told = open_with_attached(asked.sealed)
    assert asked.due and told["message"] == HELP and str(begun[0].made_by) in told["how"] and "Parks" in told["how"]


def test_where_the_screen_fails_a_lead_looks(client, begun, monkeypatch):
    monkeypatch.setattr(screening, "screen_texts", None)
    send(client, begun[1][0], w0=CHANGE)
    assert actions.screen_panel_words() == 1 and ContactRequest.objects.count() == 1


def test_a_harmless_remark_that_the_screen_flags_still_reaches_the_officers(client, client_as, begun, parks):  # noqa: F811
    """It was taken for a cry for help and given to a lead alone: what the member wanted changed was lost."""
    for code in begun[1]:
        send(client, code, w0=ALARM)
    assert actions.screen_panel_words() == 3
    for _ in begun[1]:
        decide(client_as("moderator"), "clear", ALARM)
    panel.end_round(panel_round=begun[0], by=begun[0].made_by)
    assert ALARM in officers_page(client_as, parks)


def test_a_reader_can_ask_a_lead_of_words_that_a_lead_took_for_a_false_alarm(client, client_as, begun, person):
    send(client, begun[1][0], w0=HELP)
    actions.screen_panel_words()
    assert "A lead was asked to look at these words, too." in client_as("moderator").get(DESK).content.decode()
    ContactRequest.objects.update(
        state="closed", closed_on=timezone.localdate(), claimed_by=person("safeguarding_lead")
    )
    decide(client_as("moderator"), "lead")
    assert ContactRequest.objects.exclude(state="closed").count() == 1


def test_officers_see_words_beside_the_question_as_a_reader_cleared_them(sent, client_as, parks):  # noqa: F811
    actions.screen_panel_words()
    reader = client_as("moderator")
    page = reader.get(DESK).content.decode()
    assert CHANGE in page and "[PERSON 1]" in page and "Do you go?" in page
    assert AuditEntry.objects.filter(verb="raw text viewed", object_type="panelwords").count() == 1
    assert "park you mean" not in officers_page(client_as, parks)
    assert "wait for a reader" in officers_page(client_as, parks)
    for text in ("Say which park.", "Name the park.", "Ask [PERSON 1]."):
        assert decide(reader, "clear", text).status_code == 302
    assert "No words of the panel wait" in reader.get(DESK).content.decode()
    page = officers_page(client_as, parks)
    assert page.index("Ask [PERSON 1].") < page.index("Name the park.") < page.index("Say which park.")
    assert "Tembo" not in page and "wait for a reader" not in page
    assert not PanelWords.objects.exclude(sealed=None).exists(), "what was sent is erased"


def test_cleared_words_of_few_members_and_of_a_round_that_runs_do_not_show(client, client_as, begun, parks):  # noqa: F811
    for code in begun[1][:2]:
        send(client, code, w0=CHANGE)
    actions.screen_panel_words()
    reader = client_as("moderator")
    for _ in range(2):
        decide(reader, "clear")
    assert "Say which park" not in officers_page(client_as, parks)
    panel.end_round(panel_round=begun[0], by=begun[0].made_by)
    assert "Say which park" not in officers_page(client_as, parks), "of two members"


def test_a_reader_leaves_words_out_or_gives_them_to_a_lead(sent, client_as):
    actions.screen_panel_words()
    reader = client_as("moderator")
    assert decide(reader, "leave-out").status_code == 302 and PanelWords.objects.count() == 2
    assert decide(reader, "lead").status_code == 302 and PanelWords.objects.count() == 1
    assert open_with_attached(ContactRequest.objects.get().sealed)["message"] == CHANGE
    assert decide(reader, "clear", " ").status_code == 422 and PanelWords.objects.get().sealed
    verbs = AuditEntry.objects.filter(object_type="panelround").values_list("verb", flat=True)
    assert {"panel words left out", "panel words passed on"} <= set(verbs)


def test_nobody_decides_twice_or_before_the_screen_or_without_being_a_reader(sent, client_as, person):
    held, reader = PanelWords.objects.first(), person("moderator")
    with pytest.raises(NotAllowed, match="the screen has not looked"):
        actions.clear_words(words=held, by=reader, text="Words.")
    actions.screen_panel_words()
    actions.clear_words(words=held, by=reader, text="Words.")
    with pytest.raises(NotAllowed, match="decided this meanwhile"):
        actions.pass_words_to_lead(words=held, by=reader)
    assert client_as("engagement_officer").get(DESK).status_code == 403


def test_a_process_without_the_key_screens_nothing(sent, settings):
    settings.ANSWER_OPEN_KEYS = []
    assert not can_open_sealed() and actions.screen_panel_words() == 0


def test_words_that_no_reader_has_read_stand_on_the_officers_tasks(sent, client_as):
    assert "What the youth panel wrote" in client_as("engagement_officer").get("/staff/task-list/").content.decode()


def test_a_reader_with_no_answer_left_is_led_to_what_the_panel_wrote(sent, client_as):
    """Only the officers were told that it waits: a reader found it where they looked into the menu."""
    reader, line = client_as("moderator"), "Read what the youth panel wrote"
    assert line not in reader.get("/staff/reading/").content.decode(), "the screen has not looked at it"
    actions.screen_panel_words()
    assert line in reader.get("/staff/reading/").content.decode()
    for _ in range(3):
        decide(reader, "clear")
    assert line not in reader.get("/staff/reading/").content.decode()


def test_words_are_erased_a_year_after_the_round_began(sent):
    PanelWordsErasure().run(sent.made_on + timedelta(days=364))
    assert PanelWords.objects.count() == 3
    PanelWordsErasure().run(sent.made_on + timedelta(days=365))
    assert not PanelWords.objects.exists()
