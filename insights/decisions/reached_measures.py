"""Whether a decision worked: the verdicts, and what was reached of each success measure, frozen as it stood."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format

from insights.decisions.models import Decision, Measure, MeasureUnit
from insights.decisions.policies import FEW, TOO_FEW


class OutcomeVerdict(models.TextChoices):
    WORKED = "worked", "It worked"
    PARTLY = "partly", "It worked in part"
    NOT = "not", "It did not work"


type Reached = Mapping[int, Decimal | None]  # {measure id: number, or None where it was not measured}


def freeze_measures(decision: Decision, reached: Reached) -> list[dict[str, Any]]:
    """[{what, unit, baseline, target, by, value}] of the measures with a number."""
    measured = [(one, value) for one in decision.measures.all() if (value := reached.get(one.pk)) is not None]
    few = [one for one, value in measured if one.unit == MeasureUnit.PEOPLE and value < FEW]
    if few:
        raise ValidationError({name_field(one): TOO_FEW for one in few})
    return [_freeze_measure(one, value) for one, value in measured]


def name_field(measure: Measure) -> str:
    return f"reached_{measure.pk}"


def _freeze_measure(measure: Measure, value: Decimal) -> dict[str, Any]:
    return {
        "what": measure.what,
        "unit": measure.unit_word,
        "baseline": _write_number(measure.baseline),
        "target": _write_number(measure.target),
        "by": measure.by.isoformat() if measure.by else "",
        "value": _write_number(value),
    }


def _write_number(number: Decimal | None) -> str:
    """Without a needless decimal, as text: no database changes it."""
    return "" if number is None else f"{number:.1f}".removesuffix(".0")


def with_unit(number: str, unit: str) -> str:
    """ "75%", "75 people", or "75" of things."""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()


def describe_goal(measure: Measure) -> str:
    """Where a measure stood, and its target, beside the field for what was reached."""
    goal = "; ".join(_list_goal_parts(_freeze_measure(measure, Decimal()))) or "No target was set"
    return f"{goal[:1].upper()}{goal[1:]}. Leave it empty where nobody measured it."


def describe_reached(row: Mapping[str, Any]) -> str:
    """Measure, target and what was reached, in one line."""
    reached = f"reached {with_unit(row['value'], row['unit'])}"
    return f"{row['what']}: {', '.join([*_list_goal_parts(row), reached])}"


def _list_goal_parts(row: Mapping[str, Any]) -> list[str]:
    by = f" by {date_format(date.fromisoformat(row['by']), 'j F Y')}" if row["by"] else ""
    told = {"from": row["baseline"], "target": row["target"]}
    parts = [f"{name} {with_unit(number, row['unit'])}" for name, number in told.items() if number]
    return [*parts[:-1], parts[-1] + by] if row["target"] else parts
