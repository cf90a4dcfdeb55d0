"""`manage.py plant_practice CONSULTATION FILE --name NAME`: plant seeded answers from a YAML file.

The file is a list of {words, wanted: triage|hide|clear, language?}; names to hide are in double brackets.
"""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError

from consultation.reading.models import ExpectedDecision
from consultation.reading.seeded_answers import actions as seeded_answers
from consultation.reading.seeded_answers.forms import list_open_text_questions


class Command(BaseCommand):
    help = "Plants practice answers among the unread ones of an open consultation."

    def add_arguments(self, parser):
        parser.add_argument("consultation", help="its slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True)
        parser.add_argument("--question", help="its id; without one, the first question that asks for words")

    def handle(self, consultation, file, name, question, **options):
        places = [
            (version, item["id"]) for version, item in list_open_text_questions() if version.page.slug == consultation
        ]
        chosen = next((place for place in places if question in (None, place[1])), None)
        if chosen is None:
            raise CommandError("No open consultation of this name asks for words there.")
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
        seeds = [
            seeded_answers.parse_seeded_text(row["words"], ExpectedDecision(row["wanted"]), row.get("language", "en"))
            for row in rows
        ]
        version, asked = chosen
        made = seeded_answers.plant_seeded_answers(name=name, version=version, question=asked, seeds=seeds, by=None)
        self.stdout.write(f"{len(seeds)} practice answers are planted as “{made}”.")
