"""A file that nobody took in does not lie about."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum

from consultation.answering.imports.models import AnswerImport, ImportState
from consultation.audit.erasure import Erasure, Group


class WaitingFiles(Erasure):
    slug = "import-files"
    line, keep = "raw free text", "7 days, in a file that was brought and not taken in"
    removes = "The sealed rows of the file, and its map."
    keeps = "That a file was brought, by whom and on which day, its headings, and how many rows it had."
    why = "Whoever brought the file still has it, and can bring it again."
    covers = frozenset({"consultation.ImportChunk", "consultation.AnswerImport.parts"})
    DAYS = timedelta(days=7)

    def groups(self) -> Iterator[Group]:
        for source in AnswerImport.objects.annotate(left=Sum("chunks__rows")).filter(left__gt=0):
            busy = "It is being taken in." if source.state == ImportState.TAKING else ""
            yield Group(source.name, source.made_on + self.DAYS, source.left, source, busy)

    def erase(self, group: Group) -> int:
        if group.held_back:
            return 0
        rows = sum(group.obj.chunks.values_list("rows", flat=True))
        group.obj.chunks.all().delete()
        AnswerImport.objects.filter(pk=group.obj.pk).update(
            state=ImportState.DROPPED, problems=[], unsent=[], parts={}
        )
        return rows
