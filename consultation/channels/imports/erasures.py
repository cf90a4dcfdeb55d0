"""Erasures of imports: rows of files that nobody accepted, headings of old files, and saved maps."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, Sum

from consultation.audit.audit_log import record_event
from consultation.audit.erasure_types import Erasure, ErasureGroup
from consultation.channels.imports.models import AnswerImport, ImportState, SavedMap
from consultation.surveys.closing_day import AfterCloseErasure


class WaitingImportsErasure(Erasure):
    slug = "import-files"
    line, keep = "raw free text", "7 days, in a file that was brought and not taken in"
    removes = "The sealed rows of the file, and its sealed headings and map."
    keeps = "That a file was brought, by whom and on which day, and how many rows it had."
    why = "Whoever brought the file still has it, and can bring it again."
    covers = frozenset(
        {"consultation.ImportChunk", "consultation.AnswerImport.headings", "consultation.AnswerImport.problems"}
    )
    DAYS = timedelta(days=7)
    STUCK = timedelta(days=14)  # an acceptance requested on day 7 has another 7 days to finish

    def groups(self) -> Iterator[ErasureGroup]:
        waiting = Q(left__gt=0) | ~Q(headings=b"")
        for source in AnswerImport.objects.annotate(left=Sum("chunks__rows")).filter(waiting):
            keep = self.STUCK if source.state == ImportState.TAKING else self.DAYS
            yield ErasureGroup(source.name, source.made_on + keep, source.left or 1, source)

    def erase(self, group: ErasureGroup) -> int:
        """Checks the state again under a lock: a reader may have requested acceptance since."""
        source = AnswerImport.objects.select_for_update().get(pk=group.obj.pk)
        rows = sum(source.chunks.values_list("rows", flat=True))
        if (source.state == ImportState.TAKING) != (group.obj.state == ImportState.TAKING):
            return 0
        if source.state == ImportState.TAKING:
            record_event("import stopped", obj=source, before=source.state, rows_left=source.stop_taking())
        elif source.state in (ImportState.DONE, ImportState.UNDOING):
            source.forget_headings()
        else:
            source.throw_away()
        return rows or bool(source.headings)


class SavedMapsErasure(AfterCloseErasure):
    slug = "import-maps"
    line, keep = "raw free text", "12 months after the close, in a saved map of a file's columns"
    removes = "The sealed headings and cells that a saved map names."
    keeps = "What was brought in by it."
    why = "No file of that shape comes in any more."
    covers = frozenset({"consultation.SavedMap"})
    MONTHS = 12
    rows = SavedMap.objects
