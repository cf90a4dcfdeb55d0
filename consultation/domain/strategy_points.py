"""The strategy's strands and sub-points, to which questions are linked (S1: the ids never change)."""

from functools import cache
from pathlib import Path

import yaml

TAXONOMY = Path(__file__).with_name("taxonomy.yaml")


@cache
def load_strands():
    """Strands as {id, label, sub_points: {slug: text}}."""
    return [
        {
            "id": strand["id"],
            "label": strand["label"],
            "sub_points": {point["slug"]: point["source_text"] for point in strand["sub_points"]},
        }
        for strand in yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["strands"]
    ]


def build_strategy_choices():
    """Choices grouped by strand, with values "strand/sub-point"."""
    return [
        (strand["label"], [(f"{strand['id']}/{slug}", text) for slug, text in strand["sub_points"].items()])
        for strand in load_strands()
    ]


def parse_strategy_link(value):
    """The frozen link {"strand": int, "sub_point": str} of a choice such as 1/understand-locations."""
    strand, _, sub_point = value.partition("/")
    return {"strand": int(strand), "sub_point": sub_point}
