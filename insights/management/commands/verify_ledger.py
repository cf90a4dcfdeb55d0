"""Check the chain of the decisions' ledger, and that each decision says what the ledger says it says."""

from django.core.management.base import BaseCommand, CommandError

from insights.decisions.ledger import problems


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        found = problems()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The ledger is whole.")
