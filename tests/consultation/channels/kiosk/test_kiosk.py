"""Shared tablet: a PIN starts it, its pages keep only a reference, and responses carry its channel."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.kiosk import actions, kiosk_pins, kiosk_references
from consultation.channels.kiosk.models import Kiosk
from consultation.channels.web import form_tokens
from consultation.channels.web.withdrawal import withdraw_response
from consultation.interface_text import get_text
from consultation.interface_text.written_dates import write_out_day
from consultation.receipts.models import Receipt
from consultation.respondent_pages import encrypted_references, slow_hash
from consultation.responses.models import Channel, Response
from tests.consultation.channels.conftest import ADDRESS, token_in

KIOSK = "/en/kiosk/"
FIELD = re.compile(r'name="kiosk" value="([^"]+)"')


pytestmark = pytest.mark.usefixtures("quick_hash")


@pytest.fixture
def kiosk(published, officer):
    """(kiosk, pin)"""
    until = timezone.localdate() + timedelta(days=7)
    return actions.set_up_kiosk(
        page=published[0], name="Youth club tablet", until=until, languages=["en", "ur"], by=officer
    )


@pytest.fixture
def touch(client, kiosk):
    """touch("before", ...): press a button of the tablet; its page."""
    reference = kiosk_references.make_kiosk_reference(kiosk[0])

    def press(do="", *, address=KIOSK, **fields):
        return client.post(address, {"kiosk": reference, "do": do, **fields})

    return press


def said(answer):
    return answer.content.decode()


def test_only_a_hash_of_the_pin_is_kept(kiosk):
    stored, pin = kiosk
    assert re.fullmatch(r"\d{3}( \d{3}){3}", pin)
    secret = kiosk_pins.extract_digits(pin)[3:]
    assert secret not in stored.pin
    assert kiosk_pins.is_pin_of(stored, secret)
    assert [entry.data for entry in AuditEntry.objects.filter(verb="kiosk set up")] == [
        {"consultation": stored.page_id}
    ], "ids alone"


def test_the_address_asks_for_the_pin_and_tells_nothing(client, published):
    page = client.get(KIOSK)
    assert page.status_code == 200
    assert "Parks" not in said(page)
    assert not page.cookies


@pytest.mark.parametrize(
    "spelling", [lambda pin: pin, lambda pin: pin.replace(" ", ""), lambda pin: pin.replace(" ", "-")]
)
def test_the_pin_starts_it_however_it_is_spaced(client, kiosk, spelling):
    page = client.post(KIOSK, {"pin": spelling(kiosk[1])})
    assert "Touch here to start" in said(page)
    assert "Parks" in said(page)
    assert not page.cookies
    assert page["Cache-Control"] == "no-store"


def test_a_wrong_pin_does_not_start_it_and_tries_end(client, kiosk):
    number = kiosk[0].number
    for _ in range(kiosk_pins.pin_tries.times):
        assert client.post(KIOSK, {"pin": f"{number}000000"}).status_code == 422
    refused = client.post(KIOSK, {"pin": kiosk[1]})
    assert refused.status_code == 429
    assert "too many tries" in said(refused)


@pytest.mark.slow
def test_a_stranger_locks_nobody_elsewhere_out_of_a_tablet(client, kiosk):
    """However many tries at its number come from other addresses."""
    for stranger in range(40):
        for _ in range(kiosk_pins.pin_tries.times):
            client.post(KIOSK, {"pin": f"{kiosk[0].number}000000000"}, REMOTE_ADDR=f"203.0.113.{stranger}")
    assert client.post(KIOSK, {"pin": kiosk[1]}, REMOTE_ADDR="203.0.113.1").status_code == 429
    assert client.post(KIOSK, {"pin": kiosk[1]}, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_a_pin_is_too_long_to_be_guessed_from_many_addresses():
    """A year and more, at a hash of 50 ms, on two processes that do nothing else."""
    seconds = 10**kiosk_pins.SECRET_DIGITS * 0.05 / 2 / 2
    assert seconds > 100 * 24 * 60 * 60


def test_a_pin_of_the_version_before_starts_the_tablet_until_its_day(client, kiosk):
    Kiosk.objects.update(pin=make_password("123456"))
    assert client.post(KIOSK, {"pin": f"{kiosk[0].number} 123 456"}).status_code == 200
    assert client.post(KIOSK, {"pin": f"{kiosk[0].number} 123 457"}).status_code == 422


def test_while_many_hash_nothing_is_tried(client, touch, kiosk, no_place):
    no_place(slow_hash.guesses)
    for _ in range(kiosk_pins.pin_tries.times + 1):
        page = client.post(KIOSK, {"pin": kiosk[1]})
        assert page.status_code == 503 and get_text("error.broken") in said(page)
    assert get_text("error.broken") in said(touch("end", pin=kiosk[1]))


def test_while_many_hash_the_offer_of_four_words_stays(touch, send, no_place):
    survey = touch("ask")
    thanks = send({"a": "2", "kiosk": FIELD.search(said(survey))[1]}, token=token_in(survey))
    offered = re.search(r'name="reference" value="([^"]+)"', said(thanks))[1]
    no_place(slow_hash.own_words)
    page = touch("words", reference=offered)
    assert page.status_code == 503 and offered in said(page) and FIELD.search(said(page))


def test_an_officers_new_pin_needs_no_place_that_strangers_can_take(kiosk, officer, no_place):
    """It needed one of the lane of new words: while strangers filled it, to set a tablet up was an error."""
    for lane in (slow_hash.guesses, slow_hash.own_words):
        no_place(lane)
    assert actions.change_kiosk_pin(kiosk=kiosk[0], by=officer) != kiosk[1]


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("typed", ["", "abc", "999", "999 999 999", "٩٩٩"])
def test_what_is_no_pin_starts_nothing(client, kiosk, typed):
    assert client.post(KIOSK, {"pin": typed}).status_code == 422


def test_it_starts_until_its_day_and_not_when_it_is_off(client, kiosk, officer):
    Kiosk.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert client.post(KIOSK, {"pin": kiosk[1]}).status_code == 422
    Kiosk.objects.update(until=timezone.localdate())
    assert client.post(KIOSK, {"pin": kiosk[1]}).status_code == 200
    actions.switch_off_kiosk(kiosk=kiosk[0], by=officer)
    assert client.post(KIOSK, {"pin": kiosk[1]}).status_code == 422


def test_what_everyone_is_told_comes_before_the_first_question(touch):
    """Five lines and Start, as on the page of a consultation; the rest is folded."""
    lines, folded = said(touch("before")).split('<ul class="plain icons told">')[1].split('<details class="fold">')
    assert lines.split("</ul>")[0].count("<li>") == 5 and 'value="ask"' in lines
    for told in ("We do not know who you are", "we must tell people", "If you want to stop"):
        assert told in lines
    assert "No one reads this day and night" in folded


def test_the_lowest_age_is_said_on_a_tablet_too(touch, published):
    published[0].lowest_age = 11
    published[0].save_revision().publish(skip_permission_checks=True)
    page = said(touch("before"))
    assert get_text("landing.from", low=11) in page
    assert get_text("landing.below", low=11) in page
    assert get_text("landing.helper") in page


def test_no_page_of_it_leads_off_it(touch):
    for do in ("", "language", "before", "ask"):
        links = re.findall(r'<a [^>]*href="([^"]*)"', said(touch(do)))
        assert [link for link in links if not link.startswith("#")] == [], do


def test_the_language_is_picked_on_the_first_page_and_the_tablet_returns_to_its_own(touch):
    assert 'lang="ur"' in said(touch("language", address="/ur/kiosk/"))[:200]
    assert '<html lang="en"' in said(touch("clear", address="/ur/kiosk/"))[:200]


def test_who_began_in_the_wrong_language_picks_another_on_the_page_after_the_start(touch):
    page = said(touch("before"))
    assert re.findall(r'form="begin" name="do" value="before" formaction="(/\w\w/kiosk/)"', page) == [
        KIOSK,
        "/ur/kiosk/",
    ]
    begin = re.search(r'<form id="begin".*?</form>', page, re.S)[0]
    assert 'type="hidden" name="do"' not in begin, "the button that is pressed says what is done"
    assert '<html lang="ur"' in said(touch("before", address="/ur/kiosk/"))[:200]


def test_the_page_after_send_keeps_easy_words_and_says_the_days_and_that_it_is_read_soon(touch, send, published):
    published[0].feedback_date = timezone.localdate() + timedelta(days=30)
    published[0].save()
    survey = touch("ask", easy="yes")
    kept = {"kiosk": FIELD.search(said(survey))[1], "e.a": "2", "i": "Too dark.", "easy": "1"}
    page = said(send(kept | {"i.soon": "1"}, token=token_in(survey)))
    assert re.search(r'id="easy"[^>]*form="offer" checked', page)
    assert f"We got your answers on {write_out_day(timezone.localdate())}." in page
    assert get_text("thanks.soon") in page and get_text("thanks.next", date=published[0].feedback_date) in page
    offered = re.search(r'name="reference" value="([^"]+)"', page)[1]
    assert re.search(r'id="easy"[^>]* checked', said(touch("words", reference=offered, easy="1")))
    assert get_text("thanks.soon") not in said(send(kept, token=token_in(touch("ask"))))


def test_answers_are_marked_as_from_a_tablet(touch, send):
    survey = touch("ask")
    token = token_in(survey)
    assert form_tokens.read_form_token(token).way == form_tokens.FormReferral(Channel.KIOSK)
    thanks = send({"a": "2", "kiosk": FIELD.search(said(survey))[1]}, token=token)
    assert thanks.status_code == 200
    assert "We have your answers" in said(thanks)
    assert [link for link in re.findall(r'<a [^>]*href="([^"]*)"', said(thanks)) if link != "#main"] == []
    assert thanks["Clear-Site-Data"] == '"cache", "storage"'
    assert Response.objects.get().channel == Channel.KIOSK


def test_one_that_closed_while_someone_answered_says_so_on_a_tablet_too(touch, send, published):
    survey = touch("ask")
    published[0].closes = timezone.localdate() - timedelta(days=1)
    published[0].save()
    thanks = send({"a": "2", "kiosk": FIELD.search(said(survey))[1]}, token=token_in(survey))
    assert get_text("closed.read", date=published[0].closes) in said(thanks)
    assert Response.objects.get().excluded_from_figures


def test_easy_words_can_be_chosen_before(touch):
    assert re.search(r'id="easy"[^>]* checked', said(touch("ask", easy="yes")))
    assert not re.search(r'id="easy"[^>]* checked', said(touch("ask")))


def test_a_form_that_comes_back_stays_on_the_tablet(touch, send):
    survey = touch("ask")
    back = send({"kiosk": FIELD.search(said(survey))[1]}, token=token_in(survey))
    assert back.status_code == 422
    assert 'id="clear"' in said(back)
    assert FIELD.search(said(back))
    assert "weather" not in said(back)


def test_four_words_are_shown_once_asked_for(touch, send):
    survey = touch("ask")
    thanks = send({"a": "2", "kiosk": FIELD.search(said(survey))[1]}, token=token_in(survey))
    offered = re.search(r'name="reference" value="([^"]+)"', said(thanks))[1]
    words = touch("words", reference=offered)
    assert said(words).count("<li>") == 4
    assert Receipt.objects.count() == 1
    withdraw_response(response=Response.objects.get())
    assert "<li>" not in said(touch("words", reference=offered))


@pytest.mark.parametrize("meanwhile", ["switched off", "session ended", "12 hours"])
def test_a_tablet_whose_session_ends_meanwhile_loses_no_answer(
    client, touch, send, kiosk, officer, monkeypatch, meanwhile
):
    """One worker's end ends each tablet that was started with this PIN: on another an answer may be open."""
    survey = touch("ask")
    if meanwhile == "switched off":
        actions.switch_off_kiosk(kiosk=kiosk[0], by=officer)
    elif meanwhile == "session ended":
        client.post(KIOSK, {"kiosk": FIELD.search(said(touch("before")))[1], "do": "end", "pin": kiosk[1]})
    else:
        monkeypatch.setattr(kiosk_references, "REFERENCE_SECONDS", -5)
    running, token = FIELD.search(said(survey))[1], token_in(survey)
    back = send({"kiosk": running}, token=token)
    assert back.status_code == 422 and 'id="clear"' in said(back), "a form that comes back stays on the tablet"
    thanks = send({"a": "2", "kiosk": running}, token=token)
    assert "We have your answers" in said(thanks) and Response.objects.get().channel == Channel.KIOSK
    offered = re.search(r'name="reference" value="([^"]+)"', said(thanks))[1]
    assert said(touch("words", reference=offered)).count("<li>") == 4
    assert "The answers were sent." in said(touch("next"))


