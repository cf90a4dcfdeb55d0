"""One sign for each box on the form, printed beside it and typed by whoever enters the form.

1 to 9, then letters; `k` is "I don't know", `n` "I don't want to say", `s` "I want someone to read this soon". Questions
with more choices than signs have two figures. On a scale the number itself is the sign.
"""

from consultation.questionnaires.schema import ALSO

NOT_ANSWERED, UNCLEAR = ".", "?"
ALSO_CODES = {"dont-know": "k", "rather-not": "n"}
SOON_CODE = "s"
SIGNS = "123456789abcdefghjmpqrtuvwxyz"  # without i, l and o, which look like figures, and those above


def option_codes(item):
    """{code: option key}, in the order of the paper; without the options that are set apart."""
    options = item["options"]
    if item["type"] == "slider":
        return {option["id"]: option["key"] for option in options}
    if len(options) <= len(SIGNS):
        return dict(zip(SIGNS, (option["key"] for option in options), strict=False))
    return {f"{place:02}": option["key"] for place, option in enumerate(options, start=1)}


def apart_codes(item):
    """{code: key} of what is set apart."""
    return {ALSO_CODES[name]: ALSO[name] for name in item["also"]}


def all_codes(item):
    """{code: key} of everything that can be ticked."""
    return option_codes(item) | apart_codes(item)


def split(typed, codes):
    """The codes that were typed, with or without spaces between them; one that is none of these stays whole."""
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
