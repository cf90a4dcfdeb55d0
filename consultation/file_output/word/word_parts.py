"""What python-docx has no method for: language, direction, links, numbering anew, alternative text, page numbers."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from consultation.file_output.word.markup_runs import LINE_BREAK, MarkupRun


def make_element(name: str, /, **values: Any) -> Any:
    """An element such as `w:lang`, with its attributes of that namespace."""
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def set_language(document: Any, language: str) -> None:
    document.core_properties.language = language
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def add_runs(paragraph: Any, runs: Iterable[MarkupRun]) -> None:
    for run in runs:
        made = paragraph.add_run(run.text.replace(LINE_BREAK, "\n"))
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.right_to_left:
            made.font.rtl = True
            _set_direction(paragraph)
        if run.language:
            made._r.get_or_add_rPr().append(make_element("lang", val=run.language, bidi=run.language))
        if run.anchor:
            link = make_element("hyperlink", anchor=run.anchor)
            made._r.addprevious(link)
            link.append(made._r)


def _set_direction(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.append(make_element("bidi"))


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that links lead to."""
    paragraph._p.insert(1, make_element("bookmarkStart", id=number, name=name))
    paragraph._p.append(make_element("bookmarkEnd", id=number))


def begin_numbering(document: Any, style: str) -> int:
    """The id of a new list of this style, which begins at 1."""
    numbering = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    old = next(each for each in numbering.num_lst if each.numId == of_style)
    new = numbering.add_num(old.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new.numId)


def number_paragraph(paragraph: Any, list_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, list_id


def describe_table(table: Any, caption: str, description: str) -> None:
    """The alternative text of a table, which a screen reader says before its cells."""
    for name, words in (("tblCaption", caption), ("tblDescription", description)):
        if words:
            table._tbl.tblPr.append(make_element(name, val=words))


def mark_head_row(row: Any) -> None:
    """The row is told with each cell, and stands again at the top of each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(make_element("cantSplit"))
    properties.append(make_element("tblHeader"))


def add_page_number(paragraph: Any) -> None:
    paragraph.add_run("\t")
    for field, after in (("PAGE", " / "), ("NUMPAGES", "")):
        made = make_element("fldSimple", instr=field)
        made.append(deepcopy(paragraph.add_run("1")._r))
        paragraph._p.remove(paragraph.runs[-1]._r)
        paragraph._p.append(made)
        paragraph.add_run(after)
