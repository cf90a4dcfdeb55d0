"""Theme models as rows: the learned texts, held-out figures, state and artefact.

An artefact holds weights, and terms that at least five people used, never an answer. Loading one runs no code.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from insights.coding.models import Codebook, CodebookVersion
from insights.corpus.models import Text


class ModelState(models.TextChoices):
    WAITING = "waiting", "To be fitted"
    LIVE = "live", "In use"
    REFIT = "refit", "In use, to be refitted"
    KEPT = "kept", "Kept"
    ROLLED_BACK = "rolled_back", "Rolled back"
    ERASED = "erased", "Erased"


IN_USE = (ModelState.LIVE, ModelState.REFIT)
STORED = (ModelState.KEPT, ModelState.ROLLED_BACK)


class LearnedModelQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(state__in=IN_USE)

    def fitted(self):
        return self.exclude(state=ModelState.WAITING)

    def waiting(self):
        return self.filter(state=ModelState.WAITING)

    def newest_first(self):
        return self.order_by("-pk")

    def without_artefact(self):
        """For lists: an artefact takes about a megabyte."""
        return self.defer("artefact")


class LearnedModel(models.Model):
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="learned")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="learned")
    state = models.CharField(max_length=12, choices=ModelState)
    engine = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    artefact = models.BinaryField(default=b"")
    texts = models.PositiveIntegerField(default=0)  # number of coded texts that it learned from; shown in words
    learned_from = models.ManyToManyField(Text, related_name="+")  # for a withdrawal: which models learned from a text
    people_a_term = models.PositiveSmallIntegerField(default=5)
    figures = models.JSONField(default=dict)
    why = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    chosen = models.BooleanField(default=False)  # a person put it in use: a newer one does not replace it by itself
    made_on = models.DateField(null=True)

    objects = LearnedModelQuerySet.as_manager()

    class Meta:
        ordering = ["codebook", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook"], condition=Q(state__in=["live", "refit"]), name="one_model_in_use_a_codebook"
            ),
            models.UniqueConstraint(
                fields=["codebook"], condition=Q(state="waiting"), name="one_model_waits_a_codebook"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "erased"]) | ~Q(digest=""), name="a_model_to_use_is_fitted"
            ),
        ]

    def __str__(self):
        return f"Model {self.pk} of {self.codebook}"

    @property
    def mark(self):
        """The model's mark, saved with each of its proposals."""
        return f"{self.engine} {self.digest[:12]}"

    @property
    def in_use(self):
        return self.state in IN_USE

    def erase(self):
        """Delete the artefact and the links to texts; the row and its figures stay."""
        self.state, self.artefact = ModelState.ERASED, b""
        self.save(update_fields=["state", "artefact"])
        self.learned_from.clear()


class ModelMove(models.Model):
    """The record that a person put a model in use, with the reason."""

    model = models.ForeignKey(LearnedModel, on_delete=models.PROTECT, related_name="moves")
    instead_of = models.ForeignKey(LearnedModel, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    day = models.DateField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.model} put in use"
