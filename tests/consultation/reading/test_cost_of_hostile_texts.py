"""What a text costs grows with its length and never faster, whatever it is made of: nobody delays a cry for help by a text.

Costs are seconds of this process. A measurement is repeated, since a busy machine makes one dear: only what is too dear each
time fails.
"""

import importlib
import pkgutil
import re
import time

import pytest

from consultation import reading, responses
from consultation.reading import flood_similarity, redaction, redaction_spans, screening
from consultation.reading.copied_texts import actions
from consultation.reading.redaction import span_proposals
from consultation.reading.redaction.span_proposals import (
    LONG_WORD,
    LONGEST,
    OVERLAP,
    iter_windows,
)
from consultation.reading.redaction.text_folding import plain_view
from consultation.safeguarding import case_search
from insights import coding, releases, search, summaries
from insights.coding import shared_phrases
from insights.coding.desk import text_segments
from insights.coding.engine import long_answers, word_tokens
from insights.releases.chosen_quotes import near_repeats
from insights.search import search_terms

GROWTH, TRIES = 2.5, 3
SHAPES = {
    "dashes": "-",
    "spaces": " ",
    "line ends": "\n",
    "dots": ".",
    "digits": "7",
    "at": "@",
    "brackets": "(",
    "signs": "+",
    "quotes": "\"'",
    "nested quotes": "\"a 'b ",
    "one long word": "a",
    "capitals": "A",
    "marks": "e\u0301\u0323",
    "marks alone": "\u0301\u0323",
    "invisible": "a\u200b",
    "mixed scripts": "aб",
    "arabic": "م",
    "arabic words": "مم ",
    "dashed": "a-",
    "dashed digits": "7-",
    "apostrophes": "a'",
    "addresses": "a.b.",
    "mail": "a@b.co ",
    "half mail": "a@",
    "web": "www.",
    "short lines": "\na",
    "short digits": "7 ",
    "list": "a, ",
    "in brackets": "(a ",
    "phones": "07700 900123 ",
    "capital words": "Ab Cd ",
    "names": "Kieran and Tasha went ",
    "new names": None,
    "prose": "we like the park and ",
    "my": "my mate ",
}
PROSE = SHAPES["prose"]


