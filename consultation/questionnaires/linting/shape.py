"""Linters for structure: number of open questions, refusal options, text alternatives, and reachable questions."""

from collections.abc import Iterator
from typing import Any

from consultation.questionnaires.conditions import misplaced_conditions
from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import Overriding, Spot, linter

MOST_OPEN = 3
NOT_WRITTEN = "Not written yet."  # placeholder summary of a new draft
OWN_WAY_OUT = ("prefer not to say", "rather not say", "do not want to say", "don't want to say", "don’t want to say")


@linter(
    "open-questions",
    title="Many questions ask people to write",
    reason="Writing is slow on a phone, most people stop there, and a trained person has to read every word within a day.",
    fix="Give choices, with “Something else” to write in. Keep three questions to write, the ones that matter most.",
)
def too_many_open(draft: Draft) -> Iterator[Spot]:
    opened = [one for one in draft.of_questions if one.is_open]
    for place, one in enumerate(opened[MOST_OPEN:], start=MOST_OPEN + 1):
        yield one.spot(found=f"{place} of {len(opened)} questions to write")


@linter(
    "way-out",
    title="Nobody can say “I don’t want to say” here",
    reason="A person who may refuse in words feels freer to answer the rest. To skip a question tells us less.",
    fix="Tick “Offer ‘I don’t want to say’” under “What kind of question it is”.",
    blocks=True,
)
def no_way_out(draft: Draft) -> Iterator[Spot]:
    for one in draft.of_questions:
        if not one.value.get("rather_not") and not any(_refuses(text) for text in one.choice_texts):
            yield one.spot("rather_not")


def _refuses(text: str) -> bool:
    return any(words in text.lower() for words in OWN_WAY_OUT)


@linter(
    "nothing-asked",
    title="Nothing is asked yet",
    reason="A page without questions takes people's time and gives them no say.",
    fix="Ask at least one question. The question bank and the templates have many that are written already.",
    blocks=True,
    overriding=Overriding.NOBODY,
)
def nothing_asked(draft: Draft) -> Iterator[Spot]:
    if not draft.of_questions:
        yield Spot("", "body")


@linter(
    "no-summary",
    title="There is no summary yet",
    reason="It stands on the first page of the site: from it people decide whether to answer.",
    fix="Say in one or two short sentences what you ask about.",
    blocks=True,
    overriding=Overriding.NOBODY,
)
def no_summary(draft: Draft) -> Iterator[Spot]:
    if (draft.get("summary") or "").strip() == NOT_WRITTEN:
        yield Spot("", "summary", NOT_WRITTEN)


@linter(
    "alternative",
    title="Someone who cannot see or hear this gets nothing in its place",
    reason="Without words a picture is silent for a person who hears the page, and a video for one who does not.",
    fix="Say what the picture shows, or add a file of captions.",
    blocks=True,
    overriding=Overriding.NOBODY,
)
def no_alternative(draft: Draft) -> Iterator[Spot]:
    for one in draft.of_questions:
        for choice in one.choices() if one.type == "pictures" else ():
            if choice.value.get("picture") and not (choice.value.get("alt") or "").strip():
                yield Spot(one.id, "options", one.text, choice.value.get("text") or "a picture")
        bsl = one.value.get("bsl") or {}
        if bsl.get("video") and not bsl.get("captions"):
            yield Spot(one.id, "bsl", one.text, "a video without captions")


@linter(
    "unreachable",
    title="No answers lead here",
    reason="Nobody would ever see it: its conditions cannot be true.",
    fix="Change its conditions, or remove them.",
    blocks=True,
    overriding=Overriding.NOBODY,
)
def unreachable(draft: Draft) -> Iterator[Spot]:
    error = misplaced_conditions(draft.get("body") or ()) if draft.asked else None
    if error is None:
        return
    for place, at in sorted(error.block_errors.items()):
        one = draft.asked[place]
        yield Spot(one.id, "show_if", one.text, fix=_first(at))
    for message in _messages(error.non_block_errors):
        yield Spot("", "body", fix=message)


def _first(error: Any) -> str:
    return next(_messages(error), "")


def _messages(error: Any) -> Iterator[str]:
    """All messages of a nested block error, outermost first."""
    if hasattr(error, "as_data") and not hasattr(error, "block_errors"):
        error = error.as_data()
    if isinstance(error, dict):
        error = list(error.values())
    if isinstance(error, list | tuple):
        for one in error:
            yield from _messages(one)
        return
    if hasattr(error, "block_errors"):
        yield from _messages(getattr(error, "non_block_errors", []))
        yield from _messages(error.block_errors)
    elif error is not None:
        yield from getattr(error, "messages", [])
