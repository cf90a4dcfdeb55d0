"""Orders of a release to a worker."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from insights.releases.models import Release


class OrderStatus(models.TextChoices):
    ASKED = "asked", "Waits for a second person"
    WAITING = "waiting", "Waits for its turn"
    RUNNING = "running", "At work"
    DONE = "done", "Done"
    FAILED = "failed", "Not made"


class OrderStage(models.TextChoices):
    READING = "reading", "Reading the answers"
    TABLES = "tables", "Protecting the questions"
    THEMES = "themes", "Protecting the themes"
    KEEPING = "keeping", "Storing it"


NOT_FINISHED = (OrderStatus.ASKED, OrderStatus.WAITING, OrderStatus.RUNNING)
FOR_A_WORKER = (OrderStatus.WAITING, OrderStatus.RUNNING)


class ReleaseOrderQuerySet(models.QuerySet):
    def of(self, consultation):
        return self.filter(consultation=consultation)

    def unfinished(self):
        return self.filter(status__in=NOT_FINISHED)

    def for_a_worker(self):
        """Waiting orders, and running ones: those were interrupted, and start again."""
        return self.filter(status__in=FOR_A_WORKER)


class ReleaseOrder(models.Model):
    """An order. `agreed_by` is the second person, where the rules are looser than the previous release's."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    preset = models.CharField(max_length=10)
    status = models.CharField(max_length=7, choices=OrderStatus, default=OrderStatus.WAITING)
    stage = models.CharField(max_length=7, choices=OrderStage, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_not = models.TextField(blank=True)
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReleaseOrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status__in=NOT_FINISHED), name="one_release_order_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="another_person_agrees_to_rules",
            ),
        ]

    def __str__(self):
        return f"release of {self.consultation_id}: {self.status}"

    @property
    def is_at_work(self):
        return self.status in FOR_A_WORKER

    @property
    def percent(self):
        """Estimated progress: counting answers is half of the work, tables and themes the rest."""
        share = self.done / self.total if self.total else 0
        start, width = {"reading": (0, 50), "tables": (50, 25), "themes": (75, 20), "keeping": (95, 0)}.get(
            self.stage, (0, 0)
        )
        return round(start + width * min(share, 1))

    def move_to(self, stage, done=0, total=0):
        self.status, self.stage, self.done, self.total = OrderStatus.RUNNING, stage, done, total
        self.save(update_fields=["status", "stage", "done", "total"])

    def finish_order(self, **found):
        for name, value in {"status": OrderStatus.DONE, **found}.items():
            setattr(self, name, value)
        self.save()

    def mark_failed(self, why):
        self.finish_order(status=OrderStatus.FAILED, why_not=why)
