"""The interface from consultation to insights: reads and verbs. Insights asks consultation here, and of no other room.

It hands over the released (redacted, cleared) texts, closed answers and published questionnaires. Insights reports three
facts back: which respondents a frozen release counts, how many came by a printed link or a batch of codes, as disclosure
control lets it be told, and concerns about a text. Raw text never passes. Consultations and versions are handed over as
models, because rows of insights point at them.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from consultation.access import NotAllowed
from consultation.agencies.models import KnownAgency, agency_key
from consultation.domain.calendar import count_working_days
from consultation.domain.calendar_quarters import Quarter
from consultation.reading.actions import recall_answer
from consultation.reading.cleared_objections import list_objections as list_objections
from consultation.reading.flagged_messages import request_contact_if_flagged as request_contact_if_flagged
from consultation.reading.released_texts import GROUP as GROUP
from consultation.reading.released_texts import HELPED as HELPED
from consultation.reading.released_texts import MEDIATED as MEDIATED
from consultation.reading.released_texts import ReleasedText as ReleasedText
from consultation.reading.released_texts import claim_released_texts as claim_released_texts
from consultation.reading.released_texts import iter_released_texts as iter_released_texts
from consultation.reading.released_texts import list_released_keys as list_released_keys
from consultation.reading.response_times import read_figures
from consultation.reading.unquoted_people import list_unquoted_people as list_unquoted_people
from consultation.receipts.heard_back.actions import last_poll_day
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.responses.models import UNCOUNTED_CHANNELS, Answer, Channel, EqualityRow, Response
from consultation.responses.people_by_group import LINK_PREFIX, list_outlets
from consultation.responses.people_by_group import group_people_by_channel as group_people_by_channel
from consultation.responses.people_by_group import group_people_by_language as group_people_by_language
from consultation.responses.people_by_group import group_people_by_link as group_people_by_link
from consultation.responses.signals import text_recalled
from consultation.responses.vault import VaultLocked as VaultLocked
from consultation.responses.vault import can_open_sealed as can_open_sealed
from consultation.safeguarding.named_places.place_counts import list_people_naming_places as list_people_naming_places
from consultation.surveys import answer_scales
from consultation.surveys.consultation_state import find_states as find_states
from consultation.surveys.models import Audience, ConsultationPage, EvaluationRound, PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire, band_answers
from consultation.surveys.readability import CHILDREN, PARENTS, grade_sentences
from consultation.surveys.readability import describe_reading_age as describe_reading_age
from consultation.surveys.schedule.models import DateChange, DateChangeKind
from consultation.surveys.starting_points import consultation_templates

AUDIENCES = list(Audience.choices)  # [(key, name)]: the kinds of respondents
YEARLY = EvaluationRound.YEAR  # the round of an evaluation that asks once a year; the others, in their order:
SESSION_ROUNDS = [(key, name) for key, name in EvaluationRound.choices if key != YEARLY]
GROUP_CODES, TRAINING_LEVELS = answer_scales.GROUP_CODES, tuple(answer_scales.LEVELS)
CHUNK = 5000
HELPED_CHANNEL = str(Channel.HELPED)  # each answered for themselves, so figures count them, too


@dataclass(frozen=True)
class ClosedAnswers:
    respondent: UUID
    version_id: int
    closed: dict
    day: date
    channel: str


@dataclass(frozen=True)
class CodeBatchUse:
    """The codes of a batch, used and unused; how many were used when it was last counted, and the day of that."""

    id: UUID
    used: list[UUID]
    unused: list[UUID]
    frozen: int
    counted_on: date | None


@dataclass(frozen=True)
class FeedbackDateMove:
    """The promised day of our answer was moved. `why` is public: {language: text}."""

    was: date
    now: date
    made_on: date
    why: dict[str, str]


def _select_consultations() -> QuerySet[ConsultationPage]:
    ids = PublishedVersion.objects.values("page_id")
    return ConsultationPage.objects.filter(pk__in=ids).defer("body").order_by("-first_published_at", "pk")


def get_cached_read_share(quarter: Quarter | None = None) -> read_figures.ReadShare | None:
    """How many in 100 of the answers of a quarter, or of the last full one, were read in time; None: too few people."""
    return read_figures.get_cached_read_share(quarter)


def list_consultations() -> list[ConsultationPage]:
    """Consultations in the source language that were ever published, newest first. Their drafts stay behind."""
    return list(_select_consultations())


def list_consultation_keys() -> list[str]:
    """Their ids."""
    return [str(pk) for pk in _select_consultations().values_list("pk", flat=True)]


def get_consultation(pk: Any) -> ConsultationPage | None:
    return _select_consultations().filter(pk=pk).first()


def find_consultation(slug: str) -> ConsultationPage | None:
    return _select_consultations().filter(slug=slug).first()


def find_scheduled_consultation(slug: str) -> ConsultationPage | None:
    """The approved consultation that goes live on a later day, or None."""
    drafts = ConsultationPage.objects.sources().filter(slug=slug, live=False, first_published_at=None)
    page = drafts.defer("body").first()
    return page if page and page.state.awaits_opening else None


def lock_consultation(consultation: ConsultationPage) -> None:
    """Transactions that call this for one consultation follow each other. Answers are still taken meanwhile."""
    ConsultationPage.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=consultation.pk)


def map_earlier_waves() -> dict[int, int]:
    """{id of a consultation: id of the one whose next wave it is}."""
    pages = ConsultationPage.objects.exclude(wave_of=None)
    return dict(pages.values_list("pk", "wave_of_id"))


def list_evaluation_rounds() -> list[ConsultationPage]:
    """Consultations that are a round of an evaluation and were ever published, those first that were so first."""
    return list(_select_consultations().exclude(evaluation_round="").order_by("first_published_at", "pk"))


def list_versions(consultation: ConsultationPage) -> list[PublishedVersion]:
    """All published versions of a consultation, oldest first."""
    return list(PublishedVersion.objects.filter(page=consultation).order_by("number"))


def find_newest_version(consultation: ConsultationPage) -> PublishedVersion | None:
    return PublishedVersion.objects.filter(page=consultation).order_by("-number").first()


def iter_closed_answers(consultation: ConsultationPage) -> Iterator[ClosedAnswers]:
    """Closed answers of every countable person, version by version, in random key order; numbers become bands and months
    become years. It reads by key, 5,000 at a time: no connection holds a cursor or a whole consultation meanwhile."""
    outlets = list_outlets(consultation)
    for version in list_versions(consultation):
        questionnaire = Questionnaire(version.content)
        for answers in _iter_version_answers(version.pk, outlets):
            banded = questionnaire.banded
            yield replace(answers, closed=band_answers(questionnaire, answers.closed)) if banded else answers


def _iter_version_answers(version_id: int, outlets: dict[str, str]) -> Iterator[ClosedAnswers]:
    rows = Response.objects.filter(version_id=version_id).countable().order_by("pk")
    columns = rows.values_list("pk", "closed", "day", "channel", "link")
    chunk = list(columns[:CHUNK])
    while chunk:
        for person, closed, day, channel, link in chunk:
            yield ClosedAnswers(person, version_id, closed, day, outlets.get(link, channel))
        chunk = list(columns.filter(pk__gt=chunk[-1][0])[:CHUNK])


def store_link_counts(consultation: ConsultationPage, answers: dict[str, str], today: date) -> None:
    """What pages say of the people who came by each link, {its name: words}."""
    for name, words in answers.items():
        consultation.printed_links.filter(name=name).update(answers=words, counted_on=today)


def list_code_batches(consultation: ConsultationPage) -> list[CodeBatchUse]:
    """The batches of invitation codes of a consultation: only for disclosure control."""
    return [
        CodeBatchUse(batch.pk, *_split_codes(batch), batch.used_frozen, batch.counted_on)
        for batch in consultation.code_batches.all()
    ]


def _split_codes(batch: Any) -> tuple[list[UUID], list[UUID]]:
    split: tuple[list[UUID], list[UUID]] = ([], [])
    for digest, used in batch.codes.order_by("pk").values_list("pk", "used"):
        split[0 if used else 1].append(UUID(digest[:32]))
    return split


def store_code_count(consultation: ConsultationPage, batch: CodeBatchUse, words: str, today: date) -> None:
    """What pages say of how many codes of a batch were used."""
    stored = consultation.code_batches.filter(pk=batch.id)
    stored.update(used_about=words, used_frozen=len(batch.used), counted_on=today)


def list_channel_options(consultation: ConsultationPage) -> list[tuple[str, str]]:
    """[(id, name)] of the channels of a consultation, with each kind of printed link that it has."""
    asked = [(str(channel.value), str(channel.label)) for channel in Channel if channel not in UNCOUNTED_CHANNELS]
    made = {link.channel: link.get_channel_display() for link in consultation.printed_links.order_by("channel")}
    links = [(f"{LINK_PREFIX}{outlet}", f"A link: {label.lower()}") for outlet, label in made.items()]
    return [*asked, *links]


def count_invited_by_code(page: ConsultationPage | None = None) -> dict[int, int]:
    """{ConsultationPage id: number of invitation codes in batches that are not switched off}. `page`: of one alone."""
    made = _select_consultations().order_by().filter(code_batches__off=False, **({"pk": page.pk} if page else {}))
    return dict(made.values("pk").annotate(codes=Sum("code_batches__number")).values_list("pk", "codes"))


def load_versions(ids: Iterable[int]) -> dict[int, PublishedVersion]:
    """{id: PublishedVersion} with number, content and page title only: a whole page is expensive to load."""
    return PublishedVersion.objects.select_related("page").only("number", "content", "page__title").in_bulk(list(ids))


def load_newest_versions(consultations: Iterable[int]) -> dict[int, PublishedVersion]:
    """{consultation id: its newest version} with number and content only."""
    newer = PublishedVersion.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
    newest = PublishedVersion.objects.filter(~Exists(newer), page__in=list(consultations))
    return {version.page_id: version for version in newest.only("number", "content", "page_id")}


def asks_of_template(version: PublishedVersion, template: str, *ids: str) -> bool:
    """Whether it asks these questions of a consultation template, in the template's words."""
    return consultation_templates.asks_of_template(Questionnaire(version.content), template, *ids)


