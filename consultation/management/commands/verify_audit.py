"""`manage.py verify_audit`: is the audit log whole? Exit code 1 when an entry was changed, dropped or put in."""

from django.core.management.base import BaseCommand, CommandError

from consultation.audit.models import AuditEntry


class Command(BaseCommand):
    help = "Checks the hash chain of the audit log from the first entry to the last."

    def handle(self, **options):
        broken = AuditEntry.objects.first_break()
        if broken is not None:
            seq, reason = broken
            raise CommandError(f"The audit log is broken at entry {seq}: {reason}.")
        last = AuditEntry.objects.order_by("-seq").first()
        said = f"{last.seq} entries, the last one {last.hash}" if last else "no entries yet"
        self.stdout.write(f"The audit log is whole: {said}.")
