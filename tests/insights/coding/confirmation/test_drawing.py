"""A confirmation sample is a simple random sample of people, and only grows."""

from math import sqrt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultation.audit.models import AuditEntry
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import OFFERED, offer_sample_sizes, people_needed
from insights.corpus.models import Text
from tests import factories


def sampled(page):
    return set(ConfirmationRound.objects.sampled_texts(page).values_list("respondent", flat=True))


def test_as_many_people_are_drawn_as_the_interval_needs(answered, officer):
    drawn = draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
    assert drawn.size == people_needed(10, 80) == 44
    assert len(sampled(answered)) == 44
    assert AuditEntry.objects.filter(verb="confirmation sample drawn").exists()


def test_a_narrower_interval_adds_people_and_keeps_the_first(answered, officer):
    draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
    first = sampled(answered)
    draw_confirmation_sample(consultation=answered, half_width=5, by=officer)
    assert first < sampled(answered)


def test_the_same_again_draws_nobody_and_says_so(answered, officer):
    draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
    with pytest.raises(ValidationError, match="drawn already"):
        draw_confirmation_sample(consultation=answered, half_width=10, by=officer)


def test_nobody_is_drawn_of_nobody(parks, codebook, officer):
    with pytest.raises(ValidationError):
        draw_confirmation_sample(consultation=parks[0], half_width=5, by=officer)


def test_only_coders_draw_and_only_what_is_offered(answered, officer, planner):
    with pytest.raises(PermissionDenied):
        draw_confirmation_sample(consultation=answered, half_width=5, by=planner)
    with pytest.raises(ValidationError):
        draw_confirmation_sample(consultation=answered, half_width=6, by=officer)


def test_who_answers_later_with_a_low_draw_belongs_to_the_sample(answered, parks, officer):
    draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
    text = Text.objects.first()
    Text.objects.create(version=parks[1], respondent=factories.uuid.uuid4(), question="q-c", text="late", draw=0)
    assert len(sampled(answered)) == 45
    assert text is not None


@pytest.mark.slow
def test_who_is_drawn_hangs_on_chance_alone(answered, officer):
    """Over 40 draws each person is in about as often as another."""
    often = dict.fromkeys(Text.objects.values_list("respondent", flat=True), 0)
    for _ in range(40):
        for text in Text.objects.all():
            Text.objects.filter(pk=text.pk).update(draw=Text._meta.get_field("draw").get_default())
        ConfirmationRound.objects.all().delete()
        draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
        for person in sampled(answered):
            often[person] += 1
    share = 44 / 80
    assert max(abs(times / 40 - share) for times in often.values()) < 5 * sqrt(share * (1 - share) / 40)


@given(people=st.integers(0, 100_000), answers=st.integers(1, 5))
def test_offers_grow_and_keep_their_half_width(people, answers):
    offers = offer_sample_sizes(people, people * answers)
    assert [one.people for one in offers] == sorted({one.people for one in offers})
    for one in offers:
        unread = (people - one.people) / max(1, people - 1)
        assert one.people == people or 1.96 * sqrt(0.25 / one.people * unread) <= one.half_width / 100 + 1e-9
    assert {one.half_width for one in offers} <= set(OFFERED)
