"""The head of the board's report: sentences by rules, charts, and children's words that two people approved."""

import io
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from docx import Document

from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.word.docx_writer import write_docx
from insights.coding.models import ThemeEntry
from insights.releases.models import Figure, Release
from insights.releases.theme_evidence import ThemeEvidence
from insights.strategy.board.board_highlights import CHILDREN, draft_sentences
from insights.strategy.board.views import build_board_report
from tests.insights import released
from tests.insights.exports.test_section_order import headings_of, outline_of, print_pdf
from tests.insights.strategy.board.test_board import board  # noqa: F401  (a fixture)

pytestmark = pytest.mark.any_database
# As far as a report of a consultation has these sections, in its order; then what the board alone is told.
ORDER = [
    "In short", "Themes", "Hidden numbers", "Decisions published in the quarter", "Promises past their day",
    "How it went on", "What each agency has promised", "The strategy, point by point",
]  # fmt: skip


def report():
    today = timezone.localdate()
    return build_board_report(Quarter.of(today), today)


def test_it_says_in_sentences_what_was_decided_heard_late_and_missing(board):  # noqa: F811
    told = report()["sentences"]
    due = timezone.localdate() - timedelta(days=1)
    assert told[0] == f"1 decision was published in {Quarter.of(timezone.localdate())}: 1 “yes”."
    assert "Lights has the most people: about 50 of 80 (62%), in Parks." in told[1]
    assert told[2] == f"1 promise past its day today, the longest since {due:%-d %B %Y}: {board.title}."
    assert told[3].startswith("Each of the 34 points of the strategy has a gap. One may have several: ")
    assert "heard, and nothing decided: 1" in told[3]


def test_a_title_that_is_a_question_ends_its_sentence(board):  # noqa: F811
    type(board).objects.update(title="Lit or not?")
    assert report()["sentences"][2].endswith(": Lit or not?")


def test_a_quarter_without_anything_says_so(db):
    empty = report()
    assert empty["sentences"][0].startswith("No decision was published in")
    assert "No theme of the last 12 months has a number yet." in empty["sentences"]
    assert "No promise is past its day." in empty["sentences"]
    assert list(empty["charts"]) == ["points"]
    assert empty["words"] == []


def test_grave_themes_of_few_people_are_named(home):
    told = report() | {"outcomes": [("Yes", 2), ("No", 1)]}
    version = released.codebook(harm=["understand-locations"])
    entry = ThemeEntry.objects.select_related("theme").get(version=version)
    hidden = {"label": "Harm", "value": None, "symbol": "fewer than 10"}
    one = ThemeEvidence(Release(pk=1), hidden, 80, entry, "A few said so.")
    sentences = draft_sentences(told, [one])
    assert "Few people said it, and it weighs much: Harm." in sentences
    assert sentences[0].endswith("2 “yes”, 1 “no”.")


def test_the_report_has_charts_with_the_numbers_of_its_tables(board, client, planner):  # noqa: F811
    charts = report()["charts"]
    assert [(row["label"], row["words"]) for row in charts["themes"]["rows"]] == [
        ("Lights, Parks", "about 50 of 80"),
        ("Staff, Parks", "about 26 of 80"),
    ]
    assert {row["label"]: row["value"] for row in charts["decisions"]["rows"]}["Yes"] == 1
    assert [row["value"] for row in charts["points"]["rows"]] == [number for *_, number in report()["totals"]["gaps"]]
    client.force_login(planner)
    html = client.get(reverse("insights:board-report")).content.decode()
    assert html.count('<svg class="fig flip"') == sum(len(chart["rows"]) for chart in charts.values())
    assert 'width="100.0%"' in html and 'width="52.0%"' in html, "26 beside 50"


@pytest.fixture
def quotes(board, release, officer, colleague):  # noqa: F811
    """Two quotes on lights and one on staff; two people approved the first of each."""
    Release.objects.filter(pk=release.pk).update(published_on=timezone.localdate())
    lights = list(release.quotes.filter(theme__slug="lights").order_by("place", "pk")[:2])
    staff = release.quotes.filter(theme__slug="staff").first()
    for quote in (lights[0], staff):
        quote.public_approved_by.set([officer, colleague])
    lights[1].public_approved_by.set([officer])
    return [lights[0], staff]


def test_only_words_that_two_people_approved_stand_in_it(quotes, client, planner):
    assert [quote for _, quote in report()["words"]] == quotes
    client.force_login(planner)
    html = client.get(reverse("insights:board-report")).content.decode()
    assert all(quote.text in html for quote in quotes)
    others = quotes[0].release.quotes.exclude(pk__in=[quote.pk for quote in quotes])
    assert not any(quote.text in html for quote in others)
    quotes[0].erased, quotes[0].text = True, ""
    quotes[0].save()
    assert [quote for _, quote in report()["words"]] == quotes[1:]


def test_grown_ups_are_not_quoted_as_children(quotes):
    quotes[0].release.consultation.specific_class.objects.update(audience="professionals")
    assert report()["words"] == []
    assert quotes[0].audience == CHILDREN


def test_a_theme_whose_number_is_hidden_lends_no_words(quotes):
    figure = Figure.objects.get(release=quotes[0].release, kind="themes")
    for row in figure.table["rows"]:
        row |= {"value": None, "symbol": "fewer than 5"} if row["label"] == "Lights" else {}
    figure.save()
    assert [quote for _, quote in report()["words"]] == quotes[1:]


def test_paper_and_document_hold_sentences_charts_and_words(quotes):
    told = report() | {"mark": ""}
    paper = render_to_string("insights/strategy/board/paper.html", told)
    assert paper.count("<rect") == sum(len(chart["rows"]) for chart in told["charts"].values())
    document = Document(io.BytesIO(write_docx(paper)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for said in (*told["sentences"], *(quote.text for quote in quotes)):
        assert said in words
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "about 50 of 80" in cells


@pytest.mark.slow
def test_page_pdf_and_document_have_the_sections_of_a_report_in_its_order(quotes, client, planner):
    client.force_login(planner)
    assert headings_of(client.get(reverse("insights:board-report")).content.decode()) == ORDER
    paper = render_to_string("insights/strategy/board/paper.html", report() | {"mark": ""})
    assert outline_of(print_pdf(paper)) == ORDER
    document = Document(io.BytesIO(write_docx(paper)))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 2"] == ORDER


@pytest.mark.parametrize(("staff", "says"), [(46, "is among those with most people"), (20, "has the most people")])
def test_the_largest_theme_is_so_by_more_than_random_changes(home, staff, says):
    version = released.codebook(lights=["understand-locations"], staff=["understand-locations"])
    released.release(released.asked(home), version, {"lights": 50, "staff": staff}, day=timezone.localdate())
    (told,) = [one for one in report()["sentences"] if "Lights" in one and "50 of 100" in one]
    assert f"Lights {says}: about 50 of 100 (50%)" in told
