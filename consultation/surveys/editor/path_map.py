"""Context of the path map: a drawing of the routing, and the same in words."""

from collections.abc import Iterator
from typing import Any

from consultation.surveys.editor.questionnaire_outline import (
    CHILDREN,
    build_outline,
    capitalise_first,
    describe_rule,
    name_entry,
    round_up_minutes,
)
from consultation.surveys.editor.survey_paths import RoutingCluster, SurveyPaths

STEP, EDGE, LANE, RADIUS = 28, 16, 9, 5  # pixels
MOST_LANES = 14


def build_path_map(page: Any) -> dict[str, Any]:
    entries = build_outline(page)
    paths = SurveyPaths(entries, page.audience == CHILDREN)
    return {
        "rows": list(_build_rows(entries, paths)),
        "drawing": _build_drawing(entries, paths),
        "knots": [_build_cluster(entries, knot) for knot in paths.knots],
        "shortest": paths.shortest,
        "longest": paths.longest,
        "shortest_minutes": round_up_minutes(paths.shortest.seconds),
        "longest_minutes": round_up_minutes(paths.longest.seconds),
        "promised": page.minutes,
        "unreachable": [entries[place] for place in paths.unreachable],
        "to_all": len(paths.always) == len(entries),
    }


def _build_rows(entries: list[dict], paths: SurveyPaths) -> Iterator[dict[str, Any]]:
    by_id = {entry["id"]: entry for entry in entries}
    for place, entry in enumerate(entries):
        yield {
            "entry": entry,
            "name": capitalise_first(name_entry(entry)),
            "condition": describe_rule(entry["show_if"], by_id) if entry["show_if"] else "",
            "to_all": place in paths.always,
            "never": place in paths.unreachable,
            "leads_to": [name_entry(entries[other]) for other in paths.leads_to(place)],
            "seconds": round(paths.times[place]),
        }


def _build_cluster(entries: list[dict], knot: RoutingCluster) -> dict[str, Any]:
    asked = [entries[place]["number"] for place in knot.deciders]
    return {
        "asked": asked,
        "too_many": knot.too_many,
        "hanging": _format_question_numbers(entries, knot.hanging),
        "ways": [
            {
                "answers": way.answers,
                "met": _format_question_numbers(entries, way.met),
                "left": _format_question_numbers(entries, set(knot.hanging) - set(way.met)),
            }
            for way in knot.ways
        ],
    }


def _format_question_numbers(entries: list[dict], places: Any) -> str:
    """The question numbers of these places as ranges: "3 to 5, 8"."""
    numbers = sorted(entries[place]["number"] for place in places if entries[place]["number"])
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _build_drawing(entries: list[dict], paths: SurveyPaths) -> dict[str, Any]:
    """A column of dots, one for each entry, and an arc from each question to the entries that depend on it."""
    ends = [(from_, to) for to in range(len(entries)) for from_ in paths.waits_for(to)]
    lanes = _assign_lanes(ends)
    wide = EDGE * 2 + LANE * (max(lanes.values(), default=0) + 1)
    x = wide - EDGE

    def y(place: int) -> int:
        return STEP // 2 + STEP * place

    dots = [
        {"x": x, "y": y(place), "label": entry["number"] or "", "kind": _classify_entry(place, entry, paths)}
        for place, entry in enumerate(entries)
    ]
    arcs = [
        f"M{x - RADIUS} {y(from_)}H{x - EDGE - LANE * lanes[from_, to]}V{y(to)}H{x - RADIUS}" for from_, to in ends
    ]
    return {
        "dots": dots,
        "arcs": arcs,
        "width": wide + 28,
        "text": x + 14,
        "height": STEP * max(len(entries), 1),
        "x": x,
    }


def _classify_entry(place: int, entry: dict, paths: SurveyPaths) -> str:
    if place in paths.unreachable:
        return "never"
    return ("all" if place in paths.always else "some") if entry["number"] else "part"


def _assign_lanes(ends: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """A lane for each arc: short arcs inside, and no overlap within a lane while lanes are free."""
    lanes: dict[tuple[int, int], int] = {}
    for one in sorted(ends, key=lambda end: end[1] - end[0]):
        taken = {lane for (from_, to), lane in lanes.items() if from_ < one[1] and one[0] < to and from_ != one[0]}
        lanes[one] = next((lane for lane in range(MOST_LANES) if lane not in taken), MOST_LANES)
    return lanes
