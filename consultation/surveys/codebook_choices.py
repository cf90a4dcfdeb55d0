"""The editor's choice of a codebook. A higher layer answers with the codebooks."""

from django import forms

from consultation.domain.signal_values import collect_return_values
from consultation.surveys.signals import codebooks_asked


class CodebookSelect(forms.Select):
    """All codebooks, plus the current value where no codebook of that name exists yet."""

    def optgroups(self, name, value, attrs=None):
        names = [choice for answer in collect_return_values(codebooks_asked) for choice in answer]
        strangers = [(each, f"{each} (not there yet)") for each in value if each and each not in dict(names)]
        self.choices = [*names, *strangers]
        return super().optgroups(name, value, attrs)
