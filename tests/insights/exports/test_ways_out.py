"""Workbook, metadata, document and dictionary of a release hide the page's hidden figures."""

import csv
import io
import json

import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from consultation.domain.calendar_quarters import Quarter
from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.disclosure.rules_wording import CHANGED, RulesWording
from insights.exports import data_dictionary, figures_sheet, release_document
from insights.exports.pdf import assessment_paper
from insights.exports.pdf.paper_making import render_paper
from insights.exports.pdf.release_report_paper import TEMPLATE, context_of
from insights.releases import context_tables, disclosure_log
from insights.releases.models import Figure, Quote, Release
from insights.releases.quote_selection import select_quotes

pytestmark = pytest.mark.any_database

EVIL = "=HYPERLINK(0)"


def taken(client, release, name):
    reply = client.get(f"/insights/releases/{release.pk}/{name}")
    assert reply.status_code == 200
    return reply, b"".join(reply.streaming_content)


@pytest.fixture
def numbers(release):
    """Everything that a page may show of it."""
    cells = [row for figure in release.figures.all() for row in figure.table["rows"]]
    cells += [cell for row in cells for cell in row.get("cells", ())]
    return {cell["value"] for cell in cells if cell["value"] is not None}


def test_the_workbook_says_what_it_is_hides_what_the_page_hides_and_holds_no_formula(client_as, release, numbers):
    release.figures.filter(kind="question").update(title=EVIL)
    reply, made = taken(client_as("planner"), release, "figures.xlsx")
    assert reply["Content-Disposition"] == 'attachment; filename="parks-release-1.xlsx"'
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Read me first", "Figures", "Themes by people", "Disclosure log", "Columns", "Codes"]
    head, *rows = book["Figures"].iter_rows(values_only=True)
    people = [row[head.index("People")] for row in rows]
    assert {"fewer than 5", "fewer than 10"} <= set(people)
    assert {one for one in people if type(one) is int} == numbers, "numbers are numbers"
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert f"'{EVIL}" in {row[head.index("Question or theme")] for row in rows}
    about = dict(book["Read me first"].iter_rows(min_row=2, values_only=True))
    assert about["People"] == 120
    assert about["Numbers"] == CHANGED
    assert {"lights", "fewer than 5", "understand-problem-profile"} <= {row[1] for row in book["Codes"].values}
    assert [row[0] for row in book["Columns"].values][1:] == list(head)


def test_the_workbook_draws_the_themes_that_have_a_number_and_each_sheet_can_be_filtered(client_as, release):
    book = load_workbook(io.BytesIO(taken(client_as("planner"), release, "figures.xlsx")[1]))
    assert list(book["Themes by people"].values) == [("Theme", "People"), ("Lights", 50), ("Staff", 26)]
    ((chart,), rows) = book["Themes by people"]._charts, book["Figures"].max_row
    (line,) = chart.series
    assert (line.cat.strRef or line.cat.numRef).f == "'Themes by people'!$A$2:$A$3"
    assert line.val.numRef.f == "'Themes by people'!$B$2:$B$3"
    assert book["Figures"].auto_filter.ref == f"A1:P{rows}" and book["Figures"].freeze_panes == "A2"


