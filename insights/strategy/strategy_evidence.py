"""What releases say to points of the strategy: themes with a number or a minority view, and answers to questions that
an officer linked to points. Coverage, board and assessment all start from here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.decisions.evidence_answers import ThemeAnswers, answers_by_question, answers_by_theme
from insights.decisions.models import Decision
from insights.releases.models import Figure, Quote, Release
from insights.releases.theme_evidence import ThemeEvidence, list_theme_evidence

ONLINE = "online-activity"


@dataclass(frozen=True)
class QuestionEvidence:
    """A question that is linked to points of the strategy, and that people answered. `people`: how many did, as the
    release shows it; None: they answered in words, some of which the release features."""

    release: Release
    item: dict[str, Any]
    people: int | None
    words = ""
    theme = None
    base = None
    is_nearly_all = False

    @property
    def question(self) -> str:
        return str(self.item["id"])

    @property
    def weight(self) -> int:
        return self.people or 0

    @property
    def place(self) -> tuple[int, str]:
        """(consultation id, question id)"""
        return self.release.consultation_id, self.question

    @property
    def label(self) -> str:
        return f"“{localised_text(self.item['text'], 'en')}”"

    @property
    def online(self) -> bool:
        return ONLINE in self.item.get("context", ())

    @property
    def points(self) -> list[str]:
        return [link["sub_point"] for link in self.item.get("links", ())]

    @property
    def audience(self) -> str:
        return str(self.release.consultation.audience)

    @property
    def url(self) -> str:
        return reverse("insights:question", args=[self.release.consultation.slug, self.question])


type Evidence = ThemeEvidence | QuestionEvidence


def twelve_months_before(today: date) -> date:
    """The same day a year earlier: what is older is no evidence of the last 12 months."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        return today.replace(year=today.year - 1, day=28)


def list_strategy_evidence(
    releases: Iterable[Release], themes: Iterable[ThemeEvidence] | None = None
) -> list[Evidence]:
    """The evidence of these releases, in a constant number of queries. `themes`: if loaded already, with voices."""
    releases = list(releases)
    shown = list_theme_evidence(releases, views=True) if themes is None else themes
    return [*(one for one in shown if one.is_spoken_of), *_list_answered_questions(releases)]


def _list_answered_questions(releases: list[Release]) -> list[QuestionEvidence]:
    versions = handover.load_newest_versions({release.consultation_id for release in releases})
    linked = [
        (release, item)
        for release in releases
        if release.consultation_id in versions
        for item in Questionnaire(versions[release.consultation_id].content).questions
        if item.get("links")
    ]
    if not linked:
        return []
    counted, quoted = _count_people_by_question(releases), _list_quoted_questions(releases)
    return [
        QuestionEvidence(release, item, counted.get((release.pk, item["id"])))
        for release, item in linked
        if (release.pk, item["id"]) in counted or (release.pk, item["id"]) in quoted
    ]


def _count_people_by_question(releases: list[Release]) -> dict[tuple[int, str], int]:
    """{(release id, question id): people who answered, as shown, "I do not know" included}; of a grid, the row that most
    people answered."""
    counted: dict[tuple[int, str], int] = {}
    figures = Figure.objects.filter(release__in=releases, kind__in=("question", "about"))
    for release, key, table in figures.values_list("release_id", "key", "table"):
        if table.get("base"):
            place = (release, key.partition(":")[0])
            counted[place] = max(counted.get(place, 0), table["base"])
    return counted


def _list_quoted_questions(releases: list[Release]) -> set[tuple[int, str]]:
    """(release id, question id) of questions with words that the release features."""
    quotes = Quote.objects.filter(release__in=releases, featured=True, erased=False).order_by()
    return set(quotes.values_list("release_id", "question").distinct())


def map_answers(by_theme: ThemeAnswers | None = None) -> dict[tuple[int, Any], list[Decision]]:
    """{place of a piece of evidence: published decisions that cite it, in whichever release}. `by_theme`: the answers of
    themes, if already fetched."""
    return {**(answers_by_theme() if by_theme is None else by_theme), **answers_by_question()}


def group_decisions_by_point(evidence: Iterable[Evidence], decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """{sub-point: those of `decisions` that are linked to it, or cite a piece of its `evidence`}. Board, assessment and the
    page of a point all count these."""
    cited, answers = defaultdict(set), map_answers()
    for one in evidence:
        for decision in answers.get(one.place, ()):
            cited[decision.pk].update(one.points)
    found = defaultdict(list)
    for decision in decisions:
        for point in cited[decision.pk].union(link["sub_point"] for link in decision.links):
            found[point].append(decision)
    return found
