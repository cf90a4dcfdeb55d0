"""Collects the due tasks of officers from all parts of the product: one function per kind of task."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import get_language_info
from wagtail.models import Task, WorkflowState

from cms.staff.task_list.policies import SOON, DueTask, is_news_owed
from consultation.interface_text.models import ProposedCorrection
from consultation.interface_text.translation_review import list_strings
from consultation.reading.staffing import reader_coverage
from consultation.safeguarding.help.directory import MAX_AGE, is_check_overdue, is_local_number
from consultation.safeguarding.help.models import HelpNumberChange
from consultation.safeguarding.models import HelpEntry
from consultation.surveys import approval_rules, publication_conditions
from consultation.surveys.approval.models import ApprovalTask, SafetyCheckTask, SomeoneElsesApproval
from consultation.surveys.consultation_state import Stage, find_states
from consultation.surveys.models import ConsultationPage
from consultation.surveys.youth_panel.models import PanelRound
from insights.commitments.models import SentOffer
from insights.commitments.views import NOTE_PAGES
from insights.commitments.views import PAGES as COMMITMENT_PAGES
from insights.decisions.models import Decision, Progress
from insights.decisions.outcomes.views import OUTCOME_PAGES, POLL_PAGES
from insights.decisions.views import PAGES as DECISION_PAGES
from insights.publications.answer_clock_lookup import answer_clocks_of
from insights.publications.member_checks.views import PAGES as CHECK_PAGES
from insights.publications.models import Results
from insights.publications.views import PAGES as RESULTS_PAGES
from insights.releases.minority_views.views import PAGES as MINORITY_PAGES
from insights.releases.views import PAGES as RELEASE_PAGES

SOURCE = settings.LANGUAGE_CODE
PUBLISH = "insights.publish_decision"
EDIT, CHECK = "consultation.edit_consultation", "consultation.safety_check"
ENDED = (Progress.DONE, Progress.STOPPED)


def language_name_in_english(code: str) -> str:
    name: str = get_language_info(code)["name"]
    return name


def list_due_tasks(today: date) -> list[DueTask]:
    return [item for kind in KINDS for item in kind(today)]


def list_summary_tasks(today: date) -> list[DueTask]:
    """Tasks found by few cheap queries, for the first page."""
    return [item for kind in SUMMARY_KINDS for item in kind(today)]


def _source_pages() -> Any:
    return (
        ConsultationPage.objects.filter(locale__language_code=SOURCE)
        .defer("body")
        .select_related("owner")
        .order_by("pk")
    )


def _active_owner(page: Any) -> frozenset[int]:
    return _active_people(page.owner)


def _active_people(*people: Any) -> frozenset[int]:
    """Ids of the active ones; empty means that the task is everyone's."""
    return frozenset(person.pk for person in people if person is not None and person.is_active)


def _list_running(today: date, *, stage: Stage, **days: Any) -> list[Any]:
    pages = list(_source_pages().live().filter(**days))
    states = find_states(pages, today)
    return [page for page in pages if states[page.pk].stage is stage]


def list_opening_tasks(today: date) -> Iterator[DueTask]:
    for page in _list_running(today, opens__gt=today, opens__lte=today + SOON, stage=Stage.COMING):
        waits = publication_conditions.explain_blocked(page)
        then = "It opens by itself." if not waits else f"It does not open: {waits[0]}"
        url = reverse("dates:consultation", args=[page.pk])
        yield DueTask("Opens", page.title, url, then, page.opens, people=_active_owner(page), about=page.pk)


def list_closing_tasks(today: date) -> Iterator[DueTask]:
    for page in _list_running(today, closes__gte=today, closes__lte=today + SOON, stage=Stage.OPEN):
        then = "It closes by itself, and the clock of our answer begins to run."
        url = reverse("dates:consultation", args=[page.pk])
        yield DueTask("Closes", page.title, url, then, page.closes, people=_active_owner(page), about=page.pk)


def list_reader_gap_tasks(today: date) -> Iterator[DueTask]:
    pages = list(_source_pages().live().exclude(closes__lt=today))
    days = reader_coverage.coverage_days_by_page(pages, today)
    for page in pages:
        gaps = [day for day in days[page.pk] if day.missing]
        if gaps:
            owner, url = _active_owner(page), reverse("readers:consultation", args=[page.pk])
            permission = "consultation.close_survey"
            if "reader" not in gaps[0].missing:  # only leads fill the rota
                owner, url, permission = frozenset(), reverse("safeguarding:rota"), "consultation.see_triage"
            yield DueTask(
                f"Name {get_text_list([f'a {who}' for who in gaps[0].missing], 'and')}",
                page.title,
                url,
                "What people write on that day waits.",
                gaps[0].day,
                permission,
                owner,
                about=page.pk,
            )


