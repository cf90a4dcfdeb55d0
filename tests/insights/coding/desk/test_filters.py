import pytest
from django.http import QueryDict

from insights.coding.desk.filters import Filter


def test_an_untouched_desk_shows_what_waits():
    assert Filter.read(QueryDict("")) == Filter() and Filter().show == "open" and Filter().query == ""


def test_an_address_and_a_saved_set_say_the_same():
    chosen = Filter.read(QueryDict("show=all&theme=lights&stance=disagrees&memo=1&q=late+bus&question=q-c"))
    assert Filter.read(QueryDict(chosen.query)) == chosen == Filter.read(chosen.choices)


@pytest.mark.parametrize(
    "query", ["show=secret", "machine=human", "stance=angry", "nothing=x", "memo=yes", "audience=x", "page=2"]
)
def test_what_is_unknown_chooses_nothing(query):
    assert Filter.read(QueryDict(query)).is_bare


def test_long_words_are_cut():
    assert len(Filter.read({"q": "x" * 500}).q) == 80