def build(shape, letters):
    if SHAPES[shape] is None:
        text = "".join(f"Kieran{n:x} and my mate Bo{n:x}, " for n in range(letters // 20))
    else:
        text = SHAPES[shape] * letters
    return text[:letters]


@pytest.fixture(scope="module", autouse=True)
def models():
    """Loaded before anything is measured."""
    redact(f"{PROSE} Kieran, 07700 900123, سڑک")
    screen("I am scared to go home. He hits me. سڑک پر اندھیرا ہے۔")


def redact(text):
    return redaction.propose_spans(text, language="en")


def screen(text):
    return screening.screen_text(text, language="en")


def cost(act, text):
    began = time.process_time()
    act(text)
    return time.process_time() - began


def grows_with_length(act, shape, letters, floor):
    return any(
        cost(act, build(shape, 2 * letters)) <= GROWTH * max(cost(act, build(shape, letters)), floor)
        for _ in range(TRIES)
    )


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_letters_cost_about_twice(shape):
    assert grows_with_length(redact, shape, 3_000, floor=0.02)
    assert grows_with_length(screen, shape, 3_000, floor=0.02)
    assert grows_with_length(screening.sounds_urgent, shape, 3_000, floor=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["dashes", "one long word", "marks", "new names"])
def test_so_they_do_up_to_a_hundred_thousand(shape):
    assert grows_with_length(redact, shape, 50_000, floor=0.1)
    assert grows_with_length(screen, shape, 50_000, floor=0.1)


def test_twenty_thousand_dashes_cost_no_more_than_any_other_letters():
    prose = cost(redact, build("prose", 20_000))
    assert cost(redact, "-" * 20_000) < prose
    assert cost(redact, "-" * 20_000) + cost(screen, "-" * 20_000) < 0.5


@pytest.mark.slow
def test_no_pattern_of_the_redaction_is_dear_within_a_window():
    """It matches within windows alone, so that the sum over them stays small: each pattern on one of each shape."""
    texts = {shape: plain_view(build(shape, LONGEST)).text for shape in SHAPES}
    dear = [
        (name, shape)
        for name, pattern in list_patterns(redaction)
        for shape, text in texts.items()
        if all(cost(lambda text, pattern=pattern: scan(pattern, text), text) > 0.05 for _ in range(TRIES))
    ]
    assert dear == []


def list_patterns(*rooms):
    """(name, pattern) of each module-level pattern below these rooms, also of those in lists and tables; each once."""
    seen = set()
    for room in rooms:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in find_patterns(value):
                    if pattern not in seen:
                        seen.add(pattern)
                        yield f"{module.name}.{name}", pattern


def find_patterns(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from find_patterns(each)


# Rooms that read a whole text, without windows.
WHOLE = (reading, responses, case_search, coding, search, releases, summaries)


@pytest.mark.slow
def test_twice_the_letters_cost_each_other_pattern_about_twice_up_to_a_hundred_thousand():
    own = {pattern for _, pattern in list_patterns(redaction)}
    patterns = [(name, one) for name, one in list_patterns(*WHOLE) if one not in own and isinstance(one.pattern, str)]
    assert len(patterns) > 20
    dear = [
        (name, shape)
        for name, pattern in patterns
        for shape in SHAPES
        if not grows_with_length(lambda text, one=pattern: len(list(one.finditer(text))), shape, 50_000, floor=0.02)
    ]
    assert dear == []


PATHS = {
    "copied texts": lambda text: actions.digest_wording(1, text),
    "alike": flood_similarity.similarity_mark,
    "what is searched for": search_terms.parse_terms,
    "what is searched": lambda text: search_terms.holds_terms(text, search_terms.parse_terms("lights")),
    "words to code": lambda text: [word_tokens.character_ngrams(word) for word in word_tokens.split_words(text)],
    "sentences to code": long_answers.split_into_sentences,
    "sentences at the desk": text_segments.split_into_sentences,
    "causes at the desk": lambda text: text_segments.find_cause_spans(text, ["my mate", "a a", "park"]),
    "a shared phrase": lambda text: shared_phrases.holds_phrase(text, "the park"),
    "near repeats": near_repeats.split_into_plain_words,
    "tags": lambda text: redaction_spans.list_redaction_tags(text, [{"start": 0, "end": 1, "type": "PERSON"}]),
    "a name at the desk": lambda text: redaction_spans.find_words(text, "Kieran"),
}


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_so_does_each_other_path_that_a_text_takes(path):
    assert [shape for shape in SHAPES if not grows_with_length(PATHS[path], shape, 50_000, floor=0.02)] == []


def scan(pattern, text):
    return [len(list(pattern.finditer(text, *window))) for window in iter_windows(text)]


@pytest.mark.parametrize("shape", SHAPES)
def test_windows_are_bounded_and_leave_nothing_out(shape):
    text = build(shape, 20_000)
    windows = list(iter_windows(text))
    assert all(start < end <= start + LONGEST for start, end in windows)
    assert sum(end - start for start, end in windows) < 1.5 * len(text) + LONGEST
    assert {at for start, end in windows for at in range(start, end)} == set(range(len(text)))


def test_prose_is_cut_behind_white_space_and_overlaps():
    text = PROSE * 300
    windows = list(iter_windows(text))
    for (_, end), (start, _) in zip(windows, windows[1:], strict=False):
        assert text[end - 1] == " " and text[start - 1] == " "
        assert OVERLAP - LONG_WORD < end - start <= OVERLAP


def test_a_usual_text_is_one_window():
    assert list(iter_windows(PROSE * 90)) == [(0, len(PROSE * 90))]
    assert list(iter_windows("")) == []


def test_what_stands_anywhere_in_a_long_text_is_found():
    said = "My mate Kieran Walsh rings on 07700 900123 from 4 Tanner Fold. "
    text = said.join(PROSE * times for times in (95, 40, 96, 91, 3, 5))
    found = redact(text)
    for words in ("Kieran Walsh", "07700 900123", "4 Tanner Fold"):
        places = [match.start() for match in re.finditer(re.escape(words), text)]
        assert len(places) == 5
        assert all(any(span.start <= at and at + len(words) <= span.end for span in found) for at in places)


def test_a_name_of_one_window_is_found_in_all_with_one_type():
    text = f"my mate called Zorvek came. {PROSE * 150} then zorvek went. {PROSE * 150} Zorvek said so."
    spans = [span for span in redact(text) if text[span.start : span.end].casefold() == "zorvek"]
    assert len(spans) == 3 and len({span.type for span in spans}) == 1


def test_a_long_run_of_signs_hides_nothing_and_moves_no_offset():
    text = f"Ask Kieran Walsh {'-' * 500} or ring{' ' * 300}07700 900123 {'.' * 90}"
    found = {text[span.start : span.end]: span.type for span in redact(text)}
    assert found == {"Kieran Walsh": "WORKER", "07700 900123": "PHONE"}


def test_of_a_text_that_nobody_types_the_rest_is_hidden_unread(monkeypatch):
    monkeypatch.setattr(span_proposals, "MOST_LETTERS", 400)
    text = PROSE * 30
    assert [(span.start, span.end) for span in redact(text)] == [(400, len(text))]
    assert redact(text[:400]) == []
