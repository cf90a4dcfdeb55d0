"""Coder agreement in sentences; "too few to say" where too few answers were coded twice."""

from django import template

register = template.Library()
CLOSE, FAIR = 0.8, 0.667  # Krippendorff's thresholds: reliable, and good enough for tentative conclusions
STANCES = {"agrees": "agrees", "disagrees": "disagrees", "mixed": "mixed"}


def format_interval(estimate: dict) -> str:
    return f"{estimate['value']:.2f}, {estimate['low']:.2f} to {estimate['high']:.2f}"


def describe_agreement(value: float) -> str:
    if value >= CLOSE:
        return "agreed closely"
    return "agreed fairly well" if value >= FAIR else "often chose differently"


@register.simple_tag
def agreement_sentence(figures: dict | None) -> str:
    """`figures` of a double coding, live or frozen in a release."""
    if not figures:
        return "Too few answers were coded twice to say how well two people agree."
    overall = figures["overall"]
    if overall is None:
        return (
            "Two people coded some answers each without seeing the other's choice. Too few to say how well they agree."
        )
    told = describe_agreement(overall["value"])
    return f"Two people {told} (alpha {format_interval(overall)})."


@register.simple_tag
def machine_sentence(estimate: dict | None) -> str:
    if not estimate:
        return "Too few answers to say how well the machine agrees with a person who did not see its proposals."
    return f"The machine beside a person who did not see its proposals: F1 {format_interval(estimate)}; 1 is full agreement."


@register.simple_tag
def theme_agreement(figures: dict | None, theme: int) -> str:
    """The agreement on one theme; only for a theme whose figure is shown."""
    kappa = (figures or {}).get("themes", {}).get(str(theme))
    if not kappa:
        return "Too few answers were coded twice to say how well two people agree on this theme."
    return f"Two people {describe_agreement(kappa['value'])} on this theme (kappa {format_interval(kappa)})."


@register.inclusion_tag("insights/coding/agreement/themes_of.html")
def themes_of(choice, labels: dict) -> dict:
    """The themes of one coder's choice, marking those that the other coder did not choose."""
    if choice is None:
        return {"themes": []}
    others = {id_ for other in choice.sampled.choices.all() if other.pk != choice.pk for id_ in other.themes}
    rows = [
        (labels.get(id_, "A theme that is gone"), STANCES.get(choice.stances.get(str(id_), ""), ""), id_ not in others)
        for id_ in choice.themes
    ]
    return {"themes": sorted(rows), "note": choice.note}
