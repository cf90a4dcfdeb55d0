"""The evidence of a decision (themes, quotes, questions as asked), and the decisions that cite a piece of evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, base_question_id, localised_text
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.models import Citation, Decision
from insights.releases.models import Quote, Release


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it was asked in one published version."""

    id: str
    number: int
    text: str
    version: int
    consultation_id: int
    consultation: str


@dataclass(frozen=True)
class QuotedWords:
    quote: Quote
    question: AskedQuestion | None
    cited: bool


@dataclass(frozen=True)
class CitedEvidence:
    """A cited theme of one release as it was shown, with its quotes and the questions that they answer. What speaks
    against the decision stands apart from what does not."""

    cited: tuple[Citation, ...]
    entry: ThemeEntry | None
    words: tuple[QuotedWords, ...] = field(default=())

    @property
    def citation(self) -> Citation:
        return self.cited[0]

    @property
    def questions(self) -> list[AskedQuestion]:
        return list({word.question: None for word in self.words if word.question})


def find_asked_question(version: Any, question_id: str) -> AskedQuestion | None:
    """The question as asked, or None when the version does not hold it."""
    return locate_question(Questionnaire(version.content), version, question_id)


def find_asked_questions(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], AskedQuestion | None]:
    """{(version id, question id): question as asked}; each version is fetched and parsed once."""
    pairs = set(wanted)
    versions = handover.load_versions({version for version, _ in pairs}) if pairs else {}
    read = {pk: Questionnaire(version.content) for pk, version in versions.items()}
    return {(pk, question): locate_question(read[pk], versions[pk], question) for pk, question in pairs}


def locate_question(questionnaire: Any, version: Any, question_id: str) -> AskedQuestion | None:
    item = questionnaire.by_id(question_id)
    ids = [one["id"] for one in questionnaire.questions]
    if item is None or base_question_id(question_id) not in ids:
        return None
    number = ids.index(base_question_id(question_id)) + 1
    text = localised_text(item["text"], "en")
    return AskedQuestion(question_id, number, text, version.number, version.page_id, version.page.title)


def list_evidence(decision: Decision, reader: Any = None) -> list[CitedEvidence]:
    """The evidence of a decision: theme (codebook version) -> coded text -> question as asked -> consultation.

    `reader`: limits the quotes to those that this user may see.
    """
    citations = decision.citations.select_related("release__consultation", "theme", "codebook_version").order_by("pk")
    by_theme: dict[tuple[int, int, bool], list[Citation]] = {}
    for citation in citations:
        place = (citation.release_id, citation.theme_id, citation.is_against)
        by_theme.setdefault(place, []).append(citation)
    return [_build_evidence(group, reader) for group in by_theme.values()]


def _build_evidence(group: list[Citation], reader: Any) -> CitedEvidence:
    first = group[0]
    cited = {citation.quote_id for citation in group if citation.quote_id}
    of_theme = Quote.objects.filter(release=first.release_id, theme=first.theme_id, featured=True, erased=False)
    quotes = Quote.objects.filter(pk__in=cited) if cited else of_theme
    if reader is not None:
        quotes = quotes.seen_by(reader)
    entry = ThemeEntry.objects.filter(version=first.codebook_version, theme=first.theme).first()
    words = tuple(
        QuotedWords(quote, find_asked_question(quote.version, quote.question), quote.pk in cited)
        for quote in quotes.select_related("version__page").order_by("pk")
    )
    return CitedEvidence(tuple(group), entry, words)


def decisions_of_theme(theme: Theme) -> QuerySet[Decision]:
    return Decision.objects.filter(citations__theme=theme).distinct()


def decisions_of_quote(quote: Quote) -> QuerySet[Decision]:
    """Decisions that cite this quote, or another quote of the same text in any theme or release."""
    same = (
        Quote.objects.filter(source_text=quote.source_text_id)
        if quote.source_text_id
        else Quote.objects.filter(pk=quote.pk)
    )
    return Decision.objects.filter(citations__quote__in=same).distinct()


def decisions_of_question(consultation: Any, question_id: str) -> QuerySet[Decision]:
    """Decisions that cite a quote in answer to this question, or its figures."""
    quoted = Q(citations__release__consultation=consultation, citations__question=question_id)
    counted = Q(figure_citations__release__consultation=consultation, figure_citations__question=question_id)
    return Decision.objects.filter(quoted | counted).distinct()


def decisions_of_consultation(consultation: Any) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(citations__release__consultation=consultation).distinct()
        | Decision.objects.filter(consultations=consultation).distinct()
    )


def decisions_of_release(release: Release) -> QuerySet[Decision]:
    return Decision.objects.filter(Q(citations__release=release) | Q(figure_citations__release=release)).distinct()
