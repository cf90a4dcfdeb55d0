"""Erase what is due under the retention table, or preview it."""

from datetime import date

from django.core.management.base import BaseCommand

from cms.operations.retention import actions


class Command(BaseCommand):
    help = "Erases what has been kept long enough (a sweep does so every day). With --dry-run, says what would go."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go, when and why; change nothing")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DAY", help="with --dry-run: as of this day, such as 2027-01-31"
        )

    def handle(self, *, dry_run, on, **options):
        if dry_run:
            return self._say_what_would_go(on)
        went = actions.erase_everything_due()
        for erasure, group in went:
            self.stdout.write(
                f"{group.name}: {erasure.about(group.count)}, under “{erasure.line}”, due on {group.on}."
            )
        self.stdout.write("Nothing had to go." if not went else "Done. Each is in the audit log.")
        return self._say_what_waits(actions.preview_erasures())

    def _say_what_would_go(self, on):
        lines = actions.preview_erasures(on)
        for line in lines:
            erasure = line.erasure
            for group, about in line.due_group_amounts:
                self.stdout.write(f"{group.name}: {about} would go, due on {group.on}.")
                self.stdout.write(f"  {erasure.removes} Kept for: {erasure.keep}. {erasure.why}")
            if not line.due and line.next:
                self.stdout.write(f"{line.next.name}: nothing yet; next on {line.next.on} ({erasure.line}).")
        self._say_what_waits(lines)

    def _say_what_waits(self, lines):
        for line in lines:
            for group in line.held_back:
                self.stderr.write(f"{group.name} waits, past {group.on} ({line.erasure.line}): {group.held_back}")
