"""Blind coding: no page shows the coder existing codes of the sample, neither search, codebook, older samples nor
reports."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from insights.coding.agreement import actions
from insights.coding.blind_samples.models import SampledText
from insights.coding.codebooks import codebook_overview
from insights.coding.discovery import suggestion_overview
from insights.coding.discovery.models import Placement, Suggestion
from insights.corpus.models import Text
from insights.exports.pdf.actions import edition_for
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.insights.coding.agreement.conftest import TODAY


@pytest.fixture
def blind(study, second):
    return set(SampledText.objects.blind_for(second).values_list("text", flat=True))


def test_a_search_by_theme_does_not_find_it(client, answered, blind, second, officer, themes):
    url = reverse("insights:search-answers", query={"q": "number", "theme": themes["rare"].pk})
    found = {}
    for person in (second, officer):
        client.force_login(person)
        found[person] = {text.pk for text in client.get(url).context["page"].rows}
    rare = set(Text.objects.filter(text__startswith="rare").values_list("pk", flat=True))
    assert rare & blind
    assert found == {second: rare - blind, officer: rare}


def test_a_search_by_words_still_does(client, blind, second):
    client.force_login(second)
    found = client.get(reverse("insights:search-answers", query={"q": "rare"})).context["page"].rows
    assert blind & {text.pk for text in found}


def test_the_codebook_shows_no_example_of_it(blind, second, officer, themes):
    Text.objects.exclude(pk__in=blind).delete()
    lights = [themes["lights"].pk]
    assert codebook_overview.pick_example_texts(lights, officer)
    assert codebook_overview.pick_example_texts(lights, second) == []


def test_a_suggestion_shows_no_answer_of_it(answered, blind, second, officer):
    one = Suggestion.objects.create(consultation=answered, name=["buses"], centre=b"", reach=0.5)
    texts = [Text.objects.filter(pk__in=blind).first(), Text.objects.exclude(pk__in=blind).first()]
    Placement.objects.bulk_create(Placement(text=text, suggestion=one) for text in texts)
    shown = {
        person: [text for text, _ in suggestion_overview.typical_and_atypical_texts(one, person)[0]]
        for person in (officer, second)
    }
    assert shown == {officer: sorted(texts, key=lambda text: text.pk), second: texts[1:]}


@pytest.mark.slow
def test_an_older_sample_does_not_show_its_first_choice(client, coded_twice, answered, officer, second, themes):
    row = coded_twice.sample.disputed().first()
    newer = actions.draw_sample(consultation=answered, size=60, by=officer, second=second, today=TODAY)
    SampledText.objects.filter(study=newer).delete()
    SampledText.objects.create(study=newer, text=row.text)
    study, settle = reverse("insights:double-coding", args=[coded_twice.pk]), reverse("insights:settle", args=[row.pk])
    client.force_login(second)
    assert row.text.text not in client.get(study).content.decode()
    assert client.get(settle).status_code == 404
    client.force_login(officer)
    assert row.text.text in client.get(study).content.decode()
    assert client.get(settle).status_code == 200


@pytest.fixture
def release(answered, officer, colleague):
    made = create_release(consultation=answered, by=officer, today=TODAY)
    return publish_release(release=made, by=colleague)


@pytest.fixture
def planner(second):
    """The blind coder with a planner's permission, who also reads all words of reports."""
    second.user_permissions.add(Permission.objects.get(codename="draft_decision"))
    return type(second).objects.get(pk=second.pk)


def test_a_report_and_its_search_hide_it_under_its_theme(client, release, blind, planner, officer):
    about_lights = set(release.quotes.filter(theme__slug="lights").values_list("source_text", flat=True))
    url = reverse("insights:theme", args=[release.pk, "lights"])
    look = reverse("insights:search", query={"q": "lights"})
    shown = {}
    reader = factories.staff("reads@example.org", "insights.draft_decision", "insights.view_reports")
    for person in (planner, officer, reader):
        client.force_login(person)
        pages = client.get(url).context["page"].paginator
        shown[person] = set(release.quotes.filter(pk__in=pages.object_list).values_list("source_text", flat=True))
        assert {each.source_text_id for row in client.get(look).context["page"].rows for each in row} <= shown[person]
    assert about_lights & blind
    assert shown == {planner: about_lights - blind, officer: about_lights, reader: about_lights}
    hidden = release.quotes.filter(source_text__in=about_lights & blind).first()
    client.force_login(planner)
    assert client.get(reverse("insights:quote", args=[hidden.pk])).status_code == 404
    assert client.get(reverse("insights:like-words", args=[hidden.pk])).status_code == 404


def test_no_paper_quotes_it_under_its_theme(release, blind, planner, officer):
    release.quotes.update(featured=False)
    edition = edition_for(planner)
    assert edition["for_all"] is False
    release.quotes.filter(source_text__in=blind).update(featured=True)
    reader = factories.staff("reads@example.org", "insights.draft_decision", "insights.view_reports")
    assert [edition_for(person)["for_all"] for person in (planner, reader)] == [True, False]


def approved(quote, *people):
    quote.public_approved_by.set(people)
    return quote.source_text_id


def test_what_everyone_can_read_under_a_theme_is_never_drawn(answered, codebook, release, officer, colleague):
    first, other = release.quotes.filter(theme__slug="lights")[:2]
    approved(other, officer)
    public, drawable = approved(first, officer, colleague), actions.coded_themes_by_text(answered, codebook)
    assert public not in drawable
    assert other.source_text_id in drawable
    assert len(drawable) == 79


def test_what_becomes_public_meanwhile_leaves_the_sample_unless_it_was_coded(
    study, release, blind, second, officer, colleague, themes
):
    rows = study.sample.filter(text__quotes__release=release)[:2]
    for row in rows:
        approved(release.quotes.filter(source_text=row.text_id).first(), officer, colleague)
    actions.save_second_choice(sampled=rows[0], themes=[themes["lights"]], by=second)
    actions.measure_ended_studies()
    left = set(study.sample.values_list("text", flat=True))
    assert left == blind - {rows[1].text_id}
    study.refresh_from_db()
    assert study.is_open
