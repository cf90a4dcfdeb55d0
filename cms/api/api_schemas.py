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
