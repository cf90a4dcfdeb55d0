"""Keys for a laptop: generated at the first start, kept in a file that only its owner can read."""

import base64
import contextlib
import json
import os
import secrets

from nacl.public import PrivateKey


def load_local_keys(folder):
    """(SECRET_KEY, ANSWER_SEAL_KEY, ANSWER_OPEN_KEYS), constant for this folder."""
    path = folder / "local-keys.json"
    if not path.exists():
        private = PrivateKey.generate()
        new = {
            "secret": secrets.token_urlsafe(50),
            "seal": base64.b64encode(bytes(private.public_key)).decode(),
            "open": [base64.b64encode(bytes(private)).decode()],
        }
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"local-keys.{os.getpid()}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(new, file)
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(temporary, path)
        temporary.unlink()
    keys = json.loads(path.read_text())
    return keys["secret"], keys["seal"], keys["open"]
