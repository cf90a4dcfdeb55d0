"""The format of a sealed backup: a stream encrypted with its own key, which is sealed to the public answer key.

Making a backup needs no private key; opening one does. A truncated, altered or spliced file does not open.
"""

import base64
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as init_pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as init_push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_keygen as keygen
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as State
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL
from nacl.bindings.crypto_secretstream import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE
from nacl.exceptions import CryptoError

from consultation.responses.vault import open_sealed_text, seal_text

MAGIC = b"have-your-say sealed backup 1\n"
PIECE = 256 * 1024
LONGEST = PIECE + 1024


class InvalidBackup(Exception):
    """Not a sealed backup, or not a complete one; the message is shown to the operator."""


def write_sealed_file(file: BinaryIO, pieces: Iterable[bytes]) -> None:
    key, state = keygen(), State()
    sealed_key = seal_text(base64.b64encode(key).decode())
    file.write(MAGIC + len(sealed_key).to_bytes(2, "big") + sealed_key + init_push(state, key))
    for piece in pieces:
        for at in range(0, len(piece), PIECE):
            _write_message(file, push(state, piece[at : at + PIECE], b"", MESSAGE))
    _write_message(file, push(state, b"", b"", FINAL))


def _write_message(file: BinaryIO, message: bytes) -> None:
    file.write(len(message).to_bytes(4, "big") + message)


def open_sealed_file(file: BinaryIO) -> Iterator[bytes]:
    """Yields the unsealed pieces. Raises InvalidBackup, even after some pieces: only the end proves the file whole.

    Raises VaultLocked if no matching private key is set.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise InvalidBackup("This file is not a sealed backup.")
    sealed_key = _read_exactly(file, int.from_bytes(_read_exactly(file, 2), "big"))
    try:
        key = base64.b64decode(open_sealed_text(sealed_key), validate=True)
    except (CryptoError, ValueError) as error:
        raise InvalidBackup("This backup was altered.") from error
    state = State()
    init_pull(state, _read_exactly(file, HEADER_BYTES), key)
    tag = MESSAGE
    while tag != FINAL:
        piece, tag = _pull_piece(state, file)
        if piece:
            yield piece
    if file.read(1):
        raise InvalidBackup("Something was added to this backup.")


def _pull_piece(state: State, file: BinaryIO) -> tuple[bytes, int]:
    length = int.from_bytes(_read_exactly(file, 4), "big")
    if length > LONGEST:
        raise InvalidBackup("This backup was altered.")
    try:
        return pull(state, _read_exactly(file, length))
    except RuntimeError as error:
        raise InvalidBackup("This backup was altered.") from error


def _read_exactly(file: BinaryIO, length: int) -> bytes:
    found = file.read(length)
    if len(found) != length:
        raise InvalidBackup("This backup was cut short.")
    return found
