"""Writes the markup of a paper as a Word document.

The markup is the one document of a paper: pdf_renderer prints it, this writes it, so both say the same. An element that is
not known here is refused. A chart is its table, each bar a row of blocks: its words are the table's alternative text.
"""

import io
from dataclasses import replace
from itertools import count, groupby
from typing import Any, cast

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from consultation.file_output.spreadsheets import UNPRINTABLE
from consultation.file_output.word.markup_runs import MarkupRun, UnknownMarkup, is_inline, read_runs, style_within

BLOCKS = 10  # of a whole bar
LONGEST_PROPERTY = 255  # letters: what Word takes as a title or an author
DOCX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES = {"small": "Small print", "note": "Small print", "lead": "Subtitle", "by": "Small print"}


def write_docx(html: str) -> bytes:
    """The document of a page that extends "consultation/file_output/pdf/paper.html"."""
    page = _parse_printable(html)
    writer = _DocumentWriter(page)
    writer.write_blocks(page.body, MarkupRun())
    made = io.BytesIO()
    writer.document.save(made)
    return made.getvalue()


def _parse_printable(html: str) -> Any:
    """The page without the letters that no document can hold, in words and attributes. A vertical tab comes with words
    that were copied from Word."""
    page: Any = BeautifulSoup(html, "html.parser")
    for words in page.find_all(string=UNPRINTABLE):
        words.replace_with(type(words)(UNPRINTABLE.sub("", words)))
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            if isinstance(value, str):
                tag[name] = UNPRINTABLE.sub("", value)
    return page


