"""Check the ledger of decisions: its chain, its signed heads, and that all it recorded still says the same."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from insights.decisions.ledger.ledger_verification import compare_copied_heads, list_ledger_problems
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.models import LedgerEntry


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--heads", type=Path, help="somebody's own copy of the public heads, to hold to the ledger"
        )

    def handle(self, heads=None, **options):
        found = list_ledger_problems() + (compare_copied_heads(heads.read_text(encoding="utf-8")) if heads else [])
        if found:
            raise CommandError("\n".join(found))
        entries, signed = LedgerEntry.objects.count(), LedgerHead.objects.count()
        self.stdout.write(f"The ledger is whole: {entries} entries, {signed} signed heads.")
