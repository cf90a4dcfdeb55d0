"""An agency from the list, or another one by its name: a part of several forms."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from consultation.agencies.actions import name_agency
from consultation.agencies.models import AgencyStatus, KnownAgency, agency_key

OTHER = "other"


class AgencyForm(forms.Form):
    """Its `agency` is a KnownAgency, stored or new, or None."""

    new_status = AgencyStatus.CONFIDENTIAL
    none_label, other_label = "Choose", "Another agency"

    agency = forms.ChoiceField(label="Agency")
    other = forms.CharField(
        required=False,
        max_length=120,
        label="Its name, if it is another agency",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.key: each for each in self.list_agencies()}
        choices = [(key, capfirst(each.name)) for key, each in self.offered.items()]
        self.fields["agency"].choices = [("", self.none_label), *choices, (OTHER, self.other_label)]  # type: ignore[attr-defined]

    def list_agencies(self) -> list[KnownAgency]:
        return list(KnownAgency.objects.employers())

    def find_alike(self, key: str) -> list[KnownAgency]:
        """Offered agencies that the typed name may mean."""
        return [each for each in self.offered.values() if key in (each.key, agency_key(each.name))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named, chosen = cleaned.pop("other", "").strip(), cleaned.get("agency")
        if "agency" in cleaned:
            cleaned["agency"] = self.offered.get(chosen or "")
        if chosen == OTHER:
            self._clean_other(named, cleaned)
        elif named and "agency" in cleaned:
            self.add_error("agency", "Choose “Another agency”, or take its name out.")
        return cleaned

    def _clean_other(self, named: str, cleaned: dict[str, Any]) -> None:
        key = agency_key(named)
        if not key:
            self.add_error("other", "Name the agency.")
        elif alike := self.find_alike(key):
            self.add_error(
                "agency", f"Is it {' or '.join(each.name for each in alike)}? Then choose it from the list."
            )
        else:
            cleaned["agency"] = name_agency(named, self.new_status)
