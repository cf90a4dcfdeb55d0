"""What people write where nobody asks for answers, such as the form of groups. Such words may be a cry for help, too."""

import logging
from uuid import UUID

from consultation.reading.model_retraining import screen_in_use as screens
from consultation.safeguarding.actions import request_contact

logger = logging.getLogger(__name__)


def request_contact_if_flagged(*, name: str, words: str, how: str, language: str, key: UUID) -> bool:
    """Where the screen flags the words, or fails, ask a lead to get in touch: sealed, on the clock of a request to be
    contacted, once for each key. Returns whether a lead was asked; then the words need be kept nowhere else."""
    screens.refresh_screen()
    if not _is_flagged([name, words], language):
        return False
    request_contact(name=name, how=how, when="", message=words, language=language, key=key)
    return True


def _is_flagged(texts: list[str], language: str) -> bool:
    from consultation.reading import screening  # its models load in a worker alone

    try:
        return any(found.flagged for found in screening.screen_texts(texts, languages=[language] * len(texts)))
    except Exception as error:
        logger.error("the screen failed: %s", type(error).__name__)
        return True
