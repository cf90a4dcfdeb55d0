"""Numbers that somebody may call or text, however they are written: in any script, with any dash, space or dot."""

import re
import unicodedata

NUMBER = re.compile(r"\+?\(?\d(?:[ ()./-]*\d)*")
# Of hours, as "8:30-17.00": not a piece of a longer number.
CLOCK_TIME = re.compile(r"(?<![\d.:])\d{1,2}[:.]\d\d(?![.:]?\d)")
DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・"), ".")


def normalise_numbers(text: str) -> str:
    """The text with ASCII digits, hyphens, spaces and dots in place of those of other scripts and typesetters."""
    found = []
    for letter in unicodedata.normalize("NFKC", text).translate(DOTS):
        kind = unicodedata.category(letter)
        plain = "" if kind == "Cf" else "-" if kind == "Pd" or letter == "−" else " " if kind == "Zs" else letter
        found.append(str(unicodedata.decimal(letter, plain)))
    return "".join(found)


def list_call_numbers(text: str, *, least_digits: int) -> list[str]:
    """Each number of so many digits or more, as `normalise_numbers` writes it, in the order of the text."""
    return [found for found in NUMBER.findall(normalise_numbers(text)) if count_digits(found) >= least_digits]


def count_digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def drop_clock_times(text: str) -> str:
    return CLOCK_TIME.sub("", normalise_numbers(text))
