"""Decisions on new words: take one into a theme of the draft codebook, decline it, or propose it again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.codebooks.models import MarkedPhrase, PhraseOrigin
from insights.coding.discovery.actions import add_phrases, find_draft_entry
from insights.coding.discovery.new_words import may_be_decided
from insights.coding.models import Codebook, Theme

NOT_NEW = "This word is not proposed any more."


def _decide_word(consultation: Any, word: str, origin: str, by: Any) -> MarkedPhrase:
    """Records the first decision on a word that enough people say."""
    require_permission(by, "insights.propose_codebook")
    if not may_be_decided(consultation, word):
        raise ValidationError(NOT_NEW)
    codebook = Codebook.objects.get(slug=consultation.specific.codebook)
    phrase, made = MarkedPhrase.objects.get_or_create(codebook=codebook, phrase=word, defaults={"origin": origin})
    if not made:
        raise ValidationError(NOT_NEW)
    return phrase


@transaction.atomic
def take_new_word(*, consultation: Any, word: str, theme: Theme, by: Any) -> MarkedPhrase:
    """Add the word to a theme's examples in the draft of the codebook, which two people approve."""
    phrase = _decide_word(consultation, word, PhraseOrigin.NEW_WORD, by)
    entry = find_draft_entry(consultation, theme, by)
    add_phrases(entry, [word], by)
    record_event("new word taken into a draft", by=by, obj=consultation, theme=theme.pk)
    return phrase


@transaction.atomic
def decline_new_word(*, consultation: Any, word: str, by: Any) -> MarkedPhrase:
    """Remember that it is not proposed again, as long as so many people have said it."""
    phrase = _decide_word(consultation, word, PhraseOrigin.DECLINED, by)
    record_event("new word declined", by=by, obj=consultation)
    return phrase


@transaction.atomic
def propose_again(*, consultation: Any, word: str, by: Any) -> None:
    require_permission(by, "insights.propose_codebook")
    declined = MarkedPhrase.objects.filter(codebook__slug=consultation.specific.codebook, origin=PhraseOrigin.DECLINED)
    if not declined.filter(phrase=word).delete()[0]:
        raise ValidationError("A colleague has done this already.")
    record_event("new word proposed again", by=by, obj=consultation)