def test_a_changed_pin_ends_what_runs_on_the_old_one(client, touch, kiosk, officer):
    pin = actions.change_kiosk_pin(kiosk=kiosk[0], by=officer)
    assert "needs its PIN again" in said(touch("before"))
    assert client.post(KIOSK, {"pin": kiosk[1]}).status_code == 422
    assert client.post(KIOSK, {"pin": pin}).status_code == 200


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("made_up", ["", "x", "AAAA", "gAAAA" * 20])
def test_a_made_up_reference_starts_nothing(client, kiosk, made_up):
    assert "Touch here" not in said(client.post(KIOSK, {"kiosk": made_up, "do": "ask"}))


def test_12_hours_after_the_start_the_pin_is_asked_for_however_busy_the_tablet_is(client, kiosk, monkeypatch):
    """Each page made a new reference: one that a child had copied opened the tablet at home until its last day."""
    start, hours = time.time(), 0
    monkeypatch.setattr(encrypted_references.time, "time", lambda: start + hours * 60 * 60)
    page = client.post(KIOSK, {"pin": kiosk[1]})
    for hours, do in ((6, "before"), (6, "ask"), (11, "clear")):  # noqa: B007
        page = client.post(KIOSK, {"kiosk": FIELD.search(said(page))[1], "do": do})
    hours = 13
    assert "needs its PIN again" in said(client.post(KIOSK, {"kiosk": FIELD.search(said(page))[1], "do": "before"}))


