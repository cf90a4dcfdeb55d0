"""A coder's actions: confirm codes, accept proposals, undo, save sets. A colleague's choice is never overwritten."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.blind_samples.models import SampledText
from insights.coding.codebook_in_force import require_codebook_version
from insights.coding.codebooks.recoding import merge_spans
from insights.coding.codebooks.theme_history import last_entry_of
from insights.coding.confirmation.blind_texts import blind_texts, is_in_sample
from insights.coding.desk import current_codes, policies
from insights.coding.desk.models import SavedSet
from insights.coding.models import Code, CodebookVersion, CodeSource, CodingManner, CodingStatus, Theme
from insights.corpus.models import Text

BATCH = 500


class CodedMeanwhile(Exception):
    """A colleague coded the text after this coder's page was rendered. Nothing was changed."""


class WithheldForBlindCoding(Exception):
    """The text is in a double coding, and this coder may be the second. Nothing was changed."""


@transaction.atomic
def confirm_codes(
    *,
    text: Text,
    themes: Sequence[Theme],
    by: Any,
    memo: str = "",
    nothing: str = "",
    stances: Mapping[int, str] | None = None,
    spans: Mapping[int, Sequence[Sequence[int]]] | None = None,
    seen: str | None = None,
) -> CodingStatus:
    """Save a person's themes for one text, perhaps none. They replace earlier codes of people; proposals stay.

    `stances` and `spans` are by theme id. `seen`: the mark of the choice that the coder's page showed; CodedMeanwhile
    where another choice is current now. The former choice can be restored (`undo_last_choice`).
    """
    require_permission(by, policies.may_code)
    locked = Text.objects.select_for_update(of=("self",)).select_related("version__page")
    text = locked.only("text", "version__page__codebook").get(pk=text.pk)
    version = require_codebook_version(text.version.page)
    stances, spans = dict(stances or {}), dict(spans or {})
    before = current_codes.current_choice_of(text)
    if seen is not None and current_codes.compute_choice_mark(before) != seen:
        raise CodedMeanwhile
    _require_valid_choice(text, version, themes, nothing, stances, spans)
    Code.objects.by_people().filter(text=text).delete()
    Code.objects.bulk_create(
        Code(
            text=text,
            theme=theme,
            version=version,
            source=CodeSource.PERSON,
            coder=by,
            stance=stances.get(theme.pk, ""),
            spans=merge_spans(spans.get(theme.pk, [])),
        )
        for theme in themes
    )
    sampled = Text.objects.filter(is_in_sample(), pk=text.pk).exists()  # its page shows no proposals
    manner = CodingManner.BLIND if sampled else CodingManner.SHOWN
    status, _ = CodingStatus.objects.update_or_create(
        text=text, defaults={"coder": by, "version": version, "memo": memo, "nothing": nothing, "manner": manner}
    )
    current_codes.remember_step(coder=by, before={text.pk: before})
    record_event("themes chosen", by=by, obj=text, themes=len(themes))
    return status


def _require_valid_choice(
    text: Text,
    version: CodebookVersion,
    themes: Sequence[Theme],
    nothing: str,
    stances: Mapping[int, str],
    spans: Mapping[int, Sequence[Sequence[int]]],
) -> None:
    known = set(version.entries.values_list("theme_id", flat=True))
    strangers = [theme for theme in themes if theme.pk not in known]
    if strangers:
        named = ", ".join(f"“{last_entry_of(theme) or theme}”" for theme in strangers)
        raise ValidationError(f"These themes are not in the codebook in force: {named}. Choose again.")
    wrong = policies.why_not_save(
        themes=[theme.pk for theme in themes], nothing=nothing, stances=stances, spans=spans, length=len(text.text)
    )
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def confirm_many_texts(*, consultation: Any, choices: Sequence[tuple[Text, Sequence[Theme]]], by: Any) -> int:
    """Save codes made elsewhere for many texts of one consultation, with one audit entry. Returns how many texts.

    `choices`: (text, themes), each text once. Texts that a person has already coded keep that choice.
    """
    return len(_confirm_uncoded_texts(consultation, choices, by, CodingManner.BLIND))


@transaction.atomic
def accept_proposals(*, consultation: Any, choices: Sequence[tuple[Text, Sequence[Theme]]], by: Any) -> int:
    """Accept machine proposals for several similar texts, as one step that can be undone. Returns how many texts.

    Raises ValidationError where one is blind: a sample shows nothing of the machine if its proposals are accepted.
    """
    if blind_texts().filter(pk__in=[text.pk for text, _ in choices]).exists():
        raise ValidationError("Some of these were drawn for the sample, which people read without the machine.")
    done = _confirm_uncoded_texts(consultation, choices, by, CodingManner.TOGETHER)
    if done:
        current_codes.remember_step(coder=by, before=dict.fromkeys([text.pk for text in done]))
    return len(done)


