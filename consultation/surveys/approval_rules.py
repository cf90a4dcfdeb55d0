"""Rules of approval: only the workflow publishes a consultation, and nobody approves their own work."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, TextField
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, TaskState

from consultation.surveys.small_corrections import changes_no_meaning

SAID_IN_EDITOR = (
    "Another officer looks at your changes and publishes them. If you only take a phone number out, your page changes "
    "at once."
)
CHANGED = "Someone saved this after you opened it. Look at what is new, and approve it then."


class PublicationBlocked(PermissionDenied):
    """The consultation is approved, but a publication condition does not hold."""


OWN_WORDS = ("title", "seo_title", "search_description")  # of the fields that every page has
_publishing = ContextVar("a page is being published", default=False)


class KeepsSubmittedDrafts:
    """Mixin of a page whose revisions never change once submitted: autosave, which would overwrite one, gets a new one.
    What visitors read of it changes by `publish` alone: a plain save of other words would need nobody's approval."""

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        if overwrite_revision is not None and overwrite_revision.task_states.exists():
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def save(self, *args, **kwargs):
        """Raises PublishPagePermissionError; wagtail-localize saves its words before it asks whether it may publish them."""
        if not kwargs.get("update_fields") and not _publishing.get() and _changes_live_words(self):
            raise PublishPagePermissionError("A second person approves what visitors read.")
        return super().save(*args, **kwargs)

    def publish(self, *args, **kwargs):
        token = _publishing.set(True)
        try:
            return super().publish(*args, **kwargs)
        finally:
            _publishing.reset(token)


def _changes_live_words(page):
    """Whether visitors would read other words after a save of this page than before."""
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk and page.live else None
    return stored is not None and not (stored.live and _read_words(stored) == _read_words(page))


def _read_words(page):
    fields = [each for each in page._meta.concrete_fields if each.model is not Page or each.name in OWN_WORDS]
    return [each.value_to_string(page) for each in fields if isinstance(each, CharField | TextField | StreamField)]


class ApprovedPage(KeepsSubmittedDrafts):
    """Mixin of a page that goes live by its workflow alone, also when a live page is changed."""

    def permissions_for_user(self, user):
        return WorkflowOnlyPermissions(user, self)

    def publish(self, revision, user=None, *args, skip_permission_checks=False, **kwargs):
        """Raises PublishPagePermissionError where nobody but its author approved the revision."""
        if not skip_permission_checks and not may_go_live(revision):
            raise PublishPagePermissionError("A second person publishes this page: hand it on for approval.")
        return super().publish(revision, user, *args, skip_permission_checks=True, **kwargs)


class WorkflowOnlyPermissions(PagePermissionTester):
    """Officers may unpublish a page but not publish it: its workflow does."""

    def can_publish(self):
        return False

    def can_unschedule(self):
        return super().can_publish()


class ConsultationPermissions(WorkflowOnlyPermissions):
    """A published consultation is never deleted, so that what people were asked is kept.

    Wagtail may not copy it, because a copy would keep ids, dates and promises: “Start a consultation” makes new ones.
    """

    def can_delete(self, ignore_bulk=False):
        return self.page.first_published_at is None and super().can_delete(ignore_bulk)

    def can_copy(self):
        return False

    def can_unpublish(self):
        """An open survey is stopped by “Stop a survey”, which asks why and tells people who hold its link; taken down, it
        would tell them that there is no such page."""
        return super().can_unpublish() and (self.page.is_translation or not self.page.is_open())


class PermanentPagePermissions(WorkflowOnlyPermissions):
    """Permissions on a page that must stay where links lead to it."""

    def can_delete(self, ignore_bulk=False):
        return False

    can_move = can_delete

    def can_unpublish(self):
        return False


class IndexPermissions(PermanentPagePermissions):
    """Nobody creates and publishes a page below in one step, or copies an index with all of its pages."""

    def can_publish_subpage(self):
        return False

    def can_copy(self):
        return False


def is_approved_by_workflow(revision):
    """Whether every active workflow step was approved on exactly this revision; of a small correction of what is live,
    whether one of them was, and the others were passed over for it."""
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    last = states.select_related("workflow_state__workflow").order_by("-pk").first()
    if last is None:
        return False
    steps = set(
        last.workflow_state.workflow.workflow_tasks.filter(task__active=True).values_list("task_id", flat=True)
    )
    here = TaskState.objects.filter(revision=revision, workflow_state=last.workflow_state)
    passed = [TaskState.STATUS_APPROVED]
    if corrects_what_is_live(revision):
        passed.append(TaskState.STATUS_SKIPPED)
    done = set(here.filter(status__in=passed).values_list("task_id", flat=True))
    return bool(steps) and steps <= done