def test_a_consultation_that_closed_says_so(touch, published):
    published[0].closes = timezone.localdate() - timedelta(days=1)
    published[0].save(update_fields=["closes"])
    for do in ("", "before", "ask"):
        assert "This has closed." in said(touch(do))


def test_a_worker_ends_it_with_the_pin(touch, kiosk):
    assert "That PIN did not work" in said(touch("end", pin="111 111 111"))
    assert "This screen has ended." in said(touch("end", pin=kiosk[1]))


def test_a_copied_reference_opens_nothing_after_the_end(client, kiosk):
    copied = FIELD.search(said(client.post(KIOSK, {"pin": kiosk[1]})))[1]
    client.post(KIOSK, {"kiosk": copied, "do": "end", "pin": kiosk[1]})
    begun = FIELD.search(said(client.post(KIOSK, {"pin": kiosk[1]})))[1]
    for do in ("", "before", "ask"):
        assert "needs its PIN again" in said(client.post(KIOSK, {"kiosk": copied, "do": do}))
        assert FIELD.search(said(client.post(KIOSK, {"kiosk": begun, "do": do})))


def test_a_web_form_is_never_marked_as_a_tablets(client, send, kiosk):
    token = token_in(client.get(ADDRESS))
    send({"a": "2", "kiosk": kiosk_references.make_kiosk_reference(kiosk[0])}, token=token)
    assert Response.objects.get().channel == Channel.WEB


