"""Edit conflicts: two people, or two tabs, edit the same draft.

A form carries a fingerprint of the values with which it was rendered. If the stored values have changed by the time it
is sent, nothing is saved; the page shows the stored values beside the sent ones, and a second press overwrites them.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms

OPENED = "opened"
OVERTAKEN = (
    "Someone saved this after you opened it, so nothing of yours is saved yet. What stands there now is below. "
    "Take over what you want to keep of it, then save again: your words then stand in its place."
)
NOW = "{label}: {said}"
LONGEST = 600


def fingerprint_content(kept: Any) -> str:
    return hashlib.sha256(_normalise_value(kept).encode()).hexdigest()


def _normalise_value(value: Any) -> str:
    """Normalise whitespace and the order of choices, so that equal content has an equal fingerprint."""
    if value is None or value is False:
        return ""
    if isinstance(value, dict):
        return repr([(str(name), _normalise_value(value[name])) for name in sorted(value)])
    if isinstance(value, Iterable) and not isinstance(value, str):
        return repr(sorted(_normalise_value(one) for one in value))
    return " ".join(str(getattr(value, "pk", value)).split())


class ConflictAwareForm(forms.Form):
    """A form over stored values that refuses to overwrite unseen changes. Its template sends `opened`; code that
    submits without it is not checked."""

    @property
    def opened(self) -> str:
        """Fingerprint of the stored values and of the help texts, which hold the English of a translation."""
        fields = self.fields.items()
        return fingerprint_content({name: [self[name].initial, field.help_text] for name, field in fields})

    def clean(self) -> Any:
        cleaned = super().clean()
        sent = self.data.get(OPENED)
        if sent and self.opened not in ("", sent) and (differing := self._describe_differences()):
            raise forms.ValidationError([OVERTAKEN, *differing])
        return cleaned

    def _describe_differences(self) -> list[str]:
        """The stored value of each field that was sent with another one."""
        differ = [
            field
            for field in map(self.__getitem__, self.fields)
            if _normalise_value(field.data) != _normalise_value(field.initial)
        ]
        return [NOW.format(label=field.label, said=_describe_field_value(field)) for field in differ]


def _describe_field_value(field: forms.BoundField) -> str:
    """The stored value for people: a choice by its label."""
    now = field.initial
    labels = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    several = [now] if now is None or isinstance(now, str) or not isinstance(now, Iterable) else now
    text = ", ".join(labels.get(str(one), str(one)) for one in several if one not in (None, "", False))
    return f"“{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}”" if text else "nothing"
