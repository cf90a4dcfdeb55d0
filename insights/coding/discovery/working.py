"""Discovery runs in a worker: find suggestions in texts that no theme fits, and place new texts in them.

All is computed first and written in one transaction, so an interrupted run is simply repeated.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.audit.log import record
from insights.coding.actions import standing_codes
from insights.coding.discovery import policies, reading
from insights.coding.discovery.models import (
    READ_BY_ENGINE,
    DiscoveryRun,
    Placement,
    RunStatus,
    Stage,
    State,
    Suggestion,
)
from insights.intake.models import Text

BATCH = 500
COMPARED = 3000  # coded texts compared with the suggestions
LEAST_SHARE = 0.15
MOST_OVERLAPS = 2


def sweep() -> int:
    """Sweep: refresh each consultation, then carry out unfinished runs. Returns how many runs.

    A failure delays nothing else and is retried a few times; the sweep raises it at its end, to be reported."""
    failed = None
    for consultation in handover.consultations():
        failed = _attempt(_freshen, consultation) or failed
    waiting = list(DiscoveryRun.objects.unfinished().select_related("consultation", "splits").order_by("tries", "pk"))
    for run in waiting:
        failed = _attempt(_take, run) or failed
    if failed is not None:
        raise failed
    return len(waiting)


def _attempt(step: Callable[[Any], None], what: Any) -> Exception | None:
    try:
        step(what)
    except Exception as error:  # noqa: BLE001  the next item must still run; the sweep raises it later
        return error
    return None


def _freshen(consultation: Any) -> None:
    let_go_of_coded(consultation)
    place_new(consultation)
    begin_if_due(consultation)


def _take(run: DiscoveryRun) -> None:
    if not run.is_given_up:
        run.try_it()
        try:
            split(run, run.splits) if run.splits else look(run)
        except Exception:
            if run.is_given_up:
                _finish(run, RunStatus.FAILED)
            raise
    else:  # a worker was killed at each try
        _finish(run, RunStatus.FAILED)


def begin_if_due(consultation: Any) -> None:
    runs = DiscoveryRun.objects.of(consultation).filter(splits=None)
    if runs.unfinished().exists() or reading.is_still_being_read(consultation):
        return
    last = runs.last()
    missed = reading.missed_and_read(consultation).count()
    if policies.is_due(missed=missed, outside=_outside(consultation), left=last.left if last else None):
        DiscoveryRun.objects.create(consultation=consultation, asked_on=timezone.localdate())


def _outside(consultation: Any) -> int:
    return reading.missed_and_read(consultation).exclude(placement__suggestion__isnull=False).count()


def look(run: DiscoveryRun) -> None:
    """Find suggestions in the missed texts, keeping decided suggestions and their texts."""
    from insights.coding.discovery.groups import find

    run.move_to(Stage.READING)
    texts = list(reading.missed_and_read(run.consultation).order_by("pk"))
    settled = list(Suggestion.objects.of(run.consultation).settled())
    before = list(Suggestion.objects.of(run.consultation).loose())
    held = dict(Placement.objects.filter(suggestion__in=settled).values_list("text", "suggestion"))
    found = find(texts, settled, before, held, stage=run.move_to, people=policies.LEAST_PEOPLE)
    if found is None:
        _finish(run, RunStatus.TOO_FEW)
        return
    run.move_to(Stage.KEEPING)
    _keep(run, texts, found)
    compare(run.consultation)


@transaction.atomic
def _keep(run: DiscoveryRun, texts: list[Text], found: Any) -> None:
    """Save the result: open suggestions found again are updated, others deleted; decided ones stay."""
    kept = [group.known for group in found.groups if group.known is not None]
    Placement.objects.filter(text__version__page=run.consultation).delete()
    Suggestion.objects.of(run.consultation).loose().exclude(pk__in=[one.pk for one in kept]).delete()
    rows = [_row(run, group) for group in found.groups]
    Placement.objects.bulk_create(
        (
            Placement(text=text, suggestion=rows[at] if at >= 0 else None, near=near)
            for text, at, near in zip(texts, found.labels, found.near, strict=True)
        ),
        batch_size=BATCH,
    )
    _finish(run, RunStatus.DONE)
    record("discovery done", by=run.asked_by, obj=run.consultation, suggestions=len(rows))


def _row(run: DiscoveryRun, group: Any) -> Suggestion:
    """Save a group's row. A decided suggestion keeps name and centre, which the decision was about. Only these fields
    are written: somebody may have decided meanwhile."""
    row = group.known or Suggestion(consultation=run.consultation)
    if group.renews:
        row.name, row.phrases, row.centre, row.reach = group.name, group.phrases, group.centre, group.reach
        row.save(update_fields=["name", "phrases", "centre", "reach"] if group.known else None)
    return row


def _finish(run: DiscoveryRun, status: str) -> None:
    run.status, run.stage, run.done_on, run.left = status, "", timezone.localdate(), _outside(run.consultation)
    run.save(update_fields=["status", "stage", "done_on", "left"])


def compare(consultation: Any) -> None:
    """Save each suggestion's overlap: the themes of its own texts and of coded texts within its reach."""
    from insights.coding.discovery.groups import beside

    standing = standing_codes(consultation)
    themes = defaultdict(set)
    for theme, texts in standing.items():
        for pk in texts:
            themes[pk].add(theme)
    held = dict(Placement.objects.filter(suggestion__consultation=consultation).values_list("text", "suggestion"))
    suggestions = list(Suggestion.objects.of(consultation).standing())
    near = beside(_coded(consultation, themes.keys() - held.keys()), suggestions)
    like: Counter[int] = Counter()
    having: dict[int, Counter[int]] = defaultdict(Counter)
    for pk, suggestion in [*held.items(), *near]:
        like[suggestion] += 1
        having[suggestion].update(themes.get(pk, ()))
    for one in suggestions:
        shares = [(theme, count / like[one.pk]) for theme, count in having[one.pk].most_common(MOST_OVERLAPS)]
        one.overlap = [{"theme": theme, "share": round(share, 2)} for theme, share in shares if share >= LEAST_SHARE]
    Suggestion.objects.bulk_update(suggestions, ["overlap"], batch_size=BATCH)


