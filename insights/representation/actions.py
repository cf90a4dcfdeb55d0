"""Renew the representation pictures; set and remove the benchmarks that they are compared with."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.surveys.closing_day import find_closing_day
from insights.representation import policies
from insights.representation.dimensions import NOT_SAID, Dimension, list_dimensions
from insights.representation.link_and_code_counts import count_by_link
from insights.representation.models import (
    EVERYONE,
    LANGUAGE,
    WAY,
    Benchmark,
    BenchmarkBasis,
    ReachPicture,
    normalise_label,
)

type Groups = dict[str, list[Any]]  # {id of a group: people}
AFTER_CLOSE = timedelta(days=14)  # time to type in answers on paper; then the picture is final
MOST_GROUPS, MOST_PEOPLE = 60, 100_000_000


def refresh_representation(today: date | None = None) -> int:
    """Sweep: renew each picture that is not final and to which enough people came; returns how many were renewed."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


@transaction.atomic
def _refresh_picture(page: Any, today: date) -> bool:
    from insights.disclosure.live_tables import may_renew  # numpy loads with it

    picture = ReachPicture.objects.select_for_update().filter(consultation=page).first()
    closed = find_closing_day(page)
    final = closed is not None and today > closed + AFTER_CLOSE
    if picture and picture.final and final:
        return False
    grouped = group_people(page, dimensions := list_dimensions(page))
    people = sum(len(each) for each in grouped.get(EVERYONE, {}).values())
    name = f"reach/{page.pk}"
    if picture and not may_renew(name, people, picture.rows, picture.as_of, today):
        ReachPicture.objects.filter(pk=picture.pk).update(final=final)
        return False
    figures = [_freeze_figure(each, grouped[each.key], name, today) for each in dimensions]
    count_by_link(page, name, today)
    ReachPicture.objects.update_or_create(
        consultation=page, defaults={"as_of": today, "final": final, "rows": people, "figures": figures}
    )
    return True


def _freeze_figure(
    dimension: Dimension, groups: Mapping[str, Sequence[UUID]], name: str, today: date
) -> dict[str, Any]:
    from insights.disclosure import TableRefused  # numpy loads with these
    from insights.disclosure.live_tables import protect_live_table

    shown: dict[str, Any] = {}
    total = None
    try:
        table = protect_live_table(groups, name, today, sensitive=dimension.sensitive)
    except TableRefused:
        pass
    else:
        shown = dict(zip(table.rows, table.row_totals, strict=True))
        total = table.total.value
        if len(shown) == 1:  # the group is the total
            shown = dict.fromkeys(shown, table.total)
    return {
        "key": dimension.key,
        "question": dimension.question,
        "title": dimension.title,
        "total": total,
        "groups": [
            {"id": id_, "label": label, "value": shown[id_].value, "symbol": shown[id_].symbol}
            if id_ in shown
            else {"id": id_, "label": label, "value": None, "symbol": ""}
            for id_, label in dimension.groups
        ],
    }


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


def group_people(page: Any, dimensions: Sequence[Dimension]) -> dict[str, Groups]:
    """{dimension key: {group id: people}} with every group, in one pass over the answers."""
    asked = {dimension.question: dimension for dimension in dimensions if dimension.question}
    found, everyone = _group_by_question(page, asked)
    found |= {LANGUAGE: handover.group_people_by_language(page), WAY: handover.group_people_by_channel(page)}
    found[EVERYONE] = {EVERYONE: everyone}
    return {dimension.key: _fit_into_groups(dimension, found[dimension.key]) for dimension in dimensions}


def _group_by_question(page: Any, asked: Mapping[str, Dimension]) -> tuple[dict[str, Groups], list[Any]]:
    """({dimension key: {option id: people}}, everyone). Versions are joined by question and option id."""
    keys = {
        version.pk: {
            asked[item["id"]].key: (item["key"], {option["key"]: option["id"] for option in item["options"]})
            for item in version.content["items"]
            if item["id"] in asked
        }
        for version in handover.list_versions(page)
    }
    found: dict[str, Groups] = {dimension.key: {} for dimension in asked.values()}
    everyone = []
    for row in handover.iter_closed_answers(page):
        everyone.append(row.respondent)
        for dimension, groups in found.items():  # a version may lack the question
            key, options = keys[row.version_id].get(dimension, ("", {}))
            groups.setdefault(options.get(_single_choice(row.closed.get(key)), NOT_SAID), []).append(row.respondent)
    return found, everyone


def _single_choice(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value if isinstance(value, str) else None


def _fit_into_groups(dimension: Dimension, grouped: Groups) -> Groups:
    """{group id: people}. Removed options count as not said, where the dimension has that group."""
    groups = {id_: grouped.get(id_, []) for id_, _ in dimension.groups}
    if NOT_SAID in groups:
        removed = (people for id_, people in grouped.items() if id_ not in groups)
        groups[NOT_SAID] = [*groups[NOT_SAID], *(person for people in removed for person in people)]
    return groups
