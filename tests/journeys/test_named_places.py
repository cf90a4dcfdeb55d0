"""A lead says that a case is about years ago, and seals a named place with it: on a small screen, without a script."""

import pytest
from django.urls import reverse

from consultation.safeguarding import actions
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_lead_says_that_it_is_years_ago_and_seals_a_place_with_the_case(home, reader, signed_in):
    version = factories.consultation(home, items=[factories.question("a", "long_text")])[1]
    answer = factories.response(version, texts={"q-a": "He waited by the lake."}).answers.get()
    case = actions.open_case(answer=answer, by=reader, priority="T2", why="A worry.")
    page = signed_in("safeguarding_lead", width=390, java_script_enabled=False)
    page.goto(reverse("safeguarding:case", args=[case.pk]))
    page.fill("#seen", "To decide.")
    page.get_by_role("button", name="Show the words").click()
    page.get_by_text("It is about years ago").click()
    page.fill("#category-why", "She writes of 1994.")
    page.get_by_role("button", name="Say that it is non-recent").click()
    assert "It was not your fault." in page.inner_text("main")
    page.get_by_role("link", name="Named places").click()
    page.get_by_label("The place, as the words name it").fill("Old Dye Works")
    page.get_by_label("What kind of place it is").select_option("street")
    page.get_by_label("Why the name is needed").fill("The police ask where it is.")
    page.get_by_role("button", name="Seal it with the case").click()
    said = page.inner_text("main")
    assert "Old Dye Works" in said and "Street or path" in said
