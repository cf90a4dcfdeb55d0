"""The only door between hearing and understanding: insights imports this and the audit log, nothing else.

Out go the released (redacted, cleared) texts, closed answers, the questionnaire as asked, and word of a withdrawal.
In come two facts: which people a frozen release counts, and that someone worries about a text. Raw text has no way
through here.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.dispatch import Signal

from consultation.holidays import after_working_days, working_days
from consultation.questionnaires.closing import closed_on, months_after
from consultation.questionnaires.models import Audience, ConsultationPage, PublishedVersion
from consultation.questionnaires.reading_grade import CHILDREN, PARENTS, grade
from consultation.questionnaires.rules import is_shown
from consultation.questionnaires.schema import (
    Questionnaire,
    asked_id,
    banded,
    chosen_keys,
    said,
    takes_several,
)
from consultation.questionnaires.timing.models import ChangeKind, DateChange
from consultation.reading.models import Reading
from consultation.receipts.heard.actions import asked_until
from consultation.receipts.heard.models import HeardAnswer, HeardBack
from consultation.responses.models import Answer, Channel, EqualityRow, Response
from consultation.safeguarding.models import TriageCase

__all__ = [
    "AUDIENCES",
    "ClosedAnswers",
    "HEARD",
    "Questionnaire",
    "ReleasedText",
    "after_working_days",
    "answer_moved_while_open",
    "asked_id",
    "chosen_keys",
    "closed_answers",
    "closed_on",
    "consultation_of",
    "consultations",
    "counted_by_language",
    "counted_by_way",
    "equality_answers",
    "has_group_notes",
    "heard_answers",
    "invited_by_code",
    "is_shown",
    "mark_counted",
    "months_after",
    "places_of",
    "reading_grade",
    "released",
    "released_nudge",
    "replies_until",
    "report_words",
    "said",
    "takes_several",
    "text_recalled",
    "texts_waiting",
    "versions",
    "versions_of",
    "ways",
    "withdrawn",
    "working_days_until",
]

AUDIENCES = list(Audience.choices)  # [(key, name)]: the kinds of respondents
LINK = "link-"  # before the name of an outlet: a way to come that `ways` tells

# Sent synchronously inside the transaction of a withdrawal: kwargs `respondent` (UUID).
withdrawn = Signal()
# Sent inside the transaction that takes one text back ("a name was left in", a concern): kwargs `answer` (UUID).
text_recalled = Signal()
# Sent with send_robust after commit: something new can be taken.
released_nudge = Signal()


@dataclass(frozen=True)
class ReleasedText:
    """One cleared, redacted text. `respondent` joins texts and closed answers of one person, and nothing else."""

    id: UUID
    respondent: UUID
    version_id: int
    question: str
    language: str
    audience: str
    text: str
    quotable: bool


@dataclass(frozen=True)
class ClosedAnswers:
    respondent: UUID
    version_id: int
    language: str
    channel: str
    closed: dict
    day: date


def consultations() -> QuerySet[ConsultationPage]:
    """ConsultationPages in the source language that were ever published, newest first."""
    ids = PublishedVersion.objects.values("page_id")
    return ConsultationPage.objects.filter(pk__in=ids).order_by("-first_published_at", "pk")


def consultation_of(pk: Any) -> ConsultationPage | None:
    """The ConsultationPage with this id, or None."""
    return consultations().filter(pk=pk).first()


def versions(consultation: ConsultationPage) -> QuerySet[PublishedVersion]:
    """All published versions of a consultation, oldest first."""
    return PublishedVersion.objects.filter(page=consultation).order_by("number")


def released(*, known: Any = ()) -> Iterator[ReleasedText]:
    """Released texts whose id is not in `known` (a queryset of ids is best), of people who count, in random key order.

    A group's notes come too: they are coded, no figure counts them, and nobody is quoted from them. What is hidden from
    one agency comes not: people of every agency read here (D7).
    """
    rows = (
        Reading.objects.filter(released=True, answer__response__withdrawn=False)
        .exclude(answer__case__in=TriageCase.objects.hidden_from_somebody())
        .filter(Q(answer__response__held=False) | Q(answer__response__channel=Channel.GROUP))
        .exclude(answer_id__in=known)
        .select_related("answer__response__version__page")
        .order_by("answer_id")
    )
    for row in rows.iterator(chunk_size=1000):
        response = row.answer.response
        yield ReleasedText(
            id=row.answer_id,
            respondent=response.pk,
            version_id=response.version_id,
            question=row.answer.question,
            language=response.language,
            audience=response.version.page.audience,
            text=row.text,
            quotable=row.quotable and response.channel != Channel.GROUP,
        )


def closed_answers(consultation: ConsultationPage) -> Iterator[ClosedAnswers]:
    """Closed answers of everyone who counts, in random key order. Numbers and months leave as bands and years alone."""
    finer = {pk: asked for pk, asked in _questionnaires(consultation) if asked.banded}
    rows = Response.objects.of(consultation).countable().order_by("pk")
    columns = rows.values_list("pk", "version_id", "language", "channel", "closed", "day")
    for row in columns.iterator(chunk_size=5000):
        answers = ClosedAnswers(*row)
        asked = finer.get(answers.version_id)
        yield replace(answers, closed=banded(asked, answers.closed)) if asked else answers


def counted_by_language(consultation: ConsultationPage) -> dict[str, int]:
    """People who count, by the language they answered in: exact, so for disclosure control alone."""
    rows = Response.objects.of(consultation).countable().order_by()
    return dict(rows.values_list("language").annotate(Count("pk")))


def counted_by_way(consultation: ConsultationPage) -> dict[str, int]:
    """People who count, by the way they came (see `ways`): exact, so for disclosure control alone."""
    outlets = dict(consultation.printed_links.values_list("name", "channel"))
    found: dict[str, int] = {}
    rows = Response.objects.of(consultation).countable().order_by().values_list("channel", "link")
    for channel, link, people in rows.annotate(Count("pk")):
        way = f"{LINK}{outlets[link]}" if link in outlets else channel
        found[way] = found.get(way, 0) + people
    return found


def ways(consultation: ConsultationPage) -> list[tuple[str, str]]:
    """[(id, name)]: how people can come to a consultation, by a link of each kind that it has, and without one."""
    asked = [(str(channel.value), str(channel.label)) for channel in Channel if channel != Channel.GROUP]
    made = {link.channel: link.get_channel_display() for link in consultation.printed_links.order_by("channel")}
    links = [(f"{LINK}{outlet}", f"A link: {label.lower()}") for outlet, label in made.items()]
    return [*asked, *links]


def invited_by_code() -> dict[int, int]:
    """{ConsultationPage id: how many people were given an invitation code that works}."""
    made = consultations().order_by().filter(code_batches__off=False).annotate(codes=Sum("code_batches__number"))
    return dict(made.values_list("pk", "codes"))


def versions_of(ids: Iterable[int]) -> dict[int, PublishedVersion]:
    """Published versions by id: their number, content and the title of their page. A whole page costs more than these."""
    return PublishedVersion.objects.select_related("page").only("number", "content", "page__title").in_bulk(list(ids))


def headings_of(ids: Iterable[int]) -> dict[int, PublishedVersion]:
    """The same without their content."""
    return PublishedVersion.objects.select_related("page").only("number", "page__title").in_bulk(list(ids))


def _questionnaires(consultation: ConsultationPage) -> Iterator[tuple[int, Questionnaire]]:
    for version in versions(consultation):
        yield version.pk, Questionnaire(version.content)


def equality_answers(consultation: ConsultationPage) -> Iterator[dict[str, Any]]:
    """Equality answers of those who count, {question key: ...} each, in random key order. Nothing joins them to a
    respondent: they are for figures of their own, and no row is ever shown."""
    rows = EqualityRow.objects.filter(consultation=consultation, held=False).order_by("pk")
    yield from rows.values_list("answers", flat=True).iterator(chunk_size=5000)


def working_days_until(day: date, today: date) -> int:
    """How many working days are left until a day; negative when it has passed."""
    return working_days(today, day) if day >= today else -working_days(day, today)


HEARD = tuple(HeardBack.values)


def heard_answers(consultation: ConsultationPage, about: str = "") -> list[str]:
    """What people chose when we asked whether they heard back, or whether we heard them right (`about` a summary), or
    whether a decision changed anything (`about` a poll), sorted: no row, no order."""
    rows = HeardAnswer.objects.filter(consultation=consultation, about=about, held=False)
    return sorted(rows.values_list("choice", flat=True))


def answer_moved_while_open(consultations: Iterable[Any]) -> dict[int, list[DateChange]]:
    """{consultation id: each move of the day of our answer that people were told while it was open, in order}, as far as
    they lead to the day that stands now: one that was set anew in the editor since begins afresh."""
    pages = {page.pk: page.feedback_date for page in consultations}
    found: dict[int, list[DateChange]] = {pk: [] for pk in pages}
    changes = DateChange.objects.filter(page__in=list(pages), kind=ChangeKind.ANSWER)
    for change in changes.order_by("-pk"):
        later = found[change.page_id]
        if change.was and change.now == (later[0].was if later else pages[change.page_id]):
            later.insert(0, change)
    return found


def replies_until(consultation: ConsultationPage) -> date | None:
    """The last day on which it is of use to ask whether people heard back, or were heard right; None: not known yet."""
    return asked_until(consultation)


def reading_grade(text: str, consultation: ConsultationPage) -> tuple[float, float]:
    """(the school grade of a text, the most that its readers should need): children's for whoever asks children (X6)."""
    children = consultation.audience == Audience.CHILDREN
    return grade(text), CHILDREN if children else PARENTS


