"""Days are read as they are written in Britain, and a day that nobody can read is an error beside its field."""

import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.urls import reverse

from cms.site.pages.models import InformationPage
from tests import factories

NAMES_OF_DAYS = ["opens", "closes", "feedback_date", "go_live_at"]
pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("written", "day"), [("2027-01-05", 5), ("05/01/2027", 5), ("5/1/2027", 5), ("22/01/2027", 22), ("22/1/2027", 22)]
)
def test_a_day_is_read_as_it_is_written(written, day):
    assert forms.DateField().clean(written) == date(2027, 1, day)


@pytest.mark.parametrize("written", ["01/22/2027", "22.13.2027", "tomorrow"])
def test_a_day_that_nobody_can_read_is_an_error(written):
    with pytest.raises(forms.ValidationError, match="valid date"):
        forms.DateField().clean(written)


@pytest.mark.parametrize("kind", ["consultation", "information page"])
def test_the_editor_has_the_browsers_own_fields_of_days(client_as, home, kind):
    """In Wagtail's, 22/01/2027 became today without a word."""
    page = factories.consultation(home)[0] if kind == "consultation" else InformationPage.objects.first()
    html = client_as("engagement_officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    shown = BeautifulSoup(html, "html.parser")
    days = {one["name"]: one["type"] for one in shown.find_all("input", attrs={"name": NAMES_OF_DAYS})}
    assert days.pop("go_live_at") == "datetime-local"
    assert len(days) == (3 if kind == "consultation" else 0) and set(days.values()) <= {"date"}
    assert shown.find(attrs={"data-start": re.compile("^init")}) is None, "no picker of Wagtail's"


def test_the_editor_keeps_the_moment_that_it_shows(client_as, home):
    page, _ = factories.consultation(home)
    page.go_live_at = datetime(2027, 1, 22, 9, 30, tzinfo=UTC)
    page.save_revision()
    html = client_as("engagement_officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    shown = BeautifulSoup(html, "html.parser").find("input", attrs={"name": "go_live_at"})["value"]
    assert shown == "2027-01-22T09:30" and forms.DateTimeField().clean(shown) == page.go_live_at


def test_the_editors_form_says_which_day_cannot_be_read(person, home):
    page, _ = factories.consultation(home)
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        {"closes": "31/02/2027", "body-count": "0"}, instance=page, for_user=person("engagement_officer")
    )
    assert "Enter a valid date." in form.errors["closes"]
