"""Files of answers from elsewhere on their way in. What they hold lies sealed until it is taken, and then not at all."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.responses.models import Response


class ImportState(models.TextChoices):
    MAPPING = "mapping", "Waits for its map"
    CHECKING = "checking", "Is being tried"
    CHECKED = "checked", "Was tried, and is not taken in yet"
    TAKING = "taking", "Is being taken in"
    DONE = "done", "Taken in"
    UNDOING = "undoing", "Is being taken out"
    UNDONE = "undone", "Taken out again"
    DROPPED = "dropped", "Thrown away"


WORKING = (ImportState.CHECKING, ImportState.TAKING, ImportState.UNDOING)


# What is left of what a file said, once it is thrown away or taken out again.
NOTHING_KEPT = {
    "columns": [], "dropped": [], "day_column": "", "language_column": "", "parts": {}, "unsent": [], "problems": [],
}  # fmt: skip


class AnswerImport(models.Model):
    """One file. No cell of it is in this row: headings, the map, and how many."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    tool = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.MAPPING, db_index=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)  # headings that are kept, in the order of the cells
    dropped = models.JSONField(default=list)  # headings that were dropped before anything was kept
    day_column = models.CharField(max_length=300, blank=True)
    language_column = models.CharField(max_length=300, blank=True)
    parts = models.JSONField(default=dict)  # the map, as in mapping.py: it may name cells, so it goes with the rows
    leave_same = models.BooleanField(default=False)  # leave out who says the same as another row
    rows = models.PositiveIntegerField(default=0)
    unsent = models.JSONField(default=list)  # numbers of rows that nobody sent: never kept
    found = models.JSONField(
        default=dict
    )  # what trying it found: {"people", "texts", "again", "empty", "same", "wrong"}
    problems = models.JSONField(default=list)  # [row, column, what is wrong]: no words of a cell
    people = models.PositiveIntegerField(default=0)  # taken in
    texts = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)  # were here already
    stays = models.PositiveIntegerField(default=0)  # people that could not be taken out any more

    class Meta:
        ordering = ["-made_on", "name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:file", args=[self.pk])

    def throw_away(self) -> None:
        """The rows and the headings: a file without headings has somebody's words in their place."""
        self.chunks.all().delete()
        AnswerImport.objects.filter(pk=self.pk).update(state=ImportState.DROPPED, **NOTHING_KEPT)

    @property
    def page(self) -> ConsultationPage:
        return self.version.page

    @property
    def is_working(self) -> bool:
        return self.state in WORKING


class ImportChunk(models.Model):
    """Some rows of a file, drawn at random from all of them: their order would be an order of arrival."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(AnswerImport, on_delete=models.CASCADE, related_name="chunks")
    rows = models.PositiveIntegerField()
    sealed = models.BinaryField()  # [[row number, [cell, ...]], ...]
    ready = models.BinaryField(null=True, blank=True)  # people as they will be taken in: see trying.py

    def __str__(self):
        return "rows of a file"


class ImportedResponse(models.Model):
    """Which responses a file brought: so that all of it can be taken out again."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    source = models.ForeignKey(AnswerImport, on_delete=models.CASCADE, related_name="responses")

    def __str__(self):
        return "imported"


class SavedMap(models.Model):
    """A map to use again, for the next file of the same shape."""

    consultation = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="import_maps")
    name = models.CharField(max_length=60)
    columns = models.JSONField(default=list)  # of the file that it was made for
    parts = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["consultation", "name"], name="one_import_map_of_a_name")]

    def __str__(self):
        return self.name
