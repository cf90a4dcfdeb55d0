"""Machine proposals (a sweep), and what a person chooses. They are different rows; a person's choice stands."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import transaction

from consultation import handover
from insights.coding.current import codebook_version, question_texts
from insights.coding.desk.actions import confirm, confirm_many, undo_confirm
from insights.coding.models import Code, CodebookVersion, CodingStatus, MachineReading, Source
from insights.coding.proposing import ENGINE, Proposer
from insights.intake.models import Text

__all__ = [
    "codebook_version",
    "confirm",
    "confirm_many",
    "propose_codes",
    "question_texts",
    "standing_codes",
    "undo_confirm",
]
BATCH = 500


def propose_codes() -> int:
    """Sweep: themes and sentiment for texts that no machine has read with today's codebook. Returns how many texts."""
    return sum(_propose_for(consultation) for consultation in handover.consultations())


def _propose_for(consultation: Any) -> int:
    version = codebook_version(consultation)
    if version is None:
        return 0
    waiting = Text.objects.of(consultation).exclude(machine__version=version, machine__engine=ENGINE).order_by("pk")
    if not waiting.exists():
        return 0
    engine, done = Proposer(version), 0
    while rows := list(waiting[:BATCH]):
        _propose(rows, engine, version)
        done += len(rows)
    return done


@transaction.atomic
def _propose(texts: list[Text], engine: Any, version: CodebookVersion) -> None:
    Code.objects.filter(text__in=texts, source=Source.MODEL).delete()
    MachineReading.objects.filter(text__in=texts).delete()
    themes = {entry.theme.slug: entry.theme_id for entry in version.entries.select_related("theme")}
    codes, readings = [], []
    for text, result in zip(texts, engine.read(texts), strict=True):
        readings.append(
            MachineReading(
                text=text, version=version, engine=ENGINE, polarity=result.polarity, sentiment=result.sentiment
            )
        )
        codes += [
            Code(
                text=text,
                theme_id=themes[proposal.theme],
                version=version,
                source=Source.MODEL,
                confidence=proposal.confidence,
                because=list(proposal.because),
                engine=ENGINE,
            )
            for proposal in result.proposals
        ]
    MachineReading.objects.bulk_create(readings)
    Code.objects.bulk_create(codes, batch_size=BATCH)


def standing_codes(consultation: Any) -> dict[int, dict[UUID, UUID]]:
    """{theme id: {text id: respondent}}: a person's codes where a person has coded, else the machine's proposals.

    The engine proposes a theme only when it is likely enough, by a threshold of the theme's own.
    """
    texts = Text.objects.of(consultation)
    respondent = dict(texts.values_list("pk", "respondent"))
    by_person = set(CodingStatus.objects.filter(text__in=texts).values_list("text_id", flat=True))
    found: dict[int, dict[UUID, UUID]] = defaultdict(dict)
    rows = Code.objects.filter(text__in=texts).values_list("theme_id", "text_id", "source")
    for theme, text, source in rows.iterator(chunk_size=5000):
        if (source == Source.PERSON) == (text in by_person):
            found[theme][text] = respondent[text]
    return found
