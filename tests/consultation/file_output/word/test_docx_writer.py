"""A paper's markup becomes a document in which nothing is lost."""

import io
from html import escape

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from consultation.file_output.word.docx_writer import write_docx
from consultation.file_output.word.markup_runs import UnknownMarkup

PAPER = '<html lang="en"><head><title>A paper</title><meta name="author" content="Us"></head><body>{}</body></html>'


def written(markup):
    return Document(io.BytesIO(write_docx(PAPER.format(markup))))


def texts(document):
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def test_words_stand_as_a_browser_shows_them():
    document = written("<p>  One \n  <b> bold</b>   word,<br>\n and   a line.\n </p><p class='small'>Sm\x0ball</p>")
    assert texts(document) == [("Normal", "One bold word,\nand a line."), ("Small print", "Small")]
    assert [run.text for run in document.paragraphs[0].runs if run.bold] == ["bold"]


@pytest.mark.parametrize(
    "markup",
    [
        "<form></form>",
        "<p><img src=x></p>",
        "<p><table></table></p>",
        "<section>loose</section>",
        "<blockquote><ul></ul></blockquote>",
    ],
)
def test_what_no_document_shows_is_refused(markup):
    with pytest.raises(UnknownMarkup):
        written(markup)


def test_each_numbered_list_begins_at_one_and_a_quote_may_stand_in_it():
    document = written(
        "<ol><li>One<blockquote><p lang='ur' dir='rtl'>گلی</p></blockquote></li><li>Two</li></ol><ol><li>New</li></ol>"
    )
    named = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
    assert [paragraph.text for paragraph in named] == ["One", "Two", "New"]
    first, second, new = (paragraph._p.pPr.numPr.numId.val for paragraph in named)
    assert first == second != new
    quote = document.paragraphs[1]
    assert quote.style.name == "Quote" and quote.runs[0].font.rtl


@pytest.mark.parametrize("refused", [False, True])
def test_a_drawn_bar_is_alternative_text_and_words_in_its_place_are_kept(refused):
    other = "Too few answered" if refused else "<svg><title>No: 3</title></svg>"
    document = written(
        "<table><caption>Lights<small>of 9</small></caption>"
        "<thead><tr><th>A</th><th class='bar'>Bar</th><th class='num'>N</th></tr></thead>"
        "<tbody><tr><th>Yes</th><td class='bar'><svg><title>Yes: 6</title><rect/></svg></td><td>6</td></tr>"
        f"<tr><th>No</th><td class='bar'>{other}</td><td>3</td></tr></tbody></table>"
    )
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    bars = ["Bar", "", "Too few answered"]
    assert rows == [
        [head, *([bar] if refused else []), number]
        for head, bar, number in zip(("A", "Yes", "No"), bars, ("N", "6", "3"), strict=True)
    ]
    description = table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert description == ("Yes: 6" if refused else "Yes: 6. No: 3")
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Lights of 9"
    assert texts(document) == [("Caption", "Lights\nof 9")]


@pytest.mark.slow
@given(st.text(st.one_of(st.characters(categories=["Cc", "Cs", "Cn"]), st.characters()), max_size=300))
def test_any_words_wherever_they_stand_give_a_document_that_opens(words):
    said = escape(words)
    made = write_docx(
        f'<html lang="en"><head><title>{said}</title><meta name="author" content="{said}"></head><body>'
        f'<h1 id="a{said}">{said}</h1><p class="foot">{said}</p><p class="mark">{said}</p><p>a{said}b</p>'
        f'<p><a href="#a{said}">{said}</a></p><ul><li>{said}</li></ul><blockquote><p>{said}</p></blockquote>'
        f"<table><caption>{said}</caption><tr><th>{said}</th><td class='bar' data-words=\"{said}\">"
        f"<svg><title>{said}</title></svg></td></tr></table></body></html>"
    )
    document = Document(io.BytesIO(made))
    assert any(paragraph.text.startswith("a") and paragraph.text.endswith("b") for paragraph in document.paragraphs)


def test_what_word_cannot_hold_is_left_out_and_a_long_title_is_cut_in_the_properties_alone():
    title = f"Wo\x0brds {'w' * 300}"
    document = Document(
        io.BytesIO(write_docx(PAPER.format(f"<h1>{title}</h1><p>&#11;On&#x1f;e</p>").replace("A paper", title)))
    )
    plain = title.replace("\x0b", "")
    assert document.core_properties.title == plain[:255]
    assert [text for _, text in texts(document)] == [plain, "One"]


def test_a_bar_is_drawn_in_blocks_beside_its_interval():
    """The chart of the PDF was a table of bare numbers here."""
    svg = '<svg width="257" height="19"><rect x="0" width="{}%" rx="2"/></svg>'
    bars = "".join(
        f"<tr><th>{name}</th><td class='bar'{words}>{svg.format(width)}</td><td>{people}</td></tr>"
        for name, width, people, words in (
            ("Most", "100.0", 60, " data-words='40 to 80'"),
            ("Half", 50, 30, ""),
            ("One", 1.7, 1, ""),
            ("None", 0, 0, ""),
        )  # fmt: skip
    )
    document = written(f"<table><caption>C</caption>{bars}</table>")
    drawn = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert drawn == [
        ["Most", "█" * 10 + " 40 to 80", "60"], ["Half", "█" * 5, "30"], ["One", "█", "1"], ["None", "", "0"],
    ]  # fmt: skip
