import numpy as np
import pytest

from insights.coding.engine.remembered_rows import remember_rows, remembers_rows


@pytest.fixture
def encoded():
    return []


@pytest.fixture
def embed(encoded):
    @remembers_rows
    def embed(texts):
        encoded.extend(texts)
        return np.array([[len(text), 1.0] for text in texts], np.float32).reshape(len(texts), 2)

    return embed


def test_a_text_is_encoded_once_in_a_block_and_in_the_blocks_within_it(embed, encoded):
    with remember_rows():
        first = embed(["lamp", "bus", "lamp"])
        with remember_rows():
            again = embed(("bus", "canteen"))
        assert embed([]).shape == (0, 2)
    assert first[:, 0].tolist() == [4, 3, 4]
    assert again[:, 0].tolist() == [3, 7]
    assert encoded == ["lamp", "bus", "canteen"]


def test_what_is_done_to_the_rows_is_not_remembered(embed):
    with remember_rows():
        embed(["bus"])[:] = 0
        assert embed(["bus"])[0, 0] == 3


def test_nothing_is_remembered_after_a_block_even_one_that_failed(embed, encoded):
    with pytest.raises(ZeroDivisionError), remember_rows():
        embed(["bus"])
        raise ZeroDivisionError
    embed(["bus"])
    embed(["bus"])
    assert encoded == ["bus"] * 3
