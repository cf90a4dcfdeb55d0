from django import forms

from consultation import handover
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.decision_rules import UNCHANGEABLE_FIELDS
from insights.decisions.models import Bearing, Decision, DecisionStatus
from insights.publishing.edit_conflicts import ConflictAwareForm
from insights.releases.models import Quote

BEFORE = "Needed before it is published."
EASY_PARTS = ("you_said", "we_did", "reason")
SECTIONS = (
    ("What it is about", "", ("title", "consultations", "question")),
    ("We asked, you said", "A draft may leave these open; what is published says them.", ("we_asked", "you_said")),
    ("The answer", "Every answer weighs the same. “No” needs its true reason.",
     ("outcome", "we_did", "reason", "alternative")),
    ("For a child", "Short words, one idea a sentence. Without it nothing is published.",
     ("easy_you_said", "easy_we_did", "easy_reason")),
    ("Who and when", "", ("lead_role", "agency", "partners", "decided", "due", "next_update", "progress")),
    ("How we will know", "One or two sentences for everyone. Numbers to measure it by have a page of their own.",
     ("measure",)),
    ("Why it changes", "", ("why",)),
)  # fmt: skip


class DecisionForm(ConflictAwareForm, forms.ModelForm):
    consultations: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None, widget=forms.CheckboxSelectMultiple, label="Which consultations does it answer?"
    )

    class Meta:
        model = Decision
        fields = [
            "title", "consultations", "question", "we_asked", "you_said", "outcome", "we_did", "reason", "alternative",
            "lead_role", "agency", "decided", "due", "next_update", "progress", "measure",
        ]  # fmt: skip
        labels = {
            "question": "What had to be decided",
            "we_asked": "We asked",
            "you_said": "You said",
            "we_did": "We did, or we will",
            "lead_role": "Who leads (a job, not a name)",
            "due": "Done by",
            "next_update": "Next news on",
            "measure": "How we will know that it worked",
        }
        help_texts = {
            "title": "Short and plain: a child reads it.",
            "question": "As one question, for colleagues and the board.",
            "we_asked": BEFORE,
            "we_did": BEFORE,
            "lead_role": BEFORE,
            "next_update": f"{BEFORE} Only what is done or stopped needs none.",
            "you_said": "In the words of the themes. Numbers come from the release you cite.",
            "reason": "Of partly, not now and no, before it is published. The true reason, even if it is money.",
            "alternative": "Of partly, not now and no, before it is published: what you can do in its place, or “none”.",
        }
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("decided", "due", "next_update")} | {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("we_asked", "you_said", "we_did", "reason", "alternative", "measure")
        }

    partners = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Who helps",
        help_text="One on each line: a team or an organisation, not a name.",
    )
    easy_you_said = forms.CharField(
        required=False, max_length=400, label="What people said, in easy read", help_text=BEFORE
    )
    easy_we_did = forms.CharField(required=False, max_length=400, label="What we do, in easy read", help_text=BEFORE)
    easy_reason = forms.CharField(required=False, max_length=400, label="Because, in easy read")
    why = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Why it changes",
        help_text="When words change, or “Done by” moves away. Everyone can read it, with today’s date, and it stays.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pages = Decision._meta.get_field("consultations").related_model.objects.order_by("-first_published_at", "pk")
        published = [page.pk for page in handover.list_consultations()]
        self.fields["consultations"].queryset = pages.filter(pk__in=published)
        self.initial["partners"] = "\n".join(self.instance.partners)
        for name in EASY_PARTS:
            self.fields[f"easy_{name}"].widget = forms.Textarea(attrs={"rows": 2})
            self.initial[f"easy_{name}"] = self.instance.easy.get(name, "")
        public = self.instance.status == DecisionStatus.PUBLISHED
        for name in UNCHANGEABLE_FIELDS if public else ("why",):
            self.fields.pop(name, None)

    @property
    def opened(self):
        return super().opened if self.instance.pk else ""

    def clean_partners(self):
        return [line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()]

    def given_values(self):
        """The parts of the easy read that have no field here stay."""
        given = self.cleaned_data
        written = {name: given.pop(f"easy_{name}").strip() for name in EASY_PARTS}
        easy = {name: words for name, words in (self.instance.easy | written).items() if words}
        return given | {"easy": easy}

    @property
    def field_sections(self):
        """Yield (heading, hint, fields) in the order of writing, without the fields that may no longer change."""
        for heading, hint, names in SECTIONS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield heading, hint, fields

    def _post_clean(self):
        """Skip model validation: `actions` validates, so that each error has one source."""


class CiteForm(forms.Form):
    """Step two of a citation, after the release: theme, quotes and bearing."""

    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label="Theme")
    bearing = forms.ChoiceField(
        choices=Bearing, widget=forms.RadioSelect, initial=Bearing.SUPPORTS, label="How it bears"
    )
    quotes = forms.ModelMultipleChoiceField(
        queryset=Quote.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Words to cite"
    )

    def __init__(self, *args, release, by, theme=None, **kwargs):
        super().__init__(*args, **kwargs)
        entries = ThemeEntry.objects.filter(version=release.codebook_version).select_related("theme")
        self.fields["theme"].queryset = Theme.objects.filter(entries__in=entries)
        labels = {entry.theme_id: entry.label for entry in entries}
        self.fields["theme"].label_from_instance = lambda found: labels[found.pk]
        if theme is not None:
            quotes = Quote.objects.filter(release=release, theme=theme, erased=False).seen_by(by)
            self.fields["quotes"].queryset = quotes.order_by("-featured", "pk")
            self.fields["quotes"].label_from_instance = lambda quote: quote.text
            self.initial["theme"] = theme
