"""Whether a release may be made now, of these people and by these rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from consultation import handover
from insights.disclosure.disclosure_presets import list_loosened_rules, preset_of
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.disclosure.record_secret import draw_number, fingerprint_secret
from insights.releases.models import Release

DAYS_BETWEEN_RELEASES = 28
LEAST_NEWCOMERS = 10


def why_not_release_now(consultation: Any, previous: Release | None, today: date) -> str:
    """Why no release may be made, before anyone is counted; "" where one may."""
    if previous is None:
        return ""
    if previous.status != "published":
        return "The release before this one still waits for a second person. Publish or discard it first."
    following = previous.made_on + timedelta(days=DAYS_BETWEEN_RELEASES)
    if consultation.is_open(today) and today < following:
        return f"While it is open, it has a release every four weeks at most. The next can be made on {following:%-d %B %Y}."
    return ""


@dataclass(frozen=True)
class RespondentChanges:
    """How many people have come and gone since figures were last frozen. `number` is that of the newest draft or release."""

    number: int
    newcomers: int
    leaving: int
    needed: int
    discarded: bool

    @property
    def is_unchanged(self) -> bool:
        return not self.newcomers and not self.leaving

    @property
    def next_number(self) -> int:
        """A number is never used for other people: its noise hangs on it, so equal figures would tell who stayed."""
        return self.number if self.is_unchanged and self.discarded else self.number + 1


def count_respondent_changes(consultation: Any, previous: Release | None) -> RespondentChanges:
    counted = handover.count_people_by_release(consultation)
    published = previous.number if previous else 0
    number = max([published, *(first for first in counted if first is not None)])
    return RespondentChanges(
        number=number,
        newcomers=counted.get(None, 0),
        leaving=handover.count_people_leaving(consultation),
        needed=draw_newcomers_needed(consultation, number),
        discarded=number > published,
    )


# Of the last release that had them, how many times the people a release needs for tables of a kind: beside an earlier one
# each tells an attacker more (disclosure/PERTURBATION_CARD.md).
TABLES_BY_GROUP = 1.4  # anything by groups of people
THEMES_CROSSED = 2  # themes by answers and by each other, which overlap


def may_draw_tables(earlier: Sequence[int], people: int, growth: float) -> bool:
    """Whether a release of so many `people` draws tables of a kind anew. `earlier`: the shown people of the published
    releases, oldest first; the first of all draws them."""
    last = 0
    for number in (*earlier, people):
        draws = number >= growth * last
        last = number if draws else last
    return draws


def draw_newcomers_needed(consultation: Any, number: int) -> int:
    """10 to 14, in secret: sending nine answers of one's own does not tell who the tenth person is."""
    return LEAST_NEWCOMERS + draw_number("newcomers", consultation.pk, number, below=5)


def check_enough_newcomers(changes: RespondentChanges) -> None:
    """Raise ValidationError where a figure would tell of those few who came or left.

    People whose words were erased leave only beside as many who came. A discarded draft may be made again of the same
    people: its numbers are the same.
    """
    if not changes.number or (changes.discarded and changes.is_unchanged):
        return
    if changes.newcomers < max(changes.needed, changes.leaving):
        raise ValidationError("Too few people have answered since the last release. A new one could give them away.")


def describe_too_few(rules: DisclosureRules) -> str:
    return f"Fewer than {rules.min_base} people have answered, so nothing can be shown yet."


def why_not_exact_numbers(consultation: Any, rules: DisclosureRules, previous: Release | None, today: date) -> str:
    """Rules that suppress protect one release alone: exact numbers of two could be subtracted."""
    if previous is not None and not preset_of(previous.rules).rules.perturb:
        return "The last release was made by rules that allow only one of this consultation."
    if not rules.perturb and (previous is not None or consultation.is_open(today)):
        return "These rules are for the only release of a consultation that has closed. Choose ours."
    return ""


def why_not_this_secret(previous: Release | None) -> str:
    if previous is None or previous.secret_fingerprint in ("", fingerprint_secret()):
        return ""
    return "RECORD_KEY_SECRET is another one than at the last release, so the numbers could be compared. Set that one."


def why_not_looser_rules(rules: DisclosureRules, before: DisclosureRules | None, by: Any, agreed_by: Any) -> str:
    """Why these rules may not be used: rules looser than the previous release's need a second person's agreement."""
    more = list_loosened_rules(rules, before) if before else []
    if not more or (agreed_by is not None and agreed_by != by):
        return ""
    return f"These rules let out more than those of the last release: {'; '.join(more)}. A second person must agree."
