"""Set the options appraised and the success measures of a decision, each with its ledger entry."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record as audit
from insights.decisions.actions import locked
from insights.decisions.amending import WHY
from insights.decisions.entries import MEASURE, enter, noted, stated
from insights.decisions.models import Decision, DecisionStatus, Measure, Option, ProgressNote, Unit
from insights.decisions.policies import may_change
from insights.decisions.rows import of_row

FEW = 10
OPTIONS_STAY = "It is published: the ways that were considered stay. Record another decision for another answer."
TOO_FEW = "A number of people is 10 or more, or not written at all."


@transaction.atomic
def set_options(*, decision: Decision, by: Any, options: Sequence[Mapping[str, Any]]) -> Decision:
    """Replace all options, in order. Publication fixes them: two people gave the answer."""
    fresh = _open(decision, by)
    if fresh.status == DecisionStatus.PUBLISHED:
        raise ValidationError(OPTIONS_STAY)
    made = [Option(decision=fresh, order=n, **given) for n, given in enumerate(options)]
    _check_all(made, lambda option: option.full_clean())
    fresh.options.all().delete()
    Option.objects.bulk_create(made)
    return _entered(fresh, by)


@transaction.atomic
def set_measures(
    *, decision: Decision, by: Any, measures: Sequence[Mapping[str, Any]], why: str = "", today: date | None = None
) -> Decision:
    """Replace all measures, in order. On a published decision a change needs a public reason (`why`)."""
    fresh = _open(decision, by)
    made = [Measure(decision=fresh, order=n, **given) for n, given in enumerate(measures)]
    _check_all(made, _check)
    if fresh.status == DecisionStatus.PUBLISHED and _told(made) != _told(fresh.measures.all()):
        _say_why(fresh, by, why, today or timezone.localdate())
    _keep(fresh, made)
    return _entered(fresh, by)


def _keep(decision: Decision, made: Sequence[Measure]) -> None:
    """Match measures by `what`, so that rows with references keep their ids."""
    known = {one.what: one for one in decision.measures.all()}
    for measure in made:
        if old := known.pop(measure.what, None):
            measure.pk = old.pk
            measure.save(force_update=True)
        else:
            measure.save(force_insert=True)
    Measure.objects.filter(pk__in=[one.pk for one in known.values()]).delete()


def _told(measures: Any) -> list[list[Any]]:
    return [[getattr(one, name) for name in MEASURE] for one in measures]


def _say_why(decision: Decision, by: Any, why: str, today: date) -> None:
    if not why.strip():
        raise ValidationError({"why": WHY})
    words = f"We changed how we will know that it worked. {why.strip()}"
    note = ProgressNote.objects.create(
        decision=decision, day=today, progress=decision.progress,
        words={settings.LANGUAGE_CODE: words}, written_by=by,
    )  # fmt: skip
    enter("reason told", decision, by, **noted(note))


def _check_all(rows: Sequence[Any], check: Callable[[Any], None]) -> None:
    for number, row in enumerate(rows):
        try:
            check(row)
        except ValidationError as error:
            raise of_row(error, number) from None


def _check(measure: Measure) -> None:
    few = [
        name
        for name in ("baseline", "target")
        if measure.unit == Unit.PEOPLE and (number := getattr(measure, name)) is not None and number < FEW
    ]
    if few:
        raise ValidationError(dict.fromkeys(few, TOO_FEW))
    measure.full_clean(exclude=["decision"])


def _open(decision: Decision, by: Any) -> Decision:
    fresh = locked(decision)
    if not may_change(by, fresh):
        raise PermissionDenied("Your role cannot do this.")
    return fresh


def _entered(decision: Decision, by: Any) -> Decision:
    enter("changed", decision, by, **stated(decision))
    audit("decision published/changed", by=by, obj=decision)
    return decision
