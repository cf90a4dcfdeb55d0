"""`manage.py evaluate WHAT ... --json`: each subcommand is the `evaluation.py` of the part that it measures.

Such a module has `add_arguments(parser)` and `evaluate(**options) -> dict`. It is imported on demand.
"""

import json
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

SUBCOMMANDS = {
    "screening": "consultation.reading.model_training.screening_evaluation",
    "redaction": "consultation.reading.model_training.redaction_evaluation",
    "coding": "insights.coding.evaluation.text_engine_evaluation:coding",
    "sentiment": "insights.coding.evaluation.text_engine_evaluation:sentiment",
    "discovery": "insights.coding.evaluation.text_engine_evaluation:discovery",
}


def load_evaluation(name: str) -> Any:
    """The evaluation module, or the named object if several share one file."""
    path, _, attribute = SUBCOMMANDS[name].partition(":")
    module = import_module(path)
    return getattr(module, attribute) if attribute else module


class Command(BaseCommand):
    help = "Measure a part of the product on a file: screening, redaction, coding, sentiment or discovery."

    def add_arguments(self, parser: CommandParser) -> None:
        subparsers = parser.add_subparsers(dest="what", required=True, metavar="|".join(SUBCOMMANDS))
        for name in SUBCOMMANDS:
            subparser = subparsers.add_parser(name)
            try:
                load_evaluation(name).add_arguments(subparser)
            except (ImportError, AttributeError):
                subparser.set_defaults(missing=True)
            subparser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("missing"):
            raise CommandError(f"{options['what']} cannot be measured here yet.")
        try:
            found = load_evaluation(options["what"]).evaluate(**options)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"The file could not be measured: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, sort_keys=False))
            return
        for key, value in found.items():
            self.stdout.write(f"{key}: {json.dumps(value, ensure_ascii=False)}")
