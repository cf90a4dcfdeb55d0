"""What a person is to code blind shows them no code on any other page: not the search, the codebook, nor an older sample."""

import pytest
from django.urls import reverse

from insights.coding.agreement import actions
from insights.coding.agreement.models import SampledText
from insights.coding.codebooks import preview
from insights.coding.discovery import reading
from insights.coding.discovery.models import Placement, Suggestion
from insights.intake.models import Text
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
    assert preview.examples(lights, officer)
    assert preview.examples(lights, second) == []


def test_a_suggestion_shows_no_answer_of_it(answered, blind, second, officer):
    one = Suggestion.objects.create(consultation=answered, name=["buses"], centre=b"", reach=0.5)
    texts = [Text.objects.filter(pk__in=blind).first(), Text.objects.exclude(pk__in=blind).first()]
    Placement.objects.bulk_create(Placement(text=text, suggestion=one) for text in texts)
    shown = {person: [text for text, _ in reading.examples(one, person)[0]] for person in (officer, second)}
    assert shown == {officer: sorted(texts, key=lambda text: text.pk), second: texts[1:]}


def test_an_older_sample_does_not_show_its_first_choice(client, coded_twice, answered, officer, second, themes):
    row = coded_twice.sample.disputed().first()
    newer = actions.draw(consultation=answered, size=60, by=officer, second=second, today=TODAY)
    SampledText.objects.filter(study=newer).delete()
    SampledText.objects.create(study=newer, text=row.text)
    study, settle = reverse("insights:double-coding", args=[coded_twice.pk]), reverse("insights:settle", args=[row.pk])
    client.force_login(second)
    assert row.text.text not in client.get(study).content.decode()
    assert client.get(settle).status_code == 404
    client.force_login(officer)
    assert row.text.text in client.get(study).content.decode()
    assert client.get(settle).status_code == 200
