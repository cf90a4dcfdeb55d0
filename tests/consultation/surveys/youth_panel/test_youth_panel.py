"""The youth panel: members tick a draft by a code alone, only counts are kept, and everyone hears what changed."""

import random
import re
from contextlib import nullcontext
from datetime import timedelta

import pytest

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.interface_text import get_text
from consultation.respondent_pages.code_spelling import digest_code, format_code
from consultation.surveys.youth_panel import actions
from consultation.surveys.youth_panel.erasures import PanelCodesErasure
from consultation.surveys.youth_panel.models import PanelMark, PanelRound
from consultation.surveys.youth_panel.staff_views import list_marked_questions

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
ADDRESS = "/en/panel/"
SEED = b"a seed of the test"
TICKS = {"q0": ["good"], "q1": ["unclear", "drop"], "q2": ["nonsense"]}


@pytest.fixture
def begun(parks, officer):
    return actions.begin_round(consultation=parks, number=4, by=officer, seed=SEED)


def open_with(client, code, address=ADDRESS):
    return client.post(address, {"code": format_code(code).lower()})


def token_in(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]


def send(client, code, **ticks):
    return client.post(ADDRESS, {"token": token_in(open_with(client, code))} | (ticks or TICKS))


def test_a_member_sees_the_draft_by_a_code_and_ticks(client, begun):
    panel, codes = begun
    assert get_text("code.title") in client.get(ADDRESS).content.decode()
    page = open_with(client, codes[0])
    assert "Do you go?" in page.content.decode() and "Yes" in page.content.decode()
    assert not page.cookies and codes[0] not in page.content.decode()
    assert get_text("panel.thanks") in send(client, codes[0]).content.decode()
    panel.refresh_from_db()
    assert panel.sent == 1 and panel.marks == {"go": {"good": 1}, "feel": {"unclear": 1, "drop": 1}, "why": {}}


def test_sent_twice_it_counts_once_and_a_used_code_opens_nothing(client, begun):
    panel, codes = begun
    once = {"token": token_in(open_with(client, codes[0]))} | TICKS
    assert client.post(ADDRESS, once).content == client.post(ADDRESS, once).content
    panel.refresh_from_db()
    assert panel.sent == 1
    assert get_text("error.code.full") in open_with(client, codes[0]).content.decode()


def test_a_send_with_nothing_ticked_counts_nothing_and_keeps_the_code(client, begun):
    panel, codes = begun
    answer = send(client, codes[0], q0=[])
    assert answer.status_code == 422 and get_text("error.empty") in answer.content.decode()
    panel.refresh_from_db()
    assert panel.sent == 0
    again = client.post(ADDRESS, {"token": token_in(answer)} | TICKS)
    assert get_text("panel.thanks") in again.content.decode()


def test_an_unknown_code_is_refused_and_guessing_is_slowed(client, begun):
    strangers = actions.code_spelling.generate_codes(b"guess")
    for _ in range(10):
        assert open_with(client, next(strangers)).status_code == 422
    assert open_with(client, begun[1][0]).status_code == 429


def test_someone_who_guessed_does_not_stop_a_send(client, begun):
    sends = {"token": token_in(open_with(client, begun[1][0]))} | TICKS
    for code, _ in zip(actions.code_spelling.generate_codes(b"guess"), range(10), strict=False):
        open_with(client, code)
    assert get_text("panel.thanks") in client.post(ADDRESS, sends).content.decode()


def test_codes_of_the_panel_open_no_consultation(begun, parks):
    panel, codes = begun
    assert set(panel.codes) == {digest_code(0, code) for code in codes}
    assert not set(panel.codes) & {digest_code(parks.pk, code) for code in codes}


def test_marks_are_closed(client, begun):
    send(client, begun[1][0], q0=["<b>words</b>"])
    assert "words" not in str(PanelRound.objects.get().marks)
    assert all(get_text(f"panel.{mark}") for mark in PanelMark.values)


def test_ticks_of_few_members_and_of_a_round_that_runs_do_not_show(client, begun, parks, officer):
    panel, codes = begun
    for after in (0, 1, 2):
        shown = [one.marks for one in list_marked_questions(panel, actions.read_draft(parks))]
        assert not any(shown), after
        send(client, codes[after])
        panel.refresh_from_db()
    assert not list_marked_questions(panel, ())[0].marks, "the next one’s ticks would be the difference of two looks"
    actions.end_round(panel_round=panel, by=officer)
    panel.refresh_from_db()
    assert list_marked_questions(panel, ())[0].marks == [("Good as it is", 3)]
    verbs = AuditEntry.objects.filter(object_type="panelround").values_list("verb", flat=True)
    assert set(verbs) == {"panel round begun", "panel round ended"}, "no entry, so no time, of a member"


