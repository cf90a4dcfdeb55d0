"""An editor panel that a room above draws."""

import pytest
from django.dispatch import Signal

from consultation.surveys.models import ConsultationPage
from consultation.surveys.signal_panels import SignalPanel

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def bound(asked, rf):
    request = rf.get("/")
    request.user = "an officer"
    panel = SignalPanel(heading="Checks", asked=asked, template="panel.html").bind_to_model(ConsultationPage)
    return panel.get_bound_panel(instance=ConsultationPage(), request=request)


def test_a_panel_is_hidden_where_nobody_answers_or_all_answer_with_none(rf):
    asked = Signal()
    assert not bound(asked, rf).is_shown()
    asked.connect(lambda **facts: None, weak=False)
    assert not bound(asked, rf).is_shown()


def test_the_first_answer_is_its_context(rf):
    asked = Signal()
    asked.connect(lambda page, user, **facts: {"for": user}, weak=False)
    panel = bound(asked, rf)
    assert panel.is_shown() and panel.get_context_data({})["for"] == "an officer"
    assert (panel.template_name, panel.heading) == ("panel.html", "Checks")
