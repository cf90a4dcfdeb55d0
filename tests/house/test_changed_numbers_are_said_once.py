"""That numbers are changed a little at random is said once on each page of results that everyone reads, and once in each
file that is taken away: twice, or never, a reader wonders which numbers are meant."""

import io

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from cms.site.pages import results_pages
from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.word.docx_writer import write_docx
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.exports.pdf.paper_making import render_paper
from insights.strategy.board.views import PAPER, build_board_report
from tests.house.planners_crawl import text_of
from tests.house.test_one_number_everywhere import planner_client, release  # noqa: F401
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions.conftest import said
from tests.insights.releases.test_theme_estimates import guessed  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
TO_PLANNERS = "changed a little at random"
TO_EVERYONE = ("We change each number a little", "Our numbers are not exact")  # the second in easy words


@pytest.fixture
def decision(release, officer, colleague):  # noqa: F811
    made = decisions.record_decision(by=officer, consultations=[release.consultation], **said())
    decisions.cite_theme(decision=made, by=officer, release=release, theme=Theme.objects.get(slug="lights"))
    return decisions.publish_decision(decision=made, by=colleague, today=timezone.localdate())


@pytest.fixture
def list_public_pages(release, decision, monkeypatch):  # noqa: F811
    """{address: markup}, of papers that which is printed."""
    monkeypatch.setattr(results_pages, "_pdf_cache", {})
    monkeypatch.setattr(results_pages.form_pdf, "render_uncached_pdf", lambda html, style: html.encode())
    results = "have-your-say/parks/results/"
    paths = [results, "you-said-we-did/", f"you-said-we-did/{decision.slug}/"]
    paths += [f"{results}paper/{kind}/" for kind in (*results_pages.PAPER_KINDS, results_pages.POSTER)]
    return lambda: {path: read_markup(Client().get(f"/en/{path}")) for path in paths}


def read_markup(response):
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def say(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_each_public_page_and_paper_of_results_says_it_once(list_public_pages):
    for name, html in list_public_pages().items():
        told = say(html)
        assert "About " in told or "about " in told, name
        standard, easy = (told.count(words) for words in TO_EVERYONE)
        assert {standard, easy} <= {0, 1} and standard + easy, (name, standard, easy)


def test_no_public_page_says_it_of_numbers_that_are_not_changed(release, list_public_pages):  # noqa: F811
    type(release).objects.update(rules=serialise_preset(PRESETS["dfe"]))
    for name, html in list_public_pages().items():
        assert not any(words in say(html) for words in TO_EVERYONE), name


def read_document(html):
    document = Document(io.BytesIO(write_docx(html)))
    told = [one.text for one in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(told + [one.text for section in document.sections for one in section.footer.paragraphs])


def test_each_file_that_is_taken_away_says_it_once(release, decision, planner_client):  # noqa: F811
    today = timezone.localdate()
    board = render_to_string(PAPER, build_board_report(Quarter.of(today), today) | {"mark": ""})
    report = render_paper(kind="report", subject=str(release.pk), for_all=True, mark="")
    made = b"".join(planner_client.get(f"/insights/releases/{release.pk}/figures.xlsx").streaming_content)
    cells = [
        str(cell)
        for sheet in load_workbook(io.BytesIO(made))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    told = {
        "report, printed": say(report),
        "report, Word": read_document(report),
        "board, printed": say(board),
        "board, Word": read_document(board),
        "workbook": "\n".join(cells),
        "sheet": text_of(planner_client.get(f"/insights/releases/{release.pk}/figures.csv")),
    }
    assert {name: words.count(TO_PLANNERS) for name, words in told.items()} == dict.fromkeys(told, 1)
