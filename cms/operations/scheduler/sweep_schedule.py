"""The schedule of sweeps: verbs that need no argument, or the id of a consultation or codebook, and may run again at any
time.

No answer enqueues a task, because rows and messages of a queue carry times. A sweep looks for waiting work itself. One
that returns False may have left something waiting.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

# Nothing else runs where texts are screened that may be a cry for help. Alerts and safeguarding clocks are apart from it:
# a mail server may make them wait.
SCREENING, SAFETY, DEFAULT, HEAVY = QUEUES = ("screening", "safety", "default", "heavy")
ENDED_QUEUES = (SCREENING, SAFETY)  # a run past its limit is ended
LIMITS = {SCREENING: 120, SAFETY: 600, DEFAULT: 600, HEAVY: 7200}  # seconds of one run


@dataclass(frozen=True)
class Sweep:
    path: str  # dotted path of a function
    seconds: int  # between runs
    queue: str = DEFAULT
    shared: bool = (
        False  # claims its rows, so that any number of workers run it side by side where rows can be claimed
    )

    # Dotted path of a function that lists ids, for each of which it is claimed and run by itself; else it is run once.
    parts: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """That of its row."""
        return f"{self.path}#{self.part}" if self.part else self.path

    def list_parts(self) -> list["Sweep"]:
        """One for each part, so that any number of workers run them side by side; itself, where it is not divided."""
        return [replace(self, part=part) for part in import_string(self.parts)()] if self.parts else [self]

    @property
    def every(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    @property
    def first(self) -> bool:
        return self.queue in ENDED_QUEUES

    @property
    def limit(self) -> timedelta:
        return timedelta(seconds=LIMITS[self.queue])

    def load(self) -> Any:
        try:
            if self.parts:
                import_string(self.parts)
            return import_string(self.path)
        except ImportError as error:
            raise ImproperlyConfigured(
                f"cms/operations/scheduler/sweep_schedule.py lists {self.path}, which does not exist."
            ) from error

    def run(self) -> Any:
        return self.load()(*([self.part] if self.part else []))


SWEEPS = [
    Sweep("consultation.reading.tasks.screen_unread", 30, SCREENING, shared=True),
    Sweep("consultation.reading.tasks.screen_mailboxes", 30, SCREENING),
    Sweep("insights.commitments.actions.screen_sent_offers", 30, SCREENING),
    Sweep("consultation.reading.panel_words.actions.screen_panel_words", 30, SCREENING),
    Sweep("consultation.reading.tasks.alert_urgent", 10, SAFETY),
    Sweep("consultation.reading.tasks.redact_screened", 10, shared=True),
    Sweep("consultation.reading.tasks.release_due", 30),
    Sweep("consultation.reading.audit_sample.actions.draw_audit_sample", 86400),
    Sweep("consultation.reading.audit_sample.actions.draw_dropped_flags", 86400),
    Sweep("consultation.safeguarding.case_sample.actions.draw_dismissed_cases", 86400),
    Sweep("consultation.reading.staffing.actions.warn_of_late_reading", 300, SAFETY),
    # Where the log is one file of the machine each minute; where a move is archived and replicated, seldom.
    Sweep(
        "cms.operations.stored_answers.storage_order.settle_storage_order",
        60 if connection.vendor == "sqlite" else 600,
    ),
    Sweep("consultation.channels.imports.import_worker.run_import_steps", 10),
    Sweep("consultation.channels.invitation_codes.actions.write_equality_batches", 3600),
    Sweep("consultation.safeguarding.leave.actions.hand_over_absent_leads", 60, SAFETY),
    Sweep("consultation.safeguarding.alerts.alert_waiting_items", 60, SAFETY),
    Sweep("consultation.safeguarding.referrals.actions.tell_late_referrals", 600, SAFETY),
    Sweep("consultation.safeguarding.withdrawn_texts.actions.erase_read_withdrawn_texts", 3600),
    Sweep("cms.operations.retention.actions.erase_everything_due", 86400),
    Sweep("cms.operations.backups.tasks.write_deletion_journal", 600),
    Sweep("insights.corpus.actions.take_released_texts", 30),
    Sweep("insights.coding.proposals.tasks.propose_codes", 60, HEAVY, shared=True),
    Sweep("insights.coding.desk.desk_arrangement.arrange_desk", 60),
    Sweep("insights.coding.agreement.actions.measure_ended_studies", 60, HEAVY),
    Sweep(
        "insights.coding.discovery.tasks.run_discovery",
        30,
        HEAVY,
        parts="consultation.handover.list_consultation_keys",
    ),
    Sweep("insights.coding.codebooks.recoding.recode_late_codes", 600),
    Sweep(
        "insights.coding.learning.actions.fit_due_model",
        300,
        HEAVY,
        parts="insights.coding.learning.actions.list_codebook_keys",
    ),
    Sweep("insights.releases.tasks.run_release_orders", 10, HEAVY),
    Sweep("insights.releases.equality_pictures.refresh_equality_pictures", 86400),
    Sweep("insights.representation.actions.refresh_representation", 86400),
    Sweep("insights.representation.link_and_code_counts.refresh_code_counts", 86400),
    Sweep("insights.quarter_counts.actions.freeze_last_quarter", 86400),
    Sweep("insights.decisions.ledger.actions.sign_when_due", 3600),
    Sweep("insights.decisions.unanswered.late_reminders.remind_late_agencies", 86400),
    Sweep("insights.publications.heard_back_figures.refresh_heard_back", 86400),
    Sweep("insights.publications.member_checks.member_check_replies.refresh_replies", 86400),
    Sweep("insights.decisions.outcomes.change_polls.refresh_polls", 86400),
    Sweep("insights.decisions.outcomes.objection_replies.refresh_pictures", 86400),
    Sweep("insights.search.index_schema.wipe_erased_words", 86400),
    Sweep("insights.exports.pdf.paper_making.make_wanted_papers", 5),
    Sweep("cms.staff.task_list.actions.remind_of_due_answers", 86400),
    Sweep("cms.staff.planner_digest.actions.send_due_digests", 3600),
    Sweep("consultation.audit.audit_log.append_waiting_events", 3600),
    Sweep("consultation.audit.audit_log.check_audit_chain", 86400),
    Sweep("cms.site.pages.scheduled_publishing.publish_and_expire_due", 60),
    Sweep("consultation.surveys.schedule.actions.postpone_openings", 600),
    Sweep("cms.operations.launch.actions.update_live_state", 3600),
    Sweep("cms.operations.service_state.actions.tell_administrators", 300),
    Sweep("cms.accounts.account_invitations.mail_asked_password_links", 10),
    Sweep("cms.accounts.staff_sessions.delete_expired_sessions", 86400),
    Sweep("cms.accounts.sign_in_limits.delete_expired_limits", 86400),
    Sweep("cms.accounts.actions.lapse_role_requests", 86400),
    Sweep("cms.operations.scheduler.tasks.prune_schedule", 3600),
    Sweep("cms.operations.scheduler.tasks.ping_monitor", 60, SAFETY),
]


def load_all_sweeps() -> list[Any]:
    """Every sweep's function; raises at start-up if one is missing."""
    return [sweep.load() for sweep in SWEEPS]


def list_all_parts() -> list[Sweep]:
    """What has a row each: sweeps, and of divided ones each part."""
    return [part for sweep in SWEEPS for part in sweep.list_parts()]


def list_used_queues() -> list[str]:
    return [queue for queue in QUEUES if any(sweep.queue == queue for sweep in SWEEPS)]
