"""The codes printed beside each box of a paper form, which a typist enters.

1 to 9, then letters; `k` is "I don't know", `n` "I don't want to say", `s` "I want someone to read this soon".
Questions with more options than signs have two-digit codes. On a scale the number is the code.
"""

from consultation.surveys.questionnaire_schema import ALSO
from consultation.surveys.type_registry import TypeTable

NOT_ANSWERED, UNCLEAR = ".", "?"
NON_RESPONSE_SIGNS = {"dont-know": "k", "rather-not": "n"}
SOON_CODE = "s"
NUMBERS_ARE_CODES = TypeTable(question=False, slider=True)
PAPER_SIGNS = "123456789abcdefghjmpqrtuvwxyz"  # without i, l and o, which look like figures, and those above


def option_keys_by_code(item):
    """{code: option key} in the order of the paper, without non-response codes."""
    options = item["options"]
    if NUMBERS_ARE_CODES.of_item(item):
        return {option["id"]: option["key"] for option in options}
    if len(options) <= len(PAPER_SIGNS):
        return dict(zip(PAPER_SIGNS, (option["key"] for option in options), strict=False))
    return {f"{place:02}": option["key"] for place, option in enumerate(options, start=1)}


def non_response_keys_by_code(item):
    """{code: key} of the non-response options."""
    return {NON_RESPONSE_SIGNS[name]: ALSO[name] for name in item["also"]}


def split_typed_codes(typed, codes):
    """The typed codes, with or without spaces between them; unknown ones are included."""
    width = max((len(code) for code in codes), default=1)
    found = []
    for run in typed.lower().replace(",", " ").split():
        if run in codes:
            found.append(run)
        elif width > 1 and not run.isalpha():
            found += [run[at : at + width] for at in range(0, len(run), width)]
        else:
            found += list(run)
    return found
