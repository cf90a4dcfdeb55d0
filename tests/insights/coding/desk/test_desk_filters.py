import pytest
from django.http import QueryDict

from insights.coding.desk.desk_filters import DeskFilter


def test_an_untouched_desk_shows_what_waits():
    assert DeskFilter.read(QueryDict("")) == DeskFilter() and DeskFilter().show == "open" and DeskFilter().query == ""


def test_an_address_and_a_saved_set_say_the_same():
    chosen = DeskFilter.read(QueryDict("show=all&theme=lights&stance=disagrees&memo=1&q=late+bus&question=q-c"))
    assert DeskFilter.read(QueryDict(chosen.query)) == chosen == DeskFilter.read(chosen.choices)


@pytest.mark.parametrize(
    "query", ["show=secret", "machine=human", "stance=angry", "nothing=x", "memo=yes", "audience=x", "page=2"]
)
def test_what_is_unknown_chooses_nothing(query):
    assert DeskFilter.read(QueryDict(query)).is_untouched


def test_long_words_are_cut():
    assert len(DeskFilter.read({"q": "x" * 500}).q) == 80
