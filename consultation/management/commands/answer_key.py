"""`manage.py answer_key`: make a new pair of answer keys and a record key secret, and explain where each half belongs."""

import secrets

from django.core.management.base import BaseCommand

from consultation.responses.vault import generate_key_pair

INSTRUCTIONS = """A new pair of answer keys. They are shown once and stored nowhere.

Every process seals with the public half:
ANSWER_SEAL_KEY={seal}

Only the reading desk, the leads and the workers open, with the private half. Put it first, before older ones:
ANSWER_OPEN_KEYS={open}

Set ANSWER_OPEN_KEYS empty on public and planners' processes. Keep the private half in two safe places: without it no
answer can be read again. To change keys: set the new pair, keep the old private half after a comma, restart, run
`voice rotate_keys` where the private halves are. Then only backups need the old half: keep it for the 35 days that they are
kept.

For a new site only, a secret from which the noise of released figures comes. Set it where the private half is, empty
elsewhere, and keep it with that half:
RECORD_KEY_SECRET={records}
"""


class Command(BaseCommand):
    help = "Makes a new pair of answer keys and says how to set it."
    requires_system_checks = []

    def handle(self, **options):
        seal, open_ = generate_key_pair()
        self.stdout.write(INSTRUCTIONS.format(seal=seal, open=open_, records=secrets.token_urlsafe(50)))
