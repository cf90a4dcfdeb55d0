"""Days are read as they are written in Britain, and a day that nobody can read is an error beside its field."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("written", ["2027-01-05", "05/01/2027", "5/1/2027"])
def test_a_day_is_read_as_it_is_written(written):
    assert forms.DateField().clean(written) == date(2027, 1, 5)


@pytest.mark.parametrize("written", ["01/22/2027", "22.13.2027", "tomorrow"])
def test_a_day_that_nobody_can_read_is_an_error(written):
    with pytest.raises(forms.ValidationError, match="valid date"):
        forms.DateField().clean(written)


def test_the_editor_has_the_browsers_own_fields_of_days(client_as, home):
    page, _ = factories.consultation(home)
    html = client_as("engagement_officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    days = BeautifulSoup(html, "html.parser").find_all("input", attrs={"name": ["opens", "closes", "feedback_date"]})
    assert len(days) == 3 and {one["type"] for one in days} == {"date"}


def test_the_editors_form_says_which_day_cannot_be_read(person, home):
    page, _ = factories.consultation(home)
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        {"closes": "31/02/2027", "body-count": "0"}, instance=page, for_user=person("engagement_officer")
    )
    assert "Enter a valid date." in form.errors["closes"]
