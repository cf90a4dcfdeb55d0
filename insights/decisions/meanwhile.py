"""Two people over one draft, or one person in two tabs: nobody writes over words that they have not seen.

A form carries a fingerprint of what it was drawn with. Where something else is kept by the time it comes back, nothing
is saved: it says what stands there now, beside what was written, and a second press puts that in its place knowingly.
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


def fingerprint(kept: Any) -> str:
    return hashlib.sha256(_plain(kept).encode()).hexdigest()


def _plain(value: Any) -> str:
    """The same words, days and choices are the same, however a browser spells their lines and in whatever order."""
    if value is None or value is False:
        return ""
    if isinstance(value, dict):
        return repr([(str(name), _plain(value[name])) for name in sorted(value)])
    if isinstance(value, Iterable) and not isinstance(value, str):
        return repr(sorted(_plain(one) for one in value))
    return " ".join(str(getattr(value, "pk", value)).split())


class Meanwhile(forms.Form):
    """For a form over what is kept already; its template sends `opened` along. Code that has the words itself sends none,
    and is asked nothing."""

    @property
    def opened(self) -> str:
        """Of what is kept, and of what stands beside a field: in a translation that is the English."""
        fields = self.fields.items()
        return fingerprint({name: [self[name].initial, field.help_text] for name, field in fields})

    def clean(self) -> Any:
        cleaned = super().clean()
        sent = self.data.get(OPENED)
        if sent and self.opened not in ("", sent) and (differing := self._differing()):
            raise forms.ValidationError([OVERTAKEN, *differing])
        return cleaned

    def _differing(self) -> list[str]:
        """What stands now in the fields that were sent with something else."""
        differ = [field for field in map(self.__getitem__, self.fields) if _plain(field.data) != _plain(field.initial)]
        return [NOW.format(label=field.label, said=_said(field)) for field in differ]


def _said(field: forms.BoundField) -> str:
    """As people read it: a choice by its words."""
    now = field.initial
    labels = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    several = [now] if now is None or isinstance(now, str) or not isinstance(now, Iterable) else now
    text = ", ".join(labels.get(str(one), str(one)) for one in several if one not in (None, "", False))
    return f"“{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}”" if text else "nothing"
