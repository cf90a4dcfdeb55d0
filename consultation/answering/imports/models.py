"""Files of answers from elsewhere on their way in. What they hold lies sealed until it is taken, and then not at all."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.responses.models import Response
from consultation.responses.vault import VaultLocked, open_sealed, seal


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


# What is left of what a file said, once it is taken in, thrown away or taken out again.
NOTHING_KEPT = {"headings": b"", "unsent": [], "problems": []}
# What the first row of a file said, and the map that names its headings and cells: somebody's words, for all we know.
NOTHING_SAID: dict[str, Any] = {"columns": [], "dropped": [], "day_column": "", "language_column": "", "parts": {}}


def without_headings(problems: list[list[Any]]) -> list[list[Any]]:
    """Which rows were wrong, and how: which column it was tells nothing once the headings are gone."""
    return [[row, "", what] for row, _, what in problems]


class AnswerImport(models.Model):
    """One file. No cell of it is in this row in clear, and no heading: how many, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    tool = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.MAPPING, db_index=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    headings = models.BinaryField(default=b"")  # sealed: see `said`; nothing where nothing is kept
    leave_same = models.BooleanField(default=False)  # leave out who says the same as another row
    rows = models.PositiveIntegerField(default=0)
    unsent = models.JSONField(default=list)  # numbers of rows that nobody sent: never kept
    found = models.JSONField(
        default=dict
    )  # what trying it found: {"people", "texts", "again", "empty", "same", "wrong"}
    problems = models.JSONField(default=list)  # [row, place of the column or "", what is wrong]: no words of the file
    people = models.PositiveIntegerField(default=0)  # taken in
    texts = models.PositiveIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)  # were here already
    not_taken = models.PositiveIntegerField(default=0)  # rows left when taking it in was stopped
    stays = models.PositiveIntegerField(default=0)  # people that could not be taken out any more

    class Meta:
        ordering = ["-made_on", "name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:file", args=[self.pk])

    @property
    def said(self) -> dict[str, Any]:
        """What `say` was told; nothing where the key to it is gone."""
        try:
            return NOTHING_SAID | (json.loads(self._opened) if self.headings else {})
        except VaultLocked:
            return NOTHING_SAID

    @property
    def _opened(self) -> str:
        sealed = bytes(self.headings)
        if self.__dict__.get("_open", (None, ""))[0] != sealed:
            self.__dict__["_open"] = (sealed, open_sealed(sealed))
        return str(self.__dict__["_open"][1])

    def say(self, **changes: Any) -> None:
        """Not saved yet. Raises VaultLocked where what was said before cannot be read."""
        said = json.loads(self._opened) if self.headings else {}
        text = json.dumps(said | changes, ensure_ascii=False)
        self.headings = seal(text)
        self.__dict__["_open"] = (self.headings, text)

    @property
    def columns(self) -> list[str]:
        """Headings that are kept, in the order of the cells."""
        return list(self.said["columns"])

    @property
    def dropped(self) -> list[str]:
        """Headings that were dropped before anything was kept."""
        return list(self.said["dropped"])

    @property
    def day_column(self) -> str:
        return str(self.said["day_column"])

    @property
    def language_column(self) -> str:
        return str(self.said["language_column"])

    @property
    def parts(self) -> dict[str, Any]:
        """The map, as in mapping.py."""
        return dict(self.said["parts"])

    def placed(self, problems: list[list[Any]]) -> list[list[Any]]:
        """As `problems` has them: with the place of a column, and not its heading."""
        places = {column: place for place, column in enumerate(self.columns)}
        return [[row, places.get(column, ""), what] for row, column, what in problems]

    @property
    def problems_by_heading(self) -> list[list[Any]]:
        columns = dict(enumerate(self.columns))
        return [[row, columns.get(place, ""), what] for row, place, what in self.problems]

    def throw_away(self) -> None:
        """The rows and the headings: a file without headings has somebody's words in their place."""
        self.chunks.all().delete()
        AnswerImport.objects.filter(pk=self.pk).update(state=ImportState.DROPPED, **NOTHING_KEPT)

    def forget_headings(self) -> None:
        """Once it was taken in, nobody needs them."""
        kept = NOTHING_KEPT | {"problems": without_headings(self.problems)}
        AnswerImport.objects.filter(pk=self.pk).update(**kept)

    def stop_taking(self) -> int:
        """What was taken in stays, and can be taken out; the rows that were not go. How many they were."""
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
    """A map to use again, for the next file of the same shape. Its headings and cells come from a file, and a file
    without headings has somebody's words in their place: so it is sealed."""

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
        return seal(json.dumps({"columns": columns, "parts": parts}, ensure_ascii=False))

    @cached_property
    def shape(self) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(open_sealed(self.sealed))
        return opened

    @property
    def parts(self) -> dict[str, Any]:
        return dict(self.shape["parts"])

    @property
    def columns(self) -> set[str]:
        """Empty where the key to it is gone: it fits no file then."""
        try:
            return set(self.shape["columns"])
        except VaultLocked:
            return set()
