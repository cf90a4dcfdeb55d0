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
from consultation.audit.audit_log import record_event
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.discovery import policies, suggestion_groups, suggestion_overview
from insights.coding.discovery.models import (
    READ_BY_ENGINE,
    DiscoveryRun,
    DiscoveryRunStatus,
    DiscoveryStage,
    Placement,
    Suggestion,
    SuggestionState,
)
from insights.coding.shared_phrases import LEAST_PEOPLE
from insights.corpus.models import Text

BATCH = 500
COMPARED = 3000  # coded texts compared with the suggestions
LEAST_SHARE = 0.15
MOST_OVERLAPS = 2


def run_discovery_sweep(consultation_key: str) -> int:
    """Sweep: refresh the consultation with this id, then carry out its unfinished runs. Returns how many runs.

    A failure delays nothing else and is retried a few times; the sweep raises it at its end, to be reported."""
    consultation = handover.get_consultation(consultation_key)
    if consultation is None:
        return 0
    failed = _attempt_step(_refresh_consultation, consultation)
    unfinished = DiscoveryRun.objects.of(consultation).unfinished()
    waiting = list(unfinished.select_related("consultation", "splits").order_by("tries", "pk"))
    for run in waiting:
        failed = _attempt_step(_take_run, run) or failed
    if failed is not None:
        raise failed
    return len(waiting)


def _attempt_step(step: Callable[[Any], None], what: Any) -> Exception | None:
    try:
        step(what)
    except Exception as error:  # noqa: BLE001  the next item must still run; the sweep raises it later
        return error
    return None


def _refresh_consultation(consultation: Any) -> None:
    remove_coded_placements(consultation)
    place_new_texts(consultation)
    begin_due_run(consultation)


def _take_run(run: DiscoveryRun) -> None:
    if run.is_given_up:  # a worker was killed at each try
        _finish_run(run, DiscoveryRunStatus.FAILED)
        return
    run.try_it()
    try:
        split_suggestion(run, run.splits) if run.splits else find_suggestions(run)
    except Exception:
        if run.is_given_up:
            _finish_run(run, DiscoveryRunStatus.FAILED)
        raise


def begin_due_run(consultation: Any) -> None:
    runs = DiscoveryRun.objects.of(consultation).filter(splits=None)
    if runs.unfinished().exists() or suggestion_overview.is_awaiting_proposals(consultation):
        return
    last = runs.last()
    missed = suggestion_overview.missed_texts_in_known_languages(consultation).count()
    outside = _count_ungrouped_texts(consultation)
    if policies.is_discovery_due(missed=missed, outside=outside, left=last.left if last else None):
        DiscoveryRun.objects.create(consultation=consultation, asked_on=timezone.localdate())


def _count_ungrouped_texts(consultation: Any) -> int:
    missed = suggestion_overview.missed_texts_in_known_languages(consultation)
    return missed.exclude(placement__suggestion__isnull=False).count()


def find_suggestions(run: DiscoveryRun) -> None:
    """Find suggestions in the missed texts, keeping decided suggestions and their texts."""
    run.move_to(DiscoveryStage.READING)
    texts = list(suggestion_overview.missed_texts_in_known_languages(run.consultation).order_by("pk"))
    decided = list(Suggestion.objects.of(run.consultation).decided())
    before = list(Suggestion.objects.of(run.consultation).loose())
    held = dict(Placement.objects.filter(suggestion__in=decided).values_list("text", "suggestion"))
    people = LEAST_PEOPLE
    found = suggestion_groups.group_texts(texts, decided, before, held, stage=run.move_to, people=people)
    if found is None:
        _finish_run(run, DiscoveryRunStatus.TOO_FEW)
        return
    run.move_to(DiscoveryStage.KEEPING)
    _save_suggestions(run, texts, found)
    compare_with_themes(run.consultation)


@transaction.atomic
def _save_suggestions(run: DiscoveryRun, texts: list[Text], found: Any) -> None:
    """Save the result: open suggestions found again are updated, others deleted; decided ones stay."""
    kept = [group.known for group in found.groups if group.known is not None]
    Placement.objects.filter(text__version__page=run.consultation).delete()
    Suggestion.objects.of(run.consultation).loose().exclude(pk__in=[one.pk for one in kept]).delete()
    rows = []
    for group in found.groups:
        row = group.known or Suggestion(consultation=run.consultation)
        # A decided suggestion keeps name and centre, which the decision was about. Only these fields are written:
        # somebody may have decided meanwhile.
        if group.renews:
            row.name, row.phrases, row.centre, row.reach = group.name, group.phrases, group.centre, group.reach
            row.save(update_fields=["name", "phrases", "centre", "reach"] if group.known else None)
        rows.append(row)
    Placement.objects.bulk_create(
        (
            Placement(text=text, suggestion=rows[at] if at >= 0 else None, near=near)
            for text, at, near in zip(texts, found.labels, found.near, strict=True)
        ),
        batch_size=BATCH,
    )
    _finish_run(run, DiscoveryRunStatus.DONE)
    record_event("discovery done", by=run.asked_by, obj=run.consultation, suggestions=len(rows))


