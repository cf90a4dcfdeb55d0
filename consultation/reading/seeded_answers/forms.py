from django import forms

from consultation.action_forms import PostedForm
from consultation.reading.models import ExpectedDecision
from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.surveys.models import PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from consultation.surveys.type_registry import type_of

FIELDS = {"triage": ExpectedDecision.TRIAGE, "hide": ExpectedDecision.HIDE, "clear": ExpectedDecision.CLEAR}
MOST = 60  # in one set


def list_open_text_questions():
    """(version, item) of every free-text question of the open consultations, in their newest version."""
    newest = PublishedVersion.objects.order_by("page", "-number").select_related("page")
    seen = set()
    for version in newest:
        if version.page_id in seen or not version.page.is_open():
            continue
        seen.add(version.page_id)
        for item in Questionnaire(version.content).items:
            if type_of(item).is_text:
                yield version, item


class SeededAnswersForm(PostedForm):
    """Texts to seed, one in each paragraph."""

    name = forms.CharField(label="A name for this set", max_length=80)
    question = forms.ChoiceField(label="They answer this question")
    triage = forms.CharField(
        label="Answers that a reader should send to the safeguarding lead", required=False, widget=forms.Textarea,
        help_text="One to a paragraph, with an empty line between. Invent them: no real child’s words, and nothing graphic.",
    )  # fmt: skip
    hide = forms.CharField(
        label="Answers with names that a reader should hide", required=False, widget=forms.Textarea,
        help_text="Put each name in double brackets: My worker [[Kieran]] is kind.",
    )  # fmt: skip
    clear = forms.CharField(
        label="Harmless answers, to see whether too much is sent on", required=False, widget=forms.Textarea
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {f"{version.pk}:{item['id']}": (version, item) for version, item in list_open_text_questions()}
        self.fields["question"].choices = [
            (key, f"{version.page.title}: {localised_text(item['text'], 'en')}")
            for key, (version, item) in self.asked.items()
        ]

    def clean(self):
        data = super().clean()
        self.seeds = [
            seeded_answers.parse_seeded_text(paragraph, wanted)
            for name, wanted in FIELDS.items()
            for paragraph in data.get(name, "").replace("\r\n", "\n").split("\n\n")
            if paragraph.strip()
        ]
        if not self.seeds:
            raise forms.ValidationError("Write at least one answer.")
        if len(self.seeds) > MOST:
            raise forms.ValidationError(f"A set holds {MOST} answers at most.")
        if any(one.wanted == ExpectedDecision.HIDE and not one.names for one in self.seeds):
            self.add_error("hide", "Put the name in double brackets in each of these.")
        return data

    def find_chosen_question(self):
        """(version, question id) of the chosen question."""
        version, item = self.asked[self.cleaned_data["question"]]
        return version, item["id"]
