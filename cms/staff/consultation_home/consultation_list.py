"""The list of all consultations of staff: searched, filtered by state, those that run first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet

from consultation.surveys.consultation_state import LABELS, ConsultationState, Stage, find_states
from consultation.surveys.models import ConsultationPage

# What runs first, then what comes, then what was.
ORDER = (
    Stage.OPEN, Stage.COMING, Stage.SCHEDULED, Stage.NEVER_OPENED, Stage.DRAFT, Stage.CLOSED, Stage.TAKEN_DOWN
)  # fmt: skip


class ConsultationFilter(forms.Form):
    words = forms.CharField(label="Words of the title", max_length=80, required=False)
    state = forms.ChoiceField(
        choices=[("", "Any"), *((stage.value, LABELS[stage]) for stage in ORDER)], required=False
    )


@dataclass(frozen=True)
class ConsultationLine:
    page: Any
    state: ConsultationState

    @property
    def title(self) -> str:
        """The public title; of one that was never published, that of its newest draft."""
        return str(self.page.title if self.page.first_published_at else self.page.draft_title)


def select_source_pages() -> QuerySet[ConsultationPage]:
    """All consultations, drafts too, in the source language."""
    pages = ConsultationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return pages.defer("body").select_related("locale")


def list_lines(chosen: dict[str, str]) -> list[ConsultationLine]:
    pages = select_source_pages()
    if words := chosen.get("words"):
        pages = pages.filter(Q(title__icontains=words) | Q(draft_title__icontains=words))
    found = list(pages)
    states = find_states(found)
    lines = [ConsultationLine(page, states[page.pk]) for page in found]
    kept = [line for line in lines if chosen.get("state") in ("", None, line.state.stage.value)]
    return sorted(kept, key=_sort_key)


def _sort_key(line: ConsultationLine) -> tuple[int, float, str]:
    """What ends first stands first while it runs; of what is over, the newest."""
    state, last = line.state, (line.state.last_day or date.max).toordinal()
    over = state.stage in (Stage.CLOSED, Stage.TAKEN_DOWN)
    return ORDER.index(state.stage), -last if over else last, line.title
