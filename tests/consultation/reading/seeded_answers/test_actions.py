"""Seeded answers look like any other on the desk and enter nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.operations.scheduler.sweep_schedule import SWEEPS
from consultation import handover
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_queue, redaction_spans
from consultation.reading.models import PracticeAnswer, PracticeSet, Reading, Screening
from consultation.reading.screening_sweep import screen_unread
from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.reading.tasks import release_due
from consultation.responses.models import Answer, AnswerState, Response
from consultation.safeguarding.models import TriageCase

SAD = "Nobody at home asks where I am at night."
NAMED = "My worker [[Kieran Doyle]] is kind, ask [[@tash.w08]]."
PLAIN = "More benches in the park."


@pytest.fixture
def plant(asked, lead):
    def make(*written, name="November"):
        seeds = [seeded_answers.parse_seeded_text(words, wanted) for words, wanted in written]
        return seeded_answers.plant_seeded_answers(name=name, version=asked[1], question="q-a", seeds=seeds, by=lead)

    return make


def answer_of(practice_set):
    return Answer.objects.get(practice__practice_set=practice_set)


def read(practice_set, reader, decision, marked=()):
    answer = answer_of(practice_set)
    text = actions.open_answer_text(answer=answer, by=reader)
    found = [
        {"start": start, "end": end, "type": "PERSON"}
        for words in marked
        for start, end in redaction_spans.find_words(text, words)
    ]
    actions.decide_answer(answer=answer, by=reader, decision=decision, spans=found, note="Looked at.")
    return answer


def score(practice_set):
    seeded_answers.score_seeded_answers(timezone.now() + timedelta(minutes=11))
    return practice_set.items.get().outcome


def test_a_lead_names_what_must_be_hidden_in_brackets():
    seed = seeded_answers.parse_seeded_text(NAMED, "hide")
    assert seed.words == "My worker Kieran Doyle is kind, ask @tash.w08."
    assert [seed.words[start:end] for start, end in seed.names] == ["Kieran Doyle", "@tash.w08"]


def test_it_is_screened_and_stands_on_the_desk_as_anybodys(plant, sent, reader):
    real = [sent("A bench."), sent("A light.")]
    screen_unread()
    planted = answer_of(plant((PLAIN, "clear")))
    _, order = reading_queue.list_waiting(reader)
    day = {answer.pk: answer.response.day for answer in (*real, planted)}
    assert order == sorted(day, key=lambda pk: (day[pk], pk)), "not behind what counts"
    assert Screening.objects.get(pk=planted.pk).alike == ""


def test_its_page_looks_like_any_other(plant, sent, client_as):
    desk = client_as("moderator")
    planted, real = answer_of(plant((PLAIN, "clear"))), sent(PLAIN, day=timezone.localdate())
    pages = [desk.get(reverse("reading:answer", args=[one.pk])).content.decode() for one in (planted, real)]
    one, other = (page.replace(str(key.pk), "KEY") for page, key in zip(pages, (planted, real), strict=True))
    assert "ractice" not in one.replace("practice/", "")
    clean = [_without_tokens(page) for page in (one, other)]
    assert clean[0] == clean[1]


def _without_tokens(page):
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_it_is_in_no_count_and_in_no_figure(plant, asked, reader):
    plant((SAD, "triage"), (PLAIN, "clear"))
    assert reading_queue.count_waiting_by_consultation(reader) == []
    assert list(handover.iter_closed_answers(asked[0])) == []
    assert Response.objects.countable().count() == 0


def test_what_is_cleared_is_never_released(plant, reader):
    made = plant((PLAIN, "clear"))
    answer = read(made, reader, "clear")
    later = timezone.now() + timedelta(minutes=11)
    assert actions.release_due_answers(later) == 0
    seeded_answers.score_seeded_answers(later)
    answer.refresh_from_db()
    assert answer.state == AnswerState.RELEASED, "to its reader it looks as any other"
    assert list(handover.iter_released_texts()) == []
    assert not Reading.objects.get(pk=answer.pk).released and Reading.objects.get(pk=answer.pk).text == ""


def test_triage_opens_no_case_and_alerts_nobody(plant, reader, mailoutbox):
    made = plant((SAD, "triage"))
    answer = read(made, reader, "triage")
    assert answer.state == AnswerState.TRIAGE
    assert not TriageCase.objects.exists() and mailoutbox == []
    assert score(made) == "right"


def test_it_is_taken_back_as_any_other_and_has_no_result_before_that_is_over(plant, reader):
    """For ten minutes: nobody claims it, and a real one that no lead claims longer would stand out."""
    made = plant((SAD, "triage"))
    answer = read(made, reader, "triage")
    assert seeded_answers.score_seeded_answers() == 0
    actions.take_back_from_leads(answer=answer, by=reader)
    assert answer.state == AnswerState.UNREAD
    read(made, reader, "triage")
    with pytest.raises(NotAllowed, match="A lead has claimed it"):
        actions.take_back_from_leads(answer=answer, by=reader, now=timezone.now() + timedelta(minutes=11))
    assert score(made) == "right"


@pytest.mark.parametrize(
    ("written", "wanted", "decision", "marked", "outcome"),
    [
        (SAD, "triage", "clear", (), "missed"),
        (SAD, "triage", "not_used", (), "missed"),
        (PLAIN, "clear", "triage", (), "too-much"),
        (PLAIN, "clear", "never_quote", (), "right"),
        (NAMED, "hide", "clear", ("Kieran Doyle", "@tash.w08"), "right"),
        (NAMED, "hide", "clear", ("Kieran Doyle",), "missed"),
        (NAMED, "hide", "clear", ("Kieran", "@tash.w08"), "missed"),
        (NAMED, "hide", "not_used", (), "right"),
        (NAMED, "hide", "triage", (), "right"),
    ],
)
def test_outcomes(plant, reader, written, wanted, decision, marked, outcome):
    made = plant((written, wanted))
    read(made, reader, decision, marked)
    assert score(made) == outcome


def test_what_can_still_be_undone_or_is_held_has_no_result_yet(plant, reader, colleague):
    made = plant((PLAIN, "clear"))
    answer = read(made, reader, "clear")
    assert seeded_answers.score_seeded_answers() == 0
    actions.undo_decision(answer=answer, by=reader)
    assert score(made) == ""
    actions.decide_answer(answer=answer, by=reader, decision="hold", spans=[])
    assert score(made) == ""
    actions.decide_answer(answer=answer, by=colleague, decision="clear", spans=[])
    assert score(made) == "right"


def test_nothing_says_who_read_it(plant, reader, client_as):
    made = plant((SAD, "triage"))
    read(made, reader, "clear")
    score(made)
    assert "reader" not in {field.name for field in PracticeAnswer._meta.get_fields()}
    page = client_as("safeguarding_lead").get(reverse("reading:seeded-set", args=[made.pk])).content.decode()
    assert SAD in page and "0 of 1 were read" in page
    assert str(reader) not in page


def test_results_wait_until_the_set_is_whole(plant, reader, client_as):
    made = plant((SAD, "triage"), (PLAIN, "clear"))
    desk = client_as("safeguarding_lead")
    answer = made.items.get(wanted="triage").answer
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="x")
    seeded_answers.score_seeded_answers(timezone.now() + timedelta(minutes=11))
    url = reverse("reading:seeded-set", args=[made.pk])
    assert SAD not in desk.get(url).content.decode()
    desk.post(reverse("reading:end-seeded-set", args=[made.pk]))
    assert SAD in desk.get(url).content.decode()
    assert not Answer.objects.unread().exists()


def test_ending_leaves_what_a_reader_has_open(plant, reader):
    made = plant((PLAIN, "clear"))
    answer = answer_of(made)
    actions.open_answer_text(answer=answer, by=reader)
    assert seeded_answers.end_seeded_set(practice_set=made, by=None) == 0
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])


def test_two_days_later_only_the_result_is_left(plant, reader):
    made = plant((PLAIN, "clear"))
    read(made, reader, "clear")
    seeded_answers.score_seeded_answers(timezone.now() + timedelta(minutes=11))
    seeded_answers.score_seeded_answers(timezone.now() + timedelta(days=3))
    assert not Answer.objects.exists() and not Response.objects.exists() and not Reading.objects.exists()
    assert made.items.get().outcome == "right"


def test_the_sweep_that_releases_also_scores(plant, reader):
    made = plant((SAD, "triage"))
    read(made, reader, "triage")
    Reading.objects.update(decided_at=timezone.now() - timedelta(minutes=11))
    release_due()
    assert made.items.get().outcome == "right"
    assert any(sweep.path.endswith("reading.tasks.release_due") for sweep in SWEEPS)


def test_the_audit_log_counts_and_names_no_answer(plant):
    made = plant((PLAIN, "clear"), (SAD, "triage"))
    entry = AuditEntry.objects.get(verb="practice answers planted")
    assert entry.data == {"count": 2} and entry.object_id == str(made.pk)


# The pages of leads


def form(asked, **more):
    fields = {"name": "December", "question": f"{asked[1].pk}:q-a", "triage": "", "hide": "", "clear": ""}
    return fields | more


def test_a_lead_plants_a_set(client_as, asked):
    desk = client_as("safeguarding_lead")
    url = reverse("reading:seeded-answers")
    assert "No set is planted yet" in desk.get(url).content.decode()
    reply = desk.post(url, form(asked, triage=f"{SAD}\r\n\r\nI sleep at the bus station.", hide=NAMED, clear=PLAIN))
    made = PracticeSet.objects.get()
    assert reply.url == reverse("reading:seeded-set", args=[made.pk])
    assert sorted(made.items.values_list("wanted", flat=True)) == ["clear", "hide", "triage", "triage"]
    assert Answer.objects.unread().count() == 4 == Screening.objects.count()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Write at least one answer"),
        ({"hide": "No name here."}, "Put the name in double brackets"),
        ({"triage": "\n\n".join(["One."] * 61)}, "60 answers at most"),
        ({"triage": SAD, "question": "9:q"}, "Select a valid choice"),
        ({"triage": SAD, "name": ""}, "This field is required"),
    ],
)
def test_mistakes_keep_what_was_written_and_plant_nothing(client_as, asked, fields, said):
    reply = client_as("safeguarding_lead").post(reverse("reading:seeded-answers"), form(asked, **fields))
    assert reply.status_code == 422 and said in reply.content.decode()
    assert "<title>Error: " in reply.content.decode()
    assert not PracticeSet.objects.exists() and not Answer.objects.exists()


def test_the_command_plants_from_a_file(asked, tmp_path, capsys):
    file = tmp_path / "set.yaml"
    file.write_text(f"- words: {SAD}\n  wanted: triage\n- words: 'Thank [[Aisha]].'\n  wanted: hide\n")
    call_command("plant_seeded_answers", "parks", file, "--name", "By hand")
    made = PracticeSet.objects.get()
    assert (made.name, made.planted_by, made.items.count()) == ("By hand", None, 2)
    assert "2 seeded answers" in capsys.readouterr().out
