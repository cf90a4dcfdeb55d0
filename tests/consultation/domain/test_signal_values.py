import pytest
from django.dispatch import Signal

from consultation.domain.signal_values import collect_return_values


def test_values_come_in_the_order_of_connection():
    asked = Signal()

    def first(sender, *, number, **kwargs):
        return number

    def second(sender, *, number, **kwargs):
        return -number

    assert collect_return_values(asked, number=2) == []
    asked.connect(first)
    asked.connect(second)
    assert collect_return_values(asked, number=2) == [2, -2]


def test_a_receiver_that_fails_is_heard():
    asked = Signal()

    def broken(sender, **kwargs):
        raise ZeroDivisionError

    asked.connect(broken)
    with pytest.raises(ZeroDivisionError):
        collect_return_values(asked)
