"""Build the shipped sentiment model from labelled English texts (insights/coding/engine/SENTIMENT_CARD.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", help="CSV with text and sentiment (-2 to 2, or 1 very positive to 5)")
        parser.add_argument("--to", help="where the model is written, if not where it is shipped")

    def handle(self, *, file, to, **options):
        from insights.coding.engine.sentiment_model import SHIPPED, SentimentModel  # numpy and scipy load with it
        from insights.coding.evaluation.text_engine_evaluation import read_sentiments

        try:
            rows, _, names = read_sentiments(file)
            model = SentimentModel.fit([row["text"] for row in rows], names)
        except (OSError, KeyError, ValueError, StopIteration) as error:
            raise CommandError(f"No model could be built from this file: {error}") from error
        place = Path(to or SHIPPED)
        place.write_bytes(model.to_bytes())
        self.stdout.write(f"The model of {len(rows)} texts is in {place}.")
