"""`manage.py rotate_keys`: seal every stored text to today's key. Run it where the old and the new private keys are."""

from django.core.management.base import BaseCommand, CommandError

from consultation.responses.rotation import reseal
from consultation.responses.vault import VaultLocked


class Command(BaseCommand):
    help = "Seals texts that are sealed to an older key to ANSWER_SEAL_KEY. It may run while people answer, and again."

    def handle(self, **options):
        try:
            done = reseal()
        except VaultLocked as error:
            raise CommandError(
                "This process cannot open some of the texts. Set ANSWER_OPEN_KEYS to the new and the old private keys."
            ) from error
        self.stdout.write(f"{done} texts were sealed to today's key. Older private keys can be taken away now.")
