from typing import Any

from django.dispatch import receiver

from consultation.reading.panel_words.actions import keep_words
from consultation.surveys.signals import panel_words_sent


@receiver(panel_words_sent, dispatch_uid="reading-panel-words")
def seal_panel_words(sender: Any, *, panel_round: Any, digest: str, words: Any, language: str, **kwargs: Any) -> None:
    keep_words(panel_round=panel_round, digest=digest, words=words, language=language)
