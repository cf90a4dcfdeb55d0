"""The strands and sub-points of the strategy, from taxonomy.yaml, and a theme's links to them."""

from functools import lru_cache

import yaml

from consultation.domain.strategy_points import TAXONOMY


@lru_cache(maxsize=1)
def list_strands():
    """[{id, label, points: [(slug, text)]}]."""
    data = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
    return [
        {
            "id": strand["id"],
            "label": strand["label"],
            "points": [(point["slug"], point["source_text"]) for point in strand["sub_points"]],
        }
        for strand in data["strands"]
    ]


@lru_cache(maxsize=1)
def strand_by_sub_point():
    """{sub-point slug: id of its strand}."""
    return {slug: strand["id"] for strand in list_strands() for slug, _ in strand["points"]}


@lru_cache(maxsize=1)
def text_by_sub_point():
    """{sub-point slug: text of the strategy}."""
    return {slug: text for strand in list_strands() for slug, text in strand["points"]}


def build_strategy_links(slugs):
    """The value of ThemeEntry.links for these sub-points, in the order of the strategy."""
    wanted = set(slugs)
    return [{"strand": strand, "sub_point": slug} for slug, strand in strand_by_sub_point().items() if slug in wanted]
