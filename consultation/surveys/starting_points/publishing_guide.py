"""The guide from draft to publication in six steps, with what is done and what comes next. Users can hide it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.models import Locale, Revision, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from consultation.surveys.models import ConsultationPage
from consultation.surveys.participation_plan.participation_promises import DATES
from consultation.surveys.validation.findings import FindingsReport, get_shared_report

PROMISES = "participation"  # the linter of promises, whose findings belong to two steps
HIDDEN = "first-run"  # key among the user's dismissed messages in Wagtail's admin
MOST_LETTERS = 160  # of a refusal; the mail has all of it
EDIT = "consultation.edit_consultation"


class StepState(StrEnum):
    DONE = "Done"
    NEXT = "Next"
    LATER = "To do"
    WAITS = "With others now"


@dataclass(frozen=True)
class GuideStep:
    key: str
    title: str
    says: str
    state: StepState
    url: str

    @property
    def done(self) -> bool:
        return self.state is StepState.DONE


def build_steps(page: ConsultationPage, draft: ConsultationPage | None = None) -> list[GuideStep]:
    """The six steps of the newest draft, in the easiest order."""
    report = get_shared_report(draft or page.get_latest_revision_as_object())
    promises = [one.finding.spot for one in report.stopping if one.finding.linter.key == PROMISES]
    found = [
        _build_questions_step(page, report),
        _build_promises_step(page, promises),
        _build_dates_step(page, promises),
        _build_readers_step(page, report, promises),
        _build_checks_step(page, report),
        _build_approval_step(page),
    ]
    first_open = next((step for step in found if step.state is StepState.LATER), None)
    return [replace(step, state=StepState.NEXT) if step is first_open else step for step in found]


def may_send_for_approval(page: ConsultationPage) -> bool:
    """Whether the draft can be submitted for approval. The readers' rota may still have gaps."""
    if page.workflow_in_progress or page.scheduled_revision or (page.live and not page.has_unpublished_changes):
        return False
    return not get_shared_report(page.get_latest_revision_as_object()).stopping


def _build_step(key: str, title: str, says: str, done: bool, url: str) -> GuideStep:
    return GuideStep(key, title, says, StepState.DONE if done else StepState.LATER, url)


def _build_editor_url(page: ConsultationPage, place: str) -> str:
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#{place}"


def _build_questions_step(page: ConsultationPage, report: FindingsReport) -> GuideStep:
    count = len(report.draft.of_questions)
    left = _list_unwritten(report)
    says = f"{count} question{'s' if count != 1 else ''} so far."
    if not count:
        says = "Write a question, or add one from the bank."
        if any(spot.field == "summary" for spot in left):  # where the step leads
            says = f"Write the summary. Then {says[:1].lower()}{says[1:]}"
    elif left:
        says += f" {_count_things(left)} left to write."
    return _build_step("asks", "What it asks", says, not left, _build_editor_url(page, _name_place(left)))


def _list_unwritten(report: FindingsReport) -> list[Any]:
    """Where words of the questions or the summary are missing."""
    return [one.finding.spot for one in report.missing if one.finding.linter.key != PROMISES]


def _name_place(left: list[Any]) -> str:
    """The place in the editor of what is left first, from the top."""
    if not left:
        return "id_title"
    first = min(left, key=lambda spot: (bool(spot.block), spot.field == "body"))
    return f"block-{first.block}-section.{first.field}" if first.block else f"id_{first.field}"


def _build_promises_step(page: ConsultationPage, promises: list[Any]) -> GuideStep:
    left = [one for one in promises if one.field not in DATES]
    says = "People read it before they answer."
    if left:
        says = f"Say who is asked, who decides, and what can change. {says} {_count_things(left)} left."
    url = _build_editor_url(page, f"id_{left[0].field}" if left else "id_groups_invited")
    return _build_step("listens", "How we will listen", says, not left, url)


def _count_things(left: list[Any]) -> str:
    return f"{len(left)} thing{'s' if len(left) != 1 else ''}"


def _build_dates_step(page: ConsultationPage, promises: list[Any]) -> GuideStep:
    left = [one for one in promises if one.field in DATES]
    says = left[0].fix.partition(": ")[2] if left else "They fit together."
    url = _build_editor_url(page, f"id_{left[0].field}" if left else "id_opens")
    return _build_step("dates", "Dates", says[:1].upper() + says[1:], not left, url)


