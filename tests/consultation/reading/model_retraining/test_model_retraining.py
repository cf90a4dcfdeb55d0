"""Model retraining uses redacted words and terms of five people, runs beside the current screen, and never replaces it
silently."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.channels.web.withdrawal import withdraw_response
from consultation.reading import actions as desk
from consultation.reading import screening_sweep
from consultation.reading.model_retraining import actions, screen_in_use
from consultation.reading.model_retraining.actions import collect_training_texts
from consultation.reading.model_retraining.models import ScreenModel
from consultation.reading.model_training import screening_refit, screening_training
from consultation.reading.models import Screening
from consultation.reading.screening import engine_version, learned_score
from consultation.responses.models import Answer
from consultation.safeguarding import actions as safeguarding
from tests.consultation.safeguarding.conftest import close, decide, refer

PAGE = reverse("reading:screen-models")
SHIPPED = f"screen-{screening_training.VERSION}"


@pytest.fixture
def decided(sent, reader):
    """decided("words", "clear"): an answer on which a reader decided so."""

    def make(words, decision="clear", spans=(), **fields):
        answer = sent(words, **fields)
        screening_sweep.screen_unread()
        desk.decide_answer(answer=answer, by=reader, decision=decision, spans=list(spans), note="seen")
        return answer

    return make


def closed(answer, lead):
    case = answer.case
    safeguarding.claim_case(case=case, by=lead)
    decide(case, lead, "contacted")
    refer(case, lead, "school DSL")
    close(case, lead, "school DSL")


def test_only_redacted_words_are_learned_from(decided):
    text = "My worker Kieran is kind"
    decided(text, spans=[{"start": 10, "end": 16, "type": "WORKER", "why": ""}])
    (row,) = collect_training_texts()
    assert "Kieran" not in row["text"] and "WORKER" not in row["text"] and "is kind" in row["text"]
    assert (row["disclosure"], row["author"]) == ("0", "readers")


def test_words_that_the_leads_have_are_learned_once_they_are_done_with_them(decided, lead):
    text = "Uncle Kieran hits me every night"
    answer = decided(text, "triage", spans=[{"start": 6, "end": 12, "type": "PERSON", "why": ""}])
    assert collect_training_texts() == []
    closed(answer, lead)
    (row,) = collect_training_texts()
    assert row["disclosure"] == "1" and "Kieran" not in row["text"] and "hits me" in row["text"]


@pytest.mark.slow
def test_undecided_unused_flooded_and_withdrawn_words_teach_nothing(decided, sent):
    sent("Nobody has read this yet")
    decided("A colleague is asked", "hold")
    decided("Read and not used", "not_used")
    decided("Came with a flood", excluded_from_figures=True)
    withdraw_response(response=decided("Taken back").response)
    assert collect_training_texts() == []


def rows(people, words, disclosure="0"):
    return [
        {
            "text": words, "disclosure": disclosure, "category": "told" if disclosure == "1" else "", "language": "en",
            "author": "readers", "person": f"{words[:4]}{n}",
        }
        for n in range(people)
    ]  # fmt: skip


@pytest.mark.slow
def test_a_term_that_fewer_than_five_people_used_is_not_in_the_artefact(small):
    texts = rows(4, "the zorblax was unkind", "1") + rows(5, "the quimbert was unkind", "1")
    texts += [rows(1, "wibblefum again")[0]] * 9  # one person, nine times
    to = io.BytesIO()
    figures = screening_refit.refit_screen(texts, to, version="t", used=None)
    known = learned_score.load_score(io.BytesIO(to.getvalue()))
    features = {feature for table in known.tables.values() for feature in table}
    assert any("quimbert" in feature for feature in features)
    assert not any(part in feature for feature in features for part in ("zorbl", "wibbl"))
    assert "zorblax" not in known.costs and known.version == "t"
    assert set(figures) == {"readers", "used_then", "authors"}
    assert figures["readers"]["n"] == figures["used_then"]["n"] == len(texts)


@pytest.fixture
def enough(small, monkeypatch):
    monkeypatch.setattr(actions, "FEWEST_PEOPLE", 5)
    monkeypatch.setattr(actions, "FEWEST_TOLD", 1)
    texts = rows(5, "the quimbert was unkind to me", "1") + rows(6, "more quiet corners please")
    monkeypatch.setattr(actions, "collect_training_texts", lambda: texts)


def test_it_takes_enough_to_learn_from(small, lead, decided):
    decided("More benches please")
    with pytest.raises(NotAllowed, match="not enough to learn from"):
        actions.fit_screen(by=lead)
    assert not ScreenModel.objects.exists()


@pytest.mark.any_database
@pytest.mark.slow
def test_a_fitted_screen_stands_beside_the_one_in_use_with_its_figures(enough, lead, sent):
    fitted = actions.fit_screen(by=lead)
    assert (fitted.number, fitted.in_use, fitted.texts, fitted.told) == (1, False, 11, 5)
    assert 0 <= fitted.figures["authors"]["recall"] <= 1
    sent("More lights")
    screening_sweep.screen_unread()
    assert Screening.objects.get().engine == SHIPPED
    entry = AuditEntry.objects.get(verb="screen fitted")
    assert entry.actor == str(lead.pk) and entry.data["digest"] == fitted.digest


@pytest.mark.slow
def test_a_named_person_takes_it_into_use_and_can_go_back(enough, lead, sent):
    fitted = actions.fit_screen(by=lead)
    actions.take_screen_into_use(fitted=fitted, by=lead, reason="It finds more.")
    sent("More lights")
    screening_sweep.screen_unread()
    assert Screening.objects.get().engine == f"{SHIPPED}-1"
    actions.take_screen_into_use(fitted=None, by=lead, reason="It flags too much.")
    sent("More benches")
    screening_sweep.screen_unread()
    assert set(Screening.objects.values_list("engine", flat=True)) == {f"{SHIPPED}-1", SHIPPED}
    switched = AuditEntry.objects.filter(verb="screen taken into use").order_by("seq")
    assert [(e.data["before"], e.data["after"]) for e in switched] == [(0, 1), (1, 0)]
    assert {e.actor for e in switched} == {str(lead.pk)}


@pytest.fixture
def two(lead):
    """Two fitted screens that hold the shipped numbers under other names."""
    shipped = learned_score.ARTEFACT.read_bytes()
    figures = {"readers": {"n": 9, "recall": 0.9, "flag_rate": 0.4}, "used_then": {}, "authors": {}}
    return [
        ScreenModel.objects.create(
            number=n,
            fitted_by=lead,
            fitted_on="2026-10-01",
            artefact=shipped,
            digest=learned_score.artefact_digest(shipped),
            texts=300,
            told=40,
            figures=figures,
        )
        for n in (1, 2)
    ]


def test_only_one_is_in_use(two, lead):
    actions.take_screen_into_use(fitted=two[0], by=lead, reason="First.")
    actions.take_screen_into_use(fitted=two[1], by=lead, reason="Second.")
    assert list(ScreenModel.objects.filter(in_use=True)) == [two[1]]


def test_no_reason_no_switch(two, lead):
    with pytest.raises(NotAllowed, match="Say why"):
        actions.take_screen_into_use(fitted=two[0], by=lead, reason="  ")


def test_what_is_in_use_is_not_taken_into_use_again(two, lead):
    with pytest.raises(NotAllowed, match="in use already"):
        actions.take_screen_into_use(fitted=None, by=lead, reason="Again.")


def test_withdrawal_marks_every_fitted_screen_for_refitting(two, lead, decided):
    withdraw_response(response=decided("Taken back").response)
    assert set(ScreenModel.objects.values_list("refit_due", flat=True)) == {True}
    with pytest.raises(NotAllowed, match="Fit a new one first"):
        actions.take_screen_into_use(fitted=two[0], by=lead, reason="Still.")


def test_erasure_in_bulk_marks_too(two, decided):
    """As retention erases."""
    decided("Past its time")
    Answer.objects.all().delete()
    assert ScreenModel.objects.filter(refit_due=True).count() == 2


def test_a_decision_that_is_undone_erases_no_words(two, decided, reader):
    desk.undo_decision(answer=decided("Cleared too fast"), by=reader)
    assert not ScreenModel.objects.filter(refit_due=True).exists()


def test_words_that_nobody_had_decided_on_taught_nothing(two, sent):
    withdraw_response(response=sent("Not read yet").response)
    assert not ScreenModel.objects.filter(refit_due=True).exists()


def test_a_screen_that_cannot_be_read_leaves_the_reading_to_the_repositorys(two, lead, sent, caplog):
    ScreenModel.objects.filter(number=1).update(artefact=b"broken")
    actions.take_screen_into_use(fitted=two[0], by=lead, reason="Try.")
    answer = sent("i dont feel safe at home")
    screening_sweep.screen_unread()
    assert Screening.objects.get(pk=answer.pk).flagged and engine_version() == SHIPPED
    assert "cannot be read" in caplog.text


def test_it_is_read_once_and_not_for_every_batch(two, lead, django_assert_num_queries):
    actions.take_screen_into_use(fitted=two[0], by=lead, reason="Try.")
    screen_in_use.refresh_screen()
    with django_assert_num_queries(1):
        screen_in_use.refresh_screen()


@pytest.fixture
def browser(client_as):
    return client_as("safeguarding_lead")


def test_before_the_first_fit_the_page_says_how(browser):
    page = browser.get(PAGE).content.decode()
    assert "None was fitted yet" in page and "the one in the repository" in page


def test_a_lead_switches_on_the_page_and_back(browser, two):
    page = browser.get(PAGE).content.decode()
    assert "90%, 40%" in page and "300 texts, 40 told of harm" in page
    done = browser.post(PAGE, {"screen": "2", "reason": "Finds more."}, follow=True)
    assert b"Screen 2 is in use from now on" in done.content
    assert ScreenModel.objects.get(in_use=True).used_by == browser.user
    browser.post(PAGE, {"screen": "0", "reason": "Flags too much."})
    assert not ScreenModel.objects.filter(in_use=True).exists()


@pytest.mark.parametrize(("form", "says"), [({"screen": "1"}, "Say why"), ({"reason": "Better."}, "Choose a screen")])
def test_the_page_says_what_is_missing(browser, two, form, says):
    reply = browser.post(PAGE, form)
    assert reply.status_code == 422 and says in reply.content.decode()


def test_a_screen_that_is_not_there_is_not_found(browser, two):
    assert browser.post(PAGE, {"screen": "7", "reason": "x"}).status_code == 404


def test_the_page_says_when_one_in_use_is_to_be_fitted_again(browser, two):
    browser.post(PAGE, {"screen": "1", "reason": "Better."})
    actions.mark_refit_due()
    page = browser.get(PAGE).content.decode()
    assert "Words that it learned from are gone" in page and 'value="0"' in page and 'value="2"' not in page


@pytest.mark.any_database
@pytest.mark.slow
def test_the_command_fits_for_a_lead_and_says_that_nothing_changed(enough, lead, capsys):
    call_command("retrain_screen", by=lead.email)
    printed = capsys.readouterr().out
    assert "Screen 1: 11 texts, 5 told of harm. It is not in use." in printed


def test_the_command_refuses_anyone_else(enough, reader):
    for address in (reader.email, "nobody@staff.test"):
        with pytest.raises(CommandError, match="safeguarding lead"):
            call_command("retrain_screen", by=address)


def test_the_command_says_when_there_is_too_little(small, lead):
    with pytest.raises(CommandError, match="not enough"):
        call_command("retrain_screen", by=lead.email)


def test_the_command_needs_the_answer_keys(enough, lead, settings):
    settings.ANSWER_OPEN_KEYS = ()
    with pytest.raises(CommandError, match="ANSWER_OPEN_KEYS"):
        call_command("retrain_screen", by=lead.email)
