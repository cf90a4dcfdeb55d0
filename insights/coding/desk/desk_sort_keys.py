"""Sort keys of the desk line, which make similar texts neighbours: question, proposed themes, causing and own words.

Deterministic and cheap: no model is loaded, and a new text moves no other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from consultation.domain.personal_data_types import TAG

SHORTEST = 3
MOST_WORDS = 10
LONGEST_KEY = 255
HEX = 32  # digits of a text's id, the last part of its key
LAST = 999
UNKNOWN_QUESTION = str(LAST)
WORD = re.compile(r"[^\W\d_]+")
# Stop words: texts that share them are not more similar.
COMMON = frozenset(
    "the and for that this with they them have has had are was were not but you your our out can could would should "
    "there their when what who how why all any some one get got more just like really very because about from into "
    "over than then too also its it's been being does did don't did't isn't will want need think feel people".split()
)


def telling_words_of(text: str) -> list[str]:
    """Distinct words without stop words and redaction tags, in the order of the text."""
    plain = TAG.sub(" ", text)
    found = (word.casefold() for word in WORD.findall(plain))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST and word not in COMMON))


def count_texts_by_word(texts: Iterable[str]) -> Counter[str]:
    """{word: number of texts with it}."""
    return Counter(word for text in texts for word in telling_words_of(text))


def build_sort_key(
    *, question: int, themes: Sequence[int], because: Sequence[str], text: str, frequency: Mapping[str, int], end: str
) -> str:
    """The sort key of a text. `themes`: ranks, likeliest first; `because`: causing phrases; `end` makes it unique.

    Causing words come before other words, and frequent words before rare ones, so that neighbours share most words.
    Zeros separate words, because digits sort before letters in every collation.
    """
    first, second = [*themes, LAST, LAST][:2]
    caused = [word for phrase in because for word in telling_words_of(phrase)]
    own = [word for word in telling_words_of(text) if word not in set(caused)]
    ordered = [*_sort_shared_first(dict.fromkeys(caused), frequency), *_sort_shared_first(own, frequency)][:MOST_WORDS]
    head = f"{_pad_number(question)}0{_pad_number(first)}0{_pad_number(second)}0"
    return head + "0".join(ordered)[: LONGEST_KEY - len(head) - HEX - 1] + "0" + end


def question_part_of(key: str) -> str:
    """The first part of a sort key: the question's number. The rest of the key tells what the machine proposes."""
    return key[: len(UNKNOWN_QUESTION)]


def _sort_shared_first(words: Iterable[str], frequency: Mapping[str, int]) -> list[str]:
    return sorted(words, key=lambda word: (-frequency.get(word, 0), word))


def _pad_number(value: int) -> str:
    return f"{min(value, LAST):03}"
