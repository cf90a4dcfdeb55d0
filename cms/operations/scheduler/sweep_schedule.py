"""The schedule of sweeps: tasks without arguments that may run again at any time.

No answer enqueues a task, because queue rows carry times. A sweep looks for waiting work itself.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.tasks.base import Task
from django.utils.module_loading import import_string

DEFAULT, SAFETY = QUEUES = ("default", "safety")


@dataclass(frozen=True)
class Sweep:
    path: str  # dotted path of the `@task` function
    seconds: int  # between runs
    first: bool = False  # a safety sweep: texts that may be a cry for help, and safeguarding clocks

    @property
    def every(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    @property
    def queue(self) -> str:
        """Safety sweeps have a queue and a process of their own: no long task delays them."""
        return SAFETY if self.first else DEFAULT

    def load(self) -> Task:
        try:
            task = import_string(self.path)
        except ImportError as error:
            raise ImproperlyConfigured(
                f"cms/operations/scheduler/sweep_schedule.py lists {self.path}, which does not exist."
            ) from error
        if not isinstance(task, Task):
            raise ImproperlyConfigured(f"{self.path} is not a task: it lacks @task.")
        return task


SWEEPS = [
    Sweep("consultation.reading.tasks.screen_unread", 30, first=True),
    Sweep("consultation.reading.tasks.screen_mailboxes", 30, first=True),
    Sweep("insights.commitments.tasks.screen_sent_offers", 30, first=True),
    Sweep("consultation.reading.tasks.release_due", 30),
    Sweep("consultation.reading.audit_sample.tasks.draw_samples", 86400),
    Sweep("consultation.safeguarding.case_sample.tasks.draw_dismissed_cases", 86400),
    Sweep("consultation.reading.staffing.tasks.warn_of_late", 300, first=True),
    Sweep("cms.operations.stored_answers.tasks.settle_order", 600),
    Sweep("consultation.channels.imports.tasks.work_on_imports", 10),
    Sweep("consultation.channels.invitation_codes.tasks.write_equality_batches", 3600),
    Sweep("consultation.safeguarding.leave.tasks.hand_over_absent_leads", 60, first=True),
    Sweep("consultation.safeguarding.tasks.alert_waiting_items", 60, first=True),
    Sweep("consultation.safeguarding.tasks.tell_late_referrals", 600, first=True),
    Sweep("consultation.safeguarding.tasks.erase_read_withdrawn_texts", 3600),
    Sweep("cms.operations.retention.tasks.run_retention", 86400),
    Sweep("cms.operations.backups.tasks.write_deletion_journal", 600),
    Sweep("insights.corpus.tasks.take_released_texts", 30),
    Sweep("insights.coding.proposals.tasks.propose_codes", 60),
    Sweep("insights.coding.desk.tasks.arrange_desk", 60),
    Sweep("insights.coding.agreement.tasks.measure_agreement", 60),
    Sweep("insights.coding.discovery.tasks.run_discovery", 30),
    Sweep("insights.coding.codebooks.tasks.recode_late_codes", 600),
    Sweep("insights.coding.learning.tasks.fit_due_model", 300),
    Sweep("insights.releases.tasks.run_release_orders", 10),
    Sweep("insights.releases.tasks.refresh_equality", 86400),
    Sweep("insights.representation.tasks.refresh_reach", 86400),
    Sweep("insights.quarter_counts.tasks.freeze_last_quarter", 86400),
    Sweep("insights.decisions.ledger.tasks.sign_when_due", 3600),
    Sweep("insights.decisions.agencies.tasks.remind_late_agencies", 86400),
    Sweep("insights.publications.tasks.refresh_heard_back", 86400),
    Sweep("insights.publications.member_checks.tasks.refresh_member_checks", 86400),
    Sweep("insights.decisions.outcomes.tasks.refresh_polls", 86400),
    Sweep("insights.search.tasks.wipe_erased_words", 86400),
    Sweep("insights.exports.pdf.tasks.make_papers", 10),
    Sweep("cms.staff.task_list.tasks.send_answer_reminders", 86400),
    Sweep("consultation.audit.tasks.append_waiting_events", 3600),
    Sweep("consultation.audit.tasks.check_audit_chain", 86400),
    Sweep("cms.site.pages.tasks.publish_scheduled", 60),
    Sweep("consultation.surveys.schedule.tasks.postpone_openings", 600),
    Sweep("cms.operations.launch.tasks.refresh_live_state", 3600),
    Sweep("cms.operations.service_state.tasks.tell_administrators", 300),
    Sweep("cms.accounts.tasks.delete_expired_access", 86400),
    Sweep("cms.operations.scheduler.tasks.prune_queue", 3600),
]


def load_all_sweeps() -> list[tuple[Sweep, Task]]:
    """Every sweep with its task; raises at start-up if one is missing."""
    return [(sweep, sweep.load()) for sweep in SWEEPS]
