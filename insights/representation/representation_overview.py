"""Rows of the representation pages, from stored pictures and benchmarks: no page counts answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.releases.models import EqualityPicture
from insights.releases.stored_figures import is_no_answer
from insights.representation.benchmark_comparison import (
    WHOLE,
    BenchmarkComparison,
    GroupShare,
    compare_figure,
    groups_not_heard,
    hide_groups,
)
from insights.representation.dimensions import NOT_SAID, Dimension, list_equality_dimensions
from insights.representation.models import EVERYONE, LANGUAGE, WAY, Benchmark, BenchmarkBasis, ReachPicture

OUTREACH_SUGGESTIONS = {
    "age": "Take it to where people of this age are, and let them answer there: a form class, a club, a tablet.",
    "area": "Take it there: schools, clubs, libraries and waiting rooms of that area, with posters and table cards.",
    LANGUAGE: "Send the link in that language, by someone whom people who speak it know.",
    WAY: "Offer that way again, or find out what is in the way of it.",
}
OTHER_SUGGESTION = "Ask someone who knows these people how they would like to be asked."


@dataclass(frozen=True)
class UnheardGroup:
    """A group that is not heard, with a suggestion of what may help."""

    figure: dict[str, Any]
    row: GroupShare

    @property
    def suggestion(self) -> str:
        return OUTREACH_SUGGESTIONS.get(self.figure["key"], OTHER_SUGGESTION)

    @property
    def language(self) -> str:
        """The language in which to send links, for a language group."""
        return self.row.id if self.figure["key"] == LANGUAGE else ""


@dataclass(frozen=True)
class DimensionSection:
    """A figure compared with each of its benchmarks, or shown alone where there is none."""

    figure: dict[str, Any]
    comparisons: list[BenchmarkComparison]

    @property
    def missing(self) -> list[UnheardGroup]:
        return [UnheardGroup(self.figure, row) for row in groups_not_heard(self.comparisons)]

    @property
    def compared(self) -> bool:
        return any(comparison.benchmark for comparison in self.comparisons)


def build_sections(
    picture: ReachPicture, benchmarks: list[Benchmark], apart: list[dict[str, Any]]
) -> list[DimensionSection]:
    """The sections of a picture, in its order: everyone first, and last the figures of what is kept `apart`. A number that
    one comparison hides as nearly everyone is hidden in the others too."""
    sections = []
    for figure in [*picture.figures, *apart]:
        found = [compare_figure(figure, b) for b in benchmarks if b.about == figure["key"]] or [compare_figure(figure)]
        hidden = {row.id for comparison in found for row in comparison.rows if row.verdict == WHOLE}
        sections.append(DimensionSection(figure, [hide_groups(comparison, hidden) for comparison in found]))
    return sections


def benchmarks_of(page: Any) -> list[Benchmark]:
    """Its own benchmarks, those for every consultation, and the number of invitation codes given out."""
    return [*Benchmark.objects.of(page), *_invitation_benchmarks(page, handover.count_invited_by_code(page))]


def _invitation_benchmarks(page: Any, invited: dict[int, int]) -> Iterator[Benchmark]:
    if codes := invited.get(page.pk):
        yield Benchmark(
            consultation=page,
            about=EVERYONE,
            name="Invitation codes given out",
            basis=BenchmarkBasis.INVITED,
            source="This site",
            dated=timezone.localdate(),
            groups=[{"label": "Everyone", "number": codes}],
        )


def sections_of(page: Any, picture: ReachPicture | None) -> list[DimensionSection]:
    """The sections of one consultation, compared with all its benchmarks; none without a picture."""
    if picture is None:
        return []
    return build_sections(picture, benchmarks_of(page), load_equality_figures(page).get(page.pk, []))


def shown_people_count(found: list[DimensionSection]) -> int | None:
    """The shown number of people; None where too few answered, or nearly everyone invited."""
    everyone = [
        row for section in found if section.figure["key"] == EVERYONE for c in section.comparisons for row in c.rows
    ]
    return None if any(row.value is None for row in everyone) or not everyone else everyone[0].value


NOT_EXACT = (
    "The number is changed a little and renewed once a week at the most, so that it never tells who answered when."
)
NOT_OPENED = "It has not opened yet, so nobody is asked so far."


def is_before_answers(state: Any, picture: ReachPicture | None) -> bool:
    """Whether there is nothing to look at because its first day has yet to come."""
    return bool(state.awaits_opening) and (picture is None or picture.people is None)


def describe_people(state: Any, picture: ReachPicture | None, people: int | None) -> str:
    """How many have answered, as far as anybody may know: as on the page of its reach, and never of few."""
    if is_before_answers(state, picture):
        return NOT_OPENED
    if picture is None:
        return "Not counted yet: the site counts once a day."
    if picture.people is None:
        return "Too few people to say yet."
    said = f"About {people:,} people" if people else "Nearly everyone who was invited"
    return f"{said}, as of {picture.as_of:%-d %B %Y}."


def describe_answers(consultation: Any) -> str:
    """The same of one consultation; beside a number, why it is not exact."""
    picture = ReachPicture.objects.filter(consultation=consultation).first()
    people = shown_people_count(sections_of(consultation, picture))
    said = describe_people(consultation.state, picture, people)
    return f"{said} {NOT_EXACT}" if people else said


@dataclass(frozen=True)
class ConsultationRow:
    """A consultation's row in the overview. `few`: too few have answered to show anything."""

    page: Any
    state: Any
    picture: ReachPicture | None
    people: int | None
    missing: list[UnheardGroup]
    compared: bool

    @property
    def answers(self) -> str:
        return describe_people(self.state, self.picture, self.people)

    @property
    def few(self) -> bool:
        return self.picture is not None and self.picture.people is None


