"""Which codebook a consultation's answers are coded with: chosen by name, though what codebooks are is known elsewhere."""

from django import forms
from wagtail import hooks


def known():
    """[(short name, name)] from whoever keeps codebooks: hooks named `consultation_codebooks`."""
    return [choice for told in hooks.get_hooks("consultation_codebooks") for choice in told()]


class CodebookSelect(forms.Select):
    """The codebooks that there are today; and the one that stands, where it is none of these (yet)."""

    def optgroups(self, name, value, attrs=None):
        names = known()
        strangers = [(each, f"{each} (not there yet)") for each in value if each and each not in dict(names)]
        self.choices = [*names, *strangers]
        return super().optgroups(name, value, attrs)
