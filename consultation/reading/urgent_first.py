"""Which answers of a large backlog sound urgent: the screen begins with them, so that a flood of others delays no cry for
help. A look matches the rules alone, which takes a fifth of the screen's time. It decides nothing, and what it found is in
the memory of this process alone."""

import logging
import time
from collections.abc import Iterable
from itertools import batched
from uuid import UUID

from consultation.domain.process_cache import register_cache
from consultation.reading.time_limit import limit_seconds, load_screen
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, open_sealed_text

logger = logging.getLogger(__name__)
LOOK_SECONDS = 5  # of one call; the next one goes on
LONGEST_LOOK = 5.0  # seconds at one text
AT_ONCE = 500  # texts in memory
_looked: dict[UUID, bool] = {}
register_cache(_looked.clear)


def find_urgent(keys: Iterable[UUID]) -> set[UUID]:
    """Those of these unread answers that sound urgent, as far as there was time to look."""
    waiting, ends = set(keys), time.monotonic() + LOOK_SECONDS
    for gone in _looked.keys() - waiting:
        del _looked[gone]
    for some in batched(sorted(waiting - _looked.keys()), AT_ONCE):
        for key, sealed in Answer.objects.filter(pk__in=some).values_list("pk", "sealed"):
            _looked[key] = _sounds_urgent(bytes(sealed))
            if time.monotonic() >= ends:
                return {key for key, urgent in _looked.items() if urgent}
    return {key for key, urgent in _looked.items() if urgent}


def _sounds_urgent(sealed: bytes | memoryview) -> bool:
    from consultation.reading import screening

    try:
        load_screen()
        with limit_seconds(LONGEST_LOOK):
            return screening.sounds_urgent(open_sealed_text(sealed))
    except VaultLocked:
        return False
    except Exception as error:
        logger.error("the rules could not read an answer: %s", type(error).__name__)
        return True  # the screen flags what it cannot read
