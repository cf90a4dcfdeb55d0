"""Pages of models: the models of each codebook, their figures, and the one in use."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from insights.coding.counted_codes import name_amount
from insights.coding.learning import actions
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Codebook
from insights.forms import run_action, save_form

CURVE = 8  # models on the learning curve: a small screen holds no more


class PutModelInUseForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label="Why",
        help_text="It is kept with your name. Do not quote an answer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@staff_view("insights.code_themes", method="GET")
def show_models(request):
    books = [_build_codebook_row(one) for one in Codebook.objects.order_by("name")]
    return render(request, "insights/coding/learning/overview.html", {"section": "coding", "books": books})


def _build_codebook_row(codebook):
    models = list(codebook.learned.without_artefact().select_related("version__codebook").newest_first())
    version = codebook.current
    fitted = [one for one in models if one.made_on]
    return {
        "codebook": codebook,
        "version": version,
        "models": [
            {
                "model": one,
                "texts": name_amount(one.texts),
                "measures": build_measures(one.figures),
            }
            for one in models
        ],
        "waits": any(not one.made_on for one in models),
        "due": actions.why_model_is_due(codebook, version) if version else "",
        "curve": build_learning_curve(one for one in fitted if version and one.version_id == version.pk),
    }


@staff_view("insights.code_themes", method="GET")
def show_model(request, pk):
    return _render_model(request, _get_model(pk), PutModelInUseForm())


def _get_model(pk):
    found = LearnedModel.objects.without_artefact().select_related("codebook", "version__codebook", "asked_by")
    return get_object_or_404(found, pk=pk)


def _render_model(request, model, form):
    labels = dict(model.version.entries.values_list("theme__slug", "label"))
    context = {
        "section": "coding",
        "model": model,
        "form": form,
        "texts": name_amount(model.texts),
        "measures": build_measures(model.figures),
        "by_theme": build_theme_figures(model.figures, labels),
        "calibration": build_calibration_rows(model.figures),
        "calibration_error": as_percent(model.figures.get("calibration_error")),
        "curve": build_learning_curve(model.version.learned.fitted().without_artefact().filter(pk__lte=model.pk)),
        "refused": actions.why_not_use(model) if model.made_on else "It is not fitted yet.",
        "moves": model.moves.select_related("by", "instead_of__codebook"),
    }
    return render(request, "insights/coding/learning/detail.html", context)


@staff_view("insights.approve_codebook")
def save_model_in_use(request, pk):
    model = _get_model(pk)
    form = PutModelInUseForm(request.POST or None)
    done = "This model proposes from now on. Answers are read again within minutes."
    if save_form(request, form, actions.put_model_in_use, done, model=model):
        return redirect("insights:model", pk)
    return _render_model(request, model, form)


@staff_view("insights.propose_codebook", method="POST")
def save_model_request(request, slug):
    done = "A new model is asked for. It is ready within ten minutes; nothing waits for it."
    run_action(request, actions.ask_for_model, done, codebook=get_object_or_404(Codebook, slug=slug))
    return redirect("insights:models")


def as_percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def build_measures(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Micro and macro F1 with intervals in percent, for a chart; [] where too little was coded."""
    if "micro_f1" not in figures:
        return []
    names = (("Over all answers", "micro_f1"), ("Over all themes alike", "macro_f1"))
    return [
        {
            "label": label,
            "percent": as_percent(figures[key]),
            "low": as_percent(figures[f"{key}_interval"][0]),
            "high": as_percent(figures[f"{key}_interval"][1]),
        }
        for label, key in names
    ]


def build_theme_figures(figures: dict[str, Any], labels: dict[str, str]) -> list[dict[str, Any]]:
    rows = [
        {"label": labels.get(slug, slug), "percent": as_percent(f1)}
        for slug, f1 in figures.get("of_theme", {}).items()
    ]
    return sorted(rows, key=lambda row: (-row["percent"], row["label"]))


def build_calibration_rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"said": as_percent(one["said"]), "right": as_percent(one["right"])} for one in figures.get("calibration", ())
    ]


def build_learning_curve(models: Any) -> dict[str, Any] | None:
    """Chart data: micro and macro F1 of each model, that of the fewest texts first; None for fewer than two models."""
    measured = sorted((one for one in models if "micro_f1" in one.figures), key=lambda one: (one.texts, one.pk))[
        -CURVE:
    ]
    if len(measured) < 2:
        return None
    series = [
        {"name": name, "percents": [as_percent(one.figures[key]) for one in measured]}
        for name, key in (("All answers", "micro_f1"), ("All themes alike", "macro_f1"))
    ]
    return {"series": series, "models": [f"Model {one.pk}" for one in measured]}
