"""Machine proposals (a sweep), and what a person chooses. They are different rows; a person's choice stands."""

import time
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from consultation import handover
from consultation.audit.log import record
from insights.coding.learning.actions import in_use
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Code, Codebook, CodebookVersion, CodingStatus, MachineReading, Source, Theme
from insights.coding.proposing import Proposer
from insights.intake.models import Text

BATCH = 500
A_RUN = 20.0  # seconds of proposing after which a sweep lets others have their turn and goes on at its next


def propose_codes(seconds: float = A_RUN) -> int:
    """Sweep: themes and sentiment for texts that the model in use has not read. Returns how many texts.

    It learns nothing: fitting is another sweep (`insights.coding.learning`). What a long run leaves, the next one takes.
    """
    until, done = time.monotonic() + seconds, 0
    for consultation in handover.consultations():
        done += _propose_for(consultation, until)
        if time.monotonic() >= until:
            break
    return done


def codebook_version(consultation: Any) -> CodebookVersion | None:
    """The approved version of the codebook that a consultation names; None where there is none yet."""
    codebook = Codebook.objects.filter(slug=consultation.codebook).first()
    return codebook.current if codebook else None


def _version_in_force(consultation: Any) -> CodebookVersion:
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    return version


def _propose_for(consultation: Any, until: float) -> int:
    version = codebook_version(consultation)
    if version is None or not Text.objects.of(consultation).exists():
        return 0
    learned = in_use(version)
    waiting = _waiting(consultation, version, learned)
    if not waiting.exists():
        return 0
    engine, done = Proposer(learned), 0
    while rows := list(waiting[:BATCH]):
        _propose(rows, engine, learned)
        done += len(rows)
        if time.monotonic() >= until:
            break
    return done


def _waiting(consultation: Any, version: CodebookVersion, learned: LearnedModel) -> Any:
    """What this model has not read. A coded answer keeps the proposals that stood before people coded it: a model that
    learned from it would only repeat them, and its agreement with people would be no test."""
    texts = Text.objects.of(consultation).order_by("pk")
    unread = texts.exclude(machine__version=version, machine__engine=learned.mark)
    return unread.exclude(status__isnull=False, machine__version=version)


def question_texts(consultation: Any) -> dict[str, str]:
    """{question id: the question as asked, in the source language}, over all versions."""
    found = {}
    for version in handover.versions(consultation):
        questionnaire = handover.Questionnaire(version.content)
        for item in [*questionnaire.items, *questionnaire.texts]:
            found[item["id"]] = handover.said(item["text"], "en")
    return found


@transaction.atomic
def _propose(texts: list[Text], engine: Any, learned: LearnedModel) -> None:
    version, mark = learned.version, learned.mark
    Code.objects.proposals().filter(text__in=texts).delete()
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
                source=Source.MODEL,
                confidence=proposal.confidence,
                because=list(proposal.because),
                engine=mark,
            )
            for proposal in result.proposals
        ]
    MachineReading.objects.bulk_create(readings)
    Code.objects.bulk_create(codes, batch_size=BATCH)


@transaction.atomic
def confirm(*, text: Text, themes: list[Theme], by: Any, memo: str = "") -> CodingStatus:
    """A person's choice for one text, perhaps none. Replaces that person's earlier choice; proposals stay as they are."""
    if not by.has_perm("insights.code_themes"):
        raise PermissionDenied("You cannot code themes.")
    consultation = handover.consultation_of(text.version.page_id)
    version = _version_in_force(consultation)
    known = set(version.entries.values_list("theme_id", flat=True))
    strangers = [theme for theme in themes if theme.pk not in known]
    if strangers:
        raise ValidationError("These themes are not in the codebook in force: " + ", ".join(map(str, strangers)))
    Code.objects.by_people().filter(text=text).delete()
    Code.objects.bulk_create(
        Code(text=text, theme=theme, version=version, source=Source.PERSON, coder=by) for theme in themes
    )
    status, _ = CodingStatus.objects.update_or_create(
        text=text, defaults={"coder": by, "version": version, "memo": memo}
    )
    record("themes chosen", by=by, obj=text, themes=len(themes))
    return status


@transaction.atomic
def confirm_many(*, consultation: Any, choices: list[tuple[Text, list[Theme]]], by: Any) -> int:
    """What people chose for many texts of one consultation: codes made elsewhere. One audit entry for them all.

    `choices` are (text, themes), each text once. Texts that a person has coded here keep that person's choice.
    """
    if not by.has_perm("insights.code_themes"):
        raise PermissionDenied("You cannot code themes.")
    version = _version_in_force(consultation)
    known = set(version.entries.values_list("theme_id", flat=True))
    if any(theme.pk not in known for _, themes in choices for theme in themes):
        raise ValidationError("Some of these themes are not in the codebook in force.")
    if any(text.version.page_id != consultation.pk for text, _ in choices):
        raise ValidationError("Some of these texts belong to another consultation.")
    done = set(CodingStatus.objects.filter(text__version__page=consultation).values_list("text_id", flat=True))
    choices = [(text, themes) for text, themes in choices if text.pk not in done]
    CodingStatus.objects.bulk_create(
        (CodingStatus(text=text, coder=by, version=version) for text, _ in choices), batch_size=BATCH
    )
    Code.objects.bulk_create(
        (
            Code(text=text, theme=theme, version=version, source=Source.PERSON, coder=by)
            for text, themes in choices
            for theme in themes
        ),
        batch_size=BATCH,
    )
    record("themes chosen", by=by, obj=consultation, texts=len(choices))
    return len(choices)


@transaction.atomic
def undo_confirm(*, text: Text, by: Any) -> None:
    """Take the choice back: the proposals count again."""
    if not by.has_perm("insights.code_themes"):
        raise PermissionDenied("You cannot code themes.")
    Code.objects.by_people().filter(text=text).delete()
    CodingStatus.objects.filter(text=text).delete()
    record("themes choice undone", by=by, obj=text)


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
