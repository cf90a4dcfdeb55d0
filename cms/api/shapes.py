"""Response types of the API; the OpenAPI document is generated from them."""

from datetime import date
from typing import Any

from ninja import Field, Schema

HIDDEN = "Whether the number is hidden, so that nobody can be picked out. Hidden does not mean none."


class Consultation(Schema):
    code: str
    title: str
    audience: str


class CodebookVersion(Schema):
    code: str
    version: str


class Release(Schema):
    id: int
    number: int
    consultation: Consultation
    people: int | None = Field(description="People who answered, rounded as `rules` say; null where they are too few.")
    frozen_on: date
    published_on: date
    codebook: CodebookVersion
    rules: dict[str, Any] = Field(description="The rules of disclosure control that it went through.")
    hidden: str = Field(description="What a hidden number of this release means, and how the others are rounded.")


class Releases(Schema):
    items: list[Release]
    page: int
    pages: int
    total: int
    next: str | None
    previous: str | None


class Cell(Schema):
    column: str
    people: int | None
    hidden: bool = Field(description=HIDDEN)
    percent: int | float | None


class Row(Schema):
    code: str
    label: str
    people: int | None = Field(description="People, rounded as the rules of the release say; null where hidden.")
    hidden: bool = Field(description=HIDDEN)
    percent: int | float | None
    percent_from: int | float | None
    percent_to: int | float | None
    cells: list[Cell]


class Column(Schema):
    code: str
    label: str
    people: int | None
    hidden: bool = Field(description=HIDDEN)


class Figure(Schema):
    kind: str
    code: str
    title: str
    base: int | None = Field(description="People who answered this; null where hidden.")
    several: bool = Field(description="Whether one person could choose several.")
    refused: str = Field(description="Why there is no figure; empty where there is one.")
    columns: list[Column]
    rows: list[Row]


class Theme(Schema):
    code: str
    label: str
    family: str
    definition: str
    gravity: int
    online: bool
    sub_points: list[str]
    people: int | None
    hidden: bool = Field(description=HIDDEN)
    percent: int | float | None
    percent_from: int | float | None
    percent_to: int | float | None


class Quote(Schema):
    id: int
    theme: str
    audience: str
    language: str
    words: str


class Code(Schema):
    list: str
    code: str
    words: str
    more: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
