"""Numbers, codes and days that are spelled out, spaced, misspelled or shortened."""

from time import process_time

import pytest

from consultation.reading.redaction import propose_spans


def found(text, kind):
    return {text[span.start : span.end] for span in propose_spans(text) if span.type == kind}


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("text my sister not me o7700 9oo 734 ok", {"o7700 9oo 734"}),
        ("Text me on 0 77 00 / 900 / 883 or e-mail", {"0 77 00 / 900 / 883"}),
        ("phone 01632nine60three11 or 01632 960 9l9", {"01632nine60three11", "01632 960 9l9"}),
        ("numbers 999 555 0101 and 999 555 0110, told on the phone 999 880 1127", set()),
    ],
)
def test_phone_numbers_with_letters_and_gaps(said, numbers):
    assert found(said, "PHONE") == numbers


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("From bd 98 6iq its two changes", {"bd 98 6iq"}),
        (
            "at BD 25 - 8 ND, BD77, 1AF, BD77 5 S N and bd96 9 fa",
            {"BD 25 - 8 ND", "BD77, 1AF", "BD77 5 S N", "bd96 9 fa"},
        ),
        ("we live in bd31 and in KS2 and have DT2", {"bd31"}),
        ("the other side is BD39. It stops in BD41 and BD43 8 but not ours", {"BD39", "BD41", "BD43 8"}),
        ("the plate says DA11 QQD and it is red", set()),
        ("my PS5, an HP15 and CR7 on my wall, M62, A650, KS3", set()),
        ("the postcode is b d thirty two six v k and i want", {"b d thirty two six v k"}),
        (
            "B for Bravo, D for Delta, six three, two, Quebec, Tango is it",
            {"B for Bravo, D for Delta, six three, two, Quebec, Tango"},
        ),
        ("we had 20 at 12 and we got 5 of us in by 8 am or so", set()),
    ],
)
def test_postcodes_with_gaps_and_said(said, codes):
    assert found(said, "POSTCODE") == codes


@pytest.mark.parametrize(
    ("said", "plates"),
    [
        ("the car was qi 55 owl and then Q 414 IVB, FP 6 6 QOK", {"qi 55 owl", "Q 414 IVB", "FP 6 6 QOK"}),
        (
            "Reg was Mike Quebec two four, Kilo Kilo India, I was in the army",
            {"Mike Quebec two four, Kilo Kilo India"},
        ),
        ("a motorbike, Y Q 7 0 / K I P, half twelve", {"Y Q 7 0 / K I P"}),
        ("i am 9 and in yr 5 so i go at 3 to be in it, by car", set()),
        ("the car park had 20 men and 10 of us at 12 and we ran", set()),
    ],
)
def test_plates_letter_by_letter(said, plates):
    assert found(said, "PLATE") == plates


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("they put us on a list, ref yc 3391 n so on", {"yc 3391"}),
        ("the reference is CIN dash 8 8 0 4 dash Q and so", {"CIN dash 8 8 0 4 dash Q"}),
        ("wanted the pass number, YC 60 2217 Q, which is ON it", {"YC 60 2217 Q"}),
        ("logged as 2024/MASH/5519. Then", {"2024/MASH/5519"}),
        ("his nhs is 999 0 12 4471 its all on there", {"999 0 12 4471"}),
        ("bus pass number bp 77 30 4412 and the driver", {"bp 77 30 4412"}),
        ("passport for the trip is Q9 114 0026 ok", {"Q9 114 0026"}),
        ("UPN B999 2041 17005 appears twice", {"B999 2041 17005"}),
        ("number 1 in 2024, no 10 in 2023, the number of kids is 2000", set()),
        ("year 10 case in 2020, file 3 of 4", set()),
    ],
)
def test_references_with_gaps(said, numbers):
    assert found(said, "ID") == numbers


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Visits on 6/2, 13/2 and 20/2; next due 27/2.", {"6/2", "13/2", "20/2", "27/2"}),
        ("then the text said 16/2, the boiler by 07/10", {"16/2", "07/10"}),
        ("late on 19.09 and 22.09 and no badge, saw it on 17.06. Ok", {"19.09", "22.09", "17.06"}),
        ("second day of Ramadan, 28th ramadan, chaand raat", {"second day of Ramadan", "28th ramadan", "chaand raat"}),
        ("the christening on Palm Sunday", {"Palm Sunday"}),
        ("i give it 8/10 and 7/10, 24/7, 1/2 price, 3/4 of us, won 3-2 and 20-9, £17.09, at 17.09", set()),
    ],
)
def test_days_in_short(said, days):
    assert found(said, "DATE") == days


def test_a_birthday_in_ordinals():
    assert found("DOB for her is the sixth of the eleventh, two thousand and fifteen, they wrote", "DOB") == {
        "sixth of the eleventh, two thousand and fifteen"
    }


@pytest.mark.parametrize("text", ["a" * 100_000, "0 7 7 " * 2_000, "1/2 " * 2_500, "a.b_c " * 2_000, "x y " * 2_500])
@pytest.mark.slow
def test_long_answers_without_sense_cost_little(text):
    """One word of 100,000 letters took 160 s while the pattern of an address could begin at each of them."""
    start = process_time()
    propose_spans(text)
    assert process_time() - start < 10
