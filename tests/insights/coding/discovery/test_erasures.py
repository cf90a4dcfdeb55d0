from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.surveys.models import ConsultationPage
from insights.coding.discovery import actions
from insights.coding.discovery.erasures import SuggestionErasure
from insights.coding.discovery.models import Suggestion

pytestmark = pytest.mark.django_db


def closed(page, days):
    ConsultationPage.objects.filter(pk=page.pk).update(closes=timezone.localdate() - timedelta(days=days))


@pytest.mark.parametrize(("days", "left"), [(3 * 366, 0), (3 * 360, 4)])
def test_what_was_found_goes_three_years_after_the_close_whatever_became_of_it(
    suggestions, missed, officer, days, left
):
    first, second, third = suggestions
    actions.merge_suggestions(suggestions=[first, second], into=first, by=officer)
    Suggestion.objects.create(
        consultation=missed[0], name=["late"], phrases=[], centre=third.centre, reach=0.5, parent=third
    )
    closed(missed[0], days)
    SuggestionErasure().run()
    assert Suggestion.objects.count() == left
