"""Saves an objection to a decision: a choice that is counted, and a reason that a trained reader reads first.

The choice is a poll answer like "Did you hear back?". The reason is an answer of its own, sealed, joined to nobody's other
answers and to no choice. No figure counts it, and it is never quoted.
"""

from typing import Any

from django.db import transaction

from consultation.receipts.heard_back.actions import save_poll_answer
from consultation.responses.asked_question import name_decision_question
from consultation.responses.models import Channel
from consultation.responses.submission import submit_response
from consultation.surveys.models import PublishedVersion


@transaction.atomic
def save_objection(
    *,
    consultation: Any,
    decision: str,
    about: str,
    nonce: bytes,
    choice: str,
    reason: str,
    soon: bool,
    language: str,
    flood: bool = False,
) -> None:
    """Save a choice about the decision with this slug, and the reason if one was written. A repeated Send counts once.

    Not audited: no person may be linked to it.
    """
    save_poll_answer(consultation=consultation, nonce=nonce, choice=choice, flood=flood, about=about)
    version = PublishedVersion.objects.filter(page=consultation).current().first() if reason else None
    if version is not None:
        submit_response(
            version=version,
            nonce=nonce,
            language=language,
            closed={},
            texts={name_decision_question(decision): (reason, soon)},
            channel=Channel.REPLY,
            excluded_from_figures=True,
            is_routed=True,
        )
