"""Response types of the API; the OpenAPI document is generated from them."""

from datetime import date
from typing import Any

from ninja import Field, Schema

HIDDEN = "Whether the number is hidden, so that nobody can be picked out. Hidden does not mean none."
INSTEAD = "What the pages say instead of a hidden number, such as “nearly all”; empty where the number is shown."
ESTIMATE = "Whether it is a theme’s number from a machine, corrected by what people read of a random sample."
READ = "Of a theme: people in whose words a person found it; null where hidden."
CODED_BY = "“machine” where a machine coded the theme in the answers that no person has read; else null."


class ConsultationSchema(Schema):
    code: str
    title: str
    audience: str


class CodebookVersionSchema(Schema):
    code: str
    version: str


class ReleaseSchema(Schema):
    id: int
    number: int
    consultation: ConsultationSchema
    people: int | None = Field(description="People who answered, rounded as `rules` say; null where they are too few.")
    frozen_on: date
    published_on: date
    codebook: CodebookVersionSchema
    rules: dict[str, Any] = Field(description="The rules of disclosure control that it went through.")
    hidden: str = Field(description="What a hidden number of this release means, and how the others are rounded.")


class LogLineSchema(Schema):
    rule: str = Field(description="The sign that stands for the hidden numbers, “shown”, or “left out”.")
    what: str
    numbers: int = Field(description="How many numbers of the release.")


class LoggedReleaseSchema(ReleaseSchema):
    disclosure_log: list[LogLineSchema] = Field(description="What each rule changed or hid.")


class ReleasePageSchema(Schema):
    items: list[ReleaseSchema]
    page: int
    pages: int
    total: int
    next: str | None
    previous: str | None


class CellSchema(Schema):
    column: str
    people: int | None
    hidden: bool = Field(description=HIDDEN)
    instead: str = Field(description=INSTEAD)
    percent: int | float | None
    coded_by: str | None = Field(None, description=CODED_BY)


class FigureRowSchema(Schema):
    code: str
    label: str
    people: int | None = Field(
        description="People, changed or rounded as the rules of the release say; null where hidden."
    )
    hidden: bool = Field(description=HIDDEN)
    instead: str = Field(description=INSTEAD)
    percent: int | float | None
    percent_from: int | float | None
    percent_to: int | float | None
    estimate: bool = Field(False, description=ESTIMATE)
    read: int | None = Field(None, description=READ)
    cells: list[CellSchema]


class FigureColumnSchema(Schema):
    code: str
    label: str
    people: int | None
    hidden: bool = Field(description=HIDDEN)
    instead: str = Field(description=INSTEAD)


class FigureSchema(Schema):
    kind: str
    code: str
    title: str
    base: int | None = Field(description="People who answered this; null where hidden.")
    several: bool = Field(description="Whether one person could choose several.")
    refused: str = Field(description="Why there is no figure; empty where there is one.")
    columns: list[FigureColumnSchema]
    rows: list[FigureRowSchema]


class ThemeSchema(Schema):
    code: str
    label: str
    family: str
    parent: str = Field("", description="Code of the theme that it is a sub-theme of; empty: of none.")
    definition: str
    gravity: int
    online: bool
    sub_points: list[str]
    people: int | None
    hidden: bool = Field(description=HIDDEN)
    instead: str = Field(description=INSTEAD)
    percent: int | float | None
    percent_from: int | float | None
    percent_to: int | float | None
    estimate: bool = Field(False, description=ESTIMATE)
    read: int | None = Field(None, description=READ)


class QuoteSchema(Schema):
    id: int
    theme: str
    audience: str
    language: str
    words: str


class DecisionSchema(Schema):
    code: str
    title: str
    question: str = Field(description="What had to be decided, as one question; perhaps empty.")
    consultations: list[ConsultationSchema]
    we_asked: str
    you_said: str
    outcome: str = Field(description="A code of the list “Outcomes of decisions”.")
    we_did: str
    reason: str
    alternative: str = Field(description="What is offered in its place, or “none”.")
    lead_role: str
    agency: str
    partners: list[str]
    decided_on: date
    published_on: date
    due: date | None
    next_news: date | None
    progress: str = Field(description="“planned”, “started”, “done” or “stopped”.")
    late: bool = Field(description="Whether it is past its day, and neither done nor stopped.")
    measure: str
    online: bool
    audiences: list[str]
    sub_points: list[str]
    replaced_by: str | None = Field(description="The code of the decision that took its place.")


class DecisionPageSchema(Schema):
    items: list[DecisionSchema]
    page: int
    pages: int
    total: int
    next: str | None
    previous: str | None


class EvidenceRowSchema(Schema):
    code: str
    label: str
    people: int | None = Field(description="People, as the release shows them; null where hidden.")
    hidden: bool = Field(description=HIDDEN)
    instead: str = Field(description=INSTEAD)


class EvidenceSchema(Schema):
    kind: str = Field(description="“theme” or “question”.")
    code: str
    release: int
    bearing: str = Field(description="“supports”, “challenges” or “context”.")
    label: str
    rows: list[EvidenceRowSchema]


class DecisionWithEvidenceSchema(DecisionSchema):
    evidence: list[EvidenceSchema] = Field(description="Themes stand in it for tokens that may read themes.")
    numbers: str = Field(description="How the numbers of its evidence are changed or rounded.")


class ReachedSchema(Schema):
    """Numbers as text, empty where there is none."""

    what: str
    unit: str
    baseline: str
    target: str
    by: str
    value: str


class ShareSchema(Schema):
    people: int | None
    base: int | None
    percent: int | float | None
    low: int | float | None
    high: int | float | None


class PointsSchema(Schema):
    """In percentage points, with the interval."""

    points: int | float
    low: int | float
    high: int | float


class LaterFigureSchema(ShareSchema):
    kind: str
    code: str
    release: int
    bearing: str = Field(description="Whether it worked, by this figure: “worked”, “partly” or “not”.")
    label: str
    before: ShareSchema | None
    change: PointsSchema | None
    why_no_change: str


class OutcomeSchema(Schema):
    id: int
    decision: str
    verdict: str = Field(description="“worked”, “partly” or “not”.")
    words: str
    easy: str
    published_on: date
    reached: list[ReachedSchema]
    evidence: list[LaterFigureSchema] = Field(description="Themes stand in it for tokens that may read themes.")


class PlaceSchema(Schema):
    sub_point: str
    number: str
    text: str
    audience: str
    audience_in_words: str
    people: int | None = Field(description="Of the theme or question with most people in one consultation.")
    in_words: bool = Field(description="Whether there is evidence in words, and no number.")
    gap: bool = Field(description="Whether nothing of the last 12 months is shown: few people and nobody look alike.")
    decisions: int
    last_released: date | None


class CoverageSchema(Schema):
    numbers: str = Field(description="How the numbers are changed or rounded.")
    places: list[PlaceSchema]


class CodeSchema(Schema):
    list: str
    code: str
    words: str
    more: str


class ProblemSchema(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
