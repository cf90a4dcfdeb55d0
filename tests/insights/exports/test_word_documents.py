"""The report as a Word document: the markup of the PDF, in headings, tables with alternative text, and languages."""

import io
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn

from consultation.audit.models import AuditEntry
from consultation.responses.signals import text_recalled
from insights.corpus.models import Text
from insights.disclosure.rules_wording import CHANGED
from insights.exports.models import Recall
from insights.exports.pdf.models import Paper
from insights.exports.pdf.paper_making import make_wanted_papers, render_paper
from insights.releases.models import Quote
from tests import factories
from tests.insights.exports.test_papers import URDU, path  # noqa: F401  (fixture)


@pytest.fixture
def address(path):  # noqa: F811
    return path.replace(".pdf", ".docx")


def asked(client, address):
    """The document as a person gets it: ordered, made by the worker, fetched."""
    first = client.get(address)
    assert "The Word document (DOCX) is being made" in first.content.decode()
    assert first["Refresh"]
    assert make_wanted_papers() == 1
    reply = client.get(address)
    assert reply["Content-Type"].endswith("wordprocessingml.document")
    assert reply["Content-Disposition"].endswith('.docx"')
    return Document(io.BytesIO(b"".join(reply.streaming_content)))


def paragraphs(document):
    return [paragraph.text for paragraph in document.paragraphs]


def table_rows(document):
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def alternatives(document):
    found = [table._tbl.tblPr.find(qn("w:tblDescription")) for table in document.tables]
    return [one.get(qn("w:val")) for one in found if one is not None]


def test_the_report_opens_as_a_document_with_headings_quotes_languages_and_its_footnote(client_as, address, release):
    document = asked(client_as("planner"), address)
    about = document.core_properties
    assert (about.title, about.language) == (f"{release.consultation.title}: report of release 1", "en")
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    levels = [int(name[-1]) for name, _ in headings]
    assert headings[0] == ("Heading 1", release.consultation.title)
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {"In short", "Themes", "Questions", "How this was made", "Hidden numbers"} <= {text for _, text in headings}
    section = document.sections[0]
    assert [p.text for p in section.footer.paragraphs][0] == CHANGED
    urdu = next(p for p in document.paragraphs if p.text == URDU)
    assert urdu.style.name == "Quote" and urdu.paragraph_format.element.pPr.find(qn("w:bidi")) is not None
    assert all(run.font.rtl and run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ur" for run in urdu.runs)
    assert "A young person" in paragraphs(document)
    heads = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in document.tables]
    assert heads and None not in heads
    assert any("fewer than" in words for words in alternatives(document))
    anchors = {one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))}
    assert anchors and anchors <= {one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))}


def test_its_numbers_are_those_of_the_release(client_as, address, release):
    tables = table_rows(asked(client_as("planner"), address))
    rows = {tuple(said for cell in row if (said := cell.strip("█ ")) or not cell) for row in tables}
    themes = {row[0]: row for row in rows if len(row) == 6}
    seen = 0
    for kind in ("question", "themes", "about"):
        for figure in release.figures.filter(kind=kind):
            for row in figure.table["rows"]:
                if row["value"] is not None and row["id"] != "not-given":
                    percent = "too few" if row["percent"] is None else f"{row['percent']}%"
                    if kind == "themes":
                        _, interval, people, share, *_ = themes[row["label"]]
                        assert (people.split()[0], share) == (str(row["value"]), percent)
                        assert interval == " to ".join(str(round(row[end] * 80 / 100)) for end in ("low", "high"))
                    else:
                        interval = [f"{row['low']}% to {row['high']}%"] if kind == "question" else []
                        assert (row["label"], *interval, percent, str(row["value"])) in rows
                    seen += 1
    assert seen > 6
    for row in rows:
        assert row[0] != "Rare" or "fewer than 10" in row
    assert ("Answer", "Of everyone asked", "Percent", "People") in rows


def test_it_says_what_the_pdf_says(client_as, address, release):
    """Every word of the markup that the PDF is printed from, and no other."""
    document = asked(client_as("planner"), address)
    page = BeautifulSoup(render_paper(kind="report", subject=str(release.pk), for_all=False, mark=""), "html.parser")
    for table in page.find_all("table"):
        kept = table.select("td[data-words], td.bar rect[rx]")
        for bar in table.find_all(class_="bar"):
            bar.string = bar.get("data-words", "" if bar.name == "td" else bar.get_text()) if kept else ""
    for drawn in page.find_all(["svg", "head"]):
        drawn.decompose()
    told = [*paragraphs(document), document.sections[0].footer.paragraphs[0].text]
    for table in document.tables:
        told += [cell.text for row in table.rows for cell in dict.fromkeys(row.cells)]  # a wide cell stands once
    assert Counter(" ".join(told).replace("█", "").split()) == Counter(page.body.get_text(" ").split())


def test_only_who_may_take_figures_takes_it_and_it_is_on_record(client_as, client, address, release):
    client.force_login(factories.staff("looks@example.org", "insights.view_reports"))
    assert client.get(address).status_code == 403
    assert client_as("moderator").get(address).status_code == 403
    asked(client_as("planner"), address)
    entry = AuditEntry.objects.get(verb="export made")
    assert (entry.object_id, entry.data["form"], entry.data["kind"]) == (
        str(release.pk), "docx", "a report as a paper"
    )  # fmt: skip


def test_the_report_is_in_the_one_menu_beside_the_pdf(client_as, address, release):
    html = client_as("planner").get(f"/insights/releases/{release.pk}/").content.decode()
    menu = html[html.index("Take this report with you") :]
    assert menu.index("report.pdf") < menu.index("report.docx") < menu.index("figures.xlsx")


def test_a_kept_pdf_and_a_kept_document_are_two_papers(client_as, address, release):
    client = client_as("planner")
    asked(client, address)
    client.get(address.replace(".docx", ".pdf"))
    assert sorted(Paper.objects.values_list("form", flat=True)) == ["docx", "pdf"]


@pytest.mark.slow
def test_words_that_go_are_in_no_later_document_and_the_recall_names_who_took_the_earlier_one(
    client_as, address, release
):
    client = client_as("planner")
    quote = release.quotes.filter(featured=True, language="en").first()
    assert quote.text in paragraphs(asked(client, address))
    text_recalled.send(sender=Text, answer=quote.source_text_id)
    assert not Paper.objects.exists()
    later = asked(client, address)
    assert quote.text not in "\n".join(paragraphs(later))
    assert Quote.objects.get(pk=quote.pk).erased
    (recall,) = Recall.objects.all()
    assert [one["kind"] for one in recall.exports] == ["a report as a paper"]


def test_a_partners_copy_bears_the_mark_on_each_page(client_as, address, release):
    document = asked(client_as("partner_viewer"), address)
    assert document.sections[0].header.paragraphs[0].text.startswith("Shared with ")