def corrects_what_is_live(revision):
    """Whether this draft corrects spaces and capitals of the live page, and no more: then one second person is enough."""
    page = revision.content_object
    return bool(page.live and page.live_revision) and is_small_correction(page, page.live_revision, revision)


def is_small_correction(page, before, after):
    """Whether the later of two revisions changes no meaning; of pages that one person approves, none is small."""
    return getattr(page.specific_class, "two_people_approve", False) and changes_no_meaning(
        before.content, after.content
    )


def is_waiting_for_its_date(revision):
    """Whether the approved go-live date of this revision has come."""
    return revision.approved_go_live_at is not None and revision.approved_go_live_at <= timezone.now()


def may_go_live(revision):
    """Checked for scheduled publishing too, where Wagtail checks no permission because there is no user."""
    return is_waiting_for_its_date(revision) or is_approved_by_workflow(revision)


def find_publisher(revision):
    """The user responsible for a revision going live: its last approver, or its author where no workflow ran."""
    if revision is None:
        return None
    last = revision.task_states.filter(status=TaskState.STATUS_APPROVED).order_by("-pk").first()
    return last.finished_by if last else revision.user


def list_changes(page):
    """[(user id, whether it changes more than spaces and capitals)] of what was saved since the page last went live, in
    order. Of pages that one person approves, each save is a change."""
    found, before = [], None
    for revision in page.revisions.filter(pk__gte=page.live_revision_id or 0).order_by("pk").defer("content"):
        if revision.pk != page.live_revision_id:
            found.append((revision.user_id, not (before and is_small_correction(page, before, revision))))
        before = revision
    return found


def bar_own_work(changes, sender, *, is_last_of_two):
    """User ids of those who may not approve these `changes` (see list_changes) that `sender` sent: all who made them.

    The last of two steps bars whoever changed the words last alone: else two officers who both wrote could never approve.
    Whoever approves it then has not written the last words, and whoever wrote the last words has had those before them in
    hand; the other step, on the same revision, is made by somebody who wrote none. So each word has two people's eyes.
    """
    authors = [user for user, is_change in changes if is_change]
    if is_last_of_two and authors and authors[-1] is not None:
        return {authors[-1]}
    return {*authors, sender} - {None}


def list_author_ids(page):
    """User ids of those who may not approve the step that waits, because their own work awaits it."""
    state = page.current_workflow_state
    task = state and state.current_task_state and state.current_task_state.task_id
    is_last = bool(task) and task == state.workflow.workflow_tasks.filter(task__active=True).last().task_id
    is_last_of_two = is_last and getattr(page.specific_class, "two_people_approve", False)
    return bar_own_work(list_changes(page), state and state.requested_by_id, is_last_of_two=is_last_of_two)


def has_saved(page, user):
    """Whether this person saved anything since the page last went live, be it a space."""
    return page.revisions.filter(pk__gt=page.live_revision_id or 0, user=user).exists()


def identify_draft_state(revision):
    """The editor's identifier of a draft's state: it changes when the same revision is overwritten."""
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else ""


def is_newest_draft(page, seen_state):
    """Whether the approver saw the newest draft. Call with the page locked."""
    return bool(seen_state) and seen_state == identify_draft_state(page.get_latest_revision())


_drawing_list = ContextVar("only a list", default=False)


@contextmanager
def draw_list_only():
    """While a list is rendered, offer no approval and skip validation: nobody sees the draft itself there."""
    token = _drawing_list.set(True)
    try:
        yield
    finally:
        _drawing_list.reset(token)


def is_drawing_list_only():
    return _drawing_list.get()


def may_approve(page, user):
    """Not one's own work, nor a second step of the running workflow; one's own step again after an edit."""
    return user.pk not in list_excluded_ids(page)


def list_excluded_ids(page):
    """User ids of those who may not approve the step that waits: authors, and who approved another step."""
    state = page.current_workflow_state
    if not state:
        return list_author_ids(page)
    others = state.task_states.exclude(task=state.current_task_state.task_id if state.current_task_state else None)
    done = others.filter(status=TaskState.STATUS_APPROVED).values_list("finished_by_id", flat=True)
    return list_author_ids(page) | set(done)
