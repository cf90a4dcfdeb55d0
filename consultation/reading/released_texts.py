"""Released texts, as insights takes them: redacted, cleared, and of people whose answers count."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from consultation.reading.models import Reading
from consultation.responses.models import Answer, Channel, Response
from consultation.safeguarding.models import TriageCase

# In place of an audience: words that somebody else wrote down, a facilitator for a group, or a helper for one person.
GROUP, HELPED = "group-session", "helped-person"
MEDIATED: dict[str, str] = {Channel.GROUP: GROUP, Channel.HELPED: HELPED}


@dataclass(frozen=True)
class ReleasedText:
    """One cleared, redacted text. `respondent` only joins one person's texts and closed answers."""

    id: UUID
    respondent: UUID
    version_id: int
    question: str
    language: str
    audience: str
    text: str
    quotable: bool


def list_released_keys(*, known: QuerySet) -> list[UUID]:
    """Ids of released texts that no row of `known` has as its key, in their order."""
    # NOT EXISTS, which the database joins; NOT IN would compare each text with each known one.
    rows = _select_released().filter(~Exists(known.filter(pk=OuterRef("answer_id"))))
    return list(rows.values_list("answer_id", flat=True))


@contextmanager
def claim_released_texts(keys: Iterable[UUID]) -> Iterator[list[ReleasedText]]:
    """Those of these texts that are released still. Until the block ends nobody withdraws, recalls or refuses to be quoted,
    so whoever does so later finds what was kept of a text. One that somebody is changing now is left out."""
    free = Answer.objects.select_related("response").only("response__id").filter(pk__in=keys).order_by("pk")
    with transaction.atomic():
        locked = [row.pk for row in free.select_for_update(skip_locked=True, no_key=True, of=("self", "response"))]
        yield list(iter_released_texts(locked))


def iter_released_texts(keys: Iterable[UUID] | None = None) -> Iterator[ReleasedText]:
    """Released texts (of these alone) of countable people, in random key order.

    Group notes are included: they are coded and never counted, and their audience is GROUP.
    """
    rows = _select_released() if keys is None else _select_released().filter(pk__in=keys)
    rows = rows.select_related("answer__response__version__page").defer(
        "spans", "note", "answer__response__version__content", "answer__response__version__page__body"
    )
    for row in rows.iterator(chunk_size=1000):
        response = row.answer.response
        yield ReleasedText(
            id=row.answer_id,
            respondent=response.pk,
            version_id=response.version_id,
            question=row.answer.question,
            language=response.language,
            audience=MEDIATED.get(response.channel, response.version.page.audience),
            text=row.text,
            quotable=_is_quotable(row, response),
        )


def _select_released() -> QuerySet[Reading]:
    """Without texts hidden from any agency, because people of every agency work in insights (D7)."""
    hidden = TriageCase.objects.hidden_from_somebody().filter(answer=OuterRef("answer_id"))
    rows = Reading.objects.filter(~Exists(hidden), released=True, answer__response__withdrawn=False)
    countable = Q(answer__response__excluded_from_figures=False) | Q(answer__response__channel=Channel.GROUP)
    return rows.filter(countable).order_by("answer_id")


def _is_quotable(reading: Reading, response: Response) -> bool:
    """Whether words may be quoted: the reader kept them quotable, and their writer did not say no. Imported and mediated
    ones only with a yes, in a group of everyone; where nobody was asked, the reader decides alone."""
    unasked = response.may_quote is None and response.channel not in (Channel.IMPORT, *MEDIATED)
    return reading.quotable and (unasked or bool(response.may_quote))
