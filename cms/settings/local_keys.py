"""Keys for a laptop: generated at the first start, kept in a file that only its owner can read."""

import base64
import contextlib
import json
import os
import secrets

from nacl.public import PrivateKey


def load_local_keys(folder):
    """(SECRET_KEY, ANSWER_SEAL_KEY, ANSWER_OPEN_KEYS, RECORD_KEY_SECRET), constant for this folder."""
    keys = _load_or_make(folder / "local-keys.json", _make_keys)
    records = _load_or_make(folder / "record-key.json", lambda: secrets.token_urlsafe(50))
    return keys["secret"], keys["seal"], keys["open"], records


def _make_keys():
    private = PrivateKey.generate()
    return {
        "secret": secrets.token_urlsafe(50),
        "seal": base64.b64encode(bytes(private.public_key)).decode(),
        "open": [base64.b64encode(bytes(private)).decode()],
    }


def _load_or_make(path, make):
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(make(), file)
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(temporary, path)
        temporary.unlink()
    return json.loads(path.read_text())
