"""Structured personal data is found in every usual spelling; lookalikes are left alone."""

import pytest

from consultation.reading.redaction import propose_spans


def found(text):
    return {(text[span.start : span.end], span.type) for span in propose_spans(text)}


PHONES = """07700 900123|07700900123|07700-900-123|07700.900.123|07700 900 123|+44 7700 900123|+447700900123
+44 (0)7700 900123|0044 7700 900123|(07700) 900123|0 7 7 0 0 9 0 0 1 2 3|07 700 900 123|0770 0900 123|7700 900123
01632 960123|(01632) 960123|01632960123|01632 960 123|020 7946 0123|(020) 7946 0123|0113 496 0123|0161-496-0123
+48 601 234 567|+40 721 234 567|00 92 300 1234567|٠٧٧٠٠ ٩٠٠١٢٣|০৭৭০০ ৯০০১২৩|0\u200b7700 900123|０７７００ ９００１２３
oh seven seven double o nine hundred one two three|zero seven seven zero zero nine zero zero one two three"""
PLATES = """YB22 QQI|YB22QQI|yb22 qqi|yb22qqi|YB 22 QQI|YB-22-QQI|Y B 2 2 Q Q I|Q123 IQI|QQI 123Q"""
POSTCODES = """BD99 4QX|BD994QX|bd99 4qx|bd994qx|B1 1QQ|EC1A 1QQ|LS99  3QZ|bd99-4qx"""
EMAILS = """a.b@example.org|A.B@EXAMPLE.ORG|a_b+c@mail.example.co.uk|a.b at example dot org|a.b (at) example (dot) org
a.b [at] example.org|ab @ example.org|a.b@example.org.uk"""
URLS = """www.example.org|https://example.org/a/b?c=1|http://example.com|example.org/page|sub.example.net|example.co.uk
hxxp://example.org|www dot example dot org"""
HANDLES = """@kxng.blue_07|@ab|lil_saff.x|jay__99|_maya_|xo.leaks.bd|szymek.goal7|voidkid_11
dino_zaki09|coolcat#4471|u/sleepyfox"""
DATES = """12th May|12 May 2026|May 12th|the twelfth of May|21st of March|Friday 6th October|12/05/2026|2026-05-12|12.5.2026
Weds 9 October|the 3rd of November|twenty-second of July|Christmas Eve|Boxing Day|12 maja|5. mája|3 martie|6 Nov"""
IDS = """999 014 2210|9990142210|999-014-2210|QQ 12 34 56 C|QQ123456C|qq 12 34 56 c|EHCP-77120|CSC/24/08817|13/55120/24
LAC/19/00417|X820200134007|K1204417|13230481265|PC 4417|NFA-2231-B|YS-8841-26|Q1049328/6"""


def each(block):
    return [one for line in block.splitlines() for one in line.split("|")]


@pytest.mark.parametrize("number", each(PHONES))
def test_phone_numbers(number):
    assert {kind for _, kind in found(f"ring me on {number} after tea")} == {"PHONE"}


@pytest.mark.parametrize("plate", each(PLATES))
def test_number_plates(plate):
    assert (plate, "PLATE") in found(f"the car is a grey golf reg {plate} outside school")


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("a blue van QIL 4471 waits at the gates", "QIL 4471"),
        ("his reg starts YB22 and its red", "YB22"),
        ("only got some of the plate, QKF something", "QKF"),
        ("the plate was 1 QQI on the jag", "1 QQI"),
        ("reg is yb22 somethng", "yb22"),
    ],
)
def test_other_plates_and_parts_of_plates(text, plate):
    assert (plate, "PLATE") in found(text)


@pytest.mark.parametrize("code", each(POSTCODES))
def test_postcodes(code):
    assert (code, "POSTCODE") in found(f"we live in {code} now")


@pytest.mark.parametrize("address", each(EMAILS))
def test_mail_addresses(address):
    assert {kind for _, kind in found(f"write to {address} please")} == {"EMAIL"}


@pytest.mark.parametrize("address", each(URLS))
def test_web_addresses(address):
    assert {kind for _, kind in found(f"it is all on {address} now")} == {"URL"}


@pytest.mark.parametrize("handle", each(HANDLES))
def test_handles(handle):
    assert (handle, "HANDLE") in found(f"there is someone called {handle} who messages us")


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("my snap is jadeyxo if you need me", "jadeyxo"),
        ("insta: lolabeez", "lolabeez"),
        ("his username is deathbringr on there", "deathbringr"),
        ("add me on roblox its zorbykid", "zorbykid"),
        ("tiktok = munchkinnn", "munchkinnn"),
    ],
)
def test_handles_beside_the_name_of_a_platform(text, handle):
    assert (handle, "HANDLE") in found(text)


