"""Screens fitted again from readers' decisions. The repository's own screen has no row."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ScreenModel(models.Model):
    """A fitted screen with its figures, unused until a named person takes it into use."""

    number = models.PositiveIntegerField(unique=True)
    fitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fitted_on = models.DateField()
    artefact = models.BinaryField()  # numbers and terms that at least five people used; no text of an answer
    digest = models.CharField(max_length=64)
    texts = models.PositiveIntegerField()
    told = models.PositiveIntegerField()  # how many of them told of harm
    figures = models.JSONField(
        default=dict
    )  # see model_training.screening_refit: this one beside the one that was in use
    in_use = models.BooleanField(default=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    used_on = models.DateField(null=True, blank=True)
    # Texts were withdrawn or erased since it was fitted.
    refit_due = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="one_screen_is_in_use"),
            models.CheckConstraint(
                condition=Q(used_by__isnull=True, used_on__isnull=True, in_use=False)
                | Q(used_by__isnull=False, used_on__isnull=False),
                name="a_screen_is_taken_into_use_by_someone",
            ),
        ]

    def __str__(self):
        return f"Screen {self.number}"
