from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.responses.models import Response
from consultation.responses.signals import text_recalled
from insights.corpus.models import Text
from insights.releases import cross_tabulation
from insights.releases.actions import create_release, discard_release, publish_release
from insights.releases.models import Figure, Quote, Release
from tests import factories

TODAY = date(2026, 11, 25)


def rows(release, kind, key):
    return {row["label"]: row for row in release.figures.get(kind=kind, key=key).table["rows"]}


def test_a_release_rounds_and_hides(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    found = rows(release, "question", "q-a")
    assert found["Yes"]["value"] == 70
    assert found["I don’t know"] | {"id": "", "label": ""} == {
        "id": "", "label": "", "value": None, "symbol": "[c]", "percent": None, "low": None, "high": None
    }  # fmt: skip
    assert release.people == 120


def test_no_small_number_is_stored_anywhere(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    values = [
        cell["value"]
        for figure in release.figures.all()
        for row in figure.table["rows"]
        for cell in [row, *row.get("cells", [])]
        if cell["value"] is not None
    ]
    assert values
    assert all(value >= 10 and value % 5 == 0 for value in values)


def test_themes_count_people_and_hide_the_rare_one(answered, officer):
    found = rows(create_release(consultation=answered, by=officer, today=TODAY), "themes", "all")
    assert found["Lights"]["value"] == 50
    assert found["Staff"]["value"] == 25
    assert found["Rare"]["symbol"] == "[c]"


def test_themes_are_split_by_age_band(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    table = release.figures.get(kind="themes-by", key="q-d").table
    assert [column["label"] for column in table["columns"]][:2] == ["11 to 13", "14 or 15"]


def test_quotes_only_of_themes_that_show(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert set(release.quotes.values_list("theme__slug", flat=True)) == {"lights", "staff"}
    assert release.quotes.filter(theme__slug="lights", featured=True).count() == 3


def test_words_that_may_not_be_quoted_are_no_quotes(answered, officer):
    Text.objects.filter(text__startswith="staff").update(quotable=False)
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert not release.quotes.filter(theme__slug="staff").exists()


def test_everyone_counted_is_marked(answered, officer):
    create_release(consultation=answered, by=officer, today=TODAY)
    assert not Response.objects.filter(counted=False).exists()


def test_one_more_answer_changes_nothing_frozen(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    before = list(Figure.objects.order_by("pk").values_list("table", flat=True))
    factories.response(answered.versions.get(), closed={"a": "1"})
    assert list(release.figures.order_by("pk").values_list("table", flat=True)) == before


def test_too_few_people_make_no_release(parks, codebook, officer):
    for _ in range(29):
        factories.response(parks[1], closed={"a": "1"})
    with pytest.raises(ValidationError, match="Fewer than 30"):
        create_release(consultation=parks[0], by=officer, today=TODAY)


def test_a_second_release_needs_a_published_first(answered, officer):
    create_release(consultation=answered, by=officer, today=TODAY)
    with pytest.raises(ValidationError, match="second person"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))


def test_a_second_release_needs_ten_new_people(answered, officer, colleague):
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    factories.response(answered.versions.get(), closed={"a": "1"})
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))


def test_a_figure_that_few_people_moved_keeps_its_old_value(answered, officer, colleague):
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    for n in range(20):
        factories.response(answered.versions.get(), closed={"a": "1" if n < 14 else "2"})
    second = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    found = rows(second, "question", "q-a")
    assert (found["Yes"]["value"], found["No"]["value"]) == (85, 45)


def test_two_people_publish(answered, officer, colleague):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    with pytest.raises(ValidationError, match="Two people"):
        publish_release(release=release, by=officer)
    assert publish_release(release=release, by=colleague).published_by == colleague


def test_what_a_colleague_has_just_published_is_not_discarded(answered, officer, colleague):
    seen_as_a_draft = create_release(consultation=answered, by=officer)
    publish_release(release=Release.objects.get(), by=colleague)
    with pytest.raises(ValidationError, match="kept"):
        discard_release(release=seen_as_a_draft, by=officer)
    assert Release.objects.published().exists()
    Release.objects.all().delete()
    with pytest.raises(ValidationError, match="not there"):
        discard_release(release=seen_as_a_draft, by=officer)


def test_release_without_permission(answered):
    with pytest.raises(PermissionDenied):
        create_release(consultation=answered, by=factories.staff("planner@example.org", "insights.view_reports"))


def test_words_can_be_erased_after_the_freeze_and_figures_stay(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    quote = release.quotes.filter(theme__slug="lights").first()
    text_recalled.send(sender=None, answer=quote.source_text_id)
    quote.refresh_from_db()
    assert (quote.text, quote.erased) == ("", True)
    assert rows(release, "themes", "all")["Lights"]["value"] == 50
    assert not Quote.objects.filter(erased=True, featured=True).exists()


def test_a_choice_that_the_officers_called_na_is_not_the_answer_set_apart(home, officer):
    """Both had one id: "Not part of my job" was told as "I don't want to say", and a preview stumbled over it."""
    item = factories.question("a", options=["Yes", "Not part of my job"])
    item["options"][1]["id"] = "na"
    _, version = factories.consultation(home, items=[item], by=officer)
    for key in ("1", "2", "na"):
        factories.response(version, closed={"a": key})
    crowd, questionnaire = cross_tabulation.gather_crowd(version.page)
    (one,) = cross_tabulation.build_question_tables(crowd, questionnaire)
    assert dict(one.options)["na"] == "Not part of my job"
    assert [count for (count,) in one.table.counts] == [1, 1, 0, 1]
