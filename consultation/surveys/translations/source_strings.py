"""The translatable strings of a page, each with its place in words and its limits.

wagtail-localize defines strings and paths, so that its editor, our pages and .po files agree.
"""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import FieldDoesNotExist
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from consultation.markup import clean_rich_text
from consultation.surveys.translated_strings import has_words
from consultation.surveys.type_registry import find_type

# Fields that are not translated.
NOT_WORDS = {"words_checked_by", "slug", "paper_runner", "paper_address", "paper_desk"}
MARKED = re.compile(r"[<>&\n\"']")  # characters that wagtail-localize stores escaped
LISTS = {"options": "choice", "rows": "row", "help_by_answer": "help"}


@dataclass(frozen=True)
class SourceString:
    path: str  # "body.go.options.yes.text": ids, not positions
    text: str  # as people read it; rich text with its tags
    rich: bool = False
    block: str = ""  # the question's block id; empty for a field of the page
    where: str = ""  # "Question 3, choice 2"
    what: str = ""  # "Easy read"
    limit: int | None = None
    easy: bool = False
    stored: str = ""  # as wagtail-localize stores it


def current_source_page(page):
    """The page that translations refer to: the live one, or the newest draft before publication."""
    return page.specific if page.live else page.get_latest_revision_as_object()


def list_upcoming_strings(page, now):
    """New strings in the newest draft of a live page, which can be translated and checked before publication."""
    if not page.live or not page.has_unpublished_changes:
        return []
    known = {(source.path, source.stored) for source in now}
    return [
        one for one in list_source_strings(page.get_latest_revision_as_object()) if (one.path, one.stored) not in known
    ]


def list_source_strings(instance):
    """The strings of an instance in page order; a path may hold several strings."""
    segments = extract_segments(instance)
    rich = {segment.path for segment in segments if isinstance(segment, TemplateSegmentValue)}
    places, found = StringPlaces(instance), []
    for segment in segments:
        if isinstance(segment, StringSegmentValue) and segment.path not in NOT_WORDS:
            text = to_plain_text(segment.string, segment.path in rich)
            source = places.source(segment.path, text, segment.path in rich)
            found.append(replace(source, stored=segment.string.data))
    return [source for source in found if has_words(source.text)]


def to_plain_text(string, rich=False):
    """A stored wagtail-localize string as people write it."""
    return string.data if rich or not MARKED.search(string.data) else string.render_text()


def to_stored_form(text, rich=False):
    if rich:
        return clean_rich_text(text)
    return StringValue.from_plaintext(text).data if MARKED.search(text) else text


class StringPlaces:
    """Describes the paths of one page in words, with their length limits."""

    def __init__(self, instance):
        self.model = type(instance)
        self.streams = {}
        for field in instance._meta.get_fields():
            value = getattr(instance, field.name, None) if hasattr(field, "stream_block") else None
            for child, name in _name_blocks(value or ()):
                self.streams[f"{field.name}.{child.id}"] = (child, name)

    def source(self, path, text, rich):
        head = ".".join(path.split(".")[:2])
        if head in self.streams:
            return self._in_block(path, text, rich, *self.streams[head])
        try:
            field = self.model._meta.get_field(path)
        except FieldDoesNotExist:
            return SourceString(path, text, rich, where="Page", what=path)
        name = str(field.verbose_name)
        limit = getattr(field, "max_length", None)
        return SourceString(path, text, rich, "", "Page", name[:1].upper() + name[1:], limit, "easy" in path)

    def _in_block(self, path, text, rich, child, name):
        inner = path.split(".")[2:]
        block, value, where = child.block, child.value, name
        while inner:
            part, inner = inner[0], inner[1:]
            if part in LISTS and hasattr(value[part], "bound_blocks"):
                id_, inner = inner[0], inner[1:]
                found = [one.id for one in value[part].bound_blocks]
                where += f", {LISTS[part]} {found.index(id_) + 1}" if id_ in found else ""
                block = block.child_blocks[part].child_block
                value = next((one.value for one in value[part].bound_blocks if one.id == id_), {})
            elif part in getattr(block, "child_blocks", {}):
                block = block.child_blocks[part]
        limit = getattr(getattr(block, "field", None), "max_length", None)
        label = str(getattr(block, "label", "") or "Words")
        return SourceString(path, text, rich, child.id, where, label, limit, path.rpartition(".")[2].find("easy") >= 0)


def _name_blocks(stream):
    """(child, "Question 3", "Part 2" or its block's label)."""
    questions = parts = 0
    for child in stream:
        if not find_type(child.block_type).is_question:
            parts += 1
            yield child, f"Part {parts}"
        elif "help_by_answer" in getattr(child.block, "child_blocks", {}):
            questions += 1
            yield child, f"Question {questions}"
        else:
            yield child, str(child.block.label or child.block_type)
