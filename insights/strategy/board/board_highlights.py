"""What stands at the head of the board's report: sentences by rules, charts, and words that everyone may read.

Everything comes from what releases show and from decisions; no model writes. `report` is what `build_board_report` has.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from insights.releases.models import Quote
from insights.releases.share_statistics import SLACK
from insights.releases.theme_evidence import ThemeEvidence

CHILDREN = "children-young-people"
MOST_DRAWN = 8  # themes in the chart
MOST_QUOTED = 6
MOST_NAMED = 2


def list_heard_themes(points: Iterable[Any]) -> list[ThemeEvidence]:
    """Themes that people spoke of, each of a release once, most people first."""
    heard = {
        (one.release.pk, one.theme): one for point in points for one in point.heard if isinstance(one, ThemeEvidence)
    }
    return sorted(heard.values(), key=lambda one: (-one.weight, one.label, one.release.pk))


def draft_sentences(report: dict[str, Any], themes: list[ThemeEvidence]) -> list[str]:
    sentences = (
        _tell_decisions(report["quarter"], report["outcomes"]),
        _tell_largest_theme(themes),
        _tell_grave_voices(themes),
        _tell_late_promises(report["late"]),
        _tell_gaps(report["totals"]),
    )
    return [sentence.replace("?.", "?") for sentence in sentences if sentence]  # a title may be a question


def _tell_decisions(quarter: Any, outcomes: Iterable[tuple[str, int]]) -> str:
    made = [(label.lower(), number) for label, number in outcomes if number]
    total = sum(number for _, number in made)
    if not total:
        return f"No decision was published in {quarter}."
    answers = ", ".join(f"{number} “{label}”" for label, number in made)
    return f"{_count_in_words(total, 'decision was', 'decisions were')} published in {quarter}: {answers}."


def _tell_largest_theme(themes: list[ThemeEvidence]) -> str:
    if not themes or not themes[0].weight:
        return "No theme of the last 12 months has a number yet."
    one = themes[0]
    if one.is_nearly_all:
        return f"Nearly all of about {intcomma(one.base)} people in {one.release.consultation.title} spoke of {one.label}."
    share = "" if one.percent is None else f" ({one.percent}%)"
    second = themes[1].weight if themes[1:] else 0
    most = "has the most people" if one.weight - second > SLACK else "is among those with most people"
    return (
        f"Of the strategy’s themes that were heard in the last 12 months, {one.label} {most}: about "
        f"{intcomma(one.people)} of {intcomma(one.base)}{share}, in {one.release.consultation.title}."
    )


def _tell_grave_voices(themes: Iterable[ThemeEvidence]) -> str:
    voices = list(dict.fromkeys(one.label for one in themes if one.words))
    if not voices:
        return ""
    more = ", and more" if len(voices) > MOST_NAMED else ""
    return f"Few people said it, and it weighs much: {'; '.join(voices[:MOST_NAMED])}{more}."


def _tell_late_promises(late: list[Any]) -> str:
    if not late:
        return "No promise is past its day."
    first = late[0]
    return (
        f"{_count_in_words(len(late), 'promise past its', 'promises past their')} day today, the longest since "
        f"{first.due:%-d %B %Y}: {first.title}."
    )


def _tell_gaps(totals: dict[str, Any]) -> str:
    missing = "; ".join(f"{words[:1].lower()}{words[1:]}: {number}" for _, words, number in totals["gaps"] if number)
    if not totals["without_gap"]:
        return f"Each of the {totals['points']} points of the strategy has a gap. One may have several: {missing}."
    said = f"{totals['without_gap']} of {totals['points']} points of the strategy have no gap"
    return f"{said}. Of the others, one may have several: {missing}." if missing else f"{said}."


def _count_in_words(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def build_charts(report: dict[str, Any], themes: list[ThemeEvidence]) -> dict[str, dict[str, Any]]:
    """{section: a chart for `counts_chart`, {caption, head, unit, rows}}; without those that have nothing to show."""
    drawn = [one for one in themes if one.people is not None][:MOST_DRAWN]
    charts = {
        "themes": ("Themes with most people, of the last 12 months", "Theme", "People", [
            {"label": f"{one.label}, {one.release.consultation.title}", "value": one.people,
             "words": f"about {intcomma(one.people)} of {intcomma(one.base)}"}
            for one in drawn
        ]),
        "decisions": ("Decisions of the quarter, by answer", "Answer", "Decisions", [
            {"label": label, "value": number} for label, number in report["outcomes"]
        ]),
        "points": (f"Points of the strategy, of {report['totals']['points']}, by what is missing", "What is missing",
                   "Points", [{"label": words, "value": number} for _, words, number in report["totals"]["gaps"]]),
    }  # fmt: skip
    return {
        section: {"caption": caption, "head": head, "unit": unit, "rows": rows}
        for section, (caption, head, unit, rows) in charts.items()
        if any(row["value"] for row in rows)
    }


def choose_childrens_words(themes: list[ThemeEvidence]) -> list[tuple[ThemeEvidence, Quote]]:
    """A quote of a child for each theme that has one which two people approved for everyone; nobody is quoted twice."""
    places = {
        (one.release.pk, one.theme): one for one in themes if one.audience == CHILDREN and one.people is not None
    }
    quotes = Quote.objects.for_the_public().filter(
        release__in={release for release, _ in places}, audience=CHILDREN
    ).select_related("source_text").order_by("place", "pk")  # fmt: skip
    first: dict[tuple[int, int], list[Quote]] = {}
    for quote in quotes:
        first.setdefault((quote.release_id, quote.theme_id), []).append(quote)
    return list(_pick_one_each(places, first))[:MOST_QUOTED]


def _pick_one_each(
    places: dict[tuple[int, int], ThemeEvidence], quotes: dict[tuple[int, int], list[Quote]]
) -> Iterator[tuple[ThemeEvidence, Quote]]:
    told: set[Any] = set()
    for place, one in places.items():
        for quote in quotes.get(place, ()):
            speaker = quote.source_text.respondent if quote.source_text else quote.text
            if not {speaker, quote.text} & told:
                told |= {speaker, quote.text}
                yield one, quote
                break
