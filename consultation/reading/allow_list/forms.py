"""The form for officers' words, one on each line."""

import re

from django import forms

from consultation.action_forms import PostedForm
from consultation.reading.allow_list.models import KnownWordsKind
from consultation.reading.redaction.gazetteers import is_common

MOST = 500
LONGEST = 80
LABELS = {
    KnownWordsKind.PLACE: (
        "Places, one a line",
        "Streets, parks, estates, shops, buildings. Not towns: many people live there.",
    ),
    KnownWordsKind.TITLE: (
        "Titles, one a line",
        "How staff are called before their name, such as Akela, Matron or Sensei.",
    ),
    KnownWordsKind.PUBLIC: (
        "Names, one a line",
        "Such as the youth club that you ask about. Readers still see them as written.",
    ),
}


class KnownWordsForm(PostedForm):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, auto_id=f"id_{kind}_%s", **kwargs)
        self.kind = KnownWordsKind(kind)
        self.fields["words"].label, self.fields["words"].help_text = LABELS[self.kind]

    def clean_words(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST:
            raise forms.ValidationError(f"At most {MOST} lines at a time, please.")
        for line in lines:
            self._validate_line(line)
        return lines

    def _validate_line(self, line):
        if len(line) > LONGEST:
            raise forms.ValidationError(f"“{line[:30]}…” is longer than {LONGEST} letters. One name a line, please.")
        if not re.search(r"[^\W\d_]", line):
            raise forms.ValidationError(f"“{line}” has no letters.")
        if self.kind != KnownWordsKind.TITLE and " " not in line and is_common(line.casefold()):
            raise forms.ValidationError(
                f"“{line}” is an everyday word: it would be taken for the name everywhere. Say more of it."
            )
        if self.kind == KnownWordsKind.TITLE and " " in line:
            raise forms.ValidationError(f"“{line}” is more than one word. A title is the one word before the name.")
