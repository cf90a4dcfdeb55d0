"""A page of learning curves: F1 of the proposals against how much people have coded, beside a baseline."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("train", help="CSV with text, labels (separated by |) and perhaps question")
        parser.add_argument("test", help="CSV of the same columns that no model sees")
        parser.add_argument("--codebook", help="CSV or YAML of themes with definitions and example phrases")
        parser.add_argument("--to", default="learning-curves.html", help="where the page is written")

    def handle(self, *, train, test, codebook, to, **options):
        from insights.coding.evaluation import curves  # numpy and scikit-learn load with it

        try:
            measured = curves.measure_learning_curve(train=train, test=test, codebook=codebook)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"The files could not be measured: {error}") from error
        Path(to).write_text(curves.render_learning_curve(measured), encoding="utf-8")
        self.stdout.write(f"The curves are in {to}.")
