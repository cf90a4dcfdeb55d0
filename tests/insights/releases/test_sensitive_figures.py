"""Of everything that a release freezes: where a figure is of a grave theme or of a question that the officer marked, in its
row, in its column or as a whole, no number under ten is stored, with any draw of noise."""

import random

import pytest

from consultation.surveys.questionnaire_schema import Questionnaire
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.models import Theme, ThemeEntry
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.disclosure import DEFAULT
from insights.disclosure.disclosure_presets import PRESETS
from insights.releases.cross_tabulation import gather_crowd
from insights.releases.release_freezing import ReleaseDraft, protect_release_figures
from insights.releases.stored_figures import WAITING, blank_unconfirmed_cells
from tests import factories

LEAST = DEFAULT.least_shown(sensitive=True)
THEMES = {"lights": 0.5, "staff": 0.25, "rare": 0.12}
THEME_KINDS = {"themes", "themes-by", "themes-by-answer", "themes-with", "sentiment"}


@pytest.fixture
def overlapping(parks, codebook, officer):
    """160 people, whose words hold several themes; “rare” is grave, and spoken of often enough to show."""
    page, version = parks
    dice = random.Random(11)
    people = []
    for number in range(160):
        said = [slug for slug, share in THEMES.items() if dice.random() < share] or ["lights"]
        closed = {"a": dice.choice("112"), "b": dice.choice((["1"], ["1", "2"], ["3"])), "d": dice.choice("1112")}
        people.append((closed, {"q-c": f"{' '.join(said)} number {number:03}"}))
    factories.responses(version, people, reader=officer)
    take_released_texts()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    choices = [(text, [themes[word] for word in text.text.split() if word in themes]) for text in Text.objects.all()]
    confirm_many_texts(consultation=page, choices=choices, by=officer)
    return page


def draw_figures(page, codebook, number):
    """[(kind, key, table)] that a release of this number would freeze."""
    crowd, questionnaire = gather_crowd(page)
    draft = ReleaseDraft(page, PRESETS["default"], crowd, number)
    found = protect_release_figures(draft, codebook, questionnaire).figures
    return [(asked.kind, asked.key, table) for _, asked, table, _ in found]


def is_sensitive(kind, key, row, column, hard, grave):
    """By what the figure is of, read from its kind and key alone."""
    asked = {part.partition("~")[0].partition(":")[0] for part in key.split("|")}
    of_grave = row if kind in THEME_KINDS else key if kind == "stance" else ""
    return bool(hard & asked) or of_grave in grave or (kind == "themes-with" and column in grave)


@pytest.mark.slow
@pytest.mark.parametrize("hard", [set(), {"q-a"}, {"q-d"}], ids=["none", "answer", "group"])
def test_no_small_number_of_a_sensitive_row_or_column_is_frozen(overlapping, codebook, monkeypatch, hard):
    monkeypatch.setattr(Questionnaire, "hard_questions", hard)
    grave = {str(pk) for pk in ThemeEntry.objects.filter(gravity__gte=3).values_list("theme_id", flat=True)}
    looked, columns, small = 0, 0, 0
    for number in range(1, 9):  # pairs and larger groups stand in the first ones
        for kind, key, table in draw_figures(overlapping, codebook, number):
            names = [one["id"] for one in table["columns"]]
            for row in table["rows"]:
                whole = [("", {"value": row.get(name)}) for name in ("value", "read", "coded")]
                for column, cell in [*whole, *zip(names, row.get("cells", ()), strict=False)]:
                    if is_sensitive(kind, key, row["id"], column, hard, grave):
                        looked += 1
                        columns += kind == "themes-with" and row["id"] not in grave
                        assert cell["value"] is None or cell["value"] >= LEAST, (kind, key, row["label"], column)
                    elif cell["value"] is not None:
                        small += cell["value"] < LEAST
    assert looked > 100 and columns, "there are such figures"
    assert small or hard, "and small ones that are not sensitive; of a hard question they may be none by chance"


@pytest.mark.slow
def test_the_same_people_say_the_same_in_both_cells_of_themes_by_themes(overlapping, codebook):
    for number in range(1, 9):
        (table,) = [table for kind, _, table in draw_figures(overlapping, codebook, number) if kind == "themes-with"]
        values = [[cell["value"] for cell in row["cells"]] for row in table["rows"]]
        assert values == [list(column) for column in zip(*values, strict=True)]
        assert sum(value is not None for row in values for value in row) >= 2


def test_no_group_of_a_theme_has_a_number_where_what_people_read_gives_the_theme_none():
    """“Fewer than 5” in all, and 8 in one group: the 8 are the machine's, and people who read it say otherwise."""
    cell = {"value": 8, "symbol": "", "percent": 38}

    def row(name, value):
        return {
            "id": name,
            "label": name,
            "value": value,
            "symbol": "" if value else "fewer than 5",
            "cells": [*cells()],
        }

    def cells():
        return [dict(cell), dict(cell), {"value": None, "symbol": "fewer than 5", "percent": None}]

    columns = [{"id": name, "label": name} for name in ("1", "2", "3")]
    for is_mirrored, kept in ((False, {("1", 0), ("1", 1)}), (True, {("1", 0)})):
        table = {"rows": [row("1", 40), row("2", None)], "columns": columns, "column_totals": []}
        blank_unconfirmed_cells(table, is_mirrored=is_mirrored)
        shown = {(each["id"], at) for each in table["rows"] for at, one in enumerate(each["cells"]) if one["value"]}
        assert shown == kept
        blank = {one["symbol"] for one in table["rows"][1]["cells"]}
        assert blank == {WAITING, "fewer than 5"}, "what was hidden stays as it was"
