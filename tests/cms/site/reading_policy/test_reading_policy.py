"""The page of how answers are read: in every language, with reasons, and never a word of what is passed on."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.interface_text import get_text
from consultation.reading.response_times.models import FirstReadTally
from insights.quarter_counts.models import QuarterCounts

FIGURES = {
    "no": {"value": 44, "symbol": ""},
    "who": {"value": None, "symbol": "fewer than 10"},
    "hurt": {"value": 12, "symbol": ""},
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_it_stands_in_every_language_without_a_missing_word(language, client, home):
    page = client.get(f"/{language}/how-we-read/")
    assert page.status_code == 200 and "policy." not in page.content.decode()


@pytest.mark.django_db
def test_it_tells_the_counts_of_the_last_quarter_and_names_no_small_number(client, home):
    QuarterCounts.objects.create(
        subject="left-out", quarter=date(2026, 7, 1), figures=FIGURES, made_on=date(2026, 10, 14)
    )
    before = Quarter.of(timezone.localdate()).before.first
    FirstReadTally.objects.create(quarter=before, steps=0, late=False, answers=38)
    FirstReadTally.objects.create(quarter=before, steps=3, late=True, answers=2)
    page = client.get("/en/how-we-read/").content.decode()
    assert "95 in 100 answers" in page, "of those of the last whole quarter"
    assert "About 44 people from 1 July 2026 to 30 September 2026" in page
    assert "Fewer than 10 people from 1 July 2026" in page and get_text("policy.noise") in page


@pytest.mark.django_db
def test_without_a_number_nothing_is_said_of_changed_numbers(client, home):
    few = {reason: {"value": None, "symbol": "fewer than 10"} for reason in FIGURES}
    QuarterCounts.objects.create(subject="left-out", quarter=date(2026, 7, 1), figures=few, made_on=date(2026, 10, 14))
    assert get_text("policy.noise") not in client.get("/en/how-we-read/").content.decode()


@pytest.mark.django_db
def test_what_is_passed_on_is_never_a_reason(client, home):
    page = client.get("/en/how-we-read/").content.decode().lower()
    main = page[page.index('<main id="main"') : page.index("</main>")]
    for word in ("triage", "safeguarding", "flag", "lead reads", "in danger"):
        assert word not in main


@pytest.mark.django_db
def test_every_public_page_leads_there(client, home):
    assert 'href="/en/how-we-read/"' in client.get("/en/help/").content.decode()
