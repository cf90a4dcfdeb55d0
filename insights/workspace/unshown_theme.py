"""What is so of a theme whose number is not shown, in two lines. Few people and nobody are told apart nowhere."""

from typing import Any

from insights.disclosure.disclosure_rules import HIDDEN
from insights.disclosure.rules_wording import RulesWording
from insights.releases.stored_figures import WAITING, is_nearly_all


def describe_unshown_theme(row: dict[str, Any] | None, rules: RulesWording, *, in_words: bool) -> tuple[str, str]:
    """(how many spoke of it, what stands here instead). `row`: of the theme table, with its base; `in_words`: a
    summary by two people is shown."""
    if row is not None and row["symbol"] == WAITING:
        return (
            "This theme has no number yet: people have read too few of the answers in which it may be.",
            "A machine proposed it for some, perhaps wrongly, so none of their words are shown under it.",
        )
    if row is not None and is_nearly_all(row):
        return (
            f"Nearly all of {rules.about(row['base'])} who wrote spoke about this.",
            "It has no number, because that would tell of the few others.",
        )
    instead = (
        "Below is a summary of what was said, in other words, that two people approved."
        if in_words
        else "No words are shown, so that nobody can be picked out. Few do not mean wrong."
    )
    return _describe_number(row, rules), instead


def _describe_number(row: dict[str, Any] | None, rules: RulesWording) -> str:
    if row is None or not row["base"]:
        return f"{rules.too_few_to_ask.capitalize()} wrote words, so no theme of this release has a number."
    few = rules.few if row["symbol"] in ("", HIDDEN) else f"{row['symbol']} people"
    told = f"Of {rules.about(row['base'])} who wrote, {few} spoke about this, or nobody did"
    return f"{told}." if rules.perturbed else f"{told}; or the number would give another one away."
