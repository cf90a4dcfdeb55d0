"""Blind double coding: drawing a sample, the second choice, settling disagreements, and the figures for a release."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.agreement import double_coding_sampling, publicly_coded_texts
from insights.coding.blind_samples.models import (
    CodersChoice,
    CodingTurn,
    DoubleCoding,
    SampledText,
    SettledChoice,
    Settlement,
)
from insights.coding.codebook_in_force import codebook_version
from insights.coding.desk.actions import confirm_codes
from insights.coding.learning import model_fitting
from insights.coding.models import Code, CodebookVersion, CodingStatus, Theme
from insights.corpus.models import Text

FEWEST = double_coding_sampling.OFFERED[0]


def coded_themes_by_text(consultation: Any, version: CodebookVersion, second: Any = None) -> dict[Any, set[int]]:
    """{text id: ids of the themes that a person chose with this codebook}, from which a sample is drawn.

    Left out: texts asked again after a theme was split (they have no current choice), texts that a public page shows
    under a theme, and texts that the named second coder coded first.
    """
    rows = model_fitting.coded_statuses(version).filter(text__in=Text.objects.of(consultation), version=version)
    rows = rows.exclude(text__in=publicly_coded_texts.publicly_coded_text_ids())
    if second is not None:
        rows = rows.exclude(coder=second)
    found: dict[Any, set[int]] = {pk: set() for pk in rows.values_list("text_id", flat=True)}
    codes = Code.objects.by_people().filter(text__in=Text.objects.of(consultation))
    for pk, theme in codes.values_list("text_id", "theme_id"):
        if pk in found:
            found[pk].add(theme)
    return found


@transaction.atomic
def draw_sample(
    *, consultation: Any, size: int, by: Any, second: Any = None, today: date | None = None
) -> DoubleCoding:
    """Draw a random sample of coded texts and keep a copy of their first choices. One open sample a consultation."""
    require_permission(by, "insights.approve_codebook")
    if second is not None and not second.has_perm("insights.code_themes"):
        raise ValidationError("The person you named cannot code themes.")
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    coded = coded_themes_by_text(consultation, version, second)
    if size not in [offered for offered, _ in double_coding_sampling.offer_sample_sizes(len(coded))]:
        raise ValidationError(f"Too few answers are coded for this. It takes at least {FEWEST}.")
    study = DoubleCoding(
        consultation=consultation,
        version=version,
        size=size,
        second=second,
        drawn_by=by,
        drawn_on=today or timezone.localdate(),
    )
    try:
        with transaction.atomic():  # the constraint refuses one of two who draw at once
            study.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError("A sample of this consultation is being coded already.") from error
    _save_first_choices(study, double_coding_sampling.draw_weighted_sample(coded, size), coded)
    record_event("sample drawn to code twice", by=by, obj=study, size=size)
    return study


def _save_first_choices(
    study: DoubleCoding, drawn: list[double_coding_sampling.DrawnText], coded: dict[Any, set[int]]
) -> None:
    sample = SampledText.objects.bulk_create(
        SampledText(study=study, text_id=one.text, extra=one.extra, weight=one.weight) for one in drawn
    )
    known = CodingStatus.objects.in_bulk([one.text for one in drawn])
    stances: dict[Any, dict[str, str]] = defaultdict(dict)
    for code in Code.objects.by_people().filter(text__in=known).exclude(stance=""):
        stances[code.text_id][str(code.theme_id)] = code.stance
    CodersChoice.objects.bulk_create(
        CodersChoice(
            sampled=row,
            turn=CodingTurn.FIRST,
            coder_id=known[row.text_id].coder_id,
            themes=sorted(coded[row.text_id]),
            stances=stances[row.text_id],
            note=known[row.text_id].memo,
        )
        for row in sample
    )


@transaction.atomic
def save_second_choice(
    *,
    sampled: SampledText,
    themes: list[Theme],
    by: Any,
    stances: Mapping[str, str] | None = None,
    note: str = "",
    today: date | None = None,
) -> CodersChoice:
    """Save the second coder's themes, perhaps none. Current codes stay; it may change until the sample ends."""
    require_permission(by, "insights.code_themes")
    study = DoubleCoding.objects.select_for_update().get(pk=sampled.study_id)
    if not SampledText.objects.for_second(by).filter(pk=sampled.pk).exists():
        raise ValidationError("This answer is not for you to code. Its sample has ended, or you coded it first.")
    known = set(study.version.entries.values_list("theme_id", flat=True))
    if any(theme.pk not in known for theme in themes):
        raise ValidationError("These themes are not in the codebook of this sample.")
    before = CodersChoice.objects.filter(sampled=sampled, turn=CodingTurn.SECOND).first()
    if before is not None and before.coder_id != by.pk:
        raise ValidationError("A colleague has coded this answer meanwhile. Their choice is kept.")
    ids = sorted(theme.pk for theme in themes)
    told = {str(id_): stance for id_ in ids if (stance := (stances or {}).get(str(id_)))}
    chosen = {"coder": by, "themes": ids, "stances": told, "note": note}
    choice, _ = CodersChoice.objects.update_or_create(sampled=sampled, turn=CodingTurn.SECOND, defaults=chosen)
    record_event("themes chosen blind", by=by, obj=study)
    if not study.sample.waiting().exists():
        _close_study(study, today)
    return choice


