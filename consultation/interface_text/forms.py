"""Forms of the languages page. The checker needs no account: X7 asks for a name only."""

from django import forms

from consultation.action_forms import ActionForm, PostedForm
from consultation.interface_text import translation_review

SPEAKS = "I speak this language and have checked these words"
NOT_TICKED = "Tick this when it is true. Nothing was kept yet."
FILTER_CHOICES = (
    ("", "All words"),
    ("open", "Words that wait for a check"),
    ("changed", "Words that changed since they were checked"),
    ("corrected", "Words that were corrected here"),
    ("missing", "Words that are missing"),
)


class InterfaceTextFilter(forms.Form):
    q = forms.CharField(
        required=False, label="Search", max_length=100, help_text="In English, in the language, or by page."
    )
    show = forms.ChoiceField(required=False, choices=FILTER_CHOICES, label="Show")

    def rows(self, found):
        wanted = self.cleaned_data if self.is_valid() else {}
        said, show = wanted.get("q", "").strip(), wanted.get("show", "")
        return [row for row in found if self._is_row_shown(row, show) and row.matches_search(said)]

    @staticmethod
    def _is_row_shown(row, show):
        return {
            "open": row.state in translation_review.OPEN_STATES,
            "changed": row.state == translation_review.TranslationReviewState.CHANGED,
            "corrected": row.corrected,
            "missing": row.state == translation_review.TranslationReviewState.MISSING,
        }.get(show, True)


class CheckerForm(PostedForm):
    checker = forms.CharField(max_length=120, label="Name of the person who speaks the language")


class TextCheckForm(CheckerForm):
    """`seen`: key and digest of each text that the page showed."""

    speaks = forms.BooleanField(label=SPEAKS, error_messages={"required": NOT_TICKED})

    def digests_seen(self):
        return dict(each.split(" ", 1) for each in self.data.getlist("seen") if " " in each)


class WaitingTextsForm(ActionForm):
    """`seen` as in TextCheckForm, of the new words that the page showed."""

    verbs = ("confirm", "refuse")
    digests_seen = TextCheckForm.digests_seen


class PoUploadForm(CheckerForm):
    """Upload of a .po file. Its field ids are distinct because a TickForm is on the same page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_of_file_%s", **kwargs)

    file = forms.FileField(
        label="The .po file",
        help_text="What it changes waits for a second person, and then counts as checked by this one.",
    )


class TextCorrectionForm(CheckerForm):
    text = forms.CharField(
        label="Words", widget=forms.Textarea(attrs={"rows": 4}), max_length=translation_review.MAX_TEXT_LENGTH
    )
    easy_read = forms.CharField(
        label="Easy read",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=translation_review.MAX_TEXT_LENGTH,
        help_text="Short sentences, one idea in each. Empty: the words above.",
    )

    def __init__(self, *args, language, row, **kwargs):
        super().__init__(*args, **kwargs)
        if not row.english_easy:
            del self.fields["easy_read"]
        for name in ("text", "easy_read"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": language.code, "dir": language.direction}