class _DocumentWriter:
    """`style` of each method is how the words around an element look: their language and direction."""

    def __init__(self, page: Any) -> None:
        from docx import Document  # lxml loads with it
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm, Pt

        from consultation.file_output.word import word_parts

        self.parts, self.document, self.bookmarks = word_parts, Document(), count(1)
        section, styles = self.document.sections[0], self.document.styles
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
        small = styles.add_style("Small print", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = styles["Normal"], Pt(9)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_before = Pt(12)
        about = self.document.core_properties
        about.title, about.comments = page.title.get_text()[:LONGEST_PROPERTY], ""
        about.author = page.find("meta", attrs={"name": "author"})["content"][:LONGEST_PROPERTY]
        word_parts.set_language(self.document, page.html["lang"])
        word_parts.add_page_number(section.footer.paragraphs[0])

    def write_blocks(self, parent: Tag, style: MarkupRun) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self.write_block(child, style_within(child, style))
            elif type(child) is NavigableString and child.strip():
                raise UnknownMarkup(f"words outside of a paragraph: {child.strip()[:40]}")

    def write_block(self, tag: Tag, style: MarkupRun) -> None:
        heading = dict.fromkeys(("h1", "h2", "h3", "h4"), self.write_heading)
        group = dict.fromkeys(("section", "div", "main"), self.write_blocks)
        lists = {"ul": self.write_list, "ol": self.write_list, "dl": self.write_definitions}
        words = {"p": self.write_paragraph, "blockquote": self.write_quote, "table": self.write_table}
        writers: dict[str, Any] = heading | group | lists | words
        if tag.name not in writers:
            raise UnknownMarkup(tag.name)
        writers[tag.name](tag, style)

    def add(self, nodes: Any, style: MarkupRun, named: str = "Normal") -> Any:
        paragraph = self.document.add_paragraph(style=named)
        self.parts.add_runs(paragraph, read_runs(nodes, style))
        return paragraph

    def write_heading(self, tag: Tag, style: MarkupRun) -> None:
        heading = self.add(tag.children, style, f"Heading {tag.name[1]}")
        if tag.get("id"):
            self.parts.add_bookmark(heading, str(tag["id"]), next(self.bookmarks))

    def write_paragraph(self, tag: Tag, style: MarkupRun, named: str = "Normal") -> None:
        """The mark of a partner's copy is the header of each page, the note on its numbers the footer."""
        classes, section = _classes_of(tag), self.document.sections[0]
        if "mark" in classes:
            self.parts.add_runs(section.header.paragraphs[0], read_runs(tag.children, MarkupRun(bold=True)))
        elif "foot" in classes:
            section.footer.paragraphs[0].insert_paragraph_before(tag.get_text(" ", strip=True))
        else:
            self.add(tag.children, style, next((STYLES[one] for one in classes if one in STYLES), named))

    def write_list(self, tag: Tag, style: MarkupRun) -> None:
        named = "List Number" if tag.name == "ol" and "contents" not in _classes_of(tag) else "List Bullet"
        list_id = self.parts.begin_numbering(self.document, named)
        for item in _children_of(tag, "li"):
            for inline, nodes in groupby(item.children, is_inline):
                if not inline:
                    for block in nodes:
                        self.write_block(cast(Tag, block), style_within(cast(Tag, block), style))
                elif runs := read_runs(nodes, style):
                    paragraph = self.document.add_paragraph(style=named)
                    self.parts.add_runs(paragraph, runs)
                    self.parts.number_paragraph(paragraph, list_id)

    def write_definitions(self, tag: Tag, style: MarkupRun) -> None:
        for part in _children_of(tag, "dt", "dd"):
            head = part.name == "dt"
            self.add(part.children, replace(style, bold=head)).paragraph_format.keep_with_next = head

    def write_quote(self, tag: Tag, style: MarkupRun) -> None:
        for paragraph in _children_of(tag, "p"):
            self.write_paragraph(paragraph, style_within(paragraph, style), "Quote")

    def write_table(self, tag: Tag, _: MarkupRun) -> None:
        """A column of drawings is left out, unless it has a bar or words: an interval (`data-words`), or why a row is
        refused. Drawings of several parts are left out: a table of their numbers follows them."""
        rows = [list(row.find_all(["th", "td"])) for row in tag.find_all("tr")]
        if not any(_is_bar(cell) and cell.name == "td" and read_runs(_words_of(cell)) for row in rows for cell in row):
            rows = [[cell for cell in row if not _is_bar(cell)] for row in rows]
        caption = read_runs(tag.caption.children) if tag.caption else []
        if caption:
            self.parts.add_runs(self.document.add_paragraph(style="Caption"), caption)
        width = max((sum(_width_of(cell) for cell in row) for row in rows), default=0)
        table = self.document.add_table(rows=len(rows), cols=width, style="Table Grid")
        said = [title.get_text(" ", strip=True) for title in tag.find_all("title")]
        name = " ".join("".join(run.text for run in caption).split())
        self.parts.describe_table(table, name, ". ".join(said))
        for row, cells in zip(table.rows, rows, strict=True):
            self.write_row(list(row.cells), cells)
            if cells and cells[0].find_parent("thead"):
                self.parts.mark_head_row(row)

    def write_row(self, places: list[Any], cells: list[Tag]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        at = 0
        for cell in cells:
            span = _width_of(cell)
            place = places[at] if span == 1 else places[at].merge(places[at + span - 1])
            paragraph = place.paragraphs[0]
            self.parts.add_runs(paragraph, read_runs(_words_of(cell), MarkupRun(bold=cell.name == "th")))
            if "num" in _classes_of(cell):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            at += span


def _children_of(tag: Tag, *names: str) -> list[Tag]:
    found = [child for child in tag.children if isinstance(child, Tag)]
    if other := [child.name for child in found if child.name not in names]:
        raise UnknownMarkup(f"{other[0]} in {tag.name}")
    return found


def _classes_of(tag: Tag) -> list[str]:
    return list(tag.get("class") or [])


def _width_of(cell: Tag) -> int:
    """In columns."""
    return int(str(cell.get("colspan") or 1))


def _words_of(cell: Tag) -> list[PageElement]:
    """A bar as blocks, and `data-words`: those that a drawing says to the eye."""
    said = [word for word in (_draw_bar(cell), str(cell.get("data-words") or "")) if word]
    return [NavigableString(" ".join(said))] if said else list(cell.children)


def _draw_bar(cell: Tag) -> str:
    """The one filled bar of a drawing, whose width is in percent."""
    part = next((float(str(rect["width"]).rstrip("%")) / 100 for rect in cell.select("svg rect[rx]")), 0)
    return "█" * max(1, round(BLOCKS * part)) if part else ""


def _is_bar(cell: Tag) -> bool:
    return "bar" in _classes_of(cell)