def test_a_round_whose_every_code_was_used_is_over(client, begun):
    panel, codes = begun
    for code in codes:
        send(client, code)
    panel.refresh_from_db()
    assert panel.is_over and panel.marks_show
    assert get_text("error.code.full") in open_with(client, codes[0]).content.decode()


def test_what_changed_is_told_once_a_colleague_agrees_and_the_codes_are_erased(
    client, begun, parks, officer, person, publish
):
    panel, codes = begun
    for code in codes[:3]:
        send(client, code)
    with pytest.raises(NotAllowed, match="End the round first"):
        actions.tell_changes(panel_round=panel, by=officer, changed="A question is gone.")
    actions.end_round(panel_round=panel, by=officer)
    with pytest.raises(NotAllowed, match="Say what changed"):
        actions.tell_changes(panel_round=panel, by=officer, changed=" ")
    for words in (
        "We left out abuse.",
        "Subsequent deliberation necessitated considerable reformulation of terminology.",
    ):
        with pytest.raises(NotAllowed):
            actions.tell_changes(panel_round=panel, by=officer, changed=words)
    actions.tell_changes(panel_round=panel, by=officer, changed="A question is gone.")
    assert PanelRound.objects.get().codes == {}
    assert open_with(client, codes[3]).status_code == 422
    publish(parks)
    listening = "/en/have-your-say/parks/listening/"
    assert get_text("panel.saw") not in client.get(listening).content.decode()
    with pytest.raises(NotAllowed, match="A colleague agrees"):
        actions.agree_to_changes(panel_round=panel, by=officer, words="A question is gone.")
    colleague = person("engagement_officer")
    with pytest.raises(NotAllowed, match="changed or taken back meanwhile"):
        actions.agree_to_changes(panel_round=panel, by=colleague, words="What stood here before.")
    actions.agree_to_changes(panel_round=panel, by=colleague, words="A question is gone.")
    page = client.get(listening).content.decode()
    assert get_text("panel.saw") in page and "A question is gone." in page
    with pytest.raises(NotAllowed, match="Take it back first"):
        actions.tell_changes(panel_round=panel, by=officer, changed="Two questions are gone.")
    actions.take_back_changes(panel_round=panel, by=officer)
    assert get_text("panel.saw") not in client.get(listening).content.decode()


def test_codes_of_a_round_that_nobody_ended_are_erased(begun):
    panel, _ = begun
    PanelCodesErasure().run(panel.made_on + timedelta(days=89))
    assert PanelRound.objects.get().codes
    PanelCodesErasure().run(panel.made_on + timedelta(days=90))
    assert PanelRound.objects.get().codes == {}


def test_no_round_begins_while_the_ticks_of_one_are_not_told(client, begun, parks, officer):
    panel, codes = begun
    for code in codes[:3]:
        send(client, code)
    with pytest.raises(NotAllowed, match="Say first what changed"):
        actions.begin_round(consultation=parks, number=4, by=officer, seed=b"another seed")
    actions.end_round(panel_round=panel, by=officer)
    actions.tell_changes(panel_round=panel, by=officer, changed="A question is gone.")
    actions.begin_round(consultation=parks, number=4, by=officer, seed=b"another seed")
    assert PanelRound.objects.count() == 2


def test_a_round_of_which_too_few_sent_ends_when_another_begins(client, begun, parks, officer):
    panel, codes = begun
    send(client, codes[0])
    with pytest.raises(NotAllowed, match="Fewer than 3"):
        actions.tell_changes(panel_round=actions.end_round(panel_round=panel, by=officer), by=officer, changed="Gone.")
    _, new = actions.begin_round(consultation=parks, number=4, by=officer, seed=b"another seed")
    assert open_with(client, codes[1]).status_code == 422 and open_with(client, new[0]).status_code == 200


