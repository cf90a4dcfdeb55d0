"""Renew the representation pictures daily; set and remove the benchmarks that they are compared with."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.surveys.closing_day import find_closing_day
from insights.disclosure.steady_figures import WHOLE_TABLE, WIDTH, SteadyTable, renew_steady_table
from insights.representation import policies
from insights.representation.dimensions import NOT_SAID, Dimension, list_dimensions
from insights.representation.group_counts import count_groups
from insights.representation.models import Benchmark, BenchmarkBasis, ReachPicture, normalise_label

AFTER_CLOSE = timedelta(days=14)  # time to type in answers on paper; then the picture is final
SALT = "insights.reach"  # stays: another one would draw the shown figures anew
MOST_GROUPS, MOST_PEOPLE = 60, 100_000_000


def refresh_reach_pictures(today: date | None = None) -> int:
    """Sweep: renew each picture that is not final, once a day; returns how many were renewed."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


@transaction.atomic
def _refresh_picture(page: Any, today: date) -> bool:
    """Every number goes through `renew_steady_table`, the final ones too; a second run on a day does nothing."""
    picture = ReachPicture.objects.select_for_update().filter(consultation=page).first()
    closed = find_closing_day(page)
    final = closed is not None and today > closed + AFTER_CLOSE
    if picture and (picture.as_of >= today or (picture.final and final)):
        return False
    asked = list_dimensions(page)
    counted = count_groups(page, asked)
    # A figure's identity over time is its question's id, since its key may change.
    before = {figure.get("question") or figure["key"]: figure for figure in picture.figures} if picture else {}
    figures = [
        _renew_figure(page, each, counted[each.key], before.pop(each.question or each.key, None)) for each in asked
    ]
    left = [figure | {"asked": False} for figure in before.values()]
    ReachPicture.objects.update_or_create(
        consultation=page, defaults={"as_of": today, "final": final, "figures": [*figures, *left]}
    )
    return True


def _renew_figure(
    page: Any, dimension: Dimension, counted: Mapping[str, int], known: dict[str, Any] | None
) -> dict[str, Any]:
    """Shown values are kept when a group is removed (`gone`), as when a question is (`asked`): restored, they would
    otherwise be rounded anew, and two roundings of a number disclose what one hides."""
    before = None
    if known is not None:
        groups = known.get("gone", {}) | {group["id"]: group["value"] for group in known["groups"]}
        before = SteadyTable(known["total"], groups, known["few"])
    draw = partial(_draw_from_secret, page, dimension.question or dimension.key)
    now = renew_steady_table(counted, before, draw, unsaid=NOT_SAID)
    shown = {**(before.groups if before else {}), **now.groups}
    ids = dict(dimension.groups)
    return {
        "key": dimension.key,
        "question": dimension.question,
        "title": dimension.title,
        "asked": True,
        "total": now.total,
        "few": now.few,
        "groups": [{"id": id_, "label": label, "value": now.groups.get(id_)} for id_, label in dimension.groups],
        "gone": {id_: value for id_, value in shown.items() if id_ not in ids and value is not None},
    }


def _draw_from_secret(page: Any, key: str, figure: str, shown: int) -> int:
    """A draw from the SECRET_KEY: unknown outside, not stored, the same on each run.

    The total has one draw for all tables of a consultation: several boundaries would narrow one number down.
    """
    what = f"{key}/{figure}" if figure != WHOLE_TABLE else ""
    digest = salted_hmac(SALT, f"{page.pk}/{what}/{shown}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") % WIDTH


@transaction.atomic
def set_benchmark(
    *,
    by: Any,
    about: str,
    name: str,
    source: str,
    dated: date,
    groups: Sequence[Mapping[str, Any]],
    consultation: Any = None,
    basis: str = BenchmarkBasis.LIVES,
    benchmark: Benchmark | None = None,
) -> Benchmark:
    """Add a benchmark, or change this one. The audit log keeps the numbers before and after."""
    require_permission(by, policies.may_set_benchmarks)
    before = list(benchmark.numbers.values()) if benchmark else None
    kept = benchmark or Benchmark()
    kept.consultation, kept.about, kept.name, kept.basis = consultation, about, " ".join(name.split()), basis
    kept.source, kept.dated, kept.groups = " ".join(source.split()), dated, [dict(group) for group in groups]
    kept.set_by, kept.set_on = by, timezone.localdate()
    _validate_benchmark(kept)
    kept.save()
    verb = "benchmark added" if before is None else "benchmark changed"
    record_event(
        verb, by=by, obj=kept, consultation=kept.consultation_id, before=before, now=list(kept.numbers.values())
    )
    return kept


def _validate_benchmark(benchmark: Benchmark) -> None:
    """Raise ValidationError unless the benchmark has a name, a source, a past day and plausible numbers."""
    problems = [
        f"Say {what}."
        for what, value in (("what it is called", benchmark.name), ("where the numbers are from", benchmark.source))
        if not value
    ]
    if benchmark.dated > timezone.localdate():
        problems.append("The day of the numbers lies in the future.")
    if len(benchmark.numbers) != len(benchmark.groups) or len(benchmark.groups) > MOST_GROUPS:
        problems.append(f"Each group stands once, and {MOST_GROUPS} groups are the most.")
    if not 0 < benchmark.number <= MOST_PEOPLE or min(group["number"] for group in benchmark.groups) < 0:
        problems.append(f"At least one group needs a number of people, and {MOST_PEOPLE} in all are the most.")
    twin = Benchmark.objects.filter(consultation=benchmark.consultation, about=benchmark.about, name=benchmark.name)
    if twin.exclude(pk=benchmark.pk).exists():
        problems.append("There is one with this name already.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def set_benchmarks(*, by: Any, benchmarks: Sequence[Mapping[str, Any]]) -> list[Benchmark]:
    """Set all benchmarks of a file, or none. One with an existing name is changed."""
    return [set_benchmark(by=by, benchmark=find_existing_benchmark(each), **each) for each in benchmarks]


def find_existing_benchmark(found: Mapping[str, Any]) -> Benchmark | None:
    """The existing benchmark with the same consultation, `about` and name."""
    same = {name: found[name] for name in ("consultation", "about", "name")}
    return Benchmark.objects.filter(**same).first()


@transaction.atomic
def remove_benchmark(*, benchmark: Benchmark, by: Any) -> None:
    require_permission(by, policies.may_set_benchmarks)
    numbers = list(benchmark.numbers.values())
    record_event("benchmark removed", by=by, obj=benchmark, consultation=benchmark.consultation_id, before=numbers)
    benchmark.delete()


def find_group_id(dimension: Dimension, label: str) -> str | None:
    """The id of the group with this label or language code."""
    wanted, languages = normalise_label(label), dict(settings.LANGUAGES)
    for id_, known in dimension.comparable_groups:
        if wanted == normalise_label(known) or (wanted == id_ and id_ in languages):
            return id_
    return None
