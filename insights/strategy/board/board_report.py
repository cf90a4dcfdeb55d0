"""The board's report of a quarter: decisions, progress, actions and the strategy's sub-points."""

from django.db.models import Q

from consultation import handover
from insights.decisions.agencies import action_plans
from insights.decisions.agencies.models import ItemUpdate
from insights.decisions.models import Decision, DecisionOutcome, ProgressNote
from insights.decisions.unanswered import unanswered_voices
from insights.strategy.board import board_highlights, strategy_overview


def build_board_report(quarter, today):
    """The report's context. Figures of people are those that releases show; only actions and decisions are counted."""
    days = (quarter.first, min(quarter.last, today))
    published = Decision.objects.published().prefetch_related(
        "consultations",
        "citations__release__consultation",
        "figure_citations__release__consultation",
        "options",
        "followed_by",
    )
    decided = published.filter(published_on__range=days).order_by("decided", "pk")
    found = strategy_overview.build_strategy_points(today)
    report = {
        "quarter": quarter,
        "today": today,
        "decided": [(one, _evidence_by_bearing(one)) for one in decided],
        "read_share": handover.recall_read_share(quarter),
        "outcomes": [
            (label, sum(one.outcome == value for one in decided)) for value, label in DecisionOutcome.choices
        ],
        "late": unanswered_voices.list_overdue_promises(today),
        "notes": ProgressNote.objects.filter(day__range=days).select_related("decision").order_by("day", "pk"),
        "standings": action_plans.summarise_agencies(today=today),
        "updates": ItemUpdate.objects.filter(Q(day__range=days))
        .select_related("item__agency", "item__decision")
        .order_by("day", "pk"),
        "points": found,
        "strands": strategy_overview.group_by_strand(found),
        "totals": strategy_overview.count_gaps(found),
        "unplaced": strategy_overview.unplaced_decisions(found),
    }
    themes = board_highlights.list_heard_themes(found)
    return report | {
        "sentences": board_highlights.draft_sentences(report, themes),
        "charts": board_highlights.build_charts(report, themes),
        "words": board_highlights.choose_childrens_words(themes),
    }


def _evidence_by_bearing(decision):
    """{bearing: [(label, figures)]} of a decision's citations, as seen when cited. A theme stands once for each
    release; releases are named where the decision cites several."""
    found = {"supports": {}, "challenges": {}, "context": {}}
    cited = (*decision.citations.all(), *decision.figure_citations.all())
    named = len({one.release_id for one in cited}) > 1
    for one in decision.citations.all():
        people = f"about {one.seen['people']} people" if one.seen["people"] else one.seen["symbol"]
        key = ("theme", one.release_id, one.theme_id)
        found[one.bearing].setdefault(key, (one.seen["label"], people + _release_suffix(one, named)))
    for one in decision.figure_citations.all():
        answers = (
            f"{row['label']}: {row['value'] if row['value'] is not None else row['symbol']}"
            for row in one.seen["rows"]
        )
        found[one.bearing]["figure", one.pk] = (
            f"“{one.seen['asked']}”",
            "; ".join(answers) + _release_suffix(one, named),
        )
    return {bearing: list(said.values()) for bearing, said in found.items()}


def _release_suffix(one, named):
    return f", {one.release.consultation.title}, release {one.release.number}" if named else ""
