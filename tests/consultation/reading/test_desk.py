"""The reading desk without a script: permissions, one answer at a time, and each button."""

import re

import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.reading import actions
from consultation.reading.models import Reading, Screening
from consultation.reading.views import REASONS
from consultation.responses.models import AnswerState
from consultation.safeguarding.models import TriageCase
from tests import factories

pytestmark = pytest.mark.any_database

TEXT = "🦋 Kieran said <b>call</b> 07700 900123.\r\nKieran is ok."


def page_of(answer):
    return reverse("reading:answer", args=[answer.pk])


def fields(response, **more):
    """The form as the page holds it."""
    spans = re.findall(r'name="span" value="([^"]+)"', response.content.decode())
    return {"span": spans, "note": "", "priority": "T2", "words": "", "kind": "PERSON"} | more


def status_of(client, url, method="get"):
    return getattr(client, method)(url).status_code


@pytest.mark.parametrize(
    "role", ["engagement_officer", "planner", "partner_viewer", "administrator", "auditor", "safeguarding_lead"]
)
def test_no_other_role_reaches_raw_text(client_as, sent, role):
    answer, client = sent("My secret words"), client_as(role)
    for name in ("desk", "colleagues", "awaiting-colleague", "done", "short", "waiting", "guide", "pause"):
        assert status_of(client, reverse(f"reading:{name}")) == 403
    for method in ("get", "post"):
        reply = getattr(client, method)(page_of(answer))
        assert reply.status_code == 403 and b"My secret words" not in reply.content
    assert not AuditEntry.objects.filter(verb="raw text viewed").exists()


def test_the_desk_opens_the_next_answer_and_logs_that_it_was_seen_once(desk, sent):
    answer = sent(TEXT)
    reply = desk.get(reverse("reading:desk"))
    assert reply.url == page_of(answer) + "#answer"
    desk.get(page_of(answer)), desk.get(page_of(answer))
    entry = AuditEntry.objects.get(verb="raw text viewed")
    assert (entry.actor, entry.object_id) == (str(desk.user.pk), str(answer.pk))


def test_words_are_escaped_and_never_kept_by_the_browser(desk, sent):
    reply = desk.get(page_of(sent(TEXT)))
    assert b"&lt;b&gt;call&lt;/b&gt;" in reply.content and b"<b>call" not in reply.content
    assert "no-store" in reply["Cache-Control"]


def test_an_empty_desk_says_so(desk, home):
    reply = desk.get(reverse("reading:desk"))
    assert b"Nothing waits to be read" in reply.content


def test_a_colleagues_answer_is_not_shown(desk, sent, reader):
    answer = sent("My secret words")
    assert actions.lease_next_unread(reader) == answer
    reply = desk.get(page_of(answer), follow=True)
    assert b"My secret words" not in reply.content and b"colleague has this answer open" in reply.content


def test_the_question_is_shown_as_it_was_asked(desk, home, sent):
    item = factories.question("a", "long_text", text={"en": "What is good?", "ur": "کیا اچھا ہے؟"})
    _, version = factories.consultation(home, slug="urdu", items=[item])
    reply = desk.get(page_of(sent("ٹھیک", version=version, language="ur")))
    assert '<p lang="ur" dir="rtl">کیا اچھا ہے؟</p>' in reply.content.decode()
    assert "What is good?" in reply.content.decode()


def test_typed_words_are_hidden_wherever_they_stand(desk, sent):
    answer = sent(TEXT)
    reply = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="hide", words="kieran", kind="WORKER"))
    text = reply.content.decode()
    assert text.count(":WORKER:1") == 2
    preview = text.split("What a planner would see")[1].split("</blockquote>")[0]
    assert "Kieran" not in preview and "[WORKER" in preview
    assert not Reading.objects.exists()


def test_words_that_are_not_there_are_an_error_that_takes_focus(desk, sent):
    answer = sent(TEXT)
    reply = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="hide", words="Nobody"))
    assert reply.status_code == 422
    assert b'id="error" role="alert" tabindex="-1"' in reply.content and b"<title>Error: " in reply.content


def test_a_proposal_is_shown_again_by_its_button(desk, sent):
    answer = sent("Call 07700 900123 now.")
    first = desk.get(page_of(answer))
    assert b'value="5:17:PHONE:1"' in first.content
    reply = desk.post(page_of(answer), fields(first, do="toggle:1"))
    assert b'value="5:17:PHONE:0"' in reply.content and b'aria-pressed="false"' in reply.content