def test_the_description_of_the_sheet_names_each_of_its_columns_and_the_sign_of_a_hidden_number(client_as, release):
    client = client_as("planner")
    reply, made = taken(client, release, "figures.csv-metadata.json")
    said = json.loads(made)
    assert reply["Content-Type"] == "application/csvm+json"
    assert said["@context"][0] == "http://www.w3.org/ns/csvw"
    sheet, rows = taken(client, release, "figures.csv")
    assert f'filename="{said["url"]}"' in sheet["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(rows.decode()))
    columns = said["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == head
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            assert column["datatype"] == "string" or cell in column["null"] or cell.isdecimal()


def test_the_document_for_programs_has_the_shown_numbers_and_no_others(client_as, release, numbers):
    _, made = taken(client_as("planner"), release, "release.json")
    said = json.loads(made)
    told = [row for figure in said["figures"] for row in figure["rows"]]
    told += [cell for row in told for cell in row["cells"]]
    assert {one["people"] for one in told if not one["hidden"]} == numbers
    assert {(one["people"], one["percent"]) for one in told if one["hidden"]} == {(None, None)}
    assert {theme["code"] for theme in said["themes"]} == {"lights", "rare", "staff"}
    assert (said["shared_with"], said["quotes"]) == ("", [])
    assert "rare number" not in made.decode()
    assert made.decode().count("Numbers are changed a little") == 1


def test_words_go_out_three_a_theme_and_one_a_person_and_never_of_a_hidden_theme(release, officer, colleague):
    featured = Quote.objects.filter(release=release, featured=True)
    rare = Quote.objects.filter(release=release).first()
    Quote.objects.create(
        release=release, theme=release.codebook_version.entries.get(theme__slug="rare").theme, question="q-c",
        version=rare.version, audience=rare.audience, text="rare words", featured=True,
    )  # fmt: skip
    one = featured.filter(theme__slug="lights").first()
    staff = Quote.objects.filter(release=release, theme__slug="staff").first()
    Quote.objects.filter(pk=staff.pk).update(source_text=one.source_text, text=one.text, featured=True)
    said = {quotes[0].theme.slug: quotes for quotes in select_quotes(release, for_all=False).values()}
    assert set(said) == {"lights", "staff"}
    assert max(map(len, said.values())) == 3
    people = [quote.source_text.respondent for quotes in said.values() for quote in quotes]
    assert len(set(people)) == len(people)
    assert select_quotes(release, for_all=True) == {}
    one.public_approved_by.set([officer, colleague])
    assert [quotes[0].pk for quotes in select_quotes(release, for_all=True).values()] == [one.pk]
    release.people = None
    assert select_quotes(release, for_all=True) == {}


def test_the_dictionary_explains_every_code_that_a_sheet_holds_as_page_and_as_file(client_as, release):
    client = client_as("partner_viewer")
    html = client.get("/insights/data-dictionary/").content.decode()
    made = b"".join(client.get("/insights/data-dictionary/dictionary.csv").streaming_content).decode()
    for code in (
        "lights",
        "understand-problem-profile",
        "children-young-people",
        "themes-by",
        "passed-on",
        "nearly all",
    ):
        assert f">{code}<" in html, code
        assert f'"{code}"' in made, code
    assert all(column.meaning in made.replace('""', '"') for column in data_dictionary.COLUMNS)
    assert client_as("moderator").get("/insights/data-dictionary/dictionary.csv").status_code == 403
    report = client.get(f"/insights/releases/{release.pk}/").content.decode()
    for name in ("report.pdf", "figures.xlsx", "figures.csv", "figures.csv-metadata.json", "release.json"):
        assert f'/insights/releases/{release.pk}/{name}"' in report


def test_a_theme_goes_out_under_its_permanent_code_in_whatever_figure_it_stands(release):
    theme = str(release.codebook_version.entries.get(theme__slug="lights").theme_id)
    whole = release.figures.get(kind="themes").table
    Figure.objects.create(release=release, kind="sentiment", key="all", title="Tone", table=whole)
    Figure.objects.create(release=release, kind="stance", key=theme, title="Sides", table=whole | {"rows": []})
    by_kind = {figure["kind"]: figure for figure in release_document.build_figure_documents(release)}
    assert by_kind["stance"]["code"] == "lights"
    assert {row["code"] for row in by_kind["sentiment"]["rows"]} == {"lights", "rare", "staff"}
    assert {row[3] for row in figures_sheet.iterate_figure_rows(release) if row[0] == "sentiment"} == {
        "lights",
        "rare",
        "staff",
    }


def test_groups_of_themes_that_a_machine_coded_say_so_in_each_document(release):
    whole = release.figures.get(kind="themes").table
    cells = [{"value": 20, "symbol": "", "percent": 50}]
    rows = [row | {"cells": cells} for row in whole["rows"]]
    table = whole | {
        "rows": rows, "columns": [{"id": "young", "label": "Young"}], "column_totals": [{"value": 40, "symbol": ""}],
    }  # fmt: skip
    made = Figure.objects.create(release=release, kind="themes-by", key="q-x", title="By age", table=table)

    def ways_out():
        documents = release_document.build_figure_documents(release)
        told = next(one for one in documents if (one["kind"], one["code"]) == ("themes-by", "q-x"))
        paper = render_to_string(TEMPLATE, context_of(str(release.pk), for_all=True, mark=""))
        return {cell.get("coded_by") for row in told["rows"] for cell in row["cells"]}, "are machine-coded" in paper

    assert ways_out() == ({None}, False)
    made.table = table | {"rows": [row | {"coded": 45} for row in rows]}
    made.save()
    assert ways_out() == ({"machine"}, True)


def test_the_dictionary_knows_every_kind_side_and_tone_that_a_release_freezes(db):
    of_questions = {
        "about",
        "channel",
        "question",
        "question-by",
        "in-period",
        "service-pairs",
        "by-day",
        disclosure_log.LOG,
    }
    assert set(data_dictionary.KINDS) == of_questions | figures_sheet.OF_THEMES
    lists = {one["title"]: one["rows"] for one in data_dictionary.build_code_lists(RulesWording())}
    for title, words in (("For and against", context_tables.STANCES), ("Tones", context_tables.SENTIMENTS)):
        assert {code: label for code, label, _ in lists[title]} == words


def test_the_paper_says_of_how_few_people_no_percentage_is_shown_and_keeps_to_it(release):
    words = " ".join(render_paper(kind="report", subject=str(release.pk), for_all=True, mark="").split())
    assert "where fewer than 30 people answered, or of a group of fewer than 10 people." in words
    of = [
        total["value"]
        for figure in release.figures.all()
        for row in figure.table["rows"]
        for cell, total in zip(row.get("cells", ()), figure.table["column_totals"], strict=False)
        if cell.get("percent") is not None
    ]
    assert 10 <= min(of) < 30, "a group of fewer than 30 has percentages"


def test_page_and_assessment_say_what_is_hidden_by_the_rules_of_the_release_itself(client_as, release):
    Release.objects.update(rules=serialise_preset(PRESETS["dfe"]))
    html = client_as("planner").get(f"/insights/releases/{release.pk}/").content.decode()
    assert "Fewer than 6 people" in html
    assert "rounded to 5" not in html
    quarter = Quarter.of(release.published_on).slug
    (meaning,) = assessment_paper.context_of(quarter, for_all=True, mark="")["meanings"]
    assert "Fewer than 6 people" in meaning
