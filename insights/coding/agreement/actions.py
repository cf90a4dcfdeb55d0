"""Blind double coding: drawing a sample, the second choice, settling disagreements, and the figures for a release."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.audit.log import record
from insights.coding.actions import codebook_version, confirm
from insights.coding.agreement import known, sampling
from insights.coding.agreement.models import CodersChoice, DoubleCoding, Kept, SampledText, Settlement, Turn
from insights.coding.learning import fitting
from insights.coding.models import Code, CodebookVersion, CodingStatus, Theme
from insights.intake.models import Text

FEWEST = sampling.OFFERED[0]


def coded_texts(consultation: Any, version: CodebookVersion, second: Any = None) -> dict[Any, set[int]]:
    """{text id: ids of the themes that a person chose with this codebook}, from which a sample is drawn.

    Left out: texts asked again after a theme was split (they have no current choice), texts that a public page shows
    under a theme, and texts that the named second coder coded first.
    """
    rows = fitting.coded(version).filter(text__in=Text.objects.of(consultation), version=version)
    rows = rows.exclude(text__in=known.to_everyone())
    if second is not None:
        rows = rows.exclude(coder=second)
    found: dict[Any, set[int]] = {pk: set() for pk in rows.values_list("text_id", flat=True)}
    codes = Code.objects.by_people().filter(text__in=Text.objects.of(consultation))
    for pk, theme in codes.values_list("text_id", "theme_id"):
        if pk in found:
            found[pk].add(theme)
    return found


@transaction.atomic
def draw(*, consultation: Any, size: int, by: Any, second: Any = None, today: date | None = None) -> DoubleCoding:
    """Draw a random sample of coded texts and keep a copy of their first choices. One open sample a consultation."""
    if not by.has_perm("insights.approve_codebook"):
        raise PermissionDenied("You cannot draw a sample.")
    if second is not None and not second.has_perm("insights.code_themes"):
        raise ValidationError("The person you named cannot code themes.")
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    coded = coded_texts(consultation, version, second)
    if size not in [offered for offered, _ in sampling.offers(len(coded))]:
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
    _keep_first_choices(study, sampling.draw(coded, size), coded)
    record("sample drawn to code twice", by=by, obj=study, size=size)
    return study


def _keep_first_choices(study: DoubleCoding, drawn: list[sampling.Drawn], coded: dict[Any, set[int]]) -> None:
    sample = SampledText.objects.bulk_create(
        SampledText(study=study, text_id=one.text, extra=one.extra, weight=one.weight) for one in drawn
    )
    known = CodingStatus.objects.in_bulk([one.text for one in drawn])
    stances = _stances(list(known))
    CodersChoice.objects.bulk_create(
        CodersChoice(
            sampled=row,
            turn=Turn.FIRST,
            coder_id=known[row.text_id].coder_id,
            themes=sorted(coded[row.text_id]),
            stances=stances.get(row.text_id, {}),
            note=known[row.text_id].memo,
        )
        for row in sample
    )


def _stances(texts: list[Any]) -> dict[Any, dict[str, str]]:
    """{text id: {theme id: stance}} of people's codes."""
    found: dict[Any, dict[str, str]] = {}
    rows = Code.objects.by_people().filter(text__in=texts).exclude(stance="")
    for code in rows:
        found.setdefault(code.text_id, {})[str(code.theme_id)] = code.stance
    return found


@transaction.atomic
def choose(
    *,
    sampled: SampledText,
    themes: list[Theme],
    by: Any,
    stances: Mapping[str, str] | None = None,
    note: str = "",
    today: date | None = None,
) -> CodersChoice:
    """Save the second coder's themes, perhaps none. Current codes stay; it may change until the sample ends."""
    if not by.has_perm("insights.code_themes"):
        raise PermissionDenied("You cannot code themes.")
    study = DoubleCoding.objects.select_for_update().get(pk=sampled.study_id)
    if not SampledText.objects.for_second(by).filter(pk=sampled.pk).exists():
        raise ValidationError("This answer is not for you to code. Its sample has ended, or you coded it first.")
    known = set(study.version.entries.values_list("theme_id", flat=True))
    if any(theme.pk not in known for theme in themes):
        raise ValidationError("These themes are not in the codebook of this sample.")
    before = CodersChoice.objects.filter(sampled=sampled, turn=Turn.SECOND).first()
    if before is not None and before.coder_id != by.pk:
        raise ValidationError("A colleague has coded this answer meanwhile. Their choice is kept.")
    ids = sorted(theme.pk for theme in themes)
    told = {str(id_): stance for id_ in ids if (stance := (stances or {}).get(str(id_)))}
    chosen = {"coder": by, "themes": ids, "stances": told, "note": note}
    choice, _ = CodersChoice.objects.update_or_create(sampled=sampled, turn=Turn.SECOND, defaults=chosen)
    record("themes chosen blind", by=by, obj=study)
    if not study.sample.waiting().exists():
        _end(study, today)
    return choice


