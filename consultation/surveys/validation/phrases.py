"""Text patterns shared by the linters of wording."""

import re
from collections.abc import Iterator

SENTENCE = re.compile(r"[^.?!\n]+[.?!]?")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
# Negations, as in "You do not need to say what happened".
NOT_ASKED = re.compile(
    r"\b(do not|don['’]t|does not|need not|no need|never|not have to|not need to|without|leave out|leaves? out|"
    r"instead of|"
    r"rather than|cannot|can['’]t|no one will|nobody will|not)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:]| but ")


def compile_any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def unify_apostrophes(text: str) -> str:
    """The text with typewriter apostrophes only."""
    return text.replace("’", "'")


def split_sentences(text: str) -> list[str]:
    return [found.strip() for found in SENTENCE.findall(unify_apostrophes(text)) if found.strip()]


def blank_quotations(text: str) -> str:
    """The text with quotations replaced by spaces."""
    return QUOTED.sub(lambda found: " " * len(found[0]), text)


def list_matches(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for sentence in split_sentences(text):
        if match := pattern.search(sentence):
            yield match[0].strip()


def find_asked_words(pattern: re.Pattern[str], text: str) -> str:
    """The first match of the pattern; "" if a negation precedes it in its clause."""
    for sentence in split_sentences(text):
        match = pattern.search(sentence)
        if match and not NOT_ASKED.search(CLAUSE.split(sentence[: match.start()])[-1]):
            return match[0].strip()
    return ""
