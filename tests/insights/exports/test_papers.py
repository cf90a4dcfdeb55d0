"""The report as PDF: fully tagged, the page's hidden figures hidden, erased words absent."""

import io
import re
from datetime import timedelta
from time import monotonic

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pypdf import PdfReader

from consultation.file_output.pdf import pdf_renderer
from insights.corpus.models import Text
from insights.exports.pdf.models import Paper
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.releases.models import Quote
from tests.benchmarks.large_report import large_release, pdf_seconds

URDU = "گلی کی بتیاں بند ہیں"


def nodes(pdf):
    """Every element of the structure tree, in reading order: (tag, element)."""
    waiting, found = [pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]], []
    while waiting:
        one = waiting.pop(0)
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, dict) and "/S" in one:
            found.append((one["/S"], one))
            waiting[:0] = [one["/K"]] if "/K" in one else []
    return found


def asked(client, path):
    """The PDF as a person gets it: ordered, made by the worker, fetched."""
    first = client.get(path)
    assert "being made" in first.content.decode()
    assert first["Refresh"]
    assert make_wanted_papers() == 1
    reply = client.get(path)
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(b"".join(reply.streaming_content)))


def text_of(pdf):
    return " ".join(page.extract_text() for page in pdf.pages)


@pytest.fixture
def path(release):
    urdu = release.quotes.filter(theme__slug="lights", featured=True).first()
    Quote.objects.filter(pk=urdu.pk).update(text=URDU, language="ur")
    return f"/insights/releases/{release.pk}/report.pdf"


@pytest.mark.slow
@pytest.mark.any_database
def test_the_report_is_a_tagged_document_that_a_voice_can_read(client_as, path, release):
    begun = monotonic()
    pdf = asked(client_as("planner"), path)
    assert monotonic() - begun < 10
    root, found = pdf.trailer["/Root"], nodes(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata.title == f"{release.consultation.title}: report of release 1"
    figures = [one for tag, one in found if tag == "/Figure"]
    assert figures
    assert all(one.get("/Alt") for one in figures)
    headings = [int(tag[2]) for tag, _ in found if tag[:2] == "/H" and tag[2:].isdecimal()]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False))
    tables, heads = ([one for tag, one in found if tag == name] for name in ("/Table", "/TH"))
    assert len(heads) > 4 * len(tables) > 0
    fonts = {str(f.get_object()["/BaseFont"]) for page in pdf.pages for f in page["/Resources"]["/Font"].values()}
    assert any("Nastaliq" in font or "Naskh" in font for font in fonts)
    assert any(one.get("/ActualText") == URDU for _, one in found)
    hides_what_the_page_hides(release, [str(one["/Alt"]) for one in figures], said := text_of(pdf))
    for words in ("What is in this report", "How this was made", "Hidden numbers", "Codebook", "A young person"):
        assert words in said


@pytest.mark.slow
@pytest.mark.any_database
def test_a_large_report_is_made_within_ten_seconds(home, person):
    """30 questions, 30 themes split three ways, 3 quotes of each, and voices of few."""
    release = large_release(home, person("planner"), person("engagement_officer"))
    assert pdf_seconds(release, by=person("planner")) < 10
    pdf = PdfReader(io.BytesIO(Paper.objects.get().content))
    assert len(pdf.pages) > 20 and "Theme" in text_of(pdf)


def hides_what_the_page_hides(release, alternatives, said):
    assert any("fewer than" in words for words in alternatives), alternatives
    shown = {row["value"] for figure in release.figures.all() for row in figure.table["rows"]}
    told = {int(found[1]) for words in alternatives if (found := re.search(r": about (\d+) people", words))}
    assert told
    assert told <= shown
    assert "rare number" not in said


@pytest.fixture
def drawn(monkeypatch):
    """Replace the PDF writer by one that keeps the markup, which is quick."""
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())


def fetched(client, path):
    assert "being made" in client.get(path).content.decode()
    assert make_wanted_papers() == 1
    return b"".join(client.get(path).streaming_content).decode()


def test_a_grid_is_one_chart_on_paper_with_every_number_in_words(client_as, path, release, drawn):
    text = release.consultation.consultationpage.versions.get().content["items"][0]["text"]["en"]
    for label, people in {"Parks": (50, 30, 15), "School": (None, 40, 55)}.items():
        answers = zip(("Unsafe", "In the middle", "Safe"), people, strict=True)
        rows = [
            {"id": name, "label": name, "value": count, "symbol": "" if count else "fewer than 5", "percent": count}
            for name, count in answers
        ]
        rows.append({"id": "not-given", "label": "No answer given", "value": 7, "symbol": "", "percent": 7})
        table = {"base": 100, "rows": rows, "columns": [], "column_totals": []}
        release.figures.create(kind="question", key=f"q-a:{label}", title=f"{text} {label}", table=table, order=500)
    page = BeautifulSoup(fetched(client_as("planner"), path), "html.parser")
    chart = page.find("table", class_="stacked")
    said = [title.get_text() for title in chart.find_all("title")]
    assert "Parks. Unsafe: 50%, In the middle: 30%, Safe: 15%." in said
    assert "School. Unsafe: fewer than 5, In the middle: 40%, Safe: 55%." in said
    numbers = chart.find_next("table", class_="cross").find("th", string="Parks").find_next_siblings("td")
    assert [" ".join(cell.get_text().split()) for cell in numbers] == ["50% (50)", "30% (30)", "15% (15)", "100"]
    note = " ".join(chart.find_next("p").get_text().split())
    assert note.endswith("A dashed box: fewer than 5. No answer given: about 7 (in each row).")


@pytest.mark.slow
def test_words_that_go_take_every_paper_with_them_and_the_next_one_is_made_without_them(
    client_as, path, release, drawn
):
    client = client_as("planner")
    quote = release.quotes.filter(featured=True, language="en").first()
    assert quote.text in fetched(client, path)
    Text.objects.get(pk=quote.source_text_id).delete()
    assert not Paper.objects.exists()
    assert quote.text not in fetched(client, path)
    Quote.objects.filter(release=release).update(featured=False)
    assert URDU not in fetched(client, path), "what may be shown has changed, so it is made anew"


def test_a_partner_gets_a_copy_of_the_day_with_the_agency_on_it_and_no_words_that_two_people_did_not_approve(
    client_as, path, release, drawn, officer, colleague
):
    client = client_as("partner_viewer")
    html = fetched(client, path)
    day = f"{timezone.localdate():%-d %B %Y}"
    assert f'<p class="mark">Shared with Riverside partnership on {day}</p>' in html
    assert "lights number" not in html
    assert URDU not in html
    release.quotes.get(text=URDU).public_approved_by.set([officer, colleague])
    assert URDU in fetched(client, path)
    Paper.objects.update(wanted_on=timezone.localdate() - timedelta(days=1))
    make_wanted_papers()
    assert not Paper.objects.exists(), "yesterday's copy is nobody's today"


def test_where_nothing_can_be_drawn_the_page_says_so_and_leads_back(client_as, path, monkeypatch):
    def none(*_):
        raise pdf_renderer.PdfUnavailable

    client = client_as("planner")
    client.get(path)
    monkeypatch.setattr(pdf_renderer, "print_html", none)
    make_wanted_papers()
    reply = client.get(path)
    assert "could not be made" in reply.content.decode()
    assert "Refresh" not in reply