def approval_permission(task: Task) -> str:
    if isinstance(task, SafetyCheckTask):
        return CHECK
    return "consultation.approve_consultation" if isinstance(task, ApprovalTask) else EDIT


def _find_approval_url(page: Any) -> str:
    """The page made for who checks a consultation; others, and translations, are approved in the editor."""
    if isinstance(page, ConsultationPage) and not page.is_translation:
        return reverse("consultations:approval", args=[page.slug])
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def list_approval_tasks(today: date) -> Iterator[DueTask]:
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    for state in states.select_related("current_task_state__task"):
        page = getattr(state.content_object, "specific", None)  # a workflow state holds the base Page
        task = state.current_task_state and state.current_task_state.task.specific
        if page and isinstance(task, SomeoneElsesApproval):
            opens = page.source.opens if isinstance(page, ConsultationPage) else None
            yield DueTask(
                "Approval", page.draft_title, _find_approval_url(page),
                f"“{task.name}” waits, and it does not go live.", opens,
                approval_permission(task), but_not=frozenset(approval_rules.list_excluded_ids(page)),
                about=page.source.pk if isinstance(page, ConsultationPage) else None,
            )  # fmt: skip


# (pages of the kind of record, kind of task, title of the task, what happens until somebody publishes it)
SECOND_PERSON = (
    (RELEASE_PAGES, "Second person", "Release {0.number} of {0.consultation.title}",
     "Planners do not see it, and nobody can cite it."),
    (RESULTS_PAGES, "Second person", "Results of {0.consultation.title}",
     "Those who took part do not see what people said."),
    (CHECK_PAGES, "Second person", "Did we hear you right? {0.name}", "People are not asked."),
    (DECISION_PAGES, "Second person", "Decision: {0.title}", "Nobody outside hears of it."),
    (OUTCOME_PAGES, "What came of it", "{0.decision.title}", "People do not hear whether it helped."),
    (POLL_PAGES, "What came of it", "Did “{0.decision.title}” change anything?", "People are not asked."),
    (COMMITMENT_PAGES, "Promise in public", "{0.name}", "Nobody outside can read it."),
    (NOTE_PAGES, "Promise in public", "How it goes: {0.commitment.name}", "Nobody outside can read how it goes."),
    (MINORITY_PAGES, "Second person", "What few people said: {0.theme}", "No report shows it."),
)  # fmt: skip


def list_second_person_tasks(today: date) -> Iterator[DueTask]:
    """Drafts that a second person must publish; and what groups sent in that nobody has read."""
    for pages, kind, title, then in SECOND_PERSON:
        for held in pages.list_drafts():
            yield DueTask(
                kind, title.format(held), pages.get_address(held), then, getattr(held, "closes", None),
                pages.lifecycle.may_publish, but_not=frozenset(pages.lifecycle.list_writer_ids(held)),
                about=getattr(held, "consultation_id", None),
            )  # fmt: skip
    for held in PanelRound.objects.awaiting_someone().select_related("consultation"):
        if held.waits:
            yield DueTask(
                "Second person", f"What the youth panel changed: {held.consultation.title}",
                reverse("panel:of", args=[held.consultation_id]), "The public page does not say it.", permission=EDIT,
                but_not=frozenset({held.told_by_id}), about=held.consultation_id,
            )  # fmt: skip
        if held.has_unread_words:
            yield DueTask(
                "What the youth panel wrote", held.consultation.title, reverse("readers:list"), "No reader has read it.",
                permission=EDIT, about=held.consultation_id,
            )  # fmt: skip
    for offer in SentOffer.objects.waiting():
        yield DueTask(
            "What a group sent", f"Sent on {offer.day:%-d %B}", reverse("insights:take-offer", args=[offer.pk]),
            "Nobody has read it, and the group hears nothing.", permission=PUBLISH,
        )  # fmt: skip


def list_answer_tasks(today: date) -> Iterator[DueTask]:
    pages = {page.pk: page for page in _source_pages().filter(first_published_at__isnull=False)}
    for pk, clock in answer_clocks_of(pages.values(), today).items():
        if clock.is_answered:
            continue
        if clock.late:
            then = "The public page says that we are late, and goes on saying that it was late."
        else:
            then = "From the day after, the public page says that we are late."
        url = reverse("insights:results-of", args=[pages[pk].slug])
        yield DueTask("Our answer", pages[pk].title, url, then, clock.due, PUBLISH, _active_owner(pages[pk]), about=pk)


def list_decision_news_tasks(today: date) -> Iterator[DueTask]:
    running = (
        Decision.objects.published()
        .exclude(progress__in=ENDED)
        .select_related("published_by")
        .prefetch_related("progress_notes")
    )
    for decision in running:
        if owed := _find_owed_news(decision, today):
            day, then = owed
            yield DueTask(
                "News owed", decision.title, reverse("insights:decision-progress", args=[decision.slug]),
                then, day, PUBLISH, _active_people(decision.published_by),
            )  # fmt: skip


