"""Set the options appraised and the success measures of a decision, each with its ledger entry."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from insights.decisions.actions import lock_decision
from insights.decisions.addable_rows import attach_row_number
from insights.decisions.decision_rules import WHY
from insights.decisions.ledger_entries import MEASURE_FIELDS, append_ledger_entry, decision_entry_data, note_entry_data
from insights.decisions.models import Decision, DecisionStatus, Measure, MeasureUnit, Option, ProgressNote
from insights.decisions.policies import FEW, TOO_FEW, may_change

OPTIONS_STAY = "It is published: the ways that were considered stay. Record another decision for another answer."


@transaction.atomic
def set_options(*, decision: Decision, by: Any, options: Sequence[Mapping[str, Any]]) -> Decision:
    """Replace all options, in order. Publication fixes them: two people gave the answer."""
    fresh = _lock_changeable(decision, by)
    if fresh.status == DecisionStatus.PUBLISHED:
        raise ValidationError(OPTIONS_STAY)
    made = [Option(decision=fresh, order=n, **given) for n, given in enumerate(options)]
    _validate_rows(made, lambda option: option.full_clean())
    fresh.options.all().delete()
    Option.objects.bulk_create(made)
    return _record_change(fresh, by)


@transaction.atomic
def set_measures(
    *, decision: Decision, by: Any, measures: Sequence[Mapping[str, Any]], why: str = "", today: date | None = None
) -> Decision:
    """Replace all measures, in order. On a published decision a change needs a public reason (`why`)."""
    fresh = _lock_changeable(decision, by)
    made = [Measure(decision=fresh, order=n, **given) for n, given in enumerate(measures)]
    _validate_rows(made, _validate_measure)
    if fresh.status == DecisionStatus.PUBLISHED and _list_measure_values(made) != _list_measure_values(
        fresh.measures.all()
    ):
        _note_reason(fresh, by, why, today or timezone.localdate())
    # Measures are matched by `what`, so that rows with references keep their ids.
    known = {one.what: one for one in fresh.measures.all()}
    for measure in made:
        if old := known.pop(measure.what, None):
            measure.pk = old.pk
            measure.save(force_update=True)
        else:
            measure.save(force_insert=True)
    Measure.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    return _record_change(fresh, by)


def _list_measure_values(measures: Any) -> list[list[Any]]:
    return [[getattr(one, name) for name in MEASURE_FIELDS] for one in measures]


def _note_reason(decision: Decision, by: Any, why: str, today: date) -> None:
    if not why.strip():
        raise ValidationError({"why": WHY})
    words = f"We changed how we will know that it worked. {why.strip()}"
    note = ProgressNote.objects.create(
        decision=decision, day=today, progress=decision.progress,
        words={settings.LANGUAGE_CODE: words}, written_by=by,
    )  # fmt: skip
    append_ledger_entry("reason told", decision, by, **note_entry_data(note))


def _validate_rows(rows: Sequence[Any], check: Callable[[Any], None]) -> None:
    for number, row in enumerate(rows):
        try:
            check(row)
        except ValidationError as error:
            raise attach_row_number(error, number) from None


def _validate_measure(measure: Measure) -> None:
    few = [
        name
        for name in ("baseline", "target")
        if measure.unit == MeasureUnit.PEOPLE and (number := getattr(measure, name)) is not None and number < FEW
    ]
    if few:
        raise ValidationError(dict.fromkeys(few, TOO_FEW))
    measure.full_clean(exclude=["decision"])


def _lock_changeable(decision: Decision, by: Any) -> Decision:
    fresh = lock_decision(decision)
    require_permission(by, may_change, fresh)
    return fresh


def _record_change(decision: Decision, by: Any) -> Decision:
    append_ledger_entry("changed", decision, by, **decision_entry_data(decision))
    audit("decision published/changed", by=by, obj=decision)
    return decision
