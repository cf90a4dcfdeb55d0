"""Outcomes of decisions in the demo: one helped in part, one did not, one waits for its second person; one poll open
and one closed; and a decision that replaces an earlier "no"."""

from datetime import timedelta

from cms.demo.demo_results import SLUG, send_poll_replies
from cms.demo.demo_staff import require_demo
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions.models import Decision, FollowKind
from insights.decisions.outcomes import actions, change_polls, outcome_figures
from insights.releases.models import Release

LATER = "safe-in-bradford"
HELPED = {
    "decision": "lights-at-three-bus-stops",
    "verdict": "partly",
    "words": {
        "words": "Two of the three stops have a light now. We asked young people too. Many still say that paths are dark.",
        "easy": "Two stops have a light. Many paths are still dark.",
    },
    "ur": {
        "words": "تین میں سے دو سٹاپوں پر اب بتی ہے۔ ہم نے نوجوانوں سے بھی پوچھا۔ "
        "بہت سے اب بھی کہتے ہیں کہ راستوں میں اندھیرا ہے۔",
        "easy": "دو سٹاپوں پر بتی ہے۔ بہت سے راستوں میں اب بھی اندھیرا ہے۔",
    },
    "speaker": "Example reader of Urdu",
    "reached": {"Stops with a new light": 2},
}
DID_NOT = {
    "decision": "where-to-get-help",
    "verdict": "not",
    "words": {
        "words": "It did not help yet. We asked you again. Not all of you know where to get help.",
        "easy": "It did not help yet. We asked you again.",
    },
}
WAITS = {
    "decision": "taxi-marshals-at-weekends",
    "verdict": "worked",
    "words": {"words": "Two people were at the rank on each night that we said.", "easy": "Two people were there."},
}
REPLACES = {
    "slug": "a-late-bus-on-fridays",
    "title": "A late bus on Fridays",
    "we_asked": "What would help you most after dark?",
    "you_said": "You want buses that run all night.",
    "outcome": "partly",
    "we_did": "A bus leaves the town centre at 1am on Fridays. We try this until the summer.",
    "reason": "A bus firm gave the money for one night a week.",
    "alternative": "On the other nights the last bus waits for the last train.",
    "lead_role": "Head of transport",
    "agency": "City of Bradford Metropolitan District Council",
    "progress": "planned",
    "measure": "We will ask again in the summer.",
    "easy": {"you_said": "You want a bus all night.", "we_did": "There is a late bus on Fridays."},
}
REPLIES = {"yes": 26, "partly": 31, "no": 44, "dk": 22}
FEW = {"yes": 5, "partly": 3, "no": 4}


def load_outcomes(pages, staff, today):
    require_demo()
    later = Release.objects.published().filter(consultation=pages[LATER]).order_by("-number").first()
    _publish_helped_update(later, staff, today)
    unhelpful = _begin_update(DID_NOT, staff, today)
    _cite_most_frequent(unhelpful, staff["planner"], later, "know-where", "not")
    _publish_update(unhelpful, staff, today)
    _begin_update(WAITS, staff, today)
    _replace_decision(pages[SLUG], staff, today)
    _run_outcome_poll("check-a-taxi-by-text", (-11, -3), REPLIES, staff, today)
    _run_outcome_poll("lights-at-three-bus-stops", (-2, 26), FEW, staff, today)


def _begin_update(data, staff, today):
    decision = Decision.objects.get(slug=data["decision"])
    day, known = today - timedelta(days=2), data.get("reached", {})
    reached = {measure.pk: known.get(measure.what) for measure in decision.measures.all()}
    return actions.draft_outcome(
        decision=decision,
        by=staff["planner"],
        verdict=data["verdict"],
        words=data["words"],
        reached=reached,
        today=day,
    )


def _publish_update(update, staff, today):
    return actions.publish_outcome(update, by=staff["officer2"], today=today - timedelta(days=1))


def _publish_helped_update(later, staff, today):
    """Cites a later theme and an answer. No earlier wave asked the question, so no comparison is shown."""
    update, by = _begin_update(HELPED, staff, today), staff["planner"]
    theme = Theme.objects.get(codebook__slug="seed", slug="lighting-cctv-guardians")
    actions.cite_theme(update=update, by=by, release=later, theme=theme, bearing="partly")
    _cite_most_frequent(update, by, later, "help-most", "partly")
    actions.translate_outcome(update, by=staff["officer1"], language="ur", words=HELPED["ur"] | {"machine": True})
    actions.confirm_translation(update, by=staff["officer2"], language="ur", speaker=HELPED["speaker"])
    _publish_update(update, staff, today)


def _cite_most_frequent(update, by, later, question, bearing):
    rows = outcome_figures.get_release_question(later, question).table["rows"]
    most = max((row for row in rows if row["value"]), key=lambda row: row["value"])
    actions.cite_answer(update=update, by=by, release=later, question=question, option=most["id"], bearing=bearing)


def _replace_decision(page, staff, today):
    earlier = Decision.objects.get(slug="no-night-bus-this-year")
    day = today - timedelta(days=3)
    made = decisions.record_decision(
        by=staff["planner"], consultations=[page], decided=day, due=today + timedelta(days=40),
        next_update=today + timedelta(days=45), follows=earlier, follows_how=FollowKind.REPLACES, **REPLACES,
    )  # fmt: skip
    for citation in earlier.citations.filter(quote=None):
        decisions.cite_theme(decision=made, by=staff["planner"], release=citation.release, theme=citation.theme)
    decisions.publish_decision(decision=made, by=staff["officer2"], today=day + timedelta(days=1))


def _run_outcome_poll(slug, days, replies, staff, today):
    opens, closes = (today + timedelta(days=offset) for offset in days)
    decision = Decision.objects.get(slug=slug)
    made = change_polls.draft_poll(decision=decision, by=staff["officer1"], opens=opens, closes=closes, today=opens)
    made = change_polls.publish_poll(made, by=staff["officer2"], today=opens)
    send_poll_replies(slug, replies, consultation=made.consultation, about=made.about)
    change_polls.refresh_polls(min(closes, today))
