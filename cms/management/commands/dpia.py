"""Write the data protection impact assessment and the record of processing, from the real configuration."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from cms.operations.data_protection.impact_assessment import TEMPLATE, build_assessment
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable, render_pdf
from consultation.file_output.word.docx_writer import write_docx


class Command(BaseCommand):
    help = (
        "Writes FILE (.docx to go on writing, .pdf to sign): the headings of the assessment with what the site knows under "
        "each, and the record of processing activities. It holds nothing from an answer."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, **options):
        context = build_assessment()
        if file.suffix == ".docx":
            self._write(file, write_docx(render_to_string(TEMPLATE, context)))
        elif file.suffix == ".pdf":
            try:
                self._write(file, render_pdf(TEMPLATE, context))
            except PdfUnavailable as error:
                raise CommandError("This machine has no Pango, which draws letters: write a .docx.") from error
        else:
            raise CommandError("Name a file that ends in .docx or .pdf.")
        self.stdout.write(f"Written: {file}")

    def _write(self, file, content):
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(
                f"{file} cannot be written here ({error.strerror}): name a file in {settings.VAR_DIR}."
            ) from error
