"""The chart of the representation pages: each group's share as a bar with its range, and the benchmark as a mark."""

from django import template

from insights.releases import chart_geometry
from insights.templatetags.charts import chart_id

register = template.Library()
TALL, LABEL, TOP, THICK, SCALE = 50, 15, 22, 18, 22


@register.inclusion_tag("insights/representation/chart.html")
def representation_chart(caption, comparison, sub=""):
    """Takes a Comparison of shown figures. A hidden group has a dashed box and keeps its benchmark's mark."""
    numbers = [n for row in comparison.rows for n in (row.high, row.percent, row.expected) if n is not None]
    end = chart_geometry.scale_end(max(numbers, default=40))
    return {
        "caption": caption,
        "sub": sub,
        "comparison": comparison,
        "bars": [_place_group_bar(row, place, end) for place, row in enumerate(comparison.rows)],
        "ticks": [
            {
                "label": f"{tick}%",
                "x": chart_geometry.percent_position(100 * tick / end),
                "anchor": "start" if tick == 0 else "end" if tick == end else "middle",
            }
            for tick in range(0, end + 1, 20)
        ],
        "tall": TALL * len(comparison.rows),
        "height": TALL * len(comparison.rows) + SCALE,
        "desc": " ".join(describe_group(row) for row in comparison.rows),
        "id": chart_id("reach", caption, sub, len(comparison.rows)),
    }


def _place_group_bar(row, place, end):
    at = {
        name: chart_geometry.percent_position(100 * value / end) if value is not None else ""
        for name, value in (("width", row.percent), ("low", row.low), ("high", row.high), ("mark", row.expected))
    }
    top = place * TALL + TOP
    return {
        "row": row,
        "label_y": place * TALL + LABEL,
        "top": top,
        "middle": top + THICK // 2,
        "end": top + THICK,
        **at,
    }


def describe_group(row):
    """A group in words, for the chart's description."""
    share = "hidden" if row.value is None else f"{row.value} people"
    if row.percent is not None:
        share = f"{row.percent}% of answers, from {row.low}% to {row.high}%"
    beside = f", {row.expected}% of the benchmark" if row.expected is not None else ""
    return f"{row.label}: {share}{beside}."