def _build_readers_step(page: ConsultationPage, report: FindingsReport, promises: list[Any]) -> GuideStep:
    undated = any(spot.missing and spot.field in ("opens", "closes") for spot in promises)
    says = "Somebody reads on each working day."
    if undated:
        says = "Set the dates first; then it says which days have nobody."
    elif report.blocked_reasons:
        says = f"{report.blocked_reasons[0].says.partition('. ')[0]}."
    elif page.live:
        says = "While it is open, days without anybody stand on the consultation’s home."
    url = reverse("readers:consultation", args=[page.pk])
    return _build_step("reads", "Who reads", says, not (undated or report.blocked_reasons), url)


def _build_checks_step(page: ConsultationPage, report: FindingsReport) -> GuideStep:
    left = [one for one in report.wrong if one.finding.linter.key != PROMISES]
    done = not left and not _list_unwritten(report)
    says = "Its words are ready." if done else "A machine looks at its words as they are written."
    if left:
        says = f"{_count_things(left)} to mend, each with a way to do it."
    return _build_step("checks", "Check", says, done, reverse("validation:one", args=[page.pk]))


def _build_approval_step(page: ConsultationPage) -> GuideStep:
    step = partial(GuideStep, "approval", url=reverse("consultations:number", args=[page.pk]))
    if page.live and not page.has_unpublished_changes:
        return step("Approval", "It is published.", StepState.DONE)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        says = f"It waits for: {page.current_workflow_task.name.lower()}. Whoever sent it is told when it is done."
        return step("Approval", says, StepState.WAITS)
    if revision := page.scheduled_revision:
        says = f"It is approved, and goes live on {timezone.localdate(revision.approved_go_live_at):%-d %B %Y}."
        return step("Approval", says, StepState.DONE)
    says = "A safeguarding lead checks it, then another officer opens it."
    if reason := _find_refusal(page):
        says = f"It came back with “{Truncator(reason).chars(MOST_LETTERS)}”. Change it, and send it again."
    return step("Send for approval", says, StepState.LATER)


def _find_refusal(page: ConsultationPage) -> str:
    """What was said when changes were last asked for, or this was declined, since it was last published."""
    said = TaskState.objects.filter(workflow_state__in=page.workflow_states, revision__gt=page.live_revision_id or 0)
    last = said.filter(status=TaskState.STATUS_REJECTED).order_by("-pk").first()
    return str(last.comment) if last else ""


@dataclass(frozen=True)
class DraftProgress:
    page: ConsultationPage
    steps: list[GuideStep]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def now(self) -> GuideStep | None:
        return next((step for step in self.steps if step.state in (StepState.NEXT, StepState.WAITS)), None)


MOST_DRAFTS = 8


def list_draft_progress(user: Any) -> list[DraftProgress]:
    return [DraftProgress(page, build_steps(page)) for page in list_unpublished_drafts(user)]


def list_unpublished_drafts(user: Any) -> list[ConsultationPage]:
    """Never published consultations that this user owns or edited, latest first. Runs no validation."""
    wrote = Revision.page_revisions.filter(user=user).values_list("object_id", flat=True).distinct()
    pages = ConsultationPage.objects.filter(Q(owner=user) | Q(pk__in=[int(pk) for pk in wrote]), live=False)
    pages = pages.filter(first_published_at=None).order_by("-latest_revision_created_at", "-pk")
    here = Locale.objects.filter(language_code=settings.LANGUAGE_CODE)
    return list(pages.filter(locale__in=here)[:MOST_DRAFTS])


def is_guide_hidden(user: Any) -> bool:
    profile = UserProfile.objects.filter(user=user).first()
    return bool(profile and profile.dismissibles.get(HIDDEN))


def set_guide_hidden(user: Any, hidden: bool) -> None:
    profile = UserProfile.get_for_user(user)
    profile.dismissibles = profile.dismissibles | {HIDDEN: hidden}
    profile.save(update_fields=["dismissibles"])


def build_guide_panel(page: Any, user: Any, **_: Any) -> dict[str, Any] | None:
    if not user.has_perm(EDIT) or (page.pk and page.is_translation):
        return None
    hidden = is_guide_hidden(user)
    steps = build_steps(page, page) if page.pk and not hidden else []
    return {"steps": steps, "hidden": hidden, "number": page.pk or 0}
