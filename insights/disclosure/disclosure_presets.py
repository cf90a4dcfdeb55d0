"""Presets of disclosure rules that officers choose from, in plain words; and how one is looser than another."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError

from insights.disclosure.disclosure_rules import DEFAULT, DFE, HIDDEN, MOST_NOISE, NHS, ONS, STRICTEST, DisclosureRules

GROUP_OF_EVALUATION = 30  # people


@dataclass(frozen=True)
class Preset:
    slug: str
    name: str
    fits: str
    rules: DisclosureRules

    @property
    def lines(self) -> list[str]:
        return describe_rules(self.rules)


PRESETS = {
    preset.slug: preset
    for preset in (
        Preset("default", "Ours", "For children’s answers, unless a partner needs another.", DEFAULT),
        Preset("strictest", "The strictest: ours, from 10 people", "Where every question is sensitive.", STRICTEST),
        Preset("ons", "As the ONS Secure Research Service", "For figures that go beside ONS research.", ONS),
        Preset("nhs", "As NHS hospital statistics", "For figures that go beside hospital statistics.", NHS),
        Preset("dfe", "As the Department for Education", "For figures that go beside children in care tables.", DFE),
    )
}


def list_presets() -> list[Preset]:
    return list(PRESETS.values())


def find_preset(slug: str) -> Preset:
    if slug not in PRESETS:
        raise ValidationError("Choose one of the conventions.")
    return PRESETS[slug]


def raise_least_group(preset: Preset) -> Preset:
    """The preset for a round of an evaluation, whose groups are sessions that somebody led: none under 30 is told of."""
    return replace(preset, rules=replace(preset.rules, min_group=max(GROUP_OF_EVALUATION, preset.rules.min_group)))


def rules_for(release: DisclosureRules | None = None) -> DisclosureRules:
    """The rules for what no convention may loosen, such as equality pictures and the number of quotes: our own, or
    those of the release where they are looser in nothing."""
    return DEFAULT if release is None or list_loosened_rules(release, DEFAULT) else release


def describe_rules(rules: DisclosureRules) -> list[str]:
    if rules.perturb:
        return _describe_perturbation(rules)
    few = rules.threshold - 1
    zero = "None counts as small too." if rules.hide_zeros else "None is shown as 0."
    told = [
        f"Numbers from 1 to {few} are hidden. {zero}",
        "Numbers are rounded to 5." if rules.round_to == 5 else "Numbers are exact, not rounded.",
        f"Nothing is shown where fewer than {rules.min_base} people answered.",
    ]
    if rules.hide_near_whole:
        told.append(f"A number is hidden when all but {few} people or fewer are in it.")
    if rules.secondary:
        told.append("Where one number of a line is hidden, a second one is too.")
    told.append(f"“{HIDDEN}”, for confidential, stands in place of each hidden number.")
    return [*told, "A solver checks that no hidden number can be worked out from the others."]


def _describe_perturbation(rules: DisclosureRules) -> list[str]:
    few = f"Fewer than {rules.threshold} people are shown as “fewer than {rules.threshold}”"
    sensitive = rules.least_shown(sensitive=True)
    told = f", and fewer than {sensitive} where a theme is serious" if sensitive > rules.threshold else ""
    return [
        f"Numbers are changed a little at random, by {MOST_NOISE} at most.",
        f"{few}{told}.",
        "Where nearly all of a group said the same, no number is shown.",
        f"Nothing is shown where fewer than {rules.min_base} people answered, or of a group under {rules.min_group}.",
    ]


def list_loosened_rules(now: DisclosureRules, before: DisclosureRules) -> list[str]:
    """In plain words, each way in which `now` discloses more than `before`."""
    found = {
        f"smaller numbers would show: from {now.threshold} people instead of {before.threshold}": (
            now.threshold < before.threshold
        ),
        f"fewer people are enough: {now.min_base} instead of {before.min_base}": now.min_base < before.min_base,
        "numbers would not be changed at random any more": before.perturb and not now.perturb,
        "numbers would be rounded less": not now.perturb and now.round_to < before.round_to,
        "more things could be combined": now.max_dimensions > before.max_dimensions,
        "0 would show": before.hide_zeros and not now.hide_zeros,
        "numbers close to everybody would show": before.hide_near_whole and not now.hide_near_whole,
        "fewer numbers would be hidden beside a hidden one": (
            before.secondary and not now.secondary and not now.perturb
        ),
    }
    return [words for words, holds in found.items() if holds]


def serialise_preset(preset: Preset) -> dict[str, Any]:
    """The form in which a release stores its rules."""
    return asdict(preset.rules) | {"preset": preset.slug}


def parse_stored_rules(rules: dict[str, Any]) -> DisclosureRules:
    """Rules from a release's stored form; values that an old release lacks take the default."""
    return DisclosureRules(**{name: rules[name] for name in asdict(DEFAULT) if name in rules})


def preset_of(rules: dict[str, Any]) -> Preset:
    """The preset of stored rules: by its slug, or for old releases without one by equal rules."""
    named = PRESETS.get(str(rules.get("preset", "")))
    return named or next(
        (one for one in PRESETS.values() if one.rules == parse_stored_rules(rules)), PRESETS["default"]
    )
