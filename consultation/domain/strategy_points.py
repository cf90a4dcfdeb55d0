"""The strategy's strands and sub-points, to which questions, themes and decisions are linked (S1: the ids never
change)."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TAXONOMY = Path(__file__).with_name("taxonomy.yaml")


@cache
def list_strands() -> list[dict[str, Any]]:
    """[{id, label, points: [(slug, text)]}], in the order of the strategy."""
    return [
        {
            "id": strand["id"],
            "label": strand["label"],
            "points": [(point["slug"], point["source_text"]) for point in strand["sub_points"]],
        }
        for strand in yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["strands"]
    ]


def tick_points(chosen: Collection[str]) -> list[dict[str, Any]]:
    """The strands with their points as (slug, text, whether it is chosen), for a form; `is_open`: whether one is."""
    ticked = [(strand, [(slug, text, slug in chosen) for slug, text in strand["points"]]) for strand in list_strands()]
    return [strand | {"points": points, "is_open": any(each[2] for each in points)} for strand, points in ticked]


@cache
def strand_by_sub_point() -> dict[str, int]:
    """{sub-point slug: id of its strand}."""
    return {slug: strand["id"] for strand in list_strands() for slug, _ in strand["points"]}


@cache
def text_by_sub_point() -> dict[str, str]:
    """{sub-point slug: text of the strategy}."""
    return {slug: text for strand in list_strands() for slug, text in strand["points"]}


@cache
def check_by_sub_point() -> dict[str, str]:
    """{sub-point slug: what must be true of the product for it}."""
    return _map_sub_points("check")


@cache
def offer_by_sub_point() -> dict[str, str]:
    """{sub-point slug: what the product does for it}."""
    return _map_sub_points("platform_does")


def _map_sub_points(name: str) -> dict[str, str]:
    strands = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["strands"]
    return {point["slug"]: point[name] for strand in strands for point in strand["sub_points"]}


@cache
def number_by_sub_point() -> dict[str, str]:
    """{sub-point slug: its number in the strategy, such as 2.3}."""
    return {
        slug: f"{strand['id']}.{number}"
        for strand in list_strands()
        for number, (slug, _) in enumerate(strand["points"], start=1)
    }


def build_strategy_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices grouped by strand, with values "strand/sub-point"."""
    return [
        (strand["label"], [(f"{strand['id']}/{slug}", text) for slug, text in strand["points"]])
        for strand in list_strands()
    ]


def parse_strategy_link(value: str) -> dict[str, Any]:
    """The frozen link {"strand": int, "sub_point": str} of a choice such as 1/understand-locations."""
    strand, _, sub_point = value.partition("/")
    return {"strand": int(strand), "sub_point": sub_point}


def build_strategy_links(slugs: Any) -> list[dict[str, Any]]:
    """The links of a theme or a decision to these sub-points, in the order of the strategy."""
    wanted = set(slugs)
    return [{"strand": strand, "sub_point": slug} for slug, strand in strand_by_sub_point().items() if slug in wanted]