def _finish_run(run: DiscoveryRun, status: str) -> None:
    run.status, run.stage, run.done_on = status, "", timezone.localdate()
    run.left = _count_ungrouped_texts(run.consultation)
    run.save(update_fields=["status", "stage", "done_on", "left"])


def compare_with_themes(consultation: Any) -> None:
    """Save each suggestion's overlap: the themes of its own texts and of coded texts within its reach."""
    standing = current_codes_by_theme(consultation)
    themes = defaultdict(set)
    for theme, texts in standing.items():
        for pk in texts:
            themes[pk].add(theme)
    held = dict(Placement.objects.filter(suggestion__consultation=consultation).values_list("text", "suggestion"))
    suggestions = list(Suggestion.objects.of(consultation).standing())
    coded = Text.objects.of(consultation).filter(language__in=READ_BY_ENGINE).order_by("pk").values_list("pk", "text")
    rows = (row for row in coded.iterator(chunk_size=2000) if row[0] in themes and row[0] not in held)
    near = suggestion_groups.pair_with_near_suggestions(list(islice(rows, COMPARED)), suggestions)
    like: Counter[int] = Counter()
    having: dict[int, Counter[int]] = defaultdict(Counter)
    for pk, suggestion in [*held.items(), *near]:
        like[suggestion] += 1
        having[suggestion].update(themes.get(pk, ()))
    for one in suggestions:
        shares = [(theme, count / like[one.pk]) for theme, count in having[one.pk].most_common(MOST_OVERLAPS)]
        one.overlap = [{"theme": theme, "share": round(share, 2)} for theme, share in shares if share >= LEAST_SHARE]
    Suggestion.objects.bulk_update(suggestions, ["overlap"], batch_size=BATCH)


def place_new_texts(consultation: Any) -> int:
    """Place texts that came since the last run in a suggestion within reach. Returns how many were compared."""
    suggestions = list(Suggestion.objects.of(consultation).standing())
    if not suggestions:
        return 0
    missed, done = suggestion_overview.missed_texts_in_known_languages(consultation), 0
    waiting = missed.filter(placement__isnull=True).order_by("pk")
    while texts := list(waiting[:BATCH]):
        places = suggestion_groups.find_nearest_suggestions([text.text for text in texts], suggestions)
        Placement.objects.bulk_create(
            Placement(text=text, suggestion=suggestion, near=near)
            for text, (suggestion, near) in zip(texts, places, strict=True)
        )
        done += len(texts)
    return done


def remove_coded_placements(consultation: Any) -> None:
    """Remove placements of texts that have a theme now, and untouched suggestions without texts. In batches by key, so
    that the time grows with the number of placements and no row stays locked for long."""
    placed = Placement.objects.filter(text__version__page=consultation).order_by("pk")
    batch = list(placed.values_list("pk", flat=True)[:BATCH])
    while batch:
        missed = suggestion_overview.missed_texts(consultation).filter(pk__in=batch)
        coded = set(batch).difference(missed.values_list("pk", flat=True))
        Placement.objects.filter(pk__in=coded).delete()
        batch = list(placed.filter(pk__gt=batch[-1]).values_list("pk", flat=True)[:BATCH])
    Suggestion.objects.of(consultation).loose().filter(own_placements=None).delete()


def split_suggestion(run: DiscoveryRun, whole: Suggestion) -> None:
    """Replace one suggestion by two."""
    run.move_to(DiscoveryStage.GROUPING)
    texts = list(Text.objects.filter(placement__suggestion=whole).order_by("pk"))
    found = suggestion_groups.halve_suggestion(texts, people=LEAST_PEOPLE) if whole.is_open else None
    if found is None:
        _finish_run(run, DiscoveryRunStatus.TOO_FEW)
        return
    _save_halves(run, whole, texts, found)


@transaction.atomic
def _save_halves(run: DiscoveryRun, whole: Suggestion, texts: list[Text], found: Any) -> None:
    whole = Suggestion.objects.select_for_update().get(pk=whole.pk)
    if not whole.is_open or whole.merged.exists():  # somebody decided during the computation
        _finish_run(run, DiscoveryRunStatus.TOO_FEW)
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
    Placement.objects.filter(suggestion=whole).delete()
    rows = zip(texts, found.labels, found.near, strict=True)
    placements = [Placement(text=text, suggestion=parts[at], near=near) for text, at, near in rows]
    Placement.objects.bulk_create(placements, batch_size=BATCH)
    whole.save_decision(SuggestionState.SPLIT, by=run.asked_by, on=timezone.localdate())
    _finish_run(run, DiscoveryRunStatus.DONE)
    record_event("suggestion split", by=run.asked_by, obj=whole, parts=len(parts))
