"""`manage.py import_responses`: import answers from a CSV or XLSX file into a consultation."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.direct_import import BY_HEADINGS, import_file_directly
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.surveys.models import ConsultationPage


class Command(BaseCommand):
    help = f"Import answers. Free text waits for a reader. The same file again changes nothing. {BY_HEADINGS}"

    def add_arguments(self, parser):
        parser.add_argument("consultation", help="its slug, or its number")
        parser.add_argument("file", type=Path, help="CSV or XLSX, one answer a row, headings first")
        parser.add_argument("--map", type=Path, help="YAML or JSON that says which column answers which question")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")

    def handle(self, *, consultation, file, dry_run, **options):
        page = _get_consultation(consultation)
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            report = import_file_directly(page=page, path=file, map_path=options["map"], dry_run=dry_run)
        except (BadColumnMap, UnreadableSheet) as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)


def _get_consultation(name):
    page = ConsultationPage.objects.sources().filter(**{"pk" if name.isdecimal() else "slug": name}).first()
    if page is None:
        raise CommandError(f"There is no consultation “{name}”.")
    return page