def load_version_titles(ids: Iterable[int]) -> dict[int, PublishedVersion]:
    """{id: PublishedVersion} with number and page title only."""
    return PublishedVersion.objects.select_related("page").only("number", "page__title").in_bulk(list(ids))


def iter_equality_answers(consultation: ConsultationPage) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Equality monitoring rows, (row id, {question key: answer}), in random key order. Nothing joins them to a
    respondent; they feed figures only, and no row is ever shown."""
    rows = EqualityRow.objects.filter(consultation=consultation, excluded_from_figures=False).order_by("pk")
    yield from rows.values_list("pk", "answers").iterator(chunk_size=5000)


def working_days_until(day: date, today: date) -> int:
    """Working days left until a day; negative when it has passed."""
    return count_working_days(today, day) if day >= today else -count_working_days(day, today)


def list_heard_back_replies(consultation: ConsultationPage, about: str = "") -> list[tuple[UUID, str]]:
    """(id, choice) in one poll, in random key order: "did you hear back?" when `about` is empty, else the member check or
    decision poll that `about` names."""
    rows = HeardAnswer.objects.filter(consultation=consultation, about=about, excluded_from_figures=False)
    return list(rows.order_by("pk").values_list("pk", "choice"))


def list_feedback_date_moves(consultations: Iterable[Any]) -> dict[int, list[FeedbackDateMove]]:
    """{consultation id: announced moves of the feedback date, oldest first}.

    Only the unbroken run of moves that ends at today's date counts: a date set again in the editor starts a new run.
    """
    pages = {page.pk: page.feedback_date for page in consultations}
    found: dict[int, list[FeedbackDateMove]] = {pk: [] for pk in pages}
    changes = DateChange.objects.filter(page__in=list(pages), kind=DateChangeKind.ANSWER)
    for change in changes.order_by("-pk"):
        later = found[change.page_id]
        if change.was and change.now == (later[0].was if later else pages[change.page_id]):
            later.insert(0, FeedbackDateMove(change.was, change.now, change.made_on, change.why))
    return found


def last_reply_day(consultation: ConsultationPage) -> date | None:
    """The last day on which a "did you hear back?" or member check reply can still be counted; None: not known yet."""
    return last_poll_day(consultation)


def grade_readability(text: str, consultation: ConsultationPage) -> tuple[float, float]:
    """(school grade of a text, highest grade allowed for its audience), the children's limit for children (X6)."""
    return grade_sentences(text), CHILDREN if consultation.audience == Audience.CHILDREN else PARENTS


