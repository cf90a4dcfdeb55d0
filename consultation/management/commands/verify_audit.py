"""`manage.py verify_audit`: verify the audit log. Exit code 1 when an entry was altered, dropped or inserted."""

from django.core.management.base import BaseCommand, CommandError

from consultation.audit.models import AuditEntry

MAX_PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = "Checks the hash chain of the audit log, and names what was altered, dropped, inserted or reordered."

    def add_arguments(self, parser):
        parser.add_argument(
            "--holds", metavar="HASH", help="also ask that this entry, written down earlier, is still in the log"
        )

    def handle(self, *, holds=None, **options):
        problems = AuditEntry.objects.problems()
        if problems:
            told = "\n".join(f"  {problem}" for problem in problems[:MAX_PROBLEMS_SHOWN])
            raise CommandError(f"The audit log is broken at entry {problems[0].seq}.\n{told}")
        if holds and not AuditEntry.objects.filter(hash=holds).exists():
            raise CommandError("The audit log is whole in itself, but does not hold that entry: it is an older one.")
        last = AuditEntry.objects.order_by("-seq").first()
        said = f"{AuditEntry.objects.count()} entries, the last one {last.hash}" if last else "no entries yet"
        self.stdout.write(f"The audit log is whole: {said}.")
