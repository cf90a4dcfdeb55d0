"""The monthly audit sample: drawing, second readers, consequences of a miss, pages."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.operations.scheduler import sweep_schedule
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.channels.web.withdrawal import withdraw_response
from consultation.reading import actions as desk
from consultation.reading.audit_sample import actions
from consultation.reading.audit_sample.models import ScreenAudit, SecondLook
from consultation.reading.models import PracticeAnswer, PracticeSet, Reading, Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.reading.staffing.actions import set_reader_languages
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.models import TriageCase
from tests import factories

PLAIN = "More lights in the park would be good, number {}."
TODAY = date(2026, 11, 3)
IN_OCTOBER = timezone.make_aware(datetime(2026, 10, 14, 11))
MONTHS = reverse("reading:audit-sample")


@pytest.fixture
def cleared(sent, reader):
    """cleared(3): so many answers without a flag that `reader` cleared in October."""

    def make(times=1, by=None, decision="clear", when=IN_OCTOBER, text=PLAIN):
        found = []
        for _ in range(times):
            answer = sent(text.format(Answer.objects.count()))
            screen_unread()
            desk.decide_answer(answer=answer, by=by or reader, decision=decision, spans=[], note="seen")
            Reading.objects.filter(pk=answer.pk).update(decided_at=when)
            found.append(answer)
        return found

    return make


def test_the_draw_takes_what_was_decided_last_month_and_not_flagged(cleared, sent, reader):
    drawn = cleared(3)
    cleared(when=IN_OCTOBER + timedelta(days=31))
    flagged = cleared(text="i dont feel safe at home {}")[0]
    assert flagged.screening.flagged
    held = cleared(decision="hold")[0]
    audit = actions.draw_audit_sample(TODAY)
    assert audit.month == date(2026, 10, 1) and audit.unflagged_rest == 3
    assert set(audit.looks.values_list("answer", flat=True)) == {answer.pk for answer in drawn}
    assert held.pk not in audit.looks.values_list("answer", flat=True)


def test_the_draw_happens_once_a_month(cleared):
    cleared()
    assert actions.draw_audit_sample(TODAY) is not None
    assert actions.draw_audit_sample(TODAY + timedelta(days=20)) is None
    assert ScreenAudit.objects.count() == 1


def test_a_month_in_which_nobody_read_is_not_audited(home):
    assert actions.draw_audit_sample(TODAY) is None


def test_a_large_month_draws_one_in_twenty_by_chance(cleared, monkeypatch):
    cleared(8)
    monkeypatch.setattr("consultation.reading.audit_sample.audit_sample_figures.FEWEST", 2)
    monkeypatch.setattr("consultation.reading.audit_sample.audit_sample_figures.SHARE", 4)
    audit = actions.draw_audit_sample(TODAY)
    assert audit.looks.count() == 2 and audit.unflagged_rest == 8


def test_what_the_first_reader_sent_to_the_leads_is_a_known_miss(cleared):
    cleared(2)
    cleared(decision="triage")
    cleared(decision="triage", text="i dont feel safe at home {}")
    audit = actions.draw_audit_sample(TODAY)
    assert (audit.unflagged_told, audit.flagged_told, audit.unflagged_rest) == (1, 1, 2)


def test_the_sweep_is_on_the_schedule(home):
    loaded = sweep_schedule.load_all_sweeps()
    assert actions.draw_audit_sample in loaded and actions.draw_dropped_flags in loaded


def test_a_concern_that_is_hidden_from_an_agency_is_nobodys_second_look_there(cleared, reader, colleague, person):
    """D7: a case that was opened after the draw and closed again leaves the answer decided."""
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    for one, agency in ((colleague, "Riverside"), (other := person("moderator"), "Council")):
        factories.join_agency(one, agency)
    case = open_case(answer=answer, by=reader, priority="T2", why="About staff.", agency=factories.agency("Riverside"))
    TriageCase.objects.filter(pk=case.pk).update(state="no-concern")
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.CLEARED)
    assert actions.lease_next_audit_answer(colleague) is None
    with pytest.raises(NotAllowed):
        actions.open_audit_text(answer=Answer.objects.get(), by=colleague)
    assert actions.lease_next_audit_answer(other) == answer


def test_whoever_read_it_first_does_not_look_a_second_time(cleared, reader, colleague):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    assert actions.lease_next_audit_answer(reader) is None
    assert actions.lease_next_audit_answer(colleague) == answer
    with pytest.raises(NotAllowed):
        actions.open_audit_text(answer=answer, by=reader)
    with pytest.raises(NotAllowed):
        actions.record_audit_result(answer=answer, by=reader, missed=False)


def test_two_readers_never_look_at_the_same(cleared, person, colleague):
    cleared(2)
    actions.draw_audit_sample(TODAY)
    first, second = actions.lease_next_audit_answer(colleague), actions.lease_next_audit_answer(person("moderator"))
    assert first and second and first != second


def test_nothing_missed_is_recorded_and_leaves_the_answer_where_it_is(cleared, colleague):
    (answer,) = cleared()
    audit = actions.draw_audit_sample(TODAY)
    look = actions.record_audit_result(answer=answer, by=colleague, missed=False)
    answer.refresh_from_db()
    assert (look.result, look.looked_by, answer.state) == ("fine", colleague, AnswerState.CLEARED)
    found = actions.audit_figures(audit)
    assert (found.looked_at, found.missed, found.open) == (1, 0, 0)


def test_a_miss_goes_to_the_leads_at_once_and_out_of_the_reports(cleared, colleague):
    (answer,) = cleared()
    audit = actions.draw_audit_sample(TODAY)
    desk.release_due_answers()
    actions.record_audit_result(answer=answer, by=colleague, missed=True, why="Says that she sleeps outside.")
    answer.refresh_from_db()
    case = TriageCase.objects.get(answer=answer)
    assert answer.state == AnswerState.TRIAGE and case.opened_by == colleague
    assert case.why == "Says that she sleeps outside."
    assert not Reading.objects.filter(pk=answer.pk, released=True).exists()
    assert actions.audit_figures(audit).missed == 1


def test_a_result_is_given_once(cleared, colleague):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    actions.record_audit_result(answer=answer, by=colleague, missed=False)
    with pytest.raises(NotAllowed):
        actions.record_audit_result(answer=answer, by=colleague, missed=True)


def test_every_step_is_in_the_audit_log_without_words(cleared, colleague):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    actions.lease_next_audit_answer(colleague)
    assert "lights" in actions.open_audit_text(answer=answer, by=colleague)
    actions.record_audit_result(answer=answer, by=colleague, missed=False)
    entries = list(AuditEntry.objects.order_by("seq"))
    assert [e.verb for e in entries][-3:] == ["screen audit drawn", "raw text viewed", "screen audit looked"]
    assert "lights" not in " ".join(f"{e.verb} {e.data}" for e in entries)


def test_a_withdrawn_answer_leaves_the_sample_and_a_known_result_stays(cleared, colleague):
    known, unknown = cleared(2)
    audit = actions.draw_audit_sample(TODAY)
    actions.record_audit_result(answer=known, by=colleague, missed=True)
    withdraw_response(response=known.response)
    withdraw_response(response=unknown.response)
    found = actions.audit_figures(audit)
    assert (found.drawn, found.looked_at, found.missed) == (1, 1, 1)
    assert SecondLook.objects.filter(answer__isnull=True).count() == 2


@pytest.fixture
def browser(client_as):
    return client_as("moderator")


def test_a_reader_reads_the_next_one_and_says_that_nothing_was_missed(browser, cleared):
    (answer,) = cleared(text="<b>More</b> lights {}")
    actions.draw_audit_sample(TODAY)
    page = reverse("reading:audit-answer", args=[answer.pk])
    assert browser.post(reverse("reading:lease-audit-answer")).url == page
    shown = browser.get(page)
    assert b"&lt;b&gt;More&lt;/b&gt;" in shown.content and b"<b>More" not in shown.content
    assert "no-store" in shown["Cache-Control"]
    done = browser.post(page, {"result": "fine"}, follow=True)
    assert b"Nothing in the audit sample waits for you" in done.content
    assert SecondLook.objects.get().looked_by == browser.user


def test_a_miss_is_sent_from_the_page(browser, cleared):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    page = reverse("reading:audit-answer", args=[answer.pk])
    done = browser.post(page, {"result": "missed", "why": ""}, follow=True)
    assert b"Sent to the safeguarding lead" in done.content
    assert TriageCase.objects.get(answer=answer).why == "Found when a sample was read again."


def test_without_a_choice_the_page_says_what_is_missing(browser, cleared):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    reply = browser.post(reverse("reading:audit-answer", args=[answer.pk]), {"why": "hm"})
    assert reply.status_code == 422
    assert b"Say whether the screen missed something" in reply.content and b">hm</textarea>" in reply.content


def test_an_answer_can_be_left_for_someone_else(browser, cleared, colleague):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    page = reverse("reading:audit-answer", args=[answer.pk])
    browser.get(page)
    browser.post(page, {"result": "skip"})
    assert actions.lease_next_audit_answer(colleague) == answer


def test_an_answer_that_was_not_drawn_has_no_such_page(browser, cleared):
    (answer,) = cleared()
    assert browser.get(reverse("reading:audit-answer", args=[answer.pk])).status_code == 404


def test_the_first_reader_is_turned_away_without_a_word(client_as, cleared):
    client = client_as("moderator")
    (answer,) = cleared(by=client.user)
    actions.draw_audit_sample(TODAY)
    reply = client.get(reverse("reading:audit-answer", args=[answer.pk]), follow=True)
    assert b"lights" not in reply.content and b"does not wait for you in the audit sample" in reply.content
    assert b"Some wait for someone else" in reply.content


@pytest.mark.parametrize("role", ["moderator", "safeguarding_lead"])
def test_readers_and_leads_see_the_figures_and_no_words(client_as, cleared, colleague, role):
    answer, _ = cleared(2)
    actions.draw_audit_sample(TODAY)
    actions.record_audit_result(answer=answer, by=colleague, missed=True)
    page = client_as(role).get(MONTHS).content.decode()
    assert "October 2026" in page and "2 of 2" in page and "1, 1 to go" in page
    assert "lights" not in page


def test_before_the_first_month_the_page_says_so(browser):
    page = browser.get(MONTHS).content.decode()
    assert "No audit yet" in page and "Nothing waits for you" in page


def test_a_lead_sees_the_figures_and_cannot_take_an_answer(client_as, cleared):
    (answer,) = cleared()
    actions.draw_audit_sample(TODAY)
    lead = client_as("safeguarding_lead")
    assert lead.post(reverse("reading:lease-audit-answer")).status_code == 403
    assert lead.get(reverse("reading:audit-answer", args=[answer.pk])).status_code == 403


def test_an_answer_screened_with_a_reported_flag_is_not_drawn(cleared):
    (answer,) = cleared()
    Screening.objects.filter(pk=answer.pk).update(order=[True, "T2", ""])
    assert actions.draw_audit_sample(TODAY).looks.count() == 0


@pytest.mark.parametrize(("dropped", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2)])
def test_one_in_ten_dropped_flags_a_week_is_read_again(cleared, dropped, drawn):
    """TODAY is a Tuesday: last week ran from 26 October to 1 November."""
    last_week = timezone.make_aware(datetime(2026, 10, 28, 11))
    cleared(dropped, when=last_week, text="i dont feel safe at home {}")
    cleared(when=last_week + timedelta(days=7), text="i dont feel safe at home {}")
    cleared(when=last_week)
    audit = actions.draw_dropped_flags(TODAY)
    assert SecondLook.objects.count() == drawn
    if drawn:
        assert (audit.week, audit.dropped) == (date(2026, 10, 26), dropped)
        assert all(look.answer.screening.flagged for look in audit.looks.all())
    assert actions.draw_dropped_flags(TODAY + timedelta(days=2)) is None


def test_a_dropped_flag_is_read_again_by_another_and_sent_on(browser, cleared):
    (answer,) = cleared(when=timezone.make_aware(datetime(2026, 10, 28, 11)), text="i dont feel safe at home {}")
    actions.draw_dropped_flags(TODAY)
    page = reverse("reading:audit-answer", args=[answer.pk])
    assert b"The screen flagged this answer. Someone has read it and did not send it" in browser.get(page).content
    browser.post(page, {"result": "missed", "why": ""})
    assert TriageCase.objects.get(answer=answer).state == "new"
    row = browser.get(MONTHS).content.decode().split("Flagged, and not sent to the safeguarding lead")[1]
    assert "26 October 2026" in row and "1 of 1" in row


def test_practice_answers_and_words_that_are_gone_are_not_drawn(cleared, asked, person):
    gone, planted = cleared(2)
    Answer.objects.filter(pk=gone.pk).update(sealed=b"")
    made = PracticeSet.objects.create(
        name="June", consultation=asked[1].page, planted_on=TODAY, planted_by=person("safeguarding_lead")
    )
    PracticeAnswer.objects.create(practice_set=made, answer=planted, words="x", wanted="clear", names=[])
    assert actions.draw_audit_sample(TODAY) is None or ScreenAudit.objects.get().unflagged_rest == 0


POLISH = "Chciałbym więcej ławek w parku i żeby było jaśniej wieczorem. {}"


def test_only_who_reads_an_answer_says_that_nothing_was_missed_in_it(cleared, client_as, reader, person):
    """Anyone may send it to the leads, and the second reader may say that it is in another language."""
    set_reader_languages(reader=reader, languages=["pl"], by=reader)
    (answer,) = cleared(text=POLISH)
    actions.draw_audit_sample(TODAY)
    second = client_as("moderator")
    page = reverse("reading:audit-answer", args=[answer.pk])
    shown = " ".join(second.get(page).content.decode().split())
    assert "<b>Polish</b>" in shown and f"Leave it for who does: {reader}" in shown
    reply = second.post(page, {"result": "fine", "why": "Typed."})
    assert reply.status_code == 422
    assert "Leave it for who does" in reply.content.decode() and "Typed." in reply.content.decode()
    assert SecondLook.objects.get().result == ""
    assert second.post(page, {"result": "fine", "language": "en"}).status_code == 302
    assert SecondLook.objects.get().result == "fine"
    assert AuditEntry.objects.get(verb="language of an answer corrected").data == {"language": "en"}


def test_a_miss_is_reported_by_whoever_sees_it_in_any_language(cleared, reader, colleague):
    set_reader_languages(reader=reader, languages=["pl"], by=reader)
    (answer,) = cleared(text=POLISH)
    actions.draw_audit_sample(TODAY)
    with pytest.raises(NotAllowed, match="read Polish"):
        actions.record_audit_result(answer=answer, by=colleague, missed=False)
    actions.record_audit_result(answer=answer, by=colleague, missed=True)
    assert TriageCase.objects.filter(answer=answer).exists()


def test_an_answer_whose_language_the_first_reader_corrected_waits_for_who_reads_that(sent, reader, colleague):
    answer = sent("Skatepark, innit.")
    Screening.objects.create(answer=answer, order=[False, "", "cy"], engine="t")
    desk.decide_answer(answer=answer, by=reader, decision="clear", spans=[], language="en")
    Reading.objects.update(decided_at=IN_OCTOBER)
    actions.draw_audit_sample(TODAY)
    assert actions.record_audit_result(answer=answer, by=colleague, missed=False).result == "fine"


def test_answers_that_a_reader_cannot_read_come_last(cleared, reader, colleague):
    set_reader_languages(reader=reader, languages=["pl"], by=reader)
    cleared(3, text=POLISH)
    (english,) = cleared()
    actions.draw_audit_sample(TODAY)
    assert actions.lease_next_audit_answer(colleague) == english
