"""Search terms highlighted in a text. Every part is escaped, so that no typed text becomes markup."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from consultation.domain.personal_data_types import TAG
from insights.search.search_terms import WORD, SearchTerm, fold_text

LONGEST = 700
BEFORE = 120


def highlight_terms(text: str, terms: Iterable[SearchTerm] = ()) -> SafeString:
    """HTML with found words in <mark> and redaction tags in <span>; a long text is cut around the first match."""
    spans = _find_term_spans(text, tuple(terms))
    start, end = _choose_window(text, spans)
    pieces, place = ["… " if start else ""], start
    for tag in TAG.finditer(text, start, end):
        marked = format_html('<span class="tagged">{}</span>', tag[0])
        pieces += [_render_words(text, spans, place, tag.start()), marked]
        place = tag.end()
    pieces += [_render_words(text, spans, place, end), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))


def _find_term_spans(text: str, terms: tuple[SearchTerm, ...]) -> list[tuple[int, int]]:
    """Spans of the found words, sorted, without overlap."""
    places = [found.span() for found in WORD.finditer(text)]
    words = [fold_text(text[start:end]) for start, end in places]
    found: list[tuple[int, int]] = []
    for place in range(len(words)):
        sizes = [len(term.words) for term in terms if term.starts_at(words, place)]
        if sizes:
            begin, end = places[place][0], places[place + max(sizes) - 1][1]
            if not found or begin >= found[-1][1]:
                found.append((begin, end))
    return found


def _choose_window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - LONGEST))
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + LONGEST)
    if end < len(text):
        space = text.rfind(" ", start + 1, end)
        end = space if space > first else end
    return start, end


def _render_words(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    pieces, place = [], start
    for begin, stop in spans:
        begin, stop = max(begin, place), min(stop, end)
        if begin < stop:
            pieces += [conditional_escape(text[place:begin]), format_html("<mark>{}</mark>", text[begin:stop])]
            place = stop
    return "".join([*pieces, conditional_escape(text[place:end])])
