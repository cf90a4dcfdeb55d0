"""Options appraisals, measures and agency actions of the demo's decisions, and the agencies' progress reports."""

import itertools
from datetime import timedelta
from functools import lru_cache

from cms.demo import demo_consultations
from consultation.domain import strategy_points
from insights.decisions import actions as decisions
from insights.decisions.agencies import actions as agencies
from insights.decisions.agencies.models import ActionItem
from insights.decisions.evidence.actions import cite_figure, list_citable_figures
from insights.decisions.options_appraisal.actions import set_measures, set_options


@lru_cache(maxsize=1)
def _load_action_plans():
    return demo_consultations.load_demo_yaml("promises.yaml")


def write_action_plan(decision, staff, today):
    """Add all parts that promises.yaml has for this draft decision."""
    data, by = _load_action_plans().get(decision.slug, {}), staff["planner"]
    said = {name: data[name] for name in ("question", "audiences") if name in data}
    if "links" in data:
        said["links"] = strategy_points.build_strategy_links(data["links"])
    if said:
        decisions.change_decision(decision=decision, by=by, **said)
    if "options" in data:
        set_options(decision=decision, by=by, options=data["options"])
    if "measures" in data:
        set_measures(
            decision=decision, by=by, measures=[_build_measure(decision, one, today) for one in data["measures"]]
        )
    if "items" in data:
        items = [
            {name: one.get(name, "") for name in ("agency", "what", "lead_role")}
            | {"due": max(today + timedelta(days=one["due"]), decision.decided) if "due" in one else None}
            for one in data["items"]
        ]
        agencies.set_action_plan(decision=decision, by=by, items=items)
    releases = {one.release_id: one.release for one in decision.citations.select_related("release")}.values()
    for (question, row, bearing), release in itertools.product(data.get("figures", ()), releases):
        figure = list_citable_figures(release).filter(key=question).first()
        if figure is not None and "refused" not in figure.table:
            cite_figure(decision=decision, by=by, figure=figure, row=row, bearing=bearing)


def _build_measure(decision, data, today):
    asked = data.get("asked", "")
    page = decision.consultations.first() if asked else None
    days = {name: today + timedelta(days=data[name]) for name in ("baseline_on", "by") if name in data}
    plain = {name: data[name] for name in ("what", "unit", "baseline", "target") if name in data}
    return plain | days | {"question": asked, "consultation": page}


def report_action_progress(staff, today):
    for slug, data in _load_action_plans().items():
        for told in data.get("updates", ()):
            item = ActionItem.objects.get(decision__slug=slug, what=told["item"])
            agencies.update_action_item(
                item=item, by=staff[told["by"]], status=told["status"], words=told["words"],
                due=item.due, today=today + timedelta(days=told["day"]),
            )  # fmt: skip
