"""Linters for structure: number of open questions, refusal options, text alternatives, and reachable questions."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from consultation.surveys.block_errors import list_block_errors, list_messages
from consultation.surveys.condition_validation import find_condition_error
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, OverridePermission, register_linter

MOST_OPEN = 3
MOST_ABOUT_YOU = 3
NOT_WRITTEN = "Not written yet."  # placeholder summary of a new draft
OWN_WAY_OUT = ("prefer not to say", "rather not say", "do not want to say", "don't want to say", "don’t want to say")


@register_linter(
    "open-questions",
    title="Many questions ask people to write",
    reason="Writing is slow on a phone, most people stop there, and a trained person has to read every word within a day.",
    fix="Give choices, with “Something else” to write in. Keep three questions to write, the ones that matter most.",
)
def lint_open_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    opened = [one for one in draft.of_questions if one.is_open]
    for place, one in enumerate(opened[MOST_OPEN:], start=MOST_OPEN + 1):
        yield one.spot(found=f"{place} of {len(opened)} questions to write")


@register_linter(
    "about-you",
    title="More than three questions about the person",
    reason="Reports are split by each of them. Each one more makes groups smaller, until answers point at a person.",
    fix="Keep the three that matter most. Tick “Equality question: kept apart from the answers” at the others.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_about_you_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    asked = [one for one in draft.of_questions if one.is_about_you]
    for place, one in enumerate(asked[MOST_ABOUT_YOU:], start=MOST_ABOUT_YOU + 1):
        yield one.spot(found=f"{place} of {len(asked)} questions about the person")


@register_linter(
    "way-out",
    title="Nobody can say “I don’t want to say” here",
    reason="A person who may refuse in words feels freer to answer the rest. To skip a question tells us less.",
    fix="Tick “Offer ‘I don’t want to say’” under “What kind of question it is”.",
    blocks=True,
)
def lint_missing_refusal(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one in draft.of_questions:
        said = "\n".join(one.choice_texts).lower()
        if not one.value.get("rather_not") and not any(words in said for words in OWN_WAY_OUT):
            yield one.spot("rather_not")


@register_linter(
    "nothing-asked",
    title="Nothing is asked yet",
    reason="A page without questions takes people's time and gives them no say.",
    fix="Ask at least one question. The question bank and the templates have many that are written already.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_empty_questionnaire(draft: LintedDraft) -> Iterator[FindingSpot]:
    if not draft.of_questions:
        yield FindingSpot("", "body", missing=True)


@register_linter(
    "unfinished",
    title="Not finished",
    reason="A question without its words or its choices cannot be asked.",
    fix="Finish it, or take it out.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_unfinished_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    """All that a form would refuse when it is sent, but what no answer leads to, which has a linter."""
    body, known = draft.get("body"), {spot.fix for spot in lint_unreachable_questions(draft)}
    try:
        if body:
            body.stream_block.clean(body)
    except ValidationError as error:
        for place, field, message in list_block_errors(error):
            one = draft.asked[place]
            if message not in known:
                yield one.spot(field or "text", fix=f"{one.name_field(field)}: {message}", missing=True)


@register_linter(
    "no-summary",
    title="There is no summary yet",
    reason="It stands on the first page of the site: from it people decide whether to answer.",
    fix="Say in one or two short sentences what you ask about.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_missing_summary(draft: LintedDraft) -> Iterator[FindingSpot]:
    if (draft.get("summary") or "").strip() == NOT_WRITTEN:
        yield FindingSpot("", "summary", NOT_WRITTEN, missing=True)


@register_linter(
    "alternative",
    title="Someone who cannot see or hear this gets nothing in its place",
    reason="Without words a picture is silent for a person who hears the page, and a video for one who does not.",
    fix="Say what the picture shows, or add a file of captions.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_missing_alternatives(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one in draft.of_questions:
        for choice in one.choices():
            if choice.value.get("picture") and not (choice.value.get("alt") or "").strip():
                yield FindingSpot(one.id, "options", one.text, choice.value.get("text") or "a picture")
        bsl = one.value.get("bsl") or {}
        if bsl.get("video") and not bsl.get("captions"):
            yield FindingSpot(one.id, "bsl", one.text, "a video without captions")


@register_linter(
    "same-picture",
    title="Two choices have the same small picture",
    reason="To somebody who reads by the pictures they are one choice.",
    fix="Give each choice a picture of its own.",
)
def lint_repeated_pictograms(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one in draft.of_questions:
        seen: set[str] = set()
        for choice in one.choices():
            if (picture := choice.value.get("pictogram")) and picture in seen:
                yield FindingSpot(one.id, "options", one.text, choice.value.get("text"))
            seen.add(picture)


@register_linter(
    "unreachable",
    title="No answers lead here",
    reason="Nobody would ever see it: its conditions cannot be true.",
    fix="Change its conditions, or remove them.",
    blocks=True,
    overriding=OverridePermission.NOBODY,
)
def lint_unreachable_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    error = find_condition_error(draft.get("body") or ()) if draft.asked else None
    if error is None:
        return
    for place, at in sorted(error.block_errors.items()):
        one = draft.asked[place]
        yield FindingSpot(one.id, "show_if", one.text, fix=next(list_messages(at), ""))
    for message in list_messages(error.non_block_errors):
        yield FindingSpot("", "body", fix=message)
