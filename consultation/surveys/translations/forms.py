from django import forms
from django.contrib.auth import get_user_model

from consultation.action_forms import PostedForm
from consultation.surveys.translations import policies
from consultation.surveys.translations.policies import StringState

SHOW = {
    "": "All texts",
    "todo": "Not translated yet, or whose source changed",
    "open": "That wait for a check, or were sent back",
    "empty": "Not translated yet",
    "behind": "Whose source changed",
    "machine": "That a machine wrote",
}


SHOWN = {
    "todo": lambda row: row.state in (StringState.EMPTY, StringState.BEHIND),
    "open": lambda row: row.state in policies.OPEN,
    "empty": lambda row: row.state == StringState.EMPTY,
    "behind": lambda row: row.state == StringState.BEHIND,
    "machine": lambda row: row.machine and row.text,
}


class StringFilterForm(forms.Form):
    show = forms.ChoiceField(required=False, choices=list(SHOW.items()), label="Show")
    q = forms.CharField(required=False, label="Search", max_length=100, help_text="In the source or the translation.")

    def rows(self, rows):
        wanted = self.cleaned_data if self.is_valid() else {}
        said, matches = wanted.get("q", "").strip().casefold(), SHOWN.get(wanted.get("show", ""))
        found = [row for row in rows if said in f"{row.source.text}\n{row.text}".casefold()]
        return [row for row in found if matches(row)] if matches else found


class SendToCheckerForm(PostedForm):
    checker: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label="Checker",
        empty_label="Choose a person",
        help_text="Someone who wrote none of the texts that wait. They read each one beside its source.",
        error_messages={"required": "Choose who checks it.", "invalid_choice": "Choose a person from the list."},
    )
    speaker = forms.CharField(
        required=False,
        max_length=120,
        label="Who reads it with them",
        help_text="If the checker does not speak the language: the name of the person who does, and sits beside them.",
    )

    def __init__(self, *args, words, by, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True).exclude(pk=by.pk).order_by("first_name", "email")
        fit = [one.pk for one in people if policies.may_be_checker(one, writers=words.writers, sender=by.pk)]
        self.fields["checker"].queryset = people.filter(pk__in=fit)
        self.fields["checker"].label_from_instance = lambda one: one.get_full_name() or str(one)
        self.possible = bool(fit)


class TranslatorFileForm(PostedForm):
    file = forms.FileField(
        label="The file that came back: XLSX, DOCX or .po", error_messages={"required": "Choose a file."}
    )
    machine = forms.BooleanField(required=False, label="A machine made the words in this file")


class AcceptedFileForm(PostedForm):
    """The file as its dry run showed it."""

    content = forms.CharField(required=False, strip=False)
    machine = forms.BooleanField(required=False)


class VerdictsForm(PostedForm):
    """A checker's verdicts: for the string at each place a digest (`d-`), a verdict (`v-`) and a note (`n-`).
    `own_files`: the digest of the links, pictures and recordings that the checker saw."""

    do = forms.CharField(required=False)
    own_files = forms.CharField(required=False)

    def collect_verdicts(self):
        """{digest of the text shown: (right, note)}. With "the rest is right", strings without a verdict are right."""
        rest, said = "right" if self.data.get("do") in ("rest", "live") else "", {}
        for name in self.data:
            if name.startswith("d-") and (answer := self.data.get(f"v-{name[2:]}") or rest):
                said[self.data[name]] = (answer == "right", self.data.get(f"n-{name[2:]}", ""))
        return said


MEANWHILE = "Someone else wrote here while you did. It says now: “{text}”. Keep yours to replace it, or go back."


class TranslatedStringForm(PostedForm):
    """`seen` is the digest of the text that the user started from, which reveals concurrent edits."""

    text = forms.CharField(label="Words", strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, language, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.initial["seen"] = row, row.digest
        field = self.fields["text"]
        field.widget.attrs |= {"lang": language.code, "dir": language.direction, "spellcheck": "true"}
        field.error_messages["required"] = "Write something, or go back: without words people read the source."
        if row.source.limit:
            field.help_text = f"At most {row.source.limit} letters."

    def clean(self):
        """On a concurrent edit, refuse once and show the other text; a second submission replaces it."""
        cleaned = super().clean()
        mine = cleaned.get("text", "").replace("\r\n", "\n").strip()
        if cleaned.get("seen") not in ("", self.row.digest) and mine != self.row.text:
            self.data = self.data.copy()
            self.data["seen"] = self.row.digest
            self.add_error("text", MEANWHILE.format(text=self.row.text))
        return cleaned


class ApprovalWithdrawalForm(PostedForm):
    reason = forms.CharField(max_length=300, label="Why", help_text="Whoever translates it reads this.")