@pytest.mark.parametrize("seed", range(8))
def test_over_random_histories_everyone_reads_only_what_two_officers_stand_behind(
    client, begun, parks, person, publish, seed
):
    panel, codes = begun
    for code in codes:
        send(client, code)
    publish(parks)
    chance, people = random.Random(seed), [person("engagement_officer") for _ in range(3)]
    writer, words, is_told = None, "", False  # kept beside the product
    for number in range(20):
        by, act = chance.choice(people), chance.choice(["tell", "agree", "agree", "take back"])
        said = f"Question {chance.randint(1, 3)} is short." if act == "tell" or chance.random() < 0.3 else words
        is_allowed = {
            "tell": not is_told,
            "agree": bool(words) and not is_told and said == words and by != writer,
            "take back": bool(words),
        }[act]
        with nullcontext() if is_allowed else pytest.raises(NotAllowed):
            if act == "tell":
                actions.tell_changes(panel_round=panel, by=by, changed=said)
            elif act == "agree":
                actions.agree_to_changes(panel_round=panel, by=by, words=said)
            else:
                actions.take_back_changes(panel_round=panel, by=by)
        if is_allowed:
            writer, words, is_told = (
                (by, said, False) if act == "tell" else (writer, words, True) if act == "agree" else (None, "", False)
            )
        assert [one.changed for one in PanelRound.objects.with_changes()] == ([words] if is_told else [])
        if number % 5 == 0:
            page = client.get("/en/have-your-say/parks/listening/").content.decode()
            assert (get_text("panel.saw") in page) == is_told and (not is_told or words in page)


class TestOfficersPages:
    def address(self, page):
        return f"/staff/panel/{page.pk}/"

    def seed(self, client, page):
        return re.search(r'name="seed" value="([^"]+)"', client.get(self.address(page)).content.decode())[1]

    def test_a_round_is_begun_once_and_its_codes_are_shown_once(self, client_as, parks):
        client = client_as("engagement_officer")
        assert "No panel has seen it" in client.get("/staff/panel/").content.decode()
        once = {"do": "begin", "number": 5, "seed": self.seed(client, parks)}
        first, second = (client.post(self.address(parks), once).content.decode() for _ in range(2))
        codes = re.findall(r"<code>([^<]+)<", first)
        assert len(set(codes)) == 5 and codes == re.findall(r"<code>([^<]+)<", second)
        assert PanelRound.objects.count() == 1
        assert not any(code in client.get(self.address(parks)).content.decode() for code in codes)

    def test_faults_are_said(self, client_as, parks):
        client = client_as("engagement_officer")
        for wrong in ({"do": "begin", "number": 2}, {"do": "begin", "number": 5, "seed": "old"}, {"do": "tell"}, {}):
            assert client.post(self.address(parks), wrong).status_code == 422

    def test_a_colleague_is_asked_and_agrees(self, client_as, client, begun, parks):
        for code in begun[1]:
            send(client, code)
        writer, colleague = client_as("engagement_officer"), client_as("engagement_officer")
        words = "The first question\nis shorter."
        writer.post(self.address(parks), {"do": "tell", "changed": words})
        assert "Agree: tell everyone" not in writer.get(self.address(parks)).content.decode()
        assert "waits for a colleague" in " ".join(writer.get("/staff/panel/").content.decode().split())
        assert "What the youth panel changed" in colleague.get("/staff/task-list/").content.decode()
        assert "Agree: tell everyone" in colleague.get(self.address(parks)).content.decode()
        colleague.post(self.address(parks), {"do": "agree", "words": words.replace("\n", "\r\n")})
        assert PanelRound.objects.with_changes().exists()
        sheet = b"".join(writer.get("/staff/panel/youth-panel.csv").streaming_content).decode()
        assert str(writer.user) in sheet and str(colleague.user) in sheet and f',"{len(begun[1])}",' in sheet
        writer.post(self.address(parks), {"do": "take-back"})
        assert not PanelRound.objects.with_changes().exists() and not PanelRound.objects.awaiting_someone().exists()

    def test_the_ticks_stand_beside_the_draft(self, client_as, client, begun, parks):
        for code in begun[1][:3]:
            send(client, code)
        parks.body[0].value["text"] = "Do you go there?"
        del parks.body[1]
        parks.save_revision()
        officer = client_as("engagement_officer")
        assert "Good as it is" not in officer.get(self.address(parks)).content.decode()
        assert officer.post(self.address(parks), {"do": "end"}).status_code == 302
        page = officer.get(self.address(parks)).content.decode()
        assert "Good as it is: 3" in page and "Now:</b> Do you go there?" in page and "it is taken out" in page
        answer = officer.post(self.address(parks), {"do": "tell", "changed": "We took one out."})
        assert answer.status_code == 302
        assert "Nobody outside reads it" in officer.get(self.address(parks)).content.decode()
