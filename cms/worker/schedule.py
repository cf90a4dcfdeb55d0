"""The schedule of sweeps: tasks without arguments that may run again at any time.

No answer enqueues a task, because queue rows carry times. A sweep looks for waiting work itself.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.tasks.base import Task
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Sweep:
    path: str  # dotted path of the `@task` function
    seconds: int  # between runs
    first: bool = False  # runs before others: texts that may be a cry for help, and safeguarding clocks

    @property
    def every(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    def load(self) -> Task:
        try:
            task = import_string(self.path)
        except ImportError as error:
            raise ImproperlyConfigured(f"cms/worker/schedule.py lists {self.path}, which does not exist.") from error
        if not isinstance(task, Task):
            raise ImproperlyConfigured(f"{self.path} is not a task: it lacks @task.")
        return task


SWEEPS = [
    Sweep("consultation.reading.tasks.screen_unread", 30, first=True),
    Sweep("consultation.reading.tasks.release_due", 30, first=True),
    Sweep("consultation.reading.second_look.tasks.draw_month", 86400),
    Sweep("consultation.reading.staffing.tasks.warn_of_late", 300, first=True),
    Sweep("consultation.responses.tasks.settle_order", 600),
    Sweep("consultation.answering.imports.tasks.work", 10),
    Sweep("consultation.answering.codes.tasks.keep_apart", 3600),
    Sweep("consultation.answering.codes.tasks.count_used", 86400),
    Sweep("consultation.safeguarding.tasks.alert_waiting", 60, first=True),
    Sweep("consultation.safeguarding.tasks.erase_read_withdrawn", 3600),
    Sweep("cms.retention.tasks.erase_due", 86400),
    Sweep("cms.backups.tasks.keep_journal", 600),
    Sweep("insights.intake.tasks.take", 30),
    Sweep("insights.coding.tasks.propose_codes", 60),
    Sweep("insights.coding.desk.tasks.arrange", 60),
    Sweep("insights.coding.agreement.tasks.measure_agreement", 60),
    Sweep("insights.coding.discovery.tasks.look_for_missing", 30),
    Sweep("insights.coding.codebooks.tasks.recode_late", 600),
    Sweep("insights.coding.learning.tasks.fit_due", 300),
    Sweep("insights.reports.tasks.make_asked", 10),
    Sweep("insights.reports.tasks.refresh_equality", 86400),
    Sweep("insights.reach.tasks.refresh", 86400),
    Sweep("insights.decisions.ledger.tasks.sign_when_due", 3600),
    Sweep("insights.results.tasks.refresh_heard", 86400),
    Sweep("insights.checks.tasks.refresh", 86400),
    Sweep("insights.outcomes.tasks.refresh", 86400),
    Sweep("insights.search.tasks.wipe_erased", 86400),
    Sweep("insights.exports.pdf.tasks.make_papers", 10),
    Sweep("cms.due.tasks.remind", 86400),
    Sweep("consultation.answering.links.tasks.count_links", 3600),
    Sweep("consultation.audit.tasks.append_waiting", 3600),
    Sweep("consultation.audit.tasks.check_chain", 86400),
    Sweep("cms.pages.tasks.publish_scheduled", 60),
    Sweep("consultation.questionnaires.timing.tasks.hold_openings", 600),
    Sweep("cms.launch.tasks.look_again", 3600),
    Sweep("cms.accounts.tasks.forget_expired", 86400),
    Sweep("cms.worker.tasks.prune", 3600),
]


def load_all() -> list[tuple[Sweep, Task]]:
    """Every sweep with its task; raises at start-up if one is missing."""
    return [(sweep, sweep.load()) for sweep in SWEEPS]