def _close_study(study: DoubleCoding, today: date | None = None) -> None:
    study.ended_on = today or timezone.localdate()
    study.save(update_fields=["ended_on"])
    for row in study.sample.prefetch_related("choices"):
        if row.first and row.second and row.first.themes != row.second.themes:
            SampledText.objects.filter(pk=row.pk).update(disputed=True)


@transaction.atomic
def end_double_coding(*, study: DoubleCoding, by: Any, today: date | None = None) -> DoubleCoding:
    """End a sample early. Texts coded twice count, others are removed; the order is random, so no bias arises."""
    require_permission(by, "insights.approve_codebook")
    study = DoubleCoding.objects.select_for_update().get(pk=study.pk)
    if not study.is_open:
        raise ValidationError("This has ended already.")
    study.sample.waiting().delete()
    _close_study(study, today)
    record_event("double coding ended early", by=by, obj=study)
    return study


@transaction.atomic
def settle_disagreement(
    *, sampled: SampledText, kept: str, reason: str, by: Any, themes: list[Theme] | None = None
) -> Settlement:
    """Settle a disagreement: the themes kept become the current codes; both coders' choices stay on record."""
    require_permission(by, "insights.code_themes")
    sampled = SampledText.objects.select_for_update().get(pk=sampled.pk)
    if not SampledText.objects.disputed().filter(pk=sampled.pk).exists():
        raise ValidationError("There is nothing to settle here: a colleague may have done it.")
    if not reason.strip():
        raise ValidationError("Write why, in a sentence: the next coder learns from it.")
    standing = themes_kept(sampled, kept, themes or [])
    stances = {**sampled.second.stances, **sampled.first.stances}  # the first coder's, where the two differ
    # A settlement leaves the note, the marked words and the no-theme reason unchanged.
    status = CodingStatus.objects.filter(text=sampled.text_id).first()
    marked = Code.objects.by_people().filter(text=sampled.text_id, theme__in=standing).exclude(spans=[])
    confirm_codes(
        text=sampled.text,
        themes=standing,
        by=by,
        stances={theme.pk: stances[str(theme.pk)] for theme in standing if str(theme.pk) in stances},
        memo=status.memo if status else "",
        nothing=status.nothing if status and not standing else "",
        spans=dict(marked.values_list("theme_id", "spans")),
    )
    settlement = Settlement.objects.create(
        sampled=sampled, kept=kept, themes=sorted(theme.pk for theme in standing), reason=reason.strip(), settled_by=by
    )
    record_event("disagreement settled", by=by, obj=sampled.study, kept=str(kept))
    return settlement


def themes_kept(sampled: SampledText, kept: str, new: list[Theme]) -> list[Theme]:
    first, second = set(sampled.first.themes), set(sampled.second.themes)
    choices = {SettledChoice.FIRST: first, SettledChoice.SECOND: second, SettledChoice.BOTH: first | second}
    ids = choices.get(SettledChoice(kept))
    return new if ids is None else list(Theme.objects.filter(pk__in=ids))


def measure_ended_studies() -> int:
    """Sweep: compute the figures of each double coding that has ended. Returns how many."""
    # numpy loads with it.
    from insights.coding.agreement.agreement_figures import compute_agreement_figures

    _close_finished_studies()
    done = 0
    for study in DoubleCoding.objects.unmeasured().select_related("version"):
        figures = compute_agreement_figures(study)
        done += DoubleCoding.objects.unmeasured().filter(pk=study.pk).update(figures=figures, measured=True)
    return done


@transaction.atomic
def _close_finished_studies() -> None:
    """Remove uncoded texts that have become public, and close each sample of which no text is left to code: where the
    last texts were removed or withdrawn, no second choice closes it."""
    public = publicly_coded_texts.publicly_coded_text_ids()
    SampledText.objects.filter(study__ended_on=None, text__in=public).waiting().delete()
    for study in DoubleCoding.objects.open().select_for_update():
        if not study.sample.waiting().exists():
            _close_study(study)


def build_release_agreement(consultation: Any, shown: set[int]) -> dict[str, Any]:
    """The agreement figures that a release freezes, for the `shown` theme ids alone. {} where nothing is measured."""
    study = DoubleCoding.objects.newest_measured(consultation)
    if study is None:
        return {}
    version, figures = study.version, study.figures
    return {
        "codebook": version.label or str(version.number),
        "overall": figures["overall"],
        "themes": _only_shown_themes(shown, figures["themes"]),
        "machine": {
            "overall": figures["machine"]["overall"],
            "themes": _only_shown_themes(shown, figures["machine"]["themes"]),
        },
    }


def _only_shown_themes(shown: set[int], by_theme: dict[str, Any]) -> dict[str, Any]:
    return {theme: found for theme, found in by_theme.items() if int(theme) in shown}