def has_group_notes(consultation: ConsultationPage) -> bool:
    """Whether groups spoke too: their notes are coded, and are in no figure and no quote."""
    return Response.objects.of(consultation).filter(channel=Channel.GROUP, withdrawn=False).exists()


def places_of(consultation: ConsultationPage, respondents: Iterable[UUID]) -> dict[UUID, str]:
    """{respondent: the place whose printed link they came by}, of those who came by one: so that no place stands behind
    most of what is quoted. Kept nowhere, and shown to nobody."""
    labels, among = dict(consultation.printed_links.values_list("name", "label")), set(respondents)
    came = Response.objects.of(consultation).exclude(link="").order_by().values_list("pk", "link")
    rows = ((pk, labels.get(link, link).strip().casefold()) for pk, link in came.iterator(chunk_size=5000))
    return {pk: place for pk, place in rows if pk in among}


def all_count(consultation: ConsultationPage, respondents: Iterable[UUID]) -> bool:
    """Whether all of these people still count: nobody took their answers back since they were read."""
    standing = Response.objects.of(consultation).countable().order_by().values_list("pk", flat=True)
    return set(respondents) <= set(standing.iterator(chunk_size=50_000))


def mark_counted(respondents: Iterable[UUID]) -> None:
    """A frozen release counts these people: withdrawal of their figures ends here."""
    ids = list(respondents)
    for start in range(0, len(ids), 500):
        Response.objects.filter(pk__in=ids[start : start + 500], counted=False).update(counted=True)


def report_words(*, answer: UUID, by: Any, concern: bool) -> None:
    """Someone who sees released words reports a concern or a name left in (D7a): gone from sight at once, read again.

    One way: what comes of it is not told, and asking again for an answer that is gone already changes nothing.
    """
    from consultation.reading.actions import NotAllowed, recall

    found = Answer.objects.filter(pk=answer).first()
    if found is None:  # retention took the answer: what is left of it goes too
        text_recalled.send(sender=Answer, answer=answer)
    else:
        with suppress(NotAllowed):  # taken out meanwhile
            recall(answer=found, by=by, concern=concern)


def texts_waiting(consultation: ConsultationPage) -> int:
    """How many answers of a consultation nobody has read yet, rounded down to 5: for planners a hint, not a count."""
    return Answer.objects.of(consultation).unread().filter(response__held=False).count() // 5 * 5
