"""The guide from draft to publication in six steps, with what is done and what comes next. Users can hide it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Locale, Revision, WorkflowState
from wagtail.users.models import UserProfile

from consultation.questionnaires.linting.findings import Report, drawn
from consultation.questionnaires.listening.gate import DATES
from consultation.questionnaires.models import ConsultationPage

PROMISES = "participation"  # the linter of promises, whose findings belong to two steps
HIDDEN = "first-run"  # key among the user's dismissed messages in Wagtail's admin


class State(StrEnum):
    DONE = "Done"
    NEXT = "Next"
    LATER = "To do"
    WAITS = "With others now"


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    says: str
    state: State
    url: str

    @property
    def done(self) -> bool:
        return self.state is State.DONE


def steps(page: ConsultationPage, draft: ConsultationPage | None = None) -> list[Step]:
    """The six steps of the newest draft, in the easiest order."""
    report = drawn(draft or page.get_latest_revision_as_object())
    promises = [one.finding.spot for one in report.stopping if one.finding.linter.key == PROMISES]
    found = [
        _asks(page, report), _listens(page, promises), _dates(page, promises), _reads(page, report),
        _checks(page, report), _approval(page),
    ]  # fmt: skip
    return list(_with_next(found))


def may_send(page: ConsultationPage) -> bool:
    """Whether the draft can be submitted for approval. The readers' rota may still have gaps."""
    if page.workflow_in_progress or page.scheduled_revision or (page.live and not page.has_unpublished_changes):
        return False
    return not drawn(page.get_latest_revision_as_object()).stopping


def _step(key: str, title: str, says: str, done: bool, url: str) -> Step:
    return Step(key, title, says, State.DONE if done else State.LATER, url)


def _with_next(found: Iterable[Step]) -> Iterable[Step]:
    """Mark the first open step as the next one."""
    pointed = False
    for step in found:
        if step.state is State.LATER and not pointed:
            pointed = True
            step = Step(step.key, step.title, step.says, State.NEXT, step.url)
        yield step


def _editor(page: ConsultationPage, field: str) -> str:
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#id_{field}"


def _asks(page: ConsultationPage, report: Report) -> Step:
    count = len(report.draft.of_questions)
    says = (
        f"{count} question{'s' if count != 1 else ''} so far."
        if count
        else "Write a question, or add one from the bank."
    )
    return _step("asks", "What it asks", says, count > 0, _editor(page, "title"))


def _listens(page: ConsultationPage, promises: list[Any]) -> Step:
    left = [one for one in promises if one.field not in DATES]
    says = "People read it before they answer."
    if left:
        says = f"Say who is asked, who decides, and what can change. {says} {_things(left)} left."
    return _step(
        "listens", "How we will listen", says, not left, _editor(page, left[0].field if left else "groups_invited")
    )


def _things(left: list[Any]) -> str:
    return f"{len(left)} thing{'s' if len(left) != 1 else ''}"


def _dates(page: ConsultationPage, promises: list[Any]) -> Step:
    left = [one for one in promises if one.field in DATES]
    says = left[0].fix.partition(": ")[2] if left else "They fit together."
    return _step(
        "dates", "Dates", says[:1].upper() + says[1:], not left, _editor(page, left[0].field if left else "opens")
    )


def _reads(page: ConsultationPage, report: Report) -> Step:
    says = "Name a reader, a lead and a backup for each working day."
    if report.gates:
        says = report.gates[0].says.partition(":")[0].rstrip(".") + "."
    elif report.draft.get("closes"):
        says = "Somebody reads on each working day."
    url = reverse("readers:consultation", args=[page.pk])
    return _step("reads", "Who reads", says, not report.gates, url)


def _checks(page: ConsultationPage, report: Report) -> Step:
    left = [one for one in report.stopping if one.finding.linter.key != PROMISES]
    says = f"{_things(left)} to mend, each with a way to do it."
    done = bool(report.draft.of_questions) and not left
    return _step(
        "checks", "Check", "Its words are ready." if done else says, done, reverse("checks:one", args=[page.pk])
    )


def _approval(page: ConsultationPage) -> Step:
    url = reverse("start:guide", args=[page.pk])
    if page.live and not page.has_unpublished_changes:
        return Step("approval", "Approval", "It is published.", State.DONE, url)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        says = f"It waits for: {page.current_workflow_task.name.lower()}. Whoever sent it is told when it is done."
        return Step("approval", "Approval", says, State.WAITS, url)
    if day := _goes_live(page):
        return Step("approval", "Approval", f"It is approved, and goes live on {day:%-d %B %Y}.", State.DONE, url)
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        says = "Someone asked for changes. Make them, and send it again."
        return Step("approval", "Send for approval", says, State.LATER, url)
    says = "A safeguarding lead checks it, then another officer opens it."
    return Step("approval", "Send for approval", says, State.LATER, url)


def _goes_live(page: ConsultationPage) -> Any:
    revision = page.scheduled_revision
    return revision.approved_go_live_at if revision else None


@dataclass(frozen=True)
class Standing:
    """The progress of one draft, for a list."""

    page: ConsultationPage
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def now(self) -> Step | None:
        return next((step for step in self.steps if step.state in (State.NEXT, State.WAITS)), None)


MOST_DRAFTS = 8


def drafts_of(user: Any) -> list[Standing]:
    return [Standing(page, steps(page)) for page in unpublished(user)]


def unpublished(user: Any) -> list[ConsultationPage]:
    """Never published consultations that this user owns or edited, latest first. Runs no validation."""
    wrote = Revision.page_revisions.filter(user=user).values_list("object_id", flat=True).distinct()
    pages = ConsultationPage.objects.filter(Q(owner=user) | Q(pk__in=[int(pk) for pk in wrote]), live=False)
    pages = pages.filter(first_published_at=None).order_by("-latest_revision_created_at", "-pk")
    here = Locale.objects.filter(language_code=settings.LANGUAGE_CODE)
    return list(pages.filter(locale__in=here)[:MOST_DRAFTS])


def is_hidden(user: Any) -> bool:
    profile = UserProfile.objects.filter(user=user).first()
    return bool(profile and profile.dismissibles.get(HIDDEN))


def set_hidden(user: Any, hidden: bool) -> None:
    profile = UserProfile.get_for_user(user)
    profile.dismissibles = profile.dismissibles | {HIDDEN: hidden}
    profile.save(update_fields=["dismissibles"])
