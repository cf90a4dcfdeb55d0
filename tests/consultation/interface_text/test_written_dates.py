from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import override

from consultation.interface_text.written_dates import write_out_day

WRITTEN = {
    "en": "4 December 2026",
    "ur": "4 دسمبر 2026",
    "pl": "4 grudnia 2026",
    "bn": "4 ডিসেম্বর 2026",
    "sk": "4. decembra 2026",
    "ro": "4 decembrie 2026",
    "pa": "4 ਦਸੰਬਰ 2026",
    "ar": "4 ديسمبر 2026",
}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_day_is_written_as_its_language_does(language):
    with override(language):
        assert write_out_day(date(2026, 12, 4)) == WRITTEN[language]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_no_month_is_left_in_english(language):
    with override("en"):
        english = {str(name) for name in MONTHS.values()}
    with override(language):
        named = {str(name) for name in MONTHS.values()} | {
            write_out_day(date(2026, month, 1)) for month in range(1, 13)
        }
    assert len(named) == 24
    shared = {"September", "November", "December", "April", "August", "august"} if language in ("sk", "ro") else set()
    assert {word for said in named for word in said.split()} & english <= shared


def test_a_moment_is_written_as_the_day_it_is_here():
    assert write_out_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"