def test_selected_code_points_are_hidden(desk, sent):
    answer = sent(TEXT)
    reply = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="select:2-8", kind="NICKNAME"))
    assert b'value="2:8:NICKNAME:1"' in reply.content


def test_clearing_goes_to_the_next_answer_and_offers_an_undo(desk, sent):
    answer = sent(TEXT)
    form = fields(desk.get(page_of(answer)), do="clear")
    form["span"] = [*form["span"], "2:8:PERSON:1"]
    reply = desk.post(page_of(answer), form, follow=True)
    answer.refresh_from_db()
    assert answer.state == AnswerState.CLEARED
    reading = Reading.objects.get(pk=answer.pk)
    assert reading.text.startswith("🦋 [PERSON") and "07700" not in reading.text
    assert reverse("reading:undo", args=[answer.pk]).encode() in reply.content
    desk.post(reverse("reading:undo", args=[answer.pk]))
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNREAD


def test_never_quote_marks_an_identifying_story(desk, sent):
    answer = sent("There is one of us who plays the harp here.")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="never_quote"))
    reading = Reading.objects.get(pk=answer.pk)
    assert reading.identifying_story and not reading.quotable


def test_triage_takes_the_note_and_the_urgency(desk, sent):
    answer = sent("Please read.")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="triage", note="A hint.", priority="T1"))
    case = TriageCase.objects.get(answer=answer)
    assert (case.priority, case.why) == ("T1", "A hint.")
    assert desk.get(page_of(answer)).status_code == 302


def lead_of(person, agency):
    return factories.join_agency(person("safeguarding_lead"), agency)


@pytest.mark.slow
def test_a_concern_about_staff_is_hidden_from_their_agency_from_its_first_moment(desk, sent, person):
    """D7: a lead of that agency would otherwise be the first to see it."""
    theirs, other = lead_of(person, "Riverside"), lead_of(person, "Council")
    answer = sent("The man at the club scares me.")
    page = desk.get(page_of(answer))
    assert "It is about a member of staff" in page.content.decode()
    desk.post(page_of(answer), fields(page, do="triage", agency="riverside", other=""))
    assert not TriageCase.objects.seen_by(theirs).exists()
    assert TriageCase.objects.seen_by(other).get().agency_id == "riverside"


def test_an_agency_that_is_chosen_by_halves_is_asked_for_and_nothing_is_decided(desk, sent, person):
    lead_of(person, "Council")
    answer = sent("The man at the club scares me.")
    page = desk.get(page_of(answer))
    reply = desk.post(page_of(answer), fields(page, do="triage", agency="other", other=""))
    assert reply.status_code == 422 and "Of which agency" not in reply.content.decode()
    assert "Name the agency." in reply.content.decode() and not TriageCase.objects.exists()
    toggled = desk.post(page_of(answer), fields(page, do="accept", agency="other", other="Kite School"))
    assert toggled.status_code == 200 and 'value="Kite School"' in toggled.content.decode(), "what was typed stays"


def test_a_concern_that_no_lead_would_see_is_not_sent_into_nowhere(desk, sent, person):
    lead_of(person, "Riverside")
    answer = sent("The man at the club scares me.")
    reply = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="triage", agency="riverside"))
    assert reply.status_code == 422 and "Telephone the LADO now" in reply.content.decode()
    assert not TriageCase.objects.exists()


def test_what_goes_to_triage_first_says_so_and_keeps_the_marks(desk, sent):
    answer = sent("message @tash.w08 please")
    Screening.objects.create(
        answer=answer, order=[True, "T2", ""], engine="test",
        reasons=[{"rule": "x-1", "category": "contact", "label": "A worry", "start": 0, "end": 1}],
        spans=[{"start": 8, "end": 17, "type": "HANDLE", "why": "Begins with @"}],
    )  # fmt: skip
    first = desk.get(page_of(answer))
    reply = desk.post(page_of(answer), fields(first, do="clear"))
    assert reply.status_code == 422 and b"say why not" in reply.content
    assert b'value="8:17:HANDLE:1"' in reply.content
    desk.post(page_of(answer), fields(first, do="clear", note="A singer."))
    answer.refresh_from_db()
    assert answer.state == AnswerState.CLEARED


@pytest.fixture
def grave(sent):
    answer = sent("Grave words.")
    Screening.objects.create(answer=answer, order=[True, "T1", ""], engine="test")
    return answer


UNCOVERED = re.compile(r'id="uncover" name="uncovered" value="1" checked')


