"""Pages of models: the models of each codebook, their figures, and the one in use."""

from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from insights.coding.learning import actions, model_figures
from insights.coding.learning.forms import PutModelInUseForm
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Codebook
from insights.forms import run_action, save_form


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
                "texts": model_figures.count_in_words(one.texts),
                "measures": model_figures.build_measures(one.figures),
            }
            for one in models
        ],
        "waits": any(not one.made_on for one in models),
        "due": actions.why_model_is_due(codebook, version) if version else "",
        "curve": model_figures.build_learning_curve(one for one in fitted if version and one.version_id == version.pk),
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
        "texts": model_figures.count_in_words(model.texts),
        "measures": model_figures.build_measures(model.figures),
        "by_theme": model_figures.build_theme_figures(model.figures, labels),
        "calibration": model_figures.build_calibration_rows(model.figures),
        "calibration_error": model_figures.as_percent(model.figures.get("calibration_error")),
        "curve": model_figures.build_learning_curve(
            model.version.learned.fitted().without_artefact().filter(pk__lte=model.pk)
        ),
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
