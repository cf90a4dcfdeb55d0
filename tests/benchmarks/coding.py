"""`./dev bench coding [--json]`: texts that get proposed themes in one CPU second."""

import argparse
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from insights.coding.engine.theme_model import ThemeModel  # noqa: E402
from insights.coding.evaluation import text_engine_evaluation as evaluation  # noqa: E402
from tests.benchmarks.texts import TAXONOMY, coded, texts  # noqa: E402


def main(arguments=None):
    parser = argparse.ArgumentParser(description="How fast texts are coded.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--texts", type=int, default=8000)
    options = parser.parse_args(arguments)
    model = ThemeModel.fit(evaluation.read_codebook(TAXONOMY), coded())
    speed = evaluation._measure_texts_per_cpu_second(model, [{"text": text} for text in texts(options.texts)])
    report = {"texts_per_cpu_second": speed, "texts": options.texts, "themes": len(model.themes)}
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
