"""A sealed file opens only with the key, and only when it is complete."""

import io
import tracemalloc
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.operations.backups import backup_sealing
from consultation.responses.vault import VaultLocked, generate_key_pair, open_sealed_text, seal_text

pieces = st.lists(st.binary(max_size=300), max_size=6)


def sealed(parts):
    file = io.BytesIO()
    writer = backup_sealing.SealedWriter(file)
    for part in parts:
        writer.write(part)
        writer.end_part()
    writer.finish()
    return file.getvalue()


def opened(content, number=None):
    """The parts of a sealed file; all of it is read."""
    reader = backup_sealing.SealedReader(io.BytesIO(content))
    parts = [b"".join(reader.iterate_part()) for _ in range(7 if number is None else number)]
    reader.read_to_end()
    return parts


@given(pieces)
def test_what_was_written_comes_back(parts):
    assert opened(sealed(parts)) == parts + [b""] * (7 - len(parts))


def test_long_pieces_come_back_too():
    long = bytes(range(256)) * 5000
    assert opened(sealed([long, long]), 2) == [long, long]


def test_neither_side_holds_a_large_database_in_memory(tmp_path):
    """Sixty-four mebibytes go through less than four."""
    piece = bytes(1024 * 1024)
    tracemalloc.start()
    with (tmp_path / "sealed").open("wb") as file:
        writer = backup_sealing.SealedWriter(file)
        for _ in range(64):
            writer.write(piece)
        writer.finish()
    with (tmp_path / "sealed").open("rb") as file:
        assert sum(map(len, backup_sealing.SealedReader(file).iterate_part())) == 64 * len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(piece)


def test_one_changed_byte_is_noticed():
    """Wherever it is, a length among them."""
    content = sealed([b"", b"the ", b"database"])
    for at, byte in product(range(len(content)), (0, 1, 20, 255)):
        if content[at] != byte:
            with pytest.raises((backup_sealing.InvalidBackup, VaultLocked)):
                opened(content[:at] + bytes([byte]) + content[at + 1 :])


@given(pieces, st.data())
def test_a_file_that_was_cut_short_is_noticed(parts, data):
    content = sealed(parts)
    with pytest.raises(backup_sealing.InvalidBackup):
        opened(content[: data.draw(st.integers(0, len(content) - 1))])


def test_something_added_is_noticed():
    with pytest.raises(backup_sealing.InvalidBackup, match="added"):
        opened(sealed([b"words"]) + b"x")


def test_two_files_cannot_be_put_together():
    one, other = sealed([b"a" * 40]), sealed([b"b" * 40])
    half = len(one) - 60
    with pytest.raises(backup_sealing.InvalidBackup):
        opened(one[:half] + other[half:])


def test_words_cannot_be_read_in_it_nor_opened_without_the_key(settings):
    content = sealed([b"The bus stop is dark."])
    assert b"bus stop" not in content
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    with pytest.raises(VaultLocked):
        opened(content)


def test_a_key_of_its_own_opens_a_backup_and_no_answer(settings):
    settings.BACKUP_SEAL_KEY, private = generate_key_pair()
    content, answer = sealed([b"words"]), seal_text("The bus stop is dark.")
    with pytest.raises(VaultLocked):
        opened(content)
    settings.BACKUP_OPEN_KEYS, settings.ANSWER_OPEN_KEYS = [private], []
    assert opened(content, 1) == [b"words"]
    with pytest.raises(VaultLocked):
        open_sealed_text(answer)


def test_another_file_is_told_apart():
    with pytest.raises(backup_sealing.InvalidBackup, match="not a sealed backup"):
        opened(b"PK\x03\x04 something else entirely")