def test_grave_words_are_covered_until_asked_for_and_stay_uncovered_then(desk, grave):
    reply = desk.get(page_of(grave))
    assert 'id="uncover"' in reply.content.decode() and not UNCOVERED.search(reply.content.decode())
    again = desk.post(page_of(grave), fields(reply, do="hide", words="words", uncovered="1"))
    assert UNCOVERED.search(again.content.decode())
    assert UNCOVERED.search(desk.get(page_of(grave)).content.decode()), "after a reload too"


@pytest.mark.parametrize("decision", ["clear", "never_quote", "do_not_quote", "not_used"])
def test_nobody_clears_what_they_have_not_looked_at(desk, grave, decision):
    reply = desk.post(page_of(grave), fields(desk.get(page_of(grave)), do=decision))
    assert reply.status_code == 422 and b"Look at the words before you decide" in reply.content
    reply = desk.post(page_of(grave), fields(reply, do=decision, uncovered="1"))
    assert reply.status_code == 422 and b"Say in the note why it does not go to triage" in reply.content
    desk.post(page_of(grave), fields(reply, do=decision, uncovered="1", reason=REASONS[0]))
    grave.refresh_from_db()
    assert grave.state != AnswerState.UNREAD
    assert grave.reading.note == REASONS[0]


def test_an_invented_reason_is_none(desk, grave):
    reply = desk.post(page_of(grave), fields(desk.get(page_of(grave)), do="clear", uncovered="1", reason="x"))
    assert reply.status_code == 422 and b"Say in the note why it does not go to triage" in reply.content


def test_a_note_follows_the_reason_and_triage_takes_the_note_alone(desk, grave):
    reply = desk.get(page_of(grave))
    desk.post(page_of(grave), fields(reply, do="clear", uncovered="1", reason=REASONS[1], note="Her words."))
    grave.refresh_from_db()
    assert grave.reading.note == f"{REASONS[1]} Her words."
    desk.post(reverse("reading:undo", args=[grave.pk]))
    desk.post(page_of(grave), fields(reply, do="triage", reason=REASONS[1], note="Tonight."))
    assert grave.case.why == "Tonight."


@pytest.mark.parametrize("decision", ["triage", "hold"])
def test_covered_words_may_be_passed_on(desk, grave, decision):
    desk.post(page_of(grave), fields(desk.get(page_of(grave)), do=decision, note="Please see."))
    grave.refresh_from_db()
    assert grave.state in (AnswerState.TRIAGE, AnswerState.AWAITING_COLLEAGUE)


def test_a_flag_shows_the_words_that_raised_it(desk, sent):
    answer = sent("I dont want <my> mum to know I said this.")
    reason = {"rule": "privacy-2", "category": "privacy", "label": "Is afraid", "start": 0, "end": 20}
    again = reason | {"rule": "privacy-pattern-1", "start": 29, "end": 41}
    Screening.objects.create(answer=answer, order=[True, "T3", ""], engine="t", reasons=[reason, again])
    text = desk.get(page_of(answer)).content.decode()
    assert "<bdi>I dont want &lt;my&gt; mum</bdi>" in text and "<bdi>I said this.</bdi>" in text
    assert text.count("Is afraid") == 1 and "privacy" not in text, "each reason once, and no name of a rule"


@pytest.mark.slow
def test_the_kind_of_marked_words_is_corrected_by_one_button(desk, sent):
    answer = sent("Big Dex waits, Big Dex has it.")
    first = fields(desk.get(page_of(answer)), span=["0:7:WORKER:1", "15:22:WORKER:1"])
    for kind in ("NICKNAME", "HANDLE", "PERSON", "WORKER"):
        reply = desk.post(page_of(answer), first | {"do": "kind:1"})
        first["span"] = fields(reply)["span"]
        assert first["span"] == [f"0:7:{kind}:1", f"15:22:{kind}:1"]
        assert f"[{kind}" in reply.content.decode()
    assert fields(desk.post(page_of(answer), first | {"do": "kind:9"}))["span"] == first["span"]


def test_the_kind_of_marked_words_is_changed_by_its_list(desk, sent):
    answer = sent("Call 07700 900123 now.")
    first = desk.get(page_of(answer))
    reply = desk.post(page_of(answer), fields(first, do="types", **{"type-1": "ID"}))
    assert b'value="5:17:ID:1"' in reply.content and b"[ID" in reply.content
    wrong = desk.post(page_of(answer), fields(first, do="types", **{"type-1": "SECRET"}))
    assert wrong.status_code == 422


