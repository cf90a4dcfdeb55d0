"""A learning curve as an HTML page: accuracy of proposals by number of coded answers, measured on two CSV files."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from insights.coding.evaluation.text_engine_evaluation import evaluate_coding

STEPS = (0, 5, 10, 20, 50, None)  # coded answers a theme; None is all of them
STYLES = ("voice/tokens.css", "insights/insights.css")
KINDS = (("micro_f1", "Over all answers"), ("macro_f1", "Over all themes alike"))


def measure_learning_curve(*, train, test, codebook=None, steps=STEPS):
    """One evaluation for each step, with its baselines from the same run, ordered by number of examples."""
    found = [evaluate_coding(train=train, test=test, codebook=codebook, per_theme=step) for step in steps]
    return sorted(found, key=lambda one: one["examples"])


def render_learning_curve(measured):
    """A self-contained HTML page: two charts, and a table of all numbers."""
    charts = [
        {
            "title": title,
            "series": [
                _build_series("Proposals", key, measured),
                _build_series("Baseline", f"baseline_{key}", measured),
            ],
        }
        for key, title in KINDS
    ]
    context = {
        "charts": charts,
        "places": [str(one["examples"]) for one in measured],
        "rows": [{"examples": one["examples"], "cells": _build_cells(one)} for one in measured],
        "styles": "\n".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLES),
        "last": measured[-1],
    }
    return render_to_string("insights/coding/learning/curves.html", context)


def _build_series(name, key, measured):
    return {"name": name, "percents": [round(100 * one[key]) for one in measured]}


def _build_cells(one):
    return [
        {
            "ours": round(100 * one[key]),
            "low": round(100 * one[f"{key}_interval"][0]),
            "high": round(100 * one[f"{key}_interval"][1]),
            "baseline": round(100 * one[f"baseline_{key}"]),
        }
        for key, _ in KINDS
    ]