@pytest.mark.parametrize("date", each(DATES))
def test_dates(date):
    kinds = {kind for _, kind in found(f"it happened on {date} at home")}
    assert kinds == {"DATE"}


@pytest.mark.parametrize(
    "text", ["born 12/05/2014", "my dob is 12 05 14", "my birthday is 9 April", "Aisha (4 May 2015)"]
)
def test_dates_of_birth(text):
    assert "DOB" in {kind for _, kind in found(text)}


@pytest.mark.parametrize("number", each(IDS))
def test_numbers_of_one_person_or_one_case(number):
    assert {kind for _, kind in found(f"the reference is {number} if it helps")} == {"ID"}


@pytest.mark.parametrize(
    "text",
    [
        "I will be 14 in 2026 and i got 14/20 and 7/10",
        "open 24/7 please, not 9 to 5",
        "meet at 4.30pm or 16:45, not 11.15 am",
        "bus 620 and the X63 and the M62 and A650",
        "year 10, KS4, GCSE maths, BTEC level 3, P.E. and R.E.",
        "i filled in form CP17 and DS1500",
        "it cost £3.50 and then £1,200 and 50p",
        "covid-19 was bad and so was 2020",
        "section 47 and section 20 of the act",
        "ring childline on 0800 1111 or the police on 101 or 999",
        "we are 12-14 years old, about 30 of us",
        "he was scared.dont tell anyone. i am ok.thanks",
        "waited 15 minutes, then 2 hours, then 3 weeks",
        "in may or in march. it may be 10 people",
        "1st place! 2nd best day of my life",
        "page 4 of the pdf, question 3b",
        "my phone is an iphone 14 and my xbox one is broke",
        "e.g. a gym, i.e. something to do, etc. etc.",
        "the ps5 and the switch, fifa 24 and gta 6",
        "10 out of 10, 100%, 3x a week",
        "=SUM(A1:A9) @SUM(1) -1+1",
    ],
)
def test_ordinary_figures_are_left_alone(text):
    assert propose_spans(text) == []


@pytest.mark.parametrize("after", ["3 Tanner Fold", "12 Tanner Fold"])
def test_a_house_number_after_a_phone_number_hides_neither(after):
    assert found(f"07700 900123 {after}") == {("07700 900123", "PHONE"), (after, "ADDRESS")}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("moved to ZX4 7QT in May", "ZX4 7QT"),
        ("the Y6 2ND team", None),
        ("in KS2 4TH again", None),
        ("at the yard, qz3 8lw, all welcome", "qz3 8lw"),
        ("yr8 2nd set, 8gb, at9 5pm", None),
    ],
)
def test_a_postcode_in_capitals_counts_whatever_its_area_but_no_year_group(said, code):
    assert {text for text, kind in found(said) if kind == "POSTCODE"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("ring oh seven seven double oh 900 127 thanks", "oh seven seven double oh 900 127"),
        ("ring 07700/900/127, I am in", "07700/900/127"),
        ("ring oh double seven hundred no wait 07700 900 0 six 2 lol", "07700 900 0 six 2"),
        ("its 07700 nine hundred and 123, ta", "07700 nine hundred and 123"),
        ("call 01632 nine sixty, four four two", "01632 nine sixty, four four two"),
        ("07700 - 900 - 123 after tea", "07700 - 900 - 123"),
        ("seven seven double oh, nine hundred, one two three", "seven seven double oh, nine hundred, one two three"),
        ("ring 0800 1111 or zero eight hundred, double one double one", None),
        ("we counted 0, 10, 20, 30, 40, 50, 60 in maths", None),
        ("double oh seven was 2 hours and 45 minutes, score 0 one 2", None),
    ],
)
def test_a_phone_number_half_in_words_or_with_strokes(said, number):
    assert {text for text, kind in found(said) if kind == "PHONE"} == ({number} if number else set())


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("or on snap its kas-eatsrice, dont ring", {"kas-eatsrice"}),
        ("on roblox i go by mooncheesepie", {"mooncheesepie"}),
        ("on tiktok its all fake, on insta im happy", set()),
    ],
)
def test_a_user_name_after_the_platform(said, names):
    assert {text for text, kind in found(said) if kind == "HANDLE"} == names


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("the bin was set on fire on Halloween and we ran", {"Halloween"}),
        ("we met on eid, at her house", {"eid"}),
        ("we work on Christmas cards for the halloween party", set()),
    ],
)
def test_a_feast_is_a_day_where_something_happened_on_it(said, days):
    assert {text for text, kind in found(said) if kind == "DATE"} == days
