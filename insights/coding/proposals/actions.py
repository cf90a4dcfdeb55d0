"""The sweep that saves machine proposals."""

import time
from typing import Any

from django.db import transaction

from consultation import handover
from consultation.domain.row_claims import claim_rows
from insights.coding.codebook_in_force import CODEBOOK_LANGUAGE, codebook_version
from insights.coding.learning.actions import get_model_in_use
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Code, CodeSource, MachineReading
from insights.coding.proposals.theme_proposer import ThemeProposer
from insights.corpus.models import Text

BATCH = 500
A_RUN = 20.0  # seconds, after which the sweep ends so that other sweeps run; its next run continues


def propose_codes(seconds: float = A_RUN) -> int:
    """Sweep: propose themes and sentiment for texts that the model in use has not processed. Returns how many texts.

    Fitting a model is another sweep (`insights.coding.learning`).
    """
    until, done = time.monotonic() + seconds, 0
    for consultation in handover.list_consultations():
        done += _propose_for_consultation(consultation, until)
        if time.monotonic() >= until:
            break
    return done


def _propose_for_consultation(consultation: Any, until: float) -> int:
    version = codebook_version(consultation)
    if version is None or not Text.objects.of(consultation).exists():
        return 0
    learned = get_model_in_use(version)
    unread = (
        Text.objects.of(consultation).order_by("pk").exclude(machine__version=version, machine__engine=learned.mark)
    )
    # A coded text keeps its proposals from before, or those of the model's cross-validation: a model that learned from
    # that text would only repeat people's codes, so agreement with them would test nothing.
    waiting = unread.exclude(status__isnull=False, machine__version=version)
    if not waiting.exists():
        return 0
    engine, done = ThemeProposer.of(learned), 0
    while True:
        with claim_rows(waiting[:BATCH]) as rows:
            if rows:
                _save_proposals(rows, engine, learned)
        done += len(rows)
        if not rows or time.monotonic() >= until:
            return done


@transaction.atomic
def _save_proposals(texts: list[Text], engine: Any, learned: LearnedModel) -> None:
    version, mark = learned.version, learned.mark
    held_out = _texts_with_held_out_proposals(texts, learned)
    new = [text for text in texts if text.pk not in held_out]
    Code.objects.filter(text__in=new, source=CodeSource.MODEL).delete()
    MachineReading.objects.filter(text__in=texts).delete()
    themes = {entry.theme.slug: entry.theme_id for entry in version.entries.select_related("theme")}
    codes, readings = [], []
    for text, result in zip(texts, engine.read(texts), strict=True):
        readings.append(
            MachineReading(
                text=text,
                version=version,
                engine=mark,
                polarity=result.polarity,
                sentiment=result.sentiment,
                readable=result.readable,
            )
        )
        codes += [
            Code(
                text=text,
                theme_id=themes[proposal.theme],
                version=version,
                source=CodeSource.MODEL,
                confidence=proposal.confidence,
                because=list(proposal.because),
                engine=mark,
            )
            for proposal in (result.proposals if text.pk not in held_out else ())
        ]
    MachineReading.objects.bulk_create(readings)
    Code.objects.bulk_create(codes, batch_size=BATCH)


def _texts_with_held_out_proposals(texts: list[Text], learned: LearnedModel) -> set[Any]:
    """Ids of texts from which the model learned, and which have the proposals of its cross-validation."""
    from insights.coding.engine.theme_model import ENOUGH  # numpy loads with it

    if learned.texts < ENOUGH:
        return set()
    inside = [text.pk for text in texts if text.language == CODEBOOK_LANGUAGE]
    return set(learned.learned_from.filter(pk__in=inside).values_list("pk", flat=True))
