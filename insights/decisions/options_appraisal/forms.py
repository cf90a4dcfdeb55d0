from django import forms

from consultation import handover
from consultation.domain import strategy_points
from insights.decisions.addable_rows import AddableRowForm, DayInput
from insights.decisions.evidence.actions import list_citable_figures, question_id_of
from insights.decisions.models import Decision, DecisionStatus, FollowKind, MeasureUnit
from insights.forms import ButtonForm
from insights.publishing.edit_conflicts import ConflictAwareForm
from insights.releases.models import SPEAKERS, Release

AUDIENCE_CHOICES = [(name, dict(handover.AUDIENCES)[name]) for name in SPEAKERS]


class OptionRow(AddableRowForm):
    needed = ("words", "Say what this way was, or empty the row.")

    words = forms.CharField(max_length=300, label="What could be done", widget=forms.Textarea(attrs={"rows": 2}))
    chosen = forms.BooleanField(label="We take this")
    why = forms.CharField(max_length=500, label="Why, or why not", widget=forms.Textarea(attrs={"rows": 2}))


class MeasureRow(AddableRowForm):
    needed = ("what", "Say what is measured, or empty the row.")
    preset = ("unit",)

    what = forms.CharField(max_length=200, label="What is measured")
    unit = forms.ChoiceField(choices=MeasureUnit, label="Counted in", help_text="A number of people is 10 or more.")
    baseline = forms.DecimalField(max_digits=9, decimal_places=1, label="Where it stands")
    baseline_on = forms.DateField(label="Measured on", widget=DayInput)
    target = forms.DecimalField(max_digits=9, decimal_places=1, label="Where it should get")
    by = forms.DateField(label="By", widget=DayInput)
    asked = forms.ChoiceField(
        label="Ask the same question again",
        help_text="Where the number is the answer to a question that people were asked.",
    )

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = [("", "No question"), *questions]
        self.fields["unit"].initial = MeasureUnit.PERCENT

    def given_values(self):
        page, _, question = self.cleaned_data.get("asked", "").partition("|")
        found = {name: value for name, value in self.cleaned_data.items() if name != "asked"}
        return found | {"consultation_id": int(page) if page else None, "question": question}


def list_stored_measures(decision):
    """Initial data of the measure rows."""
    names = ("what", "unit", "baseline", "baseline_on", "target", "by")
    for one in decision.measures.all():
        asked = f"{one.consultation_id}|{one.question}" if one.question else ""
        yield {name: getattr(one, name) for name in names} | {"asked": asked}


def list_repeatable_questions(decision):
    """[("consultation|question", label)]: questions in the newest release of each answered consultation, and those
    that the decision's measures use already."""
    found = {
        f"{one.consultation_id}|{one.question}": f"{one.consultation}: {one.question}"
        for one in decision.measures.select_related("consultation")
        if one.question
    }
    for page in decision.consultations.all():
        release = Release.objects.published().filter(consultation=page).order_by("-number").first()
        for figure in list_citable_figures(release).filter(kind="question") if release else ():
            found[f"{page.pk}|{question_id_of(figure)}"] = f"{page}: {figure.title}"
    return list(found.items())


class MeasureReasonForm(ButtonForm):
    why = forms.CharField(required=False)


class PlacementForm(ConflictAwareForm, forms.ModelForm):
    """Placement of a decision: points of the strategy, audiences and the decision that it follows."""

    points = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="Points of the strategy"
    )
    audiences = forms.MultipleChoiceField(
        required=False, choices=AUDIENCE_CHOICES, widget=forms.CheckboxSelectMultiple, label="Whom it is about"
    )
    follows_how = forms.ChoiceField(
        required=False,
        choices=[("", "It is new"), *FollowKind.choices],
        widget=forms.RadioSelect,
        label="Is there an earlier decision?",
        help_text="Both pages say so, for everyone. An earlier decision is never deleted.",
    )

    class Meta:
        model = Decision
        fields = ["audiences", "online", "follows_how", "follows"]
        labels = {"online": "It is about life on-line", "follows": "The earlier decision"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = list(strategy_points.text_by_sub_point().items())
        self.initial["points"] = [link["sub_point"] for link in self.instance.links]
        if self.instance.status == DecisionStatus.PUBLISHED:
            del self.fields["follows"], self.fields["follows_how"]
        else:
            published = Decision.objects.published().exclude(pk=self.instance.pk)
            self.fields["follows"].queryset = published
            self.fields["follows"].empty_label = "None"

    @property
    def strands(self):
        return strategy_points.tick_points(self["points"].value() or ())

    def given_values(self):
        """Arguments for `actions.change_decision`."""
        found = dict(self.cleaned_data)
        return found | {"links": strategy_points.build_strategy_links(found.pop("points"))}

    def _post_clean(self):
        """Skip model validation and assignment: `actions` validates and saves."""
