"""`manage.py rotate_keys`: seal every stored text to the current key. Needs the old and the new private keys."""

from django.core.management.base import BaseCommand, CommandError

from cms.operations.stored_answers.key_rotation import count_outdated, reseal_all
from consultation.audit.audit_log import record_event
from consultation.responses.vault import VaultLocked

CANNOT_OPEN = (
    "This process cannot open some of the texts. Set ANSWER_OPEN_KEYS to the new and the old private keys. "
    "What was done so far stands; run it again."
)


class Command(BaseCommand):
    help = "Seals texts that are sealed to an older key to ANSWER_SEAL_KEY. It may run while people answer, and again."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only say how many texts an older key still opens")

    def handle(self, *, check, **options):
        try:
            if check:
                return self._report_waiting_texts(count_outdated())
            done = reseal_all()
        except VaultLocked as error:
            raise CommandError(CANNOT_OPEN) from error
        record_event("keys rotated", texts=done)
        self.stdout.write(f"{done} texts were sealed to today's key.")
        return self._report_waiting_texts(count_outdated())

    def _report_waiting_texts(self, waiting):
        """Fail if texts remain: a process with the old public key may have sealed some meanwhile."""
        if waiting:
            raise CommandError(f"{waiting} texts are sealed to an older key: restart every process, and run it again.")
        self.stdout.write(
            "No text needs an older private key now. Backups do, for 35 days: keep it for them, away from this machine."
        )
