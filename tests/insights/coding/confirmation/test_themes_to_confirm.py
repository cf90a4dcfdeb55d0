"""Coders see which themes would have no number, and how many proposals of the machine wait to be looked at."""

from insights.coding.confirmation import sample_overview
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from tests.insights.releases.test_theme_estimates import guessed, read  # noqa: F401


def test_themes_that_would_have_no_number_are_listed_with_the_proposals_to_look_at(guessed, officer, codebook, client):  # noqa: F811
    """The whole sample is read, and the machine proposes “rare” for two answers that are in no sample."""
    draw_confirmation_sample(consultation=guessed, half_width=10, by=officer)
    sampled = ConfirmationRound.objects.sampled_texts(guessed)
    read(sampled, officer, codebook)
    outside = list(Text.objects.exclude(pk__in=sampled.values("pk"))[:2])
    rare = Theme.objects.get(slug="rare")
    for text in outside:
        Code.objects.create(text=text, theme=rare, version=codebook, source="model", confidence=0.6, engine="words")
    [row] = sample_overview.list_themes_to_confirm(guessed)
    assert (row.slug, row.proposals) == ("rare", 2)
    client.force_login(officer)
    page = client.get("/insights/coding/parks/sample/").content.decode()
    assert "2 proposals to look at" in page
    assert "?theme=rare" in page
    read(outside[:1], officer, codebook)
    assert [row.proposals for row in sample_overview.list_themes_to_confirm(guessed)] == [1]


def test_five_answers_of_one_person_are_one_person(guessed, officer, codebook):  # noqa: F811
    """As in the release: the desk dropped a theme from its list that still had no number."""
    texts = list(Text.objects.filter(text__startswith="staff")[:5])
    Text.objects.filter(pk__in=[text.pk for text in texts]).update(respondent=texts[0].respondent, draw=texts[0].draw)
    read(texts, officer, codebook)
    other, staff = Text.objects.filter(text__startswith="lights").first(), Theme.objects.get(slug="staff")
    Code.objects.create(text=other, theme=staff, version=codebook, source="model", confidence=0.6, engine="words")
    assert "staff" in [row.slug for row in sample_overview.list_themes_to_confirm(guessed)]
