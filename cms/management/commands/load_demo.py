"""Load the demo into the database; with --real, real comments too."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from cms.demo.demo_loader import issue_demo_receipt, load_demo
from cms.demo.demo_staff import NotADemo, list_demo_logins
from consultation.surveys.models import ConsultationPage


class Command(BaseCommand):
    help = "Load the demo's people, consultations, answers and decisions. Does nothing where they are loaded."

    def add_arguments(self, parser):
        parser.add_argument("--real", metavar="DIR", type=Path, help="also load the real comments of this folder")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is any consultation")

    def handle(self, *, real=None, if_empty=False, **options):
        if if_empty and ConsultationPage.objects.exists():
            return
        try:
            load_demo(real and Path(real), say=self.stdout.write)
        except NotADemo as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(["Sign in at /accounts/login/ as:", *list_demo_logins()]))
        words = issue_demo_receipt()
        if words:
            self.stdout.write(f"To come back to an answer at /en/receipt/, try these words: {' '.join(words)}")
