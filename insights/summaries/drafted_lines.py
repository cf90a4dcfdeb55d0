"""Draft the lines of a summary by rules, from released figures and approved summaries alone. No model writes."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.text import get_text_list

from insights.decisions.evidence_answers import ThemeAnswers
from insights.decisions.unanswered.unanswered_themes import list_unanswered_themes
from insights.disclosure.rules_wording import wording_of
from insights.releases.minority_views.policies import GRAVE
from insights.releases.models import Release
from insights.releases.share_statistics import SLACK
from insights.releases.theme_evidence import ThemeEvidence, list_theme_evidence
from insights.representation.models import ReachPicture
from insights.representation.representation_overview import sections_of
from insights.summaries.linked_figures import find_named_rows, list_linkable_rows, percent_in_words
from insights.summaries.models import SLOTS, quotes_to_choose

MESSAGES = 3
MOST_NAMED = 3  # groups in a list
MOST_OPEN = 2  # themes that are few but grave, and as many that no decision answers


def draft_lines(release: Release) -> list[dict[str, Any]]:
    """Lines as in `ReportSummary.lines`; slots that the release has nothing for are left out."""
    return draft_from_themes(release, list_theme_evidence([release], views=True))


def draft_from_themes(
    release: Release, themes: list[ThemeEvidence], decided: ThemeAnswers | None = None
) -> list[dict[str, Any]]:
    """The same, where the release's themes are fetched already, with `voices`, and perhaps their answers."""
    top = sorted((one for one in themes if one.weight), key=lambda one: (-one.weight, one.label))
    words = {
        "who": _draft_who(release),
        **{f"message-{at + 1}": _draft_message(top, at) for at in range(min(MESSAGES, len(top)))},
        "open": f"{_draft_grave(themes, top[MESSAGES:])} {_draft_unanswered(themes, decided)}".strip(),
    }
    quotes = _first_quotes(release)
    rows = list_linkable_rows(release).values()
    return [
        {
            "slot": slot,
            "words": words[slot],
            "links": [row.id for row in find_named_rows(words[slot], rows)],
            "quote": quotes.get(top[int(slot[-1]) - 1].theme) if slot.startswith("message") else None,
        }
        for slot in SLOTS
        if words.get(slot)
    ]


def _draft_who(release: Release) -> str:
    rules = wording_of(release.rules)
    if release.people is None:
        return f"{rules.too_few_to_ask.capitalize()} answered."
    answered = f"{rules.about(release.people).capitalize()} answered."
    picture = ReachPicture.objects.filter(consultation=release.consultation).first()
    sections = sections_of(release.consultation, picture)
    missing = [group.row.label for section in sections for group in section.missing]
    if missing:
        named = get_text_list(missing[:MOST_NAMED], "and")
        return f"{answered} Not heard enough, beside those who live here or were asked: {named}."
    return answered


def _draft_message(top: list[ThemeEvidence], at: int) -> str:
    one = top[at]
    number = _describe_people(one)
    second = top[1].weight if len(top) > 1 else 0
    if at == 0 and one.people and one.people - second > SLACK:  # random changes alone do not put it first
        return f"More spoke about {one.label} than about anything else: {number}."
    return f"{number.capitalize()} spoke about {one.label}."


def _describe_people(one: ThemeEvidence) -> str:
    if one.is_nearly_all:
        return f"nearly all of about {intcomma(one.base)} people"
    return f"about {intcomma(one.people)} of {intcomma(one.base)}{percent_in_words(one.row)}"


def _draft_grave(themes: list[ThemeEvidence], further: list[ThemeEvidence]) -> str:
    """Grave themes with a summary that two people approved; else the gravest of the `further` ones."""
    if voices := [one.label for one in themes if one.words]:
        return f"Few people spoke about this, and it weighs much: {get_text_list(voices[:MOST_OPEN], 'and')}."
    grave = [one for one in further if one.entry.gravity >= GRAVE]
    if not grave:
        return ""
    least = min(grave, key=lambda one: (-one.entry.gravity, one.weight))
    return f"{least.label} weighs much: {_describe_people(least)} spoke about it."


def _draft_unanswered(themes: list[ThemeEvidence], decided: ThemeAnswers | None) -> str:
    waiting = sorted(list_unanswered_themes(themes, decided), key=lambda one: -one.weight)
    labels = [one.label for one in waiting]
    if not labels:
        return ""
    more = "; and more" if len(labels) > MOST_OPEN else ""
    return f"No decision answers yet: {'; '.join(labels[:MOST_OPEN])}{more}."


def _first_quotes(release: Release) -> dict[int, int]:
    """{theme id: its first featured quote in which a person found the theme}; the machine's guesses are not drafted."""
    found: dict[int, int] = {}
    for theme, quote in quotes_to_choose(release).filter(confirmed=True).values_list("theme_id", "pk"):
        found.setdefault(theme, quote)
    return found
