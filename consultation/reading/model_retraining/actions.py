"""Fitting the screen again and taking it into use, both by a named person, never automatically."""

import io
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.domain.personal_data_types import TAG
from consultation.reading import redaction_spans as redactions
from consultation.reading.model_retraining.models import ScreenModel
from consultation.reading.models import Reading
from consultation.responses.models import AnswerState
from consultation.responses.vault import VaultLocked, open_sealed_text
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.states import FALSE_POSITIVE, TAKEN_BACK

FEWEST_PEOPLE, FEWEST_TOLD = 200, 20
FINE = (AnswerState.CLEARED, AnswerState.RELEASED)


def collect_training_texts() -> list[dict[str, Any]]:
    """[{text, disclosure, category, language, author, person}]: redacted, without tags, in the order of random keys.

    `disclosure` is "1" if the leads closed the case as a concern, "0" if a reader cleared the answer. Undecided and
    withdrawn answers and those excluded from figures are left out.
    """
    rows = Reading.objects.filter(answer__response__withdrawn=False, answer__response__excluded_from_figures=False)
    rows = rows.select_related("answer__response", "answer__screening", "answer__case").order_by("pk")
    return list(_labelled_texts(rows.iterator(chunk_size=500)))


def _labelled_texts(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        told = _told_of_harm(row)
        text = _redacted_text(row) if told is not None else ""
        if text.strip():
            screening = getattr(row.answer, "screening", None)
            yield {
                "text": text,
                "disclosure": str(int(bool(told))),
                "category": "told" if told else "",
                "language": row.language or (screening.language if screening else "") or row.answer.response.language,
                "author": "readers",
                "person": str(row.answer.response_id),
            }


def _told_of_harm(row: Reading) -> bool | None:
    """Whether the answer told of harm; None if undecided or not suited to learn from."""
    case = getattr(row.answer, "case", None)
    if case is not None and case.outcome != TAKEN_BACK:
        return case.outcome != FALSE_POSITIVE if case.state == CaseState.CLOSED else None
    return False if row.answer.state in FINE and not row.was_triaged else None


def _redacted_text(row: Reading) -> str:
    """The text with the confirmed redaction; where only the sealed text is kept, it is redacted in memory."""
    if row.text or not row.answer.sealed:
        return TAG.sub(" ", row.text)
    try:
        return TAG.sub(" ", redactions.redact_text(open_sealed_text(row.answer.sealed), row.spans))
    except VaultLocked:
        return ""


def fit_screen(*, by: Any) -> ScreenModel:
    """Fit a screen from the repository's answers and readers' decisions. It is stored, not taken into use."""
    from consultation.reading.model_training import screening_refit

    texts = collect_training_texts()
    told = sum(row["disclosure"] == "1" for row in texts)
    if len({row["person"] for row in texts}) < FEWEST_PEOPLE or told < FEWEST_TOLD:
        raise NotAllowed(
            f"There is not enough to learn from: {len(texts)} texts, of which {told} told of harm. It takes at least"
            f" {FEWEST_PEOPLE} people and {FEWEST_TOLD} texts that told of harm."
        )
    number = (ScreenModel.objects.values_list("number", flat=True).first() or 0) + 1
    stream = io.BytesIO()
    figures = screening_refit.refit_screen(
        texts, stream, version=f"{screening_refit.screening_training.VERSION}-{number}", used=artefact_in_use()
    )
    return _save_screen_model(number, by, stream.getvalue(), figures, texts=len(texts), told=told)


@transaction.atomic
def _save_screen_model(
    number: int, by: Any, artefact: bytes, figures: dict[str, Any], *, texts: int, told: int
) -> ScreenModel:
    from consultation.reading.screening.learned_score import artefact_digest

    fitted = ScreenModel.objects.create(
        number=number, fitted_by=by, fitted_on=timezone.localdate(), artefact=artefact, digest=artefact_digest(artefact),
        figures=figures, texts=texts, told=told,
    )  # fmt: skip
    record_event("screen fitted", by=by, obj=fitted, digest=fitted.digest, texts=texts, told=told)
    return fitted


def artefact_in_use() -> bytes | None:
    """The artefact of the screen in use; None for the repository's."""
    artefact = ScreenModel.objects.filter(in_use=True).values_list("artefact", flat=True).first()
    return bytes(artefact) if artefact is not None else None


@transaction.atomic
def take_screen_into_use(*, fitted: ScreenModel | None, by: Any, reason: str) -> None:
    """Replace the screen in use with this one; None: with the repository's."""
    if not reason.strip():
        raise NotAllowed("Say why, in a few words.")
    now = ScreenModel.objects.select_for_update().filter(in_use=True).first()
    if fitted == now:
        raise NotAllowed("It is in use already.")
    fresh = ScreenModel.objects.select_for_update().get(pk=fitted.pk) if fitted is not None else None
    if fresh is not None and fresh.refit_due:
        raise NotAllowed("Words that it learned from are gone meanwhile. Fit a new one first.")
    ScreenModel.objects.filter(in_use=True).update(in_use=False)
    if fresh is not None:
        fresh.in_use, fresh.used_by, fresh.used_on = True, by, timezone.localdate()
        fresh.save(update_fields=["in_use", "used_by", "used_on"])
    record_event(
        "screen taken into use", by=by, obj=fresh, before=now.number if now else 0,
        after=fresh.number if fresh else 0, reason=reason.strip(),
    )  # fmt: skip


def mark_refit_due() -> None:
    """Mark every fitted screen as due for a refit, after any text was withdrawn or erased: no record says which texts
    a screen learned from."""
    ScreenModel.objects.filter(refit_due=False).update(refit_due=True)
