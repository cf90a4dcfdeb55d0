"""Filters of a trace. All are in the address, so a shared link shows the same trace."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from insights.decisions.models import Bearing, Decision, DecisionOutcome, DecisionStatus
from insights.decisions.tracing.trace_nodes import KINDS
from insights.decisions.tracing.trace_starts import TraceStart, filter_by_agency, list_agency_names

FARTHEST = 6


class TraceForm(forms.Form):
    depth = forms.TypedChoiceField(
        coerce=int, required=False, label="How far",
        choices=[("", "All the way"), *((n, f"{n} {'step' if n == 1 else 'steps'}") for n in range(1, 5))],
    )  # fmt: skip
    bearing = forms.ChoiceField(
        required=False, label="How evidence bears", choices=[("", "Either way"), *Bearing.choices]
    )
    outcome = forms.ChoiceField(
        required=False, label="Outcome", choices=[("", "Every outcome"), *DecisionOutcome.choices]
    )
    status = forms.ChoiceField(
        required=False, label="Drafts", choices=[("", "With drafts"), (DecisionStatus.PUBLISHED, "Published alone")]
    )
    agency = forms.ChoiceField(required=False, label="Agency")
    kind = forms.MultipleChoiceField(
        required=False, label="Show", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, start: TraceStart, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *list_agency_names(reader).items()]  # type: ignore[attr-defined]
        self.initial["kind"] = list(KINDS)
        if start.node.kind == "decision":
            for name in ("outcome", "status", "agency"):
                del self.fields[name]

    def wanted(self, name: str) -> Any:
        """The value of a filter; None when it is absent or invalid, which shows everything."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def depth_wanted(self) -> int:
        return int(self.wanted("depth") or FARTHEST)

    @property
    def kinds(self) -> list[str]:
        return self.wanted("kind") or list(KINDS)

    @property
    def bearing_wanted(self) -> Q:
        return Q(bearing=self.wanted("bearing")) if self.wanted("bearing") else Q()

    @property
    def is_narrowed(self) -> bool:
        return any(self.wanted(name) for name in self.fields)

    def narrow_decisions(self, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
        asked = {name: self.wanted(name) for name in ("outcome", "status") if self.wanted(name)}
        found = decisions.filter(**asked)
        if agency := self.wanted("agency"):
            found = found.filter(pk__in=Decision.objects.filter(filter_by_agency(agency)).values("pk"))
        if self.wanted("bearing"):
            cited = Q(citations__bearing=self.wanted("bearing")) | Q(figure_citations__bearing=self.wanted("bearing"))
            found = found.filter(pk__in=Decision.objects.filter(cited).values("pk"))
        return found
