"""The daily look at who has answered, and the benchmarks that it is compared with."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultation import handover
from consultation.audit.log import record
from insights.reach import policies
from insights.reach.counting import counts
from insights.reach.dimensions import NOT_SAID, Dimension, dimensions
from insights.reach.models import Basis, Benchmark, ReachPicture, plain
from insights.reports.disclosure.steady import WHOLE, WIDTH, Draw, Look, look

AFTER_CLOSE = timedelta(days=14)  # answers on paper are still typed in; then the picture is final
MOST_GROUPS, MOST_PEOPLE = 60, 100_000_000


def refresh(today: date | None = None) -> int:
    """Sweep: look once a day at each consultation that is not final yet. How many were looked at."""
    today = today or timezone.localdate()
    return sum(_refresh(page, today) for page in handover.consultations())


@transaction.atomic
def _refresh(page: Any, today: date) -> bool:
    """Every number goes through `look`, the last ones too; a second run on a day finds nothing to do."""
    picture = ReachPicture.objects.select_for_update().filter(consultation=page).first()
    closed = handover.closed_on(page)
    final = closed is not None and today > closed + AFTER_CLOSE
    if picture and (picture.as_of >= today or (picture.final and final)):
        return False
    asked = dimensions(page)
    counted = counts(page, asked)
    before = {_origin(figure): figure for figure in picture.figures} if picture else {}
    figures = [_figure(page, each, counted[each.key], before.pop(each.question or each.key, None)) for each in asked]
    left = [figure | {"asked": False} for figure in before.values()]
    ReachPicture.objects.update_or_create(
        consultation=page, defaults={"as_of": today, "final": final, "figures": [*figures, *left]}
    )
    return True


def _origin(figure: dict[str, Any]) -> str:
    """A figure is its question's, whatever that is called today."""
    origin: str = figure.get("question") or figure["key"]
    return origin


def _figure(
    page: Any, dimension: Dimension, counted: Mapping[str, int], known: dict[str, Any] | None
) -> dict[str, Any]:
    """What was shown is kept when the group is taken out (`gone`) or the question (`asked`): put back, it would else
    begin anew, and a number rounded twice tells what one rounding hides."""
    before = _known(known)
    now = look(counted, before, _draws(page, dimension.question or dimension.key), unsaid=NOT_SAID)
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


def _known(figure: dict[str, Any] | None) -> Look | None:
    if figure is None:
        return None
    groups = figure.get("gone", {}) | {group["id"]: group["value"] for group in figure["groups"]}
    return Look(figure["total"], groups, figure["few"])


def _draws(page: Any, key: str) -> Draw:
    """Derived from the site's secret: nobody outside can know it, nothing is stored, and each run draws the same.

    The whole has one draw in every table of a consultation: several lines for one number would narrow it down.
    """

    def draw(figure: str, shown: int) -> int:
        what = f"{key}/{figure}" if figure != WHOLE else ""
        digest = salted_hmac("insights.reach", f"{page.pk}/{what}/{shown}", algorithm="sha256").digest()
        return int.from_bytes(digest[:8], "big") % WIDTH

    return draw


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
    basis: str = Basis.LIVES,
    benchmark: Benchmark | None = None,
) -> Benchmark:
    """Add a benchmark, or change this one. The log keeps the numbers before and after."""
    if not policies.may_set(by):
        raise PermissionDenied("You cannot set what reach is compared with.")
    before = list(benchmark.numbers.values()) if benchmark else None
    kept = benchmark or Benchmark()
    kept.consultation, kept.about, kept.name, kept.basis = consultation, about, " ".join(name.split()), basis
    kept.source, kept.dated, kept.groups = " ".join(source.split()), dated, [dict(group) for group in groups]
    kept.set_by, kept.set_on = by, timezone.localdate()
    _check(kept)
    kept.save()
    verb = "benchmark added" if before is None else "benchmark changed"
    record(verb, by=by, obj=kept, consultation=kept.consultation_id, before=before, now=list(kept.numbers.values()))
    return kept


def _check(benchmark: Benchmark) -> None:
    """What every benchmark needs, from a form or from a file: a name, a source, a day, and numbers that are numbers."""
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
    """Those of a file: all or none. One of a name that stands already is changed."""
    return [set_benchmark(by=by, benchmark=standing(each), **each) for each in benchmarks]


def standing(found: Mapping[str, Any]) -> Benchmark | None:
    """The benchmark that has this name already, for the same consultation and about the same."""
    same = {name: found[name] for name in ("consultation", "about", "name")}
    return Benchmark.objects.filter(**same).first()


@transaction.atomic
def remove_benchmark(*, benchmark: Benchmark, by: Any) -> None:
    if not policies.may_set(by):
        raise PermissionDenied("You cannot take this away.")
    numbers = list(benchmark.numbers.values())
    record("benchmark removed", by=by, obj=benchmark, consultation=benchmark.consultation_id, before=numbers)
    benchmark.delete()


def group_id(dimension: Dimension, label: str) -> str | None:
    """The group of this name, or of this short name of a language."""
    wanted = plain(label)
    found = (id_ for id_, known in dimension.comparable if wanted in (plain(known), id_ if _is_code(id_) else None))
    return next(found, None)


def _is_code(id_: str) -> bool:
    return id_ in dict(settings.LANGUAGES)
