"""Imports of answers from other tools. A file's rows are stored sealed until acceptance and deleted with it."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.models import Response
from consultation.responses.vault import VaultLocked, open_sealed_text, seal_text
from consultation.surveys.models import ConsultationPage, PublishedVersion


class ImportState(models.TextChoices):
    MAPPING = "mapping", "Waits for its map"
    CHECKING = "checking", "Is being tried"
    CHECKED = "checked", "Was tried, and is not taken in yet"
    TAKING = "taking", "Is being taken in"
    DONE = "done", "Taken in"
    UNDOING = "undoing", "Is being taken out"
    UNDONE = "undone", "Taken out again"
    DROPPED = "dropped", "Deleted"


WORKING_STATES = (ImportState.CHECKING, ImportState.TAKING, ImportState.UNDOING)


# The values of an import's content fields after acceptance, deletion or undo.
ERASED_FIELDS = {"headings": b"", "unsent": [], "problems": []}
# The content of `headings`: the file's first row and its map. Sealed, because both may contain a person's text.
EMPTY_HEADINGS: dict[str, Any] = {"columns": [], "dropped": [], "day_column": "", "language_column": "", "parts": {}}


class AnswerImport(models.Model):
    """One file: its counts and state. It holds no cell and no heading in clear."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    tool = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.MAPPING, db_index=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    headings = models.BinaryField(default=b"")  # sealed: see `said`; empty once erased
    leave_same = models.BooleanField(default=False)  # skip people whose texts and answers equal another row's
    rows = models.PositiveIntegerField(default=0)
    unsent = models.JSONField(default=list)  # numbers of rows that nobody sent: their cells are not stored
    # The dry run's counts: {"people", "texts", "again", "empty", "same", "wrong"}
    found = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # [row, place of the column or "", message]: no text of the file
    people = models.PositiveIntegerField(default=0)  # accepted
    texts = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)  # already here from an earlier import
    not_taken = models.PositiveIntegerField(default=0)  # rows left when acceptance was stopped
    stays = models.PositiveIntegerField(default=0)  # people whom an undo could not remove

    class Meta:
        ordering = ["-made_on", "name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:file", args=[self.pk])

    @property
    def said(self) -> dict[str, Any]:
        """The opened `headings`; empty values when the key is missing."""
        try:
            return EMPTY_HEADINGS | (json.loads(self._opened_headings) if self.headings else {})
        except VaultLocked:
            return EMPTY_HEADINGS

    @property
    def _opened_headings(self) -> str:
        sealed = bytes(self.headings)
        if self.__dict__.get("_open", (None, ""))[0] != sealed:
            self.__dict__["_open"] = (sealed, open_sealed_text(sealed))
        return str(self.__dict__["_open"][1])

    def say(self, **changes: Any) -> None:
        """Change `headings` without saving. Raises VaultLocked when its content cannot be opened."""
        said = json.loads(self._opened_headings) if self.headings else {}
        text = json.dumps(said | changes, ensure_ascii=False)
        self.headings = seal_text(text)
        self.__dict__["_open"] = (self.headings, text)

    @property
    def columns(self) -> list[str]:
        """Stored headings, in the order of the cells."""
        return list(self.said["columns"])

    @property
    def dropped(self) -> list[str]:
        """Headings of columns that were removed before storage."""
        return list(self.said["dropped"])

    @property
    def day_column(self) -> str:
        return str(self.said["day_column"])

    @property
    def language_column(self) -> str:
        return str(self.said["language_column"])

    @property
    def parts(self) -> dict[str, Any]:
        """The map, as in column_mapping.py."""
        return dict(self.said["parts"])

    def place_problem_columns(self, problems: list[list[Any]]) -> list[list[Any]]:
        """Problems for storage: with the place of a column in place of its heading."""
        places = {column: place for place, column in enumerate(self.columns)}
        return [[row, places.get(column, ""), what] for row, column, what in problems]

    @property
    def problems_by_heading(self) -> list[list[Any]]:
        columns = dict(enumerate(self.columns))
        return [[row, columns.get(place, ""), what] for row, place, what in self.problems]

    def throw_away(self) -> None:
        """Delete rows and headings. The "headings" of a file without a heading row are a person's answers."""
        self.chunks.all().delete()
        AnswerImport.objects.filter(pk=self.pk).update(state=ImportState.DROPPED, **ERASED_FIELDS)

    def forget_headings(self) -> None:
        """Erase the headings, which nobody needs after acceptance."""
        # Column places mean nothing without the headings.
        kept = ERASED_FIELDS | {"problems": [[row, "", what] for row, _, what in self.problems]}
        AnswerImport.objects.filter(pk=self.pk).update(**kept)

    def stop_taking(self) -> int:
        """Keep the accepted people, who can be undone, and delete the other rows. Returns how many rows."""
        left = sum(self.chunks.values_list("rows", flat=True))
        self.chunks.all().delete()
        AnswerImport.objects.filter(pk=self.pk).update(state=ImportState.DONE, not_taken=left)
        self.forget_headings()
        return left

    @property
    def page(self) -> ConsultationPage:
        return self.version.page

    @property
    def is_working(self) -> bool:
        return self.state in WORKING_STATES


class ImportChunk(models.Model):
    """Rows drawn at random from a file, because the file's order would be an order of arrival."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(AnswerImport, on_delete=models.CASCADE, related_name="chunks")
    rows = models.PositiveIntegerField()
    sealed = models.BinaryField()  # [[row number, [cell, ...]], ...]
    ready = models.BinaryField(null=True, blank=True)  # people for acceptance: see the dry run's `people_ready`

    def __str__(self):
        return "rows of a file"


class ImportedResponse(KeyOrderedModel):
    """A response's import, so that the import can be undone."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    source = models.ForeignKey(AnswerImport, on_delete=models.CASCADE, related_name="responses")

    class Meta:
        indexes = [build_key_order_index("imported", "response")]

    def __str__(self):
        return "imported"


class SavedMap(models.Model):
    """A map for the next file of the same shape. It is sealed, because the "headings" of a file without a heading row
    are a person's answers."""

    consultation = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="import_maps")
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()  # {"columns": of the file that it was made for, "parts": the map}
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["consultation", "name"], name="one_import_map_of_a_name")]

    def __str__(self):
        return self.name

    @staticmethod
    def seal(columns: list[str], parts: dict[str, Any]) -> bytes:
        return seal_text(json.dumps({"columns": columns, "parts": parts}, ensure_ascii=False))

    @cached_property
    def shape(self) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(open_sealed_text(self.sealed))
        return opened

    @property
    def parts(self) -> dict[str, Any]:
        return dict(self.shape["parts"])

    @property
    def columns(self) -> set[str]:
        """The headings that the map was made for; empty without the key, so that the map fits no file."""
        try:
            return set(self.shape["columns"])
        except VaultLocked:
            return set()
