"""A decision and its whole trace, for machines (W3C PROV-JSON, PROV-O as JSON-LD) or as one HTML file for a board."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from insights.decisions.models import Decision
from insights.decisions.provenance.actions import FORMS, export_trace


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("decision", help="its name in the address")
        parser.add_argument("--format", choices=list(FORMS), default="prov-json", dest="form")
        parser.add_argument("--out", type=Path, help="a file in place of the standard output")

    def handle(self, decision, form, out=None, **options):
        found = Decision.objects.filter(slug=decision).first()
        if found is None:
            raise CommandError(f"There is no decision “{decision}”.")
        file = export_trace(decision=found, form=form)
        if out:
            out.write_bytes(file.content)
        else:
            (self.stdout if hasattr(self.stdout, "getvalue") else sys.stdout).write(file.content.decode())
