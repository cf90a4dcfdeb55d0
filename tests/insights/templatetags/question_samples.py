"""Figures of questions as charts take them."""

from insights.releases.models import Figure
from insights.releases.question_charts import build_grid
from tests.insights.templatetags.drawn_charts import row

ASKED = {
    "base": 185,
    "several": False,
    "rows": [
        row("Cycle", 20, 11, 7, 16, id="cycle"),
        row("Walk", 70, 38, 31, 45, id="walk"),
        row("Not sure", None, id="unsure", symbol="fewer than 5"),
        row("No answer given", 12, 6, 4, 11, id="not-given"),
    ],
}
STEPS = ("Very unsafe", "A bit unsafe", "In the middle", "A bit safe", "Very safe", "I do not go there")


def grid_of(options, people):
    """A grid question with 100 people in each row; `people` {row label: numbers in the order of the options}."""
    figures = []
    for order, (label, numbers) in enumerate(people.items()):
        told = [row(option, value, value, id=option, symbol="" if value is not None else "fewer than 5")
                for option, value in zip(options, numbers, strict=True)]  # fmt: skip
        told.append(row("No answer given", None, id="not-given", symbol="fewer than 5"))
        figures.append((label, Figure(key=f"q:{order}", table={"base": 100, "rows": told})))
    return build_grid("How safe?", figures)


PLACES = grid_of(STEPS, {"School": (None, 10, 20, 30, 30, 5), "Parks": (20, 30, 25, 10, 5, 8)})
TIMES = grid_of(("Often", "Now and then", "Never"), {"Weekend": (30, 50, 15), "Evening": (60, 30, None)})
