"""Figures of a model for pages: rounded numbers of texts, percentages and chart data."""

from typing import Any

FEW, STEP = 10, 5
CURVE = 8  # models on the learning curve: a small screen holds no more


def count_in_words(count: int) -> str:
    """A number of texts rounded to 5 in words, so that one more or less does not show."""
    if count == 0:
        return "none"
    return f"fewer than {FEW}" if count < FEW else f"about {STEP * round(count / STEP)}"


def as_percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def build_measures(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Micro and macro F1 with intervals in percent, for a chart; [] where too little was coded."""
    if "micro_f1" not in figures:
        return []
    names = (("Over all answers", "micro_f1"), ("Over all themes alike", "macro_f1"))
    return [
        {
            "label": label,
            "percent": as_percent(figures[key]),
            "low": as_percent(figures[f"{key}_interval"][0]),
            "high": as_percent(figures[f"{key}_interval"][1]),
        }
        for label, key in names
    ]


def build_theme_figures(figures: dict[str, Any], labels: dict[str, str]) -> list[dict[str, Any]]:
    rows = [
        {"label": labels.get(slug, slug), "percent": as_percent(f1)}
        for slug, f1 in figures.get("of_theme", {}).items()
    ]
    return sorted(rows, key=lambda row: (-row["percent"], row["label"]))


def build_calibration_rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"said": as_percent(one["said"]), "right": as_percent(one["right"])} for one in figures.get("calibration", ())
    ]


def build_learning_curve(models: Any) -> dict[str, Any] | None:
    """Chart data: micro and macro F1 by number of learned texts; None for fewer than two models."""
    measured = {STEP * round(one.texts / STEP): one.figures for one in models if "micro_f1" in one.figures}
    texts = sorted(measured)[-CURVE:]
    if len(texts) < 2:
        return None
    series = [
        {"name": name, "percents": [as_percent(measured[at][key]) for at in texts]}
        for name, key in (("All answers", "micro_f1"), ("All themes alike", "macro_f1"))
    ]
    return {"series": series, "texts": [str(at) for at in texts]}
