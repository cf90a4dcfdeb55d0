"""What orders the desk is opened once a process, and says at every moment what the database says."""

import random

import pytest

from consultation.reading import reading_order_cache, reading_queue
from consultation.reading.models import ReadingOrder, Screening
from consultation.reading.reading_order_cache import open_reading_orders
from consultation.responses import sealed_json_field
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import VaultLocked, generate_key_pair

ORDERS = ([True, "T1", "en"], [True, "T2", "ur"], [True, "T3", ""], [False, "", "en"])


@pytest.fixture
def screened(sent):
    """screened([True, "T1", "en"]): one more unread answer that the screen found so."""

    def make(order, **fields):
        answer = sent("Words about a park.", **fields)
        Screening.objects.create(answer=answer, order=order, clock="", engine="t")
        return answer

    return make


@pytest.fixture
def opened(monkeypatch):
    """The sealed values that were opened."""
    found, really_open = [], sealed_json_field.open_sealed_text
    monkeypatch.setattr(
        sealed_json_field, "open_sealed_text", lambda sealed: found.append(bytes(sealed)) or really_open(sealed)
    )
    return found


def test_each_is_opened_once_until_it_changes(screened, opened, reader):
    first, _ = screened(ORDERS[0]), screened(ORDERS[3])
    for _ in range(3):
        reading_queue.list_waiting(reader)
    assert len(opened) == 2
    screened(ORDERS[1])
    reading_queue.count_waiting_by_consultation(reader), reading_queue.list_waiting(reader)
    assert len(opened) == 3
    Screening.objects.filter(pk=first.pk).update(order=[False, "", "en"])  # as another process does
    assert open_reading_orders(Screening.objects.filter(pk=first.pk)) == {first.pk: ReadingOrder(False, "", "en")}
    assert len(opened) == 4


def test_without_a_key_nobody_is_told_anything_even_what_was_opened(screened, reader, settings):
    screened(ORDERS[0])
    assert reading_queue.list_waiting(reader)[0]
    settings.ANSWER_OPEN_KEYS = []
    with pytest.raises(VaultLocked):
        reading_queue.list_waiting(reader)


def test_what_is_sealed_to_a_lost_key_comes_among_the_flagged_and_hides_no_other(screened, reader, settings):
    t1, calm, lost = screened(ORDERS[0]), screened(ORDERS[3]), screened(ORDERS[3])
    known, (settings.ANSWER_SEAL_KEY, _) = settings.ANSWER_SEAL_KEY, generate_key_pair()
    Screening.objects.filter(pk=lost.pk).update(order=ORDERS[3])
    settings.ANSWER_SEAL_KEY = known
    assert reading_queue.list_waiting(reader)[1] == [t1.pk, lost.pk, calm.pk]


def rank_by_hand(answer, flooded):
    row, excluded = answer.screening, answer.response.excluded_from_figures
    if row.copy:
        return "7 a copy"
    if not row.flagged:
        return "8 the rest" if excluded else "5 no flag"
    if excluded and flooded:
        return "4 a flood" if row.priority in ("T1", "T2") else "6 a flood"
    return row.priority[1]


def order_by_hand():
    unread = list(Answer.objects.unread().select_related("screening", "response"))
    held = [one for one in unread if one.response.excluded_from_figures and not one.screening.copy]
    flooded = sum(one.screening.flagged for one in held) > reading_queue.FLOOD
    return [
        one.pk
        for one in sorted(
            unread,
            key=lambda one: (
                rank_by_hand(one, flooded), one.response.excluded_from_figures, one.response.day, str(one.pk),
            ),
        )
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_at_every_step_of_any_history_the_desk_has_the_order_that_the_database_says(
    screened, reader, monkeypatch, seed
):
    """Other processes screen, flag, report, copy and decide; this one has opened all before."""
    chance = random.Random(seed)
    monkeypatch.setattr(reading_queue, "FLOOD", 2)
    monkeypatch.setattr(reading_order_cache, "MOST", 9)
    for _ in range(40):
        days = [f"2026-11-{chance.randrange(16, 19)}", chance.random() < 0.4]
        screened(chance.choice(ORDERS), day=days[0], excluded_from_figures=days[1])
        some = Screening.objects.filter(pk=chance.choice(list(Answer.objects.values_list("pk", flat=True))))
        change = chance.randrange(6)
        if change == 0:
            some.update(order=chance.choice(ORDERS))
        elif change == 1:
            some.update(reported=True)
        elif change == 2:
            some.filter(answer__response__excluded_from_figures=True).update(copy=True)
        elif change == 3:
            Answer.objects.filter(pk__in=some).update(state=AnswerState.CLEARED)
        urgent, unread = reading_queue.list_waiting(reader)
        assert unread == order_by_hand()
        t1 = [row.pk for row in Screening.objects.filter(pk__in=unread) if row.flagged and row.priority == "T1"]
        assert set(urgent) <= set(t1) and urgent == unread[: len(urgent)]
