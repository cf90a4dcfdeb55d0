"""Seeded answers in the demo, one set read and one waiting, and a published quote that a planner reported."""

from datetime import timedelta

from django.utils import timezone

from consultation import handover
from consultation.reading import actions as reading
from consultation.reading import practice
from consultation.reading.forms import text_questions
from consultation.reading.models import Decision, Wanted
from consultation.responses.models import Answer
from insights.reports.models import Quote

# Invented and mild; double brackets mark names to hide.
EARLIER = (
    ("If I am late again he says he will not answer for himself.", Wanted.TRIAGE, Decision.TRIAGE),
    ("Someone I met online wants me to keep it between us.", Wanted.TRIAGE, Decision.CLEAR),
    ("Ask [[Maureen Tidewell]] at the youth club, she knows.", Wanted.HIDE, Decision.CLEAR),
    ("The bus shelter has no light.", Wanted.CLEAR, Decision.CLEAR),
)
NOW = (
    ("I sleep at my friend's so that I am not there on Fridays.", Wanted.TRIAGE),
    ("My worker [[Osric Penhallow]] should get a bigger room.", Wanted.HIDE),
    ("More bins by the canal.", Wanted.CLEAR),
)


def show(page, staff):
    plant(page, staff)
    take_back(staff["planner"])


def plant(page, staff):
    """Plant two sets: one fully read, one waiting."""
    version, question = next((version, item["id"]) for version, item in text_questions() if version.page_id == page.pk)
    seeds = [practice.seed(words, wanted) for words, wanted, _ in EARLIER]
    then = timezone.now() - timedelta(days=21)
    made = practice.plant(
        name="The first weeks", version=version, question=question, seeds=seeds, by=staff["lead1"], now=then
    )
    for item, (_, _, decision) in zip(_in_order(made, seeds), EARLIER, strict=True):
        reading.open_text(answer=item.answer, by=staff["reader1"])
        hidden = [{"start": start, "end": end, "type": "PERSON"} for start, end in item.names]
        reading.decide(
            answer=item.answer, by=staff["reader1"], decision=decision, spans=hidden, note="Read.", now=then
        )
    practice.settle()
    seeds = [practice.seed(words, wanted) for words, wanted in NOW]
    practice.plant(name="This month", version=version, question=question, seeds=seeds, by=staff["lead1"])


def _in_order(made, seeds):
    items = {item.words: item for item in made.items.select_related("answer__response")}
    return [items[seed.words] for seed in seeds]


def take_back(planner):
    """A planner reports a name in an uncited quote: the text is withdrawn and waits for a reader."""
    quotes = Quote.objects.filter(release__status="published", erased=False, featured=False, citations__isnull=True)
    quotes = quotes.exclude(source_text__quotes__featured=True).exclude(source_text__quotes__citations__isnull=False)
    chosen = quotes.filter(source_text__isnull=False).order_by("release", "source_text", "pk").first()
    if chosen is not None and Answer.objects.filter(pk=chosen.source_text_id).exists():
        handover.report_words(answer=chosen.source_text_id, by=planner, concern=False)
