"""What a summary of few people's words must not do: count people, or quote them."""

import re
from collections.abc import Iterable

GRAVE = 2  # least gravity of a grave theme: "some worry"
SERIOUS = 3  # gravity from which a theme's numbers are sensitive
QUOTED_RUN = 5  # so many words in a row from an answer are a quote
LONGEST = 400
NUMBER = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the only|a single|a couple of|a dozen|half of"
)
PEOPLE = r"people|persons?|child(?:ren)?|girls?|boys?|pupils?|students?|teenagers?|parents?|teachers?|answers?|voices?"
SOMEONE = r"person|child|girl|boy|pupil|student|teenager|parent"
SAYS = r"said|says|told|tells|wrote|writes|felt|feels|asked|asks"
COUNTED = re.compile(
    rf"\d|%|\bper ?cent\b|\b(?:{NUMBER})\s+(?:\w+\s+)?(?:{PEOPLE})\b|\ban? (?:{SOMEONE}) (?:{SAYS})\b"
    rf"|(?<!no )\b(?:{NUMBER})\s+(?:of (?:them|us|you)\b|(?:{SAYS})\b)"
    r"|\bonly one\b|\bone of (?:them|us)\b|\bnobody else\b|\b(?:a )?(?:majority|minority) of\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+(?:['’]\w+)?")


def find_people_count(words: str) -> str:
    """The first phrase that counts people, or ""."""
    found = COUNTED.search(words)
    return found.group() if found else ""


def find_repeated_words(words: str, answers: Iterable[str]) -> str:
    """The first run of words that an answer has too, or ""."""
    said = {run for answer in answers for run in _word_runs(answer)}
    return next((" ".join(run) for run in _word_runs(words) if run in said), "")


def _word_runs(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return [tuple(words[at : at + QUOTED_RUN]) for at in range(len(words) - QUOTED_RUN + 1)]


def find_summary_mistake(words: str, answers: Iterable[str]) -> str:
    """What is wrong with a summary, in plain words, or ""."""
    if not words.strip():
        return "Write what was said, in your own words."
    if len(words) > LONGEST:
        return f"This is too long. Take out {len(words) - LONGEST} letters."
    if counted := find_people_count(words):
        return f"Say nothing of how many. Take out “{counted}”."
    if "[" in words:
        return "Leave out what stands for a name or a place."
    if repeated := find_repeated_words(words, answers):
        return f"Say it in your own words. An answer says “{repeated}”."
    return ""