def test_a_kind_chosen_without_a_script_counts_when_the_answer_is_cleared(desk, sent):
    answer = sent("Call 07700 900123 now.")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="clear", **{"type-1": "ID"}))
    assert Reading.objects.get(pk=answer.pk).text.startswith("Call [ID")


def test_accept_hides_all_and_reset_goes_back_to_what_was_proposed(desk, sent):
    answer = sent("Call 07700 900123 now.")
    shown = desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="toggle:1"))
    more = desk.post(page_of(answer), fields(shown, do="hide", words="now"))
    accepted = desk.post(page_of(answer), fields(more, do="accept"))
    assert b"5:17:PHONE:1" in accepted.content and b"18:21:PERSON:1" in accepted.content
    reset = desk.post(page_of(answer), fields(accepted, do="reset"))
    assert b"5:17:PHONE:1" in reset.content and b"18:21" not in reset.content


def test_do_not_quote_says_nothing_about_the_story(desk, sent):
    answer = sent("My neighbour is an idiot.")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="do_not_quote"))
    reading = Reading.objects.get(pk=answer.pk)
    assert not reading.identifying_story and not reading.quotable and reading.decision == "never_quote"


def test_leaving_an_answer_goes_to_its_neighbour_and_back(desk, sent):
    for words in ("More lights.", "A longer lunch.", "New swings."):
        sent(words)
    first = desk.get(reverse("reading:desk")).url
    second = desk.post(first, {"do": "next"}).url
    assert second != first
    assert desk.post(second, {"do": "back"}).url == first


def test_held_answers_are_for_colleagues(desk, client_as, sent):
    answer = sent("It is a park.")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="hold", note="Is this a real place?"))
    assert b"A colleague reads it" in desk.get(reverse("reading:awaiting-colleague")).content
    other = client_as("moderator")
    assert page_of(answer).encode() in other.get(reverse("reading:awaiting-colleague")).content
    reply = other.get(reverse("reading:colleagues"))
    assert reply.url == page_of(answer) + "#answer"
    opened = other.get(page_of(answer))
    assert b"Is this a real place?" in opened.content
    other.post(page_of(answer), fields(opened, do="clear", note="It is not."))
    answer.refresh_from_db()
    assert answer.state == AnswerState.CLEARED


def test_lists_hold_no_words(desk, sent):
    answer = sent("My secret words")
    desk.post(page_of(answer), fields(desk.get(page_of(answer)), do="hold"))
    for name in ("awaiting-colleague", "done"):
        assert b"My secret words" not in desk.get(reverse(f"reading:{name}")).content


def test_done_shows_what_the_reader_cleared_as_they_cleared_it(desk, client_as, sent):
    """So that an undo is no guess."""
    answer = sent("Ask Tasha about more lights in the park.")
    first = desk.get(page_of(answer))
    desk.post(page_of(answer), fields(desk.post(page_of(answer), fields(first, do="hide", words="Tasha")), do="clear"))
    page = desk.get(reverse("reading:done")).content.decode()
    assert "about more lights in the park." in page and "[PERSON 1]" in page and "Tasha" not in page
    assert "more lights" not in client_as("moderator").get(reverse("reading:done")).content.decode()


def test_single_keys_can_be_turned_off(desk, sent):
    answer = sent("Hello.")
    assert b"data-keys-off" not in desk.get(page_of(answer)).content
    desk.post(reverse("reading:keys"), {"back": page_of(answer)})
    assert b"data-keys-off" in desk.get(page_of(answer)).content


def test_the_switch_leads_nowhere_else(desk, sent):
    reply = desk.post(reverse("reading:keys"), {"back": "https://elsewhere.example/"})
    assert reply.url == reverse("reading:desk")


def test_a_process_without_the_key_says_so(desk, sent, settings):
    answer = sent("Hello.")
    settings.ANSWER_OPEN_KEYS = []
    reply = desk.get(page_of(answer))
    assert reply.status_code == 503 and b"cannot be opened here" in reply.content


def test_one_consultation_can_be_read_first(desk, home, sent):
    _, version = factories.consultation(
        home, slug="other", title="Other", items=[factories.question("a", "long_text")]
    )
    sent("Here."), sent("Here too.")
    wanted = sent("There.", version=version)
    reply = desk.get(reverse("reading:desk"), {"c": version.page_id})
    assert reply.url == f"{page_of(wanted)}?c={version.page_id}#answer"