def test_officers_set_tablets_up_change_pins_and_switch_off(client_as, published):
    client, page = client_as("engagement_officer"), f"/staff/tablets/{published[0].pk}/"
    assert "No tablet yet" in said(client.get(page))
    until = timezone.localdate() + timedelta(days=3)
    made = client.post(page, {"name": "Library", "until": until.isoformat(), "languages": ["en"]})
    kiosk = Kiosk.objects.get()
    pin = re.search(r"(\d{3}) (\d{3} \d{3} \d{3})</p>", said(made))
    assert kiosk_pins.is_pin_of(kiosk, pin[2].replace(" ", ""))
    assert pin[2] not in said(client.get(page)), "told once"
    changed = client.post(f"{page}{kiosk.pk}/", {"do": "pin"})
    assert "starts with this PIN" in said(changed)
    assert client.post(f"{page}{kiosk.pk}/", {"do": "off"}).status_code == 302
    assert "Switched off" in said(client.get(page))


def test_a_day_that_has_passed_sets_nothing_up(client_as, published):
    client, page = client_as("engagement_officer"), f"/staff/tablets/{published[0].pk}/"
    answer = client.post(page, {"name": "Library", "until": "2020-01-01", "languages": ["en"]})
    assert answer.status_code == 422
    assert "This day has passed" in said(answer)
    assert Kiosk.objects.count() == 0


def test_where_every_number_is_taken_an_ended_tablet_gives_up_its_own_and_one_that_works_never(client_as, published):
    client, page = client_as("engagement_officer"), f"/staff/tablets/{published[0].pk}/"
    today = timezone.localdate()
    tablets = [Kiosk(page=published[0], name="Old", number=str(at), pin="", until=today) for at in range(100, 1000)]
    Kiosk.objects.bulk_create(tablets)
    new = {"name": "Library", "until": today.isoformat(), "languages": ["en"]}
    refused = client.post(page, new)
    assert refused.status_code == 422
    assert "900 tablets are set up" in said(refused) and 'value="Library"' in said(refused)
    Kiosk.objects.filter(number="417").update(until=today - timedelta(days=1))
    assert client.post(page, new).status_code == 200
    assert [kiosk.number for kiosk in Kiosk.objects.filter(name="Library")] == ["417"]
    assert Kiosk.objects.count() == 900
