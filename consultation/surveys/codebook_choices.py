"""The editor's choice of a codebook. A higher layer supplies the codebooks through a hook."""

from django import forms
from wagtail import hooks


def list_codebook_choices():
    """[(slug, name)] of all codebooks, from the hooks named `consultation_codebooks`."""
    return [choice for told in hooks.get_hooks("consultation_codebooks") for choice in told()]


class CodebookSelect(forms.Select):
    """All codebooks, plus the current value where no codebook of that name exists yet."""

    def optgroups(self, name, value, attrs=None):
        names = list_codebook_choices()
        strangers = [(each, f"{each} (not there yet)") for each in value if each and each not in dict(names)]
        self.choices = [*names, *strangers]
        return super().optgroups(name, value, attrs)