def _confirm_uncoded_texts(
    consultation: Any, choices: Sequence[tuple[Text, Sequence[Theme]]], by: Any, manner: CodingManner
) -> list[Text]:
    require_permission(by, policies.may_code)
    version = require_codebook_version(consultation)
    known = set(version.entries.values_list("theme_id", flat=True))
    if any(theme.pk not in known for _, themes in choices for theme in themes):
        raise ValidationError("Some of these themes are not in the codebook in force.")
    if any(text.version.page_id != consultation.pk for text, _ in choices):
        raise ValidationError("Some of these texts belong to another consultation.")
    free = _lock_uncoded_texts([text.pk for text, _ in choices])
    choices = [(text, themes) for text, themes in choices if text.pk in free]
    CodingStatus.objects.bulk_create(
        (CodingStatus(text=text, coder=by, version=version, manner=manner) for text, _ in choices), batch_size=BATCH
    )
    Code.objects.bulk_create(
        (
            Code(text=text, theme=theme, version=version, source=CodeSource.PERSON, coder=by)
            for text, themes in choices
            for theme in themes
        ),
        batch_size=BATCH,
    )
    record_event("themes chosen", by=by, obj=consultation, texts=len(choices))
    return [text for text, _ in choices]


def _lock_uncoded_texts(ids: Sequence[UUID]) -> set[UUID]:
    """The ids of existing, uncoded texts, locked until the transaction ends so that no colleague codes one."""
    free: set[UUID] = set()
    for start in range(0, len(ids), BATCH):
        here = Text.objects.select_for_update(of=("self",)).filter(pk__in=ids[start : start + BATCH]).order_by("pk")
        free |= set(here.values_list("pk", flat=True))
        free -= set(CodingStatus.objects.filter(text__in=ids[start : start + BATCH]).values_list("text_id", flat=True))
    return free


@transaction.atomic
def undo_confirmed_codes(*, text: Text, by: Any, seen: str | None = None) -> None:
    """Remove people's choice, so that proposals count again. This too can be undone. `seen` as in `confirm_codes`."""
    require_permission(by, policies.may_code)
    text = Text.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if SampledText.objects.blind_for(by).filter(text=text).exists():
        raise WithheldForBlindCoding
    before = current_codes.current_choice_of(text)
    if seen is not None and current_codes.compute_choice_mark(before) != seen:
        raise CodedMeanwhile
    current_codes.clear_choices([text.pk])
    if before is not None:
        current_codes.remember_step(coder=by, before={text.pk: before})
    record_event("themes choice undone", by=by, obj=text)


@transaction.atomic
def undo_last_choice(*, by: Any) -> current_codes.UndoneStep | None:
    """Undo a coder's last step and restore the former choices. Texts that a colleague has changed since stay."""
    require_permission(by, policies.may_code)
    undone = current_codes.undo_step(by)
    if undone is not None and undone.texts:
        record_event("themes choice undone", by=by, texts=len(undone.texts))
    return undone


@transaction.atomic
def save_set(*, consultation: Any, name: str, choices: Mapping[str, str], shared: bool, by: Any) -> SavedSet:
    """Save a filter under a name, replacing this person's set of the same name."""
    require_permission(by, policies.may_code)
    name = name.replace("\0", "").strip()[:80]
    if not name:
        raise ValidationError("Give the set a name.")
    saved, _ = SavedSet.objects.update_or_create(
        consultation=consultation, owner=by, name=name, defaults={"choices": dict(choices), "shared": shared}
    )
    record_event("coding set saved", by=by, obj=saved, shared=shared)
    return saved


@transaction.atomic
def remove_set(*, saved: SavedSet, by: Any) -> None:
    require_permission(by, policies.may_remove_set, saved.owner_id)
    record_event("coding set removed", by=by, obj=saved)
    saved.delete()


def remove_sets_with_words_of(text: Text) -> None:
    """Before a text is deleted: delete saved sets that search for words which only this person wrote, because a set
    would keep those words. Runs inside the transaction of the withdrawal or of retention."""
    page = text.version.page_id
    others = Text.objects.filter(version__page=page).exclude(respondent=text.respondent)
    for saved in SavedSet.objects.filter(consultation=page, choices__has_key="q"):
        own = [word for word in saved.choices["q"].split() if word.lower() in text.text.lower()]
        if any(not others.filter(text__icontains=word).exists() for word in own):
            record_event("coding set removed with words that were taken back", obj=saved)
            saved.delete()
