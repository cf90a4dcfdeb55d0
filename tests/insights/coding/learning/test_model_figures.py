from types import SimpleNamespace

from insights.coding.learning import views


def _model(texts, micro=None):
    return SimpleNamespace(
        pk=texts, texts=texts, figures={} if micro is None else {"micro_f1": micro, "macro_f1": micro / 2}
    )


def test_a_curve_needs_two_models_with_figures():
    assert views.build_learning_curve([_model(0), _model(100, 0.6)]) is None


def test_a_curve_runs_from_few_to_many():
    found = views.build_learning_curve([_model(212, 0.7), _model(0), _model(100, 0.6)])
    assert found["models"] == ["Model 100", "Model 212"]
    assert [line["percents"] for line in found["series"]] == [[60, 70], [30, 35]]


def test_a_model_without_figures_shows_none():
    assert views.build_measures({}) == views.build_theme_figures({}, {}) == views.build_calibration_rows({}) == []