def _end(study: DoubleCoding, today: date | None = None) -> None:
    study.ended_on = today or timezone.localdate()
    study.save(update_fields=["ended_on"])
    for row in study.sample.prefetch_related("choices"):
        if row.first and row.second and row.first.themes != row.second.themes:
            SampledText.objects.filter(pk=row.pk).update(disputed=True)


@transaction.atomic
def end(*, study: DoubleCoding, by: Any, today: date | None = None) -> DoubleCoding:
    """End a sample early. Texts coded twice count, others are removed; the order is random, so no bias arises."""
    if not by.has_perm("insights.approve_codebook"):
        raise PermissionDenied("You cannot end this.")
    study = DoubleCoding.objects.select_for_update().get(pk=study.pk)
    if not study.is_open:
        raise ValidationError("This has ended already.")
    study.sample.waiting().delete()
    _end(study, today)
    record("double coding ended early", by=by, obj=study)
    return study


@transaction.atomic
def settle(*, sampled: SampledText, kept: str, reason: str, by: Any, themes: list[Theme] | None = None) -> Settlement:
    """Settle a disagreement: the themes kept become the current codes; both coders' choices stay on record."""
    if not by.has_perm("insights.code_themes"):
        raise PermissionDenied("You cannot code themes.")
    sampled = SampledText.objects.select_for_update().get(pk=sampled.pk)
    if not SampledText.objects.disputed().filter(pk=sampled.pk).exists():
        raise ValidationError("There is nothing to settle here: a colleague may have done it.")
    if not reason.strip():
        raise ValidationError("Write why, in a sentence: the next coder learns from it.")
    standing = themes_kept(sampled, kept, themes or [])
    confirm(
        text=sampled.text,
        themes=standing,
        by=by,
        stances=_stances_kept(sampled, standing),
        **_beside(sampled.text_id, standing),
    )
    settlement = Settlement.objects.create(
        sampled=sampled,
        kept=kept,
        themes=sorted(theme.pk for theme in standing),
        reason=reason.strip(),
        settled_by=by,
    )
    record("disagreement settled", by=by, obj=sampled.study, kept=str(kept))
    return settlement


def themes_kept(sampled: SampledText, kept: str, new: list[Theme]) -> list[Theme]:
    first, second = set(sampled.first.themes), set(sampled.second.themes)
    ids = {Kept.FIRST: first, Kept.SECOND: second, Kept.BOTH: first | second}.get(Kept(kept))
    return new if ids is None else list(Theme.objects.filter(pk__in=ids))


def _stances_kept(sampled: SampledText, standing: list[Theme]) -> dict[int, str]:
    """{theme id: stance} of each kept theme; the first coder's stance where the two differ."""
    told = {**sampled.second.stances, **sampled.first.stances}
    return {theme.pk: told[str(theme.pk)] for theme in standing if str(theme.pk) in told}


def _beside(text: Any, themes: list[Theme]) -> dict[str, Any]:
    """Note, marked words and no-theme reason, which a settlement leaves unchanged."""
    status = CodingStatus.objects.filter(text=text).first()
    marked = Code.objects.by_people().filter(text=text, theme__in=themes).exclude(spans=[])
    return {
        "memo": status.memo if status else "",
        "nothing": status.nothing if status and not themes else "",
        "spans": dict(marked.values_list("theme_id", "spans")),
    }


def measure_ended() -> int:
    """Sweep: compute the figures of each double coding that has ended. Returns how many."""
    from insights.coding.agreement.measuring import figures_of

    _end_what_is_done()
    done = 0
    for study in DoubleCoding.objects.unmeasured().select_related("version"):
        figures = figures_of(study)
        done += DoubleCoding.objects.unmeasured().filter(pk=study.pk).update(figures=figures, measured=True)
    return done


@transaction.atomic
def _end_what_is_done() -> None:
    """Remove uncoded texts that have become public, and close each sample of which no text is left to code: where the
    last texts were removed or withdrawn, no second choice closes it."""
    SampledText.objects.filter(study__ended_on=None, text__in=known.to_everyone()).waiting().delete()
    for study in DoubleCoding.objects.open().select_for_update():
        if not study.sample.waiting().exists():
            _end(study)


def for_a_release(consultation: Any, shown: set[int]) -> dict[str, Any]:
    """The agreement figures that a release freezes, for the `shown` theme ids alone. {} where nothing is measured."""
    study = DoubleCoding.objects.newest_measured(consultation)
    if study is None:
        return {}
    version, figures = study.version, study.figures
    return {
        "codebook": version.label or str(version.number),
        "answers": figures["answers"],
        "overall": figures["overall"],
        "themes": _of(shown, figures["themes"]),
        "machine": {
            "overall": figures["machine"]["overall"],
            "themes": _of(shown, figures["machine"]["themes"]),
        },
    }


def _of(shown: set[int], by_theme: dict[str, Any]) -> dict[str, Any]:
    return {theme: found for theme, found in by_theme.items() if int(theme) in shown}
