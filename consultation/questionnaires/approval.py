"""A consultation goes live through its workflow alone, and nobody approves what they made or asked for themselves."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PagePermissionTester, TaskState

CHANGED = "Someone saved this after you opened it. Look at what is new, and approve it then."


class NotYet(PermissionDenied):
    """It was approved, and something that must be so before it opens is not."""


class ThroughWorkflow(PagePermissionTester):
    """An officer's right to publish ends before a consultation: the workflow publishes it. Taking down stays."""

    def can_publish(self):
        return False

    def can_unschedule(self):
        return super().can_publish()


class OfConsultation(ThroughWorkflow):
    """What people were asked is kept: it is taken down, never deleted. Nor copied by Wagtail, which takes ids, days and
    promises along: “Start a consultation” asks one again with new ones."""

    def can_delete(self, ignore_bulk=False):
        return self.page.first_published_at is None and super().can_delete(ignore_bulk)

    def can_copy(self):
        return False


class NoneAtOnce(PagePermissionTester):
    """No consultation is created and published in one go, nor all of them with a copy of the page that they are under."""

    def can_publish_subpage(self):
        return False

    def can_copy(self):
        return False


def passed(revision):
    """Whether every step of the page's workflow was approved on exactly this revision."""
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    last = states.select_related("workflow_state__workflow").order_by("-pk").first()
    if last is None:
        return False
    steps = set(
        last.workflow_state.workflow.workflow_tasks.filter(task__active=True).values_list("task_id", flat=True)
    )
    done = set(states.filter(workflow_state=last.workflow_state).values_list("task_id", flat=True))
    return bool(steps) and steps <= done


def is_waiting_for_its_date(revision):
    """Whether it was approved for a date that has come since."""
    return revision.approved_go_live_at is not None and revision.approved_go_live_at <= timezone.now()


def may_go_live(revision):
    """Asked of whatever publishes without a person too: Wagtail asks for a right only where there is somebody."""
    return is_waiting_for_its_date(revision) or passed(revision)


def publisher(revision):
    """Who answers for a revision going live: the one who approved it last, or who saved it where no workflow ran."""
    if revision is None:
        return None
    last = revision.task_states.filter(status=TaskState.STATUS_APPROVED).order_by("-pk").first()
    return last.finished_by if last else revision.user


def makers(page):
    """Whose work waits for approval (user ids): who asked for it, and who wrote since the page last went live."""
    revisions = page.revisions.exclude(user=None)
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    found = set(revisions.values_list("user_id", flat=True))
    state = page.current_workflow_state
    return found | {state.requested_by_id} if state else found


def approved_before(page, user):
    """Whether the person approved another step of the workflow that is under way: each step needs other eyes.

    The same step again, after someone changed the words, may be theirs again.
    """
    state = page.current_workflow_state
    if not state:
        return False
    others = state.task_states.exclude(task=state.current_task_state.task_id if state.current_task_state else None)
    return others.filter(status=TaskState.STATUS_APPROVED, finished_by=user).exists()


def stopped(page):
    """Whether the newest draft has findings that nobody has mended or let through."""
    from consultation.questionnaires.linting.findings import report

    return bool(report(page).stopping)


def held_by(page):
    """Why this page may not open as it stands, in words: gates, and findings that nobody has mended or let through.

    Asked on the day too: an override that was taken back since the approval stops it again.
    """
    from consultation.questionnaires.linting.findings import Report

    report = Report(page)
    said = [f"{one.finding.linter.title}. {one.finding.fix}" for one in report.stopping]
    return [*(one.says for one in report.gates), *said]


def look_of(revision):
    """One state of a draft, as the editor names it: a revision that is written over is another state."""
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else ""


def was_looked_at(page, looked_at):
    """Whether the newest draft is the one that the person had before them. Asked with the page locked."""
    return bool(looked_at) and looked_at == look_of(page.get_latest_revision())


_listing = ContextVar("only a list", default=False)


@contextmanager
def only_a_list():
    """While lists are drawn nobody looks at a draft: so nobody can approve one, and no check of it is run."""
    token = _listing.set(True)
    try:
        yield
    finally:
        _listing.reset(token)


def is_only_a_list():
    return _listing.get()


def may_approve(page, user):
    return user.pk not in makers(page) and not approved_before(page, user)
