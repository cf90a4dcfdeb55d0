"""Did people hear back: figures as any other, and none that moves with one person's answer."""

from datetime import date, timedelta

from consultation.receipts.heard import actions
from consultation.receipts.heard.models import HeardAnswer
from insights.results import heard

DAY = date(2027, 3, 3)


def send(page, choice, number, start=0):
    for n in range(start, start + number):
        actions.take(consultation=page, nonce=f"{choice:<6}{n:010}".encode(), choice=choice)


def shown(page):
    picture = heard.picture_of(page)
    return {row["id"]: row["value"] for row in picture.table["rows"]} if picture else None


def test_nothing_under_thirty_then_rounded_with_small_ones_hidden(parks):
    page, _ = parks
    send(page, "yes", 22)
    heard.refresh(DAY)
    assert shown(page) == {}
    send(page, "no", 12)
    heard.refresh(DAY + timedelta(days=1))
    found = shown(page)
    assert (found["partly"], found["dk"]) == (None, None)
    assert {value for value in found.values() if value is not None} <= {10, 15, 20, 25}


def test_nine_more_change_nothing_and_the_tenth_does_on_another_day(parks):
    page, _ = parks
    for choice, number in {"yes": 40, "no": 20, "partly": 15, "dk": 12}.items():
        send(page, choice, number)
    heard.refresh(DAY)
    before = shown(page)
    send(page, "no", 9, start=20)
    assert heard.refresh(DAY + timedelta(days=1)) == 0
    send(page, "no", 11, start=29)
    assert heard.refresh(DAY) == 0, "once a day"
    assert heard.refresh(DAY + timedelta(days=1)) == 1
    assert (before["no"], shown(page)["no"]) == (20, 40)


def test_a_flood_is_kept_and_counted_nowhere(parks):
    page, _ = parks
    assert actions.take(consultation=page, nonce=b"x" * 16, choice="yes", flood=True)
    assert HeardAnswer.objects.get().held
    heard.refresh(DAY)
    assert shown(page) is None
