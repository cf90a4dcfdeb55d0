"""Checks of reading in the demo: seeded answers, one set read and one waiting; a monthly audit sample, half done; and a
published quote that a planner reported."""

from datetime import timedelta

from django.utils import timezone

from consultation import handover
from consultation.reading import actions as reading
from consultation.reading.audit_sample import actions
from consultation.reading.models import ExpectedDecision, ReadingDecision
from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.reading.seeded_answers.forms import list_open_text_questions
from consultation.responses.models import Answer
from insights.releases.models import Quote

# Invented and mild; double brackets mark names to hide.
EARLIER = (
    ("If I am late again he says he will not answer for himself.", ExpectedDecision.TRIAGE, ReadingDecision.TRIAGE),
    ("Someone I met online wants me to keep it between us.", ExpectedDecision.TRIAGE, ReadingDecision.CLEAR),
    ("Ask [[Maureen Tidewell]] at the youth club, she knows.", ExpectedDecision.HIDE, ReadingDecision.CLEAR),
    ("The bus shelter has no light.", ExpectedDecision.CLEAR, ReadingDecision.CLEAR),
)
NOW = (
    ("I sleep at my friend's so that I am not there on Fridays.", ExpectedDecision.TRIAGE),
    ("My worker [[Osric Penhallow]] should get a bigger room.", ExpectedDecision.HIDE),
    ("More bins by the canal.", ExpectedDecision.CLEAR),
)


def plant_seeded_answers(page, staff):
    """Plant two sets: one fully read, one waiting."""
    version, question = next(
        (version, item["id"]) for version, item in list_open_text_questions() if version.page_id == page.pk
    )
    seeds = [seeded_answers.parse_seeded_text(words, wanted) for words, wanted, _ in EARLIER]
    then = timezone.now() - timedelta(days=21)
    made = seeded_answers.plant_seeded_answers(
        name="The first weeks", version=version, question=question, seeds=seeds, by=staff["lead1"], now=then
    )
    items = {item.words: item for item in made.items.select_related("answer__response")}
    for seed, (_, _, decision) in zip(seeds, EARLIER, strict=True):
        item = items[seed.words]
        reading.open_answer_text(answer=item.answer, by=staff["reader1"])
        hidden = [{"start": start, "end": end, "type": "PERSON"} for start, end in item.names]
        reading.decide_answer(
            answer=item.answer, by=staff["reader1"], decision=decision, spans=hidden, note="Read.", language="en",
            now=then,
        )  # fmt: skip
    seeded_answers.score_seeded_answers()
    seeds = [seeded_answers.parse_seeded_text(words, wanted) for words, wanted in NOW]
    seeded_answers.plant_seeded_answers(
        name="This month", version=version, question=question, seeds=seeds, by=staff["lead1"]
    )


def report_quote_with_name(planner):
    """A planner reports a name in an uncited quote: the text is withdrawn and waits for a reader."""
    quotes = Quote.objects.filter(release__status="published", erased=False, featured=False, citations__isnull=True)
    quotes = quotes.exclude(source_text__quotes__featured=True).exclude(source_text__quotes__citations__isnull=False)
    chosen = quotes.filter(source_text__isnull=False).order_by("release", "source_text", "pk").first()
    if chosen is not None and Answer.objects.filter(pk=chosen.source_text_id).exists():
        handover.report_released_text(answer=chosen.source_text_id, by=planner, concern=False)


LOOKED_AT = 20


def audit_last_month(staff, today):
    """Draw last month's sample; each reader audits answers that the other one read."""
    audit = actions.draw_audit_sample(today)
    readers = [staff["reader1"], staff["reader2"]]
    looks = audit.looks.select_related("answer__reading").order_by("answer")[:LOOKED_AT] if audit else ()
    for look in looks:
        by = next(reader for reader in readers if reader.pk != look.answer.reading.reader_id)
        actions.open_audit_text(answer=look.answer, by=by)
        actions.record_audit_result(answer=look.answer, by=by, missed=False)
    return audit