def list_consultation_rows() -> list[ConsultationRow]:
    """Every consultation by audience, then open ones first, then by title: it is no ranking."""
    pictures = {picture.consultation_id: picture for picture in ReachPicture.objects.all()}
    benchmarks, apart = list(Benchmark.objects.all()), load_equality_figures()
    pages, invited = handover.list_consultations(), handover.count_invited_by_code()
    states = handover.find_states(pages)
    found = [
        _build_consultation_row(
            page,
            states[page.pk],
            pictures.get(page.pk),
            [*benchmarks, *_invitation_benchmarks(page, invited)],
            apart.get(page.pk, []),
        )
        for page in pages
    ]
    return sorted(found, key=lambda line: (line.page.get_audience_display(), not line.state.is_open, line.page.title))


def _build_consultation_row(
    page: Any, state: Any, picture: ReachPicture | None, benchmarks: list[Benchmark], apart: list[dict[str, Any]]
) -> ConsultationRow:
    mine = [b for b in benchmarks if b.consultation_id in (None, page.pk)]
    found = build_sections(picture, mine, apart) if picture else []
    missing = [each for section in found for each in section.missing]
    return ConsultationRow(
        page, state, picture, shown_people_count(found), missing, any(section.compared for section in found)
    )


def group_by_audience(found: list[ConsultationRow]) -> list[tuple[str, list[ConsultationRow]]]:
    return [(name, list(of)) for name, of in groupby(found, key=lambda line: line.page.get_audience_display())]


def load_equality_figures(page: Any = None) -> dict[int, list[dict[str, Any]]]:
    """{consultation id: figures, as ReachPicture stores them}: each expected group, heard or not. `page`: of one alone."""
    found = EqualityPicture.objects.filter(consultation=page) if page else EqualityPicture.objects.all()
    pictures = {one.consultation_id: one for one in found}
    versions = handover.load_newest_versions(pictures)
    return {pk: _build_figures(pictures[pk], Questionnaire(version.content)) for pk, version in versions.items()}


def _build_figures(picture: EqualityPicture, questionnaire: Questionnaire) -> list[dict[str, Any]]:
    tables = {figure["key"]: figure["table"] for figure in picture.figures}
    return [
        _build_figure(dimension, item, tables[item["key"]])
        for dimension in list_equality_dimensions(questionnaire)
        if (item := questionnaire.by_id(dimension.question))["key"] in tables
    ]


def _build_figure(dimension: Dimension, item: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    ids = {option["key"]: option["id"] for option in item["options"]}
    shown = {NOT_SAID if is_no_answer(row) else ids.get(row["id"], ""): row for row in table["rows"]}
    groups = [
        {"id": id_, "label": label, "value": row.get("value"), "symbol": row.get("symbol", "")}
        for id_, label in dimension.groups
        for row in [shown.get(id_, {})]
    ]
    asked = {"key": dimension.key, "question": dimension.question, "title": dimension.title}
    return asked | {"total": table["base"], "groups": groups}