def _find_owed_news(decision: Any, today: date) -> tuple[date, str] | None:
    """(owed since, consequence on the public page), or None."""
    if decision.due is not None and decision.due < today:
        return decision.due, "The public page says that it is late."
    last: date = max((note.day for note in decision.progress_notes.all()), default=decision.published_on)
    if not is_news_owed(last_word=last, next_update=decision.next_update, today=today):
        return None
    return decision.next_update or last + timedelta(days=90), "The page still promises news by a day that has passed."


def list_translation_tasks(today: date) -> Iterator[DueTask]:
    for page in ConsultationPage.objects.exclude(locale__language_code=SOURCE).defer("body").select_related("locale"):
        if page.awaits_check:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            title = f"{page.source.title}, {language_name_in_english(page.locale.language_code)}"
            yield DueTask(
                "Translation",
                title,
                url,
                "It says that nobody has checked the words.",
                people=_active_owner(page.source),
                about=page.source.pk,
            )
    yield from _list_untranslated_results_tasks()


def _list_untranslated_results_tasks() -> Iterator[DueTask]:
    """Published results that lack a checked translation into a language of the consultation."""
    newest: dict[int, Results] = {}
    for results in Results.objects.published().select_related("consultation").order_by("number"):
        newest[results.consultation_id] = results
    for results in newest.values():
        asked = results.consultation.versions.order_by("-number").values_list("content__languages", flat=True).first()
        for code in asked or ():
            if code != SOURCE and not (results.words.get(code) or {}).get("checked_by"):
                yield DueTask(
                    "Translation", f"Results of {results.consultation.title}, {language_name_in_english(code)}",
                    reverse("insights:translate-results", args=[results.pk, code]),
                    "People read the answer in English, though they were asked in their own language.",
                    permission=PUBLISH, people=_active_owner(results.consultation), about=results.consultation_id,
                )  # fmt: skip


def list_help_entry_tasks(today: date) -> Iterator[DueTask]:
    entries = list(HelpEntry.objects.all())
    if entries and not any(map(is_local_number, entries)):
        url = reverse("wagtailsnippets_consultation_helpentry:add")
        title = f"Children's social care of {settings.DISTRICT} is not on the list of help"
        then = "Adults who worry about a child find no number of the district."
        yield DueTask("Help of the district", title, url, then, permission="consultation.edit_help")
    for entry in entries:
        if not is_check_overdue(entry.checked_on, today):
            continue
        url = reverse("wagtailsnippets_consultation_helpentry:edit", args=[entry.pk])
        day = entry.checked_on + MAX_AGE if entry.checked_on else None
        then = "A number that nobody answers stays on every page, and the checks of each consultation warn of it."
        yield DueTask("Help", entry.name, url, then, day, "consultation.edit_help")


def list_help_number_tasks(today: date) -> Iterator[DueTask]:
    for change in HelpNumberChange.objects.select_related("entry"):
        yield DueTask(
            "Help number", str(change), reverse("help-numbers"),
            "The last number stays on every page until somebody else has tried the new one.",
            permission="consultation.edit_help", but_not=frozenset({change.asked_by_id}),
        )  # fmt: skip


def list_interface_text_tasks(today: date) -> Iterator[DueTask]:
    waiting = (
        ProposedCorrection.objects.filter(key__in=[row["key"] for row in list_strings()])
        .order_by("language")
        .values_list("language", "written_by")
    )
    for language, rows in groupby(waiting, itemgetter(0)):
        writers = frozenset(writer for _, writer in rows)
        yield DueTask(
            "Words of the site", language_name_in_english(language),
            f"{reverse('languages:language', args=[language])}#second",
            "Pages keep the last words until somebody else has read the new ones.",
            permission="consultation.edit_consultation", but_not=writers if len(writers) == 1 else frozenset(),
        )  # fmt: skip


KINDS: tuple[Callable[[date], Iterator[DueTask]], ...] = (
    list_opening_tasks,
    list_closing_tasks,
    list_reader_gap_tasks,
    list_approval_tasks,
    list_second_person_tasks,
    list_answer_tasks,
    list_decision_news_tasks,
    list_translation_tasks,
    list_help_entry_tasks,
    list_help_number_tasks,
    list_interface_text_tasks,
)
SUMMARY_KINDS = (
    list_approval_tasks,
    list_opening_tasks,
    list_closing_tasks,
    list_second_person_tasks,
    list_answer_tasks,
    list_decision_news_tasks,
    list_help_entry_tasks,
    list_help_number_tasks,
)
