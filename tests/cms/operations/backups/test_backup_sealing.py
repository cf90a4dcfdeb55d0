"""A sealed file opens only with the key, and only when it is complete."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.operations.backups import backup_sealing
from consultation.responses.vault import VaultLocked, generate_key_pair

pieces = st.lists(st.binary(max_size=300), max_size=6)


def sealed(parts):
    file = io.BytesIO()
    backup_sealing.write_sealed_file(file, parts)
    return file.getvalue()


def opened(content):
    return b"".join(backup_sealing.open_sealed_file(io.BytesIO(content)))


@given(pieces)
def test_what_was_written_comes_back(parts):
    assert opened(sealed(parts)) == b"".join(parts)


def test_long_pieces_come_back_too():
    long = bytes(range(256)) * 5000
    assert opened(sealed([long, long])) == long + long


@given(pieces, st.data())
def test_one_changed_byte_is_noticed(parts, data):
    content = bytearray(sealed(parts))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((backup_sealing.InvalidBackup, VaultLocked)):
        opened(bytes(content))


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


def test_another_file_is_told_apart():
    with pytest.raises(backup_sealing.InvalidBackup, match="not a sealed backup"):
        opened(b"PK\x03\x04 something else entirely")