def _coded(consultation: Any, among: set[Any]) -> list[tuple[Any, str]]:
    """[(text id, text)] of some texts of `among`, in the order of random ids."""
    texts = Text.objects.of(consultation).filter(language__in=READ_BY_ENGINE).order_by("pk").values_list("pk", "text")
    return list(islice((row for row in texts.iterator(chunk_size=2000) if row[0] in among), COMPARED))


def place_new(consultation: Any) -> int:
    """Place texts that came since the last run in a suggestion within reach. Returns how many were compared."""
    from insights.coding.discovery.groups import nearest

    suggestions = list(Suggestion.objects.of(consultation).standing())
    if not suggestions:
        return 0
    waiting = reading.missed_and_read(consultation).filter(placement__isnull=True).order_by("pk")
    done = 0
    while texts := list(waiting[:BATCH]):
        places = nearest([text.text for text in texts], suggestions)
        Placement.objects.bulk_create(
            Placement(text=text, suggestion=suggestion, near=near)
            for text, (suggestion, near) in zip(texts, places, strict=True)
        )
        done += len(texts)
    return done


def let_go_of_coded(consultation: Any) -> None:
    """Remove placements of texts that have a theme now, and untouched suggestions without texts."""
    missed = reading.missed(consultation).values("pk")
    Placement.objects.filter(text__version__page=consultation).exclude(text__in=missed).delete()
    Suggestion.objects.of(consultation).loose().filter(own_placements=None).delete()


def split(run: DiscoveryRun, whole: Suggestion) -> None:
    """Replace one suggestion by two."""
    from insights.coding.discovery.groups import halve

    run.move_to(Stage.GROUPING)
    texts = list(Text.objects.filter(placement__suggestion=whole).order_by("pk"))
    found = halve(texts, people=policies.LEAST_PEOPLE) if whole.is_open else None
    if found is None:
        _finish(run, RunStatus.TOO_FEW)
        return
    _keep_halves(run, whole, texts, found)


@transaction.atomic
def _keep_halves(run: DiscoveryRun, whole: Suggestion, texts: list[Text], found: Any) -> None:
    whole = Suggestion.objects.select_for_update().get(pk=whole.pk)
    if not whole.is_open or whole.merged.exists():  # somebody decided during the computation
        _finish(run, RunStatus.TOO_FEW)
        return
    parts = [
        Suggestion.objects.create(
            consultation=run.consultation,
            parent=whole,
            name=group.name,
            phrases=group.phrases,
            centre=group.centre,
            reach=group.reach,
            overlap=whole.overlap,
        )
        for group in found.groups
    ]
    by_part = defaultdict(list)
    for text, at, near in zip(texts, found.labels, found.near, strict=True):
        by_part[at].append(Placement(text=text, suggestion=parts[at], near=near))
    Placement.objects.filter(suggestion=whole).delete()
    for placements in by_part.values():
        Placement.objects.bulk_create(placements, batch_size=BATCH)
    whole.settle(State.SPLIT, by=run.asked_by, on=timezone.localdate())
    _finish(run, RunStatus.DONE)
    record("suggestion split", by=run.asked_by, obj=whole, parts=len(parts))
