"""How words were coded is counted in people, and by cell keys, as every other figure of the release."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from insights.coding.models import CodingStatus, MachineReading
from insights.corpus.models import Text
from insights.disclosure import ROUNDED
from insights.releases.actions import calculate_release, create_release, publish_release
from insights.releases.coding_summary import summarise_coding
from insights.releases.models import Release

TODAY = date(2026, 11, 25)


def coded_by_people(number):
    """Only the first `number` of 80 people with words have one that a person coded."""
    CodingStatus.objects.exclude(text__in=list(Text.objects.order_by("pk")[:number])).delete()


def unreadable(number, codebook):
    MachineReading.objects.bulk_create(
        MachineReading(text=text, version=codebook, engine="test", polarity=0, readable=n >= number)
        for n, text in enumerate(Text.objects.order_by("pk"))
    )


def summarise(page, officer):
    draft, _ = calculate_release(page, "", by=officer, today=TODAY)
    return summarise_coding(draft)


@pytest.mark.parametrize(
    ("coded", "unread", "looked", "machine"),
    [
        (60, 20, "about 60", "about 20"),
        (4, 9, "fewer than 5", "fewer than 10"),
        (0, 0, "fewer than 5", "fewer than 10"),
        (77, 75, "nearly all", "nearly all"),
        (80, 10, "nearly all", "about 10"),
    ],
)
def test_people_are_counted_as_every_figure_is(answered, officer, codebook, coded, unread, looked, machine):
    coded_by_people(coded)
    unreadable(unread, codebook)
    said = {"groups": 0, "of": "about 80", "looked": looked, "unread": machine}
    assert summarise(answered, officer) == said


def test_a_person_with_two_texts_counts_once(answered, officer):
    text = Text.objects.order_by("pk").first()
    Text.objects.filter(pk=text.pk).update(respondent=Text.objects.order_by("pk").last().respondent)
    assert summarise(answered, officer)["of"] == "about 79"


def test_of_fewer_than_thirty_nothing_is_told(answered, officer, codebook):
    kept = Text.objects.order_by("pk").values_list("pk", flat=True)[:29]
    Text.objects.exclude(pk__in=list(kept)).delete()
    assert summarise(answered, officer) == {"groups": 0}


def test_with_the_noise_on_the_number_is_that_of_the_theme_table(answered, officer, monkeypatch):
    monkeypatch.undo()
    release = create_release(consultation=answered, by=officer, today=TODAY)
    base = release.figures.get(kind="themes", key="all").table["base"]
    assert release.coding["of"] == f"about {base}"


def test_the_report_says_it_in_people_and_an_older_one_without_numbers(client, answered, officer, colleague, planner):
    coded_by_people(60)
    release = publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    client.force_login(planner)

    def sure():
        html = client.get(reverse("insights:report", args=[release.pk])).content.decode()
        return " ".join(html.split())

    assert "had looked at the words of about 60 of about 80 people." in sure()
    assert "people code them: that was so for fewer than 10 people." in sure()
    Release.objects.update(coding={"people": 60, "all": 80, "groups": 0, "unread": None})
    assert "people code them." in sure() and "had looked at" not in sure()


def test_rules_that_round_are_kept_to(answered, officer):
    draft, _ = calculate_release(answered, "", by=officer, today=TODAY)

    rounded = SimpleNamespace(
        consultation=answered, crowd=draft.crowd, noise=draft.noise, preset=SimpleNamespace(rules=ROUNDED)
    )
    coded_by_people(62)
    assert summarise_coding(rounded)["looked"] == "about 60"
