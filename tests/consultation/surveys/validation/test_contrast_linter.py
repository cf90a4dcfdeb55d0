"""Findings outside the questions: the site's colours and the help entries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.branding.models import Appearance
from consultation.safeguarding.models import HelpEntry
from tests.consultation.surveys.conftest import asked, raw

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def look(home, colour):
    from wagtail.models import Site

    Appearance.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults={"main_colour": colour})


def test_a_main_colour_that_is_hard_to_read_stops_everything(home, spots):
    look(home, "#7aa5ad")
    found = spots("contrast", asked("q", "How is it?", "faces"))
    assert found[0].found.endswith("and 7 to 1 is needed") and "#" in found[0].fix
    assert "/settings/consultation/appearance/" in found[0].url


def test_a_dark_colour_and_no_colour_are_fine(home, spots):
    assert spots("contrast") == []
    look(home, "#0b4f5a")
    assert spots("contrast") == []


def help_entry(slug, days):
    checked = timezone.localdate() - timedelta(days=days) if days is not None else None
    return HelpEntry.objects.create(slug=slug, name=slug.title(), for_whom="All", order=1, checked_on=checked)


@pytest.mark.parametrize(("days", "found"), [(0, False), (90, False), (91, True), (None, True)])
def test_a_help_entry_is_checked_within_90_days(spots, days, found):
    help_entry("shout", days)
    assert bool(spots("help-unchecked")) == found


def test_an_entry_that_an_answer_opens_is_said_at_its_question(spots):
    help_entry("shout", 100)
    opens = raw({"any_of": ["yes"], "text": "You can text.", "entries": ["shout"]}, id_="1")
    found = spots("help-unchecked", asked("q", "How is it?", choices=["Yes", "No"], help_by_answer=[opens]))
    assert [(spot.block, spot.found) for spot in found] == [("q", "Shout")]
    assert "/snippets/consultation/helpentry/edit/" in found[0].url
