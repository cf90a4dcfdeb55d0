"""Which texts are blind, whatever was drawn, coded, taken back and answered meanwhile."""

import contextlib
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.blind_texts import blind_texts
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import OFFERED
from insights.coding.desk.actions import accept_proposals, confirm_codes, undo_confirmed_codes
from insights.coding.discovery import suggestion_overview
from insights.coding.discovery.models import Placement, Suggestion
from insights.corpus.models import DRAWS, Text
from tests import factories

STEPS = st.lists(
    st.tuples(st.sampled_from(["draw", "code", "undo", "answer", "withdraw"]), st.integers(0, 39)), max_size=8
)


def find_limit():
    return ConfirmationRound.objects.aggregate(limit=Max("below"))["limit"] or 0


def take_step(verb, n, desk, write, themes, officer, coded):
    """`coded` {text id: whether it belonged to the sample when it was coded}."""
    text = Text.objects.order_by("pk")[n % Text.objects.count()]
    if verb == "draw":
        draw_confirmation_sample(consultation=desk, half_width=OFFERED[n % len(OFFERED)], by=officer)
    elif verb == "code":
        confirm_codes(text=text, themes=[themes["lights"]] if n % 2 else [], by=officer)
        coded[text.pk] = text.draw < find_limit()
    elif verb == "undo":
        undo_confirmed_codes(text=text, by=officer)
        coded.pop(text.pk, None)
    elif verb == "answer":
        write(n, n * DRAWS // 40)
    else:
        text.delete()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@pytest.mark.slow
def test_an_answer_of_whoever_was_drawn_is_blind_until_it_is_coded_blind_and_no_other_one(
    desk, write, themes, officer, steps
):
    coded = {}
    with transaction.atomic():
        for verb, n in [*steps, ("draw", 0)]:
            with contextlib.suppress(ValidationError), transaction.atomic():
                take_step(verb, n, desk, write, themes, officer, coded)
        limit = find_limit()
        expected = {text.pk for text in Text.objects.all() if text.draw < limit and not coded.get(text.pk)}
        assert set(blind_texts().values_list("pk", flat=True)) == expected
        for text in Text.objects.select_related("version"):
            if text.pk in expected:
                with pytest.raises(ValidationError, match="without the machine"):
                    accept_proposals(consultation=desk, choices=[(text, [themes["lights"]])], by=officer)
        transaction.set_rollback(True)


def test_a_sample_of_one_consultation_blinds_no_other(sampled, home, officer):
    other, version = factories.consultation(
        home, slug="buses", items=[factories.question("c", "long_text")], by=officer
    )
    text = Text.objects.create(
        version=version, respondent=uuid.uuid4(), question="q-c", language="en", text="Late", draw=0
    )
    assert set(blind_texts()) == set(sampled)
    assert text not in ConfirmationRound.objects.sampled_texts(other)


def test_several_are_accepted_together_with_none_of_the_sample(sampled, others, desk, themes, officer):
    lights = [themes["lights"]]
    with pytest.raises(ValidationError):
        accept_proposals(consultation=desk, choices=[(others[0], lights), (sampled[0], lights)], by=officer)
    assert accept_proposals(consultation=desk, choices=[(others[0], lights)], by=officer) == 1


def test_a_search_by_theme_does_not_find_it(coder, sampled, others, themes):
    def found(**query):
        page = coder.get(reverse("insights:search-answers", query=query)).context["page"]
        return {text.pk for text in page.rows}

    blind = {text.pk for text in sampled}
    assert found(q="lights") & blind
    by_theme = found(q="lights", theme=themes["lights"].pk)
    assert by_theme and not by_theme & blind


def test_a_suggestion_shows_no_answer_of_it(sampled, others, desk, officer):
    one = Suggestion.objects.create(consultation=desk, name=["buses"], centre=b"", reach=0.5)
    Placement.objects.bulk_create(Placement(text=text, suggestion=one) for text in (sampled[0], others[0]))
    typical, _ = suggestion_overview.typical_and_atypical_texts(one, officer)
    assert [text for text, _ in typical] == [others[0]]
