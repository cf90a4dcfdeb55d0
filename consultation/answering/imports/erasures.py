"""A file that nobody took in does not lie about."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum

from consultation.answering.imports.models import AnswerImport, ImportState
from consultation.audit.erasure import Erasure, Group


class WaitingFiles(Erasure):
    slug = "import-files"
    line, keep = "raw free text", "7 days, in a file that was brought and not taken in"
    removes = "The sealed rows of the file, its headings, and its map."
    keeps = "That a file was brought, by whom and on which day, and how many rows it had."
    why = "Whoever brought the file still has it, and can bring it again."
    covers = frozenset({"consultation.ImportChunk", "consultation.AnswerImport.parts"})
    DAYS = timedelta(days=7)

    def groups(self) -> Iterator[Group]:
        for source in AnswerImport.objects.annotate(left=Sum("chunks__rows")).filter(left__gt=0):
            busy = "It is being taken in." if source.state == ImportState.TAKING else ""
            yield Group(source.name, source.made_on + self.DAYS, source.left, source, busy)

    def erase(self, group: Group) -> int:
        """Looked at again under a lock: a reader may have pressed the button since."""
        source = AnswerImport.objects.select_for_update().get(pk=group.obj.pk)
        if source.state == ImportState.TAKING:
            return 0
        rows = sum(source.chunks.values_list("rows", flat=True))
        source.throw_away()
        return rows