def grade_readability_for_children(text: str) -> tuple[float, float]:
    """(school grade of a text, highest grade allowed for children)"""
    return grade_sentences(text), CHILDREN


def map_agency_keys(names: Iterable[str]) -> dict[str, str]:
    """{name: its key} of those that the list of agencies calls so, or called so first. A key never changes."""
    listed = list(KnownAgency.objects.kept_by_administrators())
    keys = {agency_key(each.name): each.key for each in listed} | {each.key: each.key for each in listed}
    return {name: keys[agency_key(name)] for name in names if agency_key(name) in keys}


def list_group_sessions(consultation: ConsultationPage) -> list[UUID]:
    """Group sessions, which no figure counts: several people spoke, and one of them or somebody else wrote it down."""
    held = Response.objects.of(consultation).filter(channel=Channel.GROUP, withdrawn=False)
    return list(held.order_by("pk").values_list("pk", flat=True))


def map_printed_link_places(consultation: ConsultationPage, respondents: Iterable[UUID]) -> dict[UUID, str]:
    """{respondent: place of the printed link they used}, so that the quotes are not mostly from one place. Never stored
    or shown."""
    labels, among = dict(consultation.printed_links.values_list("name", "label")), set(respondents)
    came = Response.objects.of(consultation).exclude(link="").order_by().values_list("pk", "link")
    rows = ((pk, labels.get(link, link).strip().casefold()) for pk, link in came.iterator(chunk_size=5000))
    return {pk: place for pk, place in rows if pk in among}


