"""Page, PDF and Word document of a report are in one order, and a paper lacks no part of the page."""

import io

import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader

from consultation.file_output.pdf.pdf_renderer import STYLE, print_html
from consultation.file_output.word.docx_writer import write_docx
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.exports.pdf.paper_making import render_paper
from insights.releases.models import Figure
from tests.insights.decisions.conftest import said

ORDER = [
    "In short", "Themes", "Questions", "Who differs", "Who answered", "How sure we are of the themes", "Hidden numbers",
    "Decisions that use this report",
]  # fmt: skip
ON_PAGES_ALONE, ON_PAPER_ALONE = "Notes", "What is in this report"


@pytest.fixture
def decided(release, planner, officer):
    made = record_decision(by=planner, consultations=[release.consultation], **said())
    cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    return publish_decision(decision=made, by=officer)


@pytest.fixture
def paper(decided, release):
    return render_paper(kind="report", subject=str(release.pk), for_all=False, mark="")


def headings_of(html):
    return [found.get_text(" ", strip=True) for found in BeautifulSoup(html, "html.parser").find_all("h2")]


def print_pdf(html):
    return PdfReader(io.BytesIO(print_html(html, STYLE.read_text(encoding="utf-8"))))


def outline_of(pdf):
    """Titles of the second level: one list in the list of the first."""
    (_, second) = pdf.outline
    return [one.title for one in second if not isinstance(one, list)]


@pytest.mark.slow
def test_each_page_of_a_pdf_says_once_that_numbers_are_changed(paper):
    pages = [" ".join(page.extract_text().split()) for page in print_pdf(paper).pages]
    assert [page.count("Numbers are changed a little at random") for page in pages] == [1] * len(pages)
    assert len(pages) > 2


@pytest.mark.slow
@pytest.mark.any_database
def test_page_pdf_and_document_have_the_same_sections_in_the_same_order(paper, release, client, planner):
    client.force_login(planner)
    page = headings_of(client.get(f"/insights/releases/{release.pk}/").content.decode())
    assert [name for name in page if name != ON_PAGES_ALONE] == ORDER
    pdf = outline_of(print_pdf(paper))
    assert [name for name in pdf if name != ON_PAPER_ALONE] == ORDER
    document = Document(io.BytesIO(write_docx(paper)))
    written = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert [name for name in written if name != ON_PAPER_ALONE] == ORDER


def test_the_contents_lead_to_every_section_in_its_order(paper):
    page = BeautifulSoup(paper, "html.parser")
    led_to = [page.find(id=link["href"][1:]) for link in page.select(".contents li:not(.sub) a")]
    assert [found.get_text(strip=True) for found in led_to] == ORDER


def test_each_theme_has_its_gravity_who_read_it_and_what_was_decided(paper, release, decided):
    table = BeautifulSoup(paper, "html.parser").select_one("table.themes")
    rows = {row.th.get_text(strip=True): " ".join(row.get_text(" ").split()) for row in table.tbody.find_all("tr")}
    assert "Everyday" in rows["Lights"] and f"Yes: {decided.title}" in rows["Lights"]
    assert rows["Staff"].endswith("Waits")
    assert "between" in table.tbody.title.get_text(), "the interval is drawn, and spoken"
    figure = Figure.objects.get(release=release, kind="themes")
    for row in figure.table["rows"]:
        row["read"] = 20
    figure.save()
    again = render_paper(kind="report", subject=str(release.pk), for_all=False, mark="")
    assert "20 read by a person" in again


def test_who_differs_holds_closed_questions_with_one_correction_for_all(paper, release):
    words = " ".join(BeautifulSoup(paper, "html.parser").get_text(" ").split())
    assert "no difference is more than chance" in words
    base = {"base": 200, "several": False}
    columns = [{"id": "x", "label": "Younger"}, {"id": "y", "label": "Older"}]
    totals = [{"value": 100, "symbol": ""}] * 2
    rows = [
        {"id": "yes", "label": "Unsafe", "value": 100, "symbol": "", "percent": 50, "low": 40, "high": 60,
         "cells": [{"value": 90, "symbol": "", "percent": 90}, {"value": 10, "symbol": "", "percent": 10}]},
    ]  # fmt: skip
    table = base | {"rows": rows, "columns": columns, "column_totals": totals}
    Figure.objects.create(release=release, kind="question-by", key="q-d|q-z", title="Feeling safe by age", table=table)
    again = BeautifulSoup(render_paper(kind="report", subject=str(release.pk), for_all=False, mark=""), "html.parser")
    told = [" ".join(one.get_text(" ").split()) for one in again.find(id="differs").parent.find_all("li")]
    assert any(
        "Unsafe, Younger: about 90 of 100 people (90%), more often than everyone else (about 10 of 100, 10%)" in one
        for one in told
    )


def test_decisions_stand_in_it_and_drafts_do_not(paper, release, planner):
    draft = record_decision(by=planner, consultations=[release.consultation], **said(slug="draft", title="A draft"))
    cite_theme(decision=draft, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    again = render_paper(kind="report", subject=str(release.pk), for_all=False, mark="")
    assert "We will put up ten lights." in again and "A draft" not in again


@pytest.mark.slow
def test_no_heading_of_a_pdf_breaks_inside_a_word(release, decided):
    names = ["Neighbourhoods", "Professionals", "Grandparents", "Schoolchildren", "Volunteers", "Shopkeepers"]
    figure = Figure.objects.filter(release=release, kind="themes-by").first()
    cells = [{"value": 20, "symbol": "", "percent": 50}] * len(names)
    figure.table["columns"] = [{"id": name, "label": name} for name in names]
    figure.table["column_totals"] = [{"value": 40, "symbol": ""}] * len(names)
    for row in figure.table["rows"]:
        row["cells"] = cells
    figure.save()
    pdf = print_pdf(render_paper(kind="report", subject=str(release.pk), for_all=False, mark=""))
    words = {word for page in pdf.pages for word in page.extract_text().split()}
    assert set(names) <= words
