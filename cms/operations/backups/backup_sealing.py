"""The format of a sealed backup: a stream in parts, encrypted with its own key, which is sealed to the backup key.

Making a backup needs no private key; opening one does. A truncated, altered or spliced file does not open. Neither side
holds more than a piece of it in memory.
"""

import base64
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.conf import settings
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as init_pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as init_push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_keygen as keygen
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as State
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_TAG_PUSH as END_OF_PART
from nacl.exceptions import CryptoError

from consultation.responses.vault import open_sealed_text, seal_text

MAGIC = b"have-your-say sealed backup 2\n"
PIECE = 256 * 1024
LONGEST = PIECE + 1024


class InvalidBackup(Exception):
    """Not a sealed backup, or not a complete one; the message is shown to the operator."""


def seal_for_backup(text: str) -> bytes:
    """Sealed to the key of backups; to the answer key where a site has no other."""
    return seal_text(text, seal_key=settings.BACKUP_SEAL_KEY)


def open_for_backup(sealed: bytes) -> str:
    return open_sealed_text(sealed, other_keys=settings.BACKUP_OPEN_KEYS)


class SealedWriter:
    """Takes bytes as a file does. Without `finish()` the backup is one that was cut short."""

    def __init__(self, file: BinaryIO) -> None:
        key, self._state, self._file, self._waiting = keygen(), State(), file, bytearray()
        sealed_key = seal_for_backup(base64.b64encode(key).decode())
        file.write(MAGIC + len(sealed_key).to_bytes(2, "big") + sealed_key + init_push(self._state, key))

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), MESSAGE)
            del self._waiting[:PIECE]
        return len(data)

    def end_part(self) -> None:
        self._push(bytes(self._waiting), END_OF_PART)
        self._waiting.clear()

    def finish(self) -> None:
        self._push(bytes(self._waiting), FINAL)

    def _push(self, piece: bytes, tag: int) -> None:
        message = push(self._state, piece, b"", tag)
        self._file.write(len(message).to_bytes(4, "big") + message)


class SealedReader:
    """Reads the parts one after the other, each to its end.

    Raises InvalidBackup, even after some pieces: only the end of the last part proves the file whole. Raises
    VaultLocked if no matching private key is set. `report`: told after each piece how many bytes of the file were read.
    """

    def __init__(self, file: BinaryIO, report: Callable[[int], None] | None = None) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise InvalidBackup("This file is not a sealed backup.")
        sealed_key = _read_exactly(file, int.from_bytes(_read_exactly(file, 2), "big"))
        try:
            key = base64.b64decode(open_for_backup(sealed_key), validate=True)
        except (CryptoError, ValueError) as error:
            raise InvalidBackup("This backup was altered.") from error
        self._file, self._state, self._tag = file, State(), MESSAGE
        self._waiting, self._report = b"", report
        init_pull(self._state, _read_exactly(file, HEADER_BYTES), key)

    def open_part(self) -> "SealedReader":
        """Go on to the next part, to be read as a file; empty if there is none."""
        if self._tag == END_OF_PART:
            self._tag = MESSAGE
        return self

    def iterate_part(self) -> Iterator[bytes]:
        """The pieces of the next part."""
        part = self.open_part()
        while piece := part.read(PIECE):
            yield piece

    def read_to_end(self) -> None:
        """Pass over all that is left, to prove the file whole."""
        while self._tag != FINAL:
            self.open_part()
            while self.read(PIECE):
                pass

    def read(self, size: int) -> bytes:
        """At most so many bytes of the current part; none at its end."""
        while not self._waiting and self._tag == MESSAGE:
            self._waiting = self._pull_piece()
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found

    def _pull_piece(self) -> bytes:
        length = int.from_bytes(_read_exactly(self._file, 4), "big")
        if length > LONGEST:
            raise InvalidBackup("This backup was altered.")
        try:
            piece, self._tag = pull(self._state, _read_exactly(self._file, length))
        except (RuntimeError, ValueError) as error:
            raise InvalidBackup("This backup was altered.") from error
        if self._tag == FINAL and self._file.read(1):
            raise InvalidBackup("Something was added to this backup.")
        if self._report:
            self._report(self._file.tell())
        return piece


def _read_exactly(file: BinaryIO, length: int) -> bytes:
    found = file.read(length)
    if len(found) != length:
        raise InvalidBackup("This backup was cut short.")
    return found