def are_all_countable(consultation: ConsultationPage, respondents: Iterable[UUID]) -> bool:
    """Whether all of these people are still countable: none has withdrawn."""
    standing = Response.objects.of(consultation).countable().order_by().values_list("pk", flat=True)
    return set(respondents) <= set(standing.iterator(chunk_size=50_000))


def mark_respondents_counted(respondents: Iterable[UUID], *, release: int) -> None:
    """A frozen release counts these people: their closed answers can no longer be withdrawn. Words erased so far have
    left its figures."""
    ids = list(respondents)
    for start in range(0, len(ids), 500):
        batch = Response.objects.filter(Q(counted=None) | Q(leaving=True), pk__in=ids[start : start + 500])
        batch.update(counted=Coalesce("counted", release), leaving=False)


def count_people_by_release(consultation: ConsultationPage) -> dict[int | None, int]:
    """{number of the first release that counted them, None for new people: countable people}: exact, so only for
    disclosure control."""
    rows = Response.objects.of(consultation).countable().order_by()
    return dict(rows.values_list("counted").annotate(Count("pk")))


def count_people_leaving(consultation: ConsultationPage) -> int:
    """People whose words were erased since a release counted them."""
    return Response.objects.of(consultation).filter(leaving=True).count()


def report_released_text(*, answer: UUID, by: Any, concern: bool) -> None:
    """Report a concern or a name left in a released text (D7a): it is recalled at once and read again.

    The outcome is not reported back. Reporting a text that was already recalled changes nothing.
    """
    found = Answer.objects.filter(pk=answer).first()
    if found is None:  # retention erased the answer: insights must drop its copy
        text_recalled.send(sender=Answer, answer=answer)
    else:
        with suppress(NotAllowed):  # recalled by somebody else meanwhile
            recall_answer(answer=found, by=by, concern=concern)
