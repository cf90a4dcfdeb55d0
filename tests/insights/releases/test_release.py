import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from consultation.channels.web.withdrawal import erase_written_words
from consultation.responses.models import Response
from consultation.responses.signals import text_recalled
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.coding.models import ThemeEntry
from insights.corpus.models import Text
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.disclosure.perturbation import ReleaseNoise
from insights.releases import cross_tabulation, policies, release_verification
from insights.releases.actions import RELEASES, create_release, publish_release
from insights.releases.models import Figure, Quote, Release
from tests import factories

TODAY = date(2026, 11, 25)


def rows(release, kind, key):
    return {row["label"]: row for row in release.figures.get(kind=kind, key=key).table["rows"]}


def test_a_release_names_small_numbers(answered, officer):
    Response.objects.filter(pk=Response.objects.filter(closed__a="dk").first().pk).update(closed={"a": "1"})
    release = create_release(consultation=answered, by=officer, today=TODAY)
    found = rows(release, "question", "q-a")
    assert (found["Yes"]["value"], found["No"]["value"]) == (71, 45)
    assert found["No answer given"] | {"id": "", "label": ""} == {
        "id": "", "label": "", "value": None, "symbol": "fewer than 5", "percent": None, "low": None, "high": None
    }  # fmt: skip
    assert release.people == 120
    assert release.rules["perturb"]


def test_figures_of_a_hard_question_name_counts_under_ten(answered, officer, monkeypatch):
    """Its own, and those of themes by its answers."""

    def count(hard):
        monkeypatch.setattr(Questionnaire, "hard_questions", hard)
        release = create_release(consultation=answered, by=officer, today=TODAY)
        own = rows(release, "question", "q-a")["No answer given"]
        split = [cell["symbol"] for cell in rows(release, "themes-by", "q-d")["Staff"]["cells"]]
        RELEASES.discard(release, by=officer)
        return own["value"], own["symbol"], split

    assert count(set()) == (5, "", ["", "", "fewer than 10"])
    assert count({"q-a", "q-d"}) == (None, "fewer than 10", ["", "fewer than 10", "fewer than 10"])


def test_a_round_of_an_evaluation_tells_of_no_group_under_thirty(answered, officer):
    """Whoever led a session knows who was in it: a group of thirteen would tell of each of them."""
    ConsultationPage.objects.filter(pk=answered.pk).update(evaluation_round="before")
    answered.refresh_from_db()
    release = create_release(consultation=answered, by=officer, today=TODAY)
    split = release.figures.filter(kind__in=("question-by", "themes-by"))
    shown = [total["value"] for one in split for total in one.table["column_totals"] if total["value"] is not None]
    assert release.rules["min_group"] == 30
    assert shown and min(shown) >= 30


def test_a_release_changes_numbers_a_little(answered, officer, monkeypatch):
    monkeypatch.undo()
    release = create_release(consultation=answered, by=officer, today=TODAY)
    found = rows(release, "question", "q-a")
    moved = [found["Yes"]["value"] - 70, found["No"]["value"] - 45, release.people - 120]
    assert all(abs(one) <= 7 for one in moved)


def test_each_number_of_people_that_is_stored_went_through_the_noise(answered, officer, monkeypatch):
    """Noise that moves each number to far above any count shows where one was stored as it was counted."""
    monkeypatch.setattr(ReleaseNoise, "perturb_count", lambda noise, count, key: count and 7000 + count)
    monkeypatch.setattr(release_verification, "list_faults", lambda told, perturbed: [])
    release = create_release(consultation=answered, by=officer, today=TODAY)
    stored = [release.people, *numbers_of_people([release.coding, release.agreement])]
    stored += numbers_of_people([figure.table for figure in release.figures.all()])
    assert len(stored) > 50 and min(stored) >= 7000
    assert set(release.verification) == {*release_verification.RECORDED, "draw"}  # counts of figures


def numbers_of_people(data):
    """All numbers but shares, also in words."""
    if isinstance(data, dict):
        data = [value for name, value in data.items() if name not in ("percent", "low", "high")]
    if isinstance(data, list):
        return [number for each in data for number in numbers_of_people(each)]
    if isinstance(data, str):
        return list(map(int, re.findall(r"about (\d+)", data)))
    return [data] if type(data) in (int, float) and data else []


def test_themes_count_people_and_name_the_rare_one(answered, officer):
    found = rows(create_release(consultation=answered, by=officer, today=TODAY), "themes", "all")
    assert (found["Lights"]["value"], found["Staff"]["value"]) == (50, 26)
    assert found["Rare"]["symbol"] == "fewer than 10"  # a serious theme


@pytest.mark.parametrize(("gravity", "shown"), [(1, "fewer than 5"), (2, "fewer than 5"), (3, "fewer than 10")])
def test_numbers_of_a_serious_theme_begin_at_ten(answered, officer, gravity, shown):
    ThemeEntry.objects.filter(theme__slug="rare").update(gravity=gravity)
    found = rows(create_release(consultation=answered, by=officer, today=TODAY), "themes", "all")
    assert found["Rare"]["symbol"] == shown


def test_each_figure_is_a_pure_function_of_who_is_in_it(answered, officer, monkeypatch):
    """A draft that is discarded and made again of the same people has the same numbers."""
    monkeypatch.undo()
    first = create_release(consultation=answered, by=officer, today=TODAY)
    before = list(first.figures.values_list("kind", "key", "table"))
    RELEASES.discard(first, by=officer)
    again = create_release(consultation=answered, by=officer, today=TODAY)
    assert again.number == 1
    assert list(again.figures.values_list("kind", "key", "table")) == before


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
    assert set(Response.objects.values_list("counted", flat=True)) == {1}


def test_one_more_answer_changes_nothing_frozen(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    before = list(Figure.objects.order_by("pk").values_list("table", flat=True))
    factories.response(answered.versions.get(), closed={"a": "1"})
    assert list(release.figures.order_by("pk").values_list("table", flat=True)) == before


def test_too_few_people_make_no_release(parks, codebook, officer):
    """Of 30 people by the number that would be shown: an exact threshold would tell of the thirtieth."""
    for _ in range(30 - MOST_NOISE - 1):
        factories.response(parks[1], closed={"a": "1"})
    with pytest.raises(ValidationError, match="Fewer than 30"):
        create_release(consultation=parks[0], by=officer, today=TODAY)


def test_a_second_release_needs_a_published_first(answered, officer):
    create_release(consultation=answered, by=officer, today=TODAY)
    with pytest.raises(ValidationError, match="second person"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))


@pytest.mark.parametrize(("newcomers", "there"), [(110, False), (120, True)])
def test_themes_are_crossed_again_when_twice_as_many_people_have_answered(
    answered, officer, colleague, newcomers, there
):
    first = publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    factories.responses(answered.versions.get(), [({"a": "1", "b": ["1"], "d": "1"}, {})] * newcomers)
    second = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    crossed = {"themes-with", "themes-by-answer"}
    assert crossed <= set(first.figures.values_list("kind", flat=True))
    assert crossed.isdisjoint(second.figures.values_list("kind", flat=True)) is not there
    assert second.figures.filter(kind="question-by").exists(), "by groups sooner"


@pytest.mark.parametrize(("newcomers", "there"), [(20, False), (60, True)])
def test_tables_by_groups_wait_for_so_many_people_that_nobody_knows_them_all(
    answered, officer, colleague, newcomers, there
):
    """Of twelve newcomers whom somebody knows the answers may be taken out, and one who left is found in five tables."""
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    factories.responses(answered.versions.get(), [({"a": "1", "b": ["1"], "d": "1"}, {})] * newcomers)
    second = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    kinds = set(second.figures.values_list("kind", flat=True))
    assert {"question-by", "themes-by"}.isdisjoint(kinds) is not there and {"question", "themes"} <= kinds


@pytest.mark.parametrize(
    ("earlier", "people", "growth", "draws"),
    [
        ((), 30, 2, True),
        ((100,), 199, 2, False),
        ((100,), 200, 2, True),
        ((100, 150, 190), 200, 2, True),
        ((100, 200), 390, 2, False),
        ((100,), 139, 1.4, False),
        ((100,), 140, 1.4, True),
        ((100, 120, 140), 195, 1.4, False),
        ((100, 120, 140), 196, 1.4, True),
    ],
)
def test_tables_of_two_things_wait_for_people(earlier, people, growth, draws):
    assert policies.may_draw_tables(earlier, people, growth) is draws


def test_who_differs_leads_to_the_last_release_that_has_such_tables(answered, officer, colleague, client):
    first = publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    factories.responses(answered.versions.get(), [({"a": "1", "b": ["1"], "d": "1"}, {})] * 20)
    made = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    second = publish_release(release=made, by=colleague)
    client.force_login(officer)
    html = client.get(reverse("insights:compare", query={"release": second.pk})).content.decode()
    assert f'href="{reverse("insights:compare")}?release={first.pk}"' in html and "many more people" in html
    together = client.get(reverse("insights:said-together")).content.decode()
    assert f'id="r{first.pk}"' in together and f'id="r{second.pk}"' not in together


@pytest.mark.parametrize(("drawn", "enough"), [(0, 10), (4, 14)])
def test_how_many_new_people_it_needs_is_drawn_in_secret(answered, officer, colleague, monkeypatch, drawn, enough):
    monkeypatch.setattr(policies, "draw_number", lambda *name, below: min(drawn, below - 1))
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    for _ in range(enough - 1):
        factories.response(answered.versions.get(), closed={"a": "1"})
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    factories.response(answered.versions.get(), closed={"a": "1"})
    second = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    assert second.number == 2
    assert Response.objects.filter(counted=2).count() == enough


@pytest.mark.slow
def test_whose_words_were_erased_leave_only_beside_as_many_who_came(answered, officer, colleague):
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    for response in Response.objects.filter(answers__isnull=False)[:20]:
        erase_written_words(response=response)
    for _ in range(15):
        factories.response(answered.versions.get(), closed={"a": "1"})
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    for _ in range(5):
        factories.response(answered.versions.get(), closed={"a": "1"})
    assert create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40)).number == 2
    assert not Response.objects.filter(leaving=True).exists()


def test_a_discarded_draft_is_frozen_too(answered, officer):
    """After one more person it would show by its changes what that person said."""
    RELEASES.discard(create_release(consultation=answered, by=officer, today=TODAY), by=officer)
    factories.response(answered.versions.get(), closed={"a": "1"})
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY)
    for _ in range(13):
        factories.response(answered.versions.get(), closed={"a": "1"})
    later = create_release(consultation=answered, by=officer, today=TODAY)
    assert later.number == 2, "its noise is another: equal numbers would show where nobody came"


def test_no_release_is_made_under_another_secret(answered, officer, colleague, settings):
    publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    for _ in range(20):
        factories.response(answered.versions.get(), closed={"a": "1"})
    kept, settings.RECORD_KEY_SECRET = settings.RECORD_KEY_SECRET, "another secret than the one before"
    with pytest.raises(ValidationError, match="RECORD_KEY_SECRET"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    settings.RECORD_KEY_SECRET = kept
    assert create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40)).number == 2


@pytest.mark.parametrize("preset", ["dfe", "nhs", "ons"])
def test_rules_that_suppress_are_for_the_only_release_of_a_closed_consultation(answered, officer, colleague, preset):
    with pytest.raises(ValidationError, match="has closed"):
        create_release(consultation=answered, by=officer, today=TODAY, preset=preset)
    ConsultationPage.objects.filter(pk=answered.pk).update(closes=TODAY - timedelta(days=1))
    answered.refresh_from_db()
    release = create_release(consultation=answered, by=officer, today=TODAY, preset=preset)
    kinds = list(release.figures.values_list("kind", flat=True))
    assert kinds.count("themes-by") == 1
    assert not {"sentiment", "stance", "by-day"} & set(kinds)
    publish_release(release=release, by=colleague)
    for _ in range(20):
        factories.response(answered.versions.get(), closed={"a": "1"})
    for later in (preset, "default"):
        with pytest.raises(ValidationError, match="only one of this consultation"):
            create_release(consultation=answered, by=officer, today=TODAY, preset=later)


def test_two_people_publish(answered, officer, colleague):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    with pytest.raises(ValidationError, match="Two people"):
        publish_release(release=release, by=officer)
    assert publish_release(release=release, by=colleague).published_by == colleague


def test_the_second_person_is_told_in_plain_words(answered, officer, colleague, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        create_release(consultation=answered, by=officer, today=TODAY)
    assert {to for sent in mail.outbox for to in sent.to} == {colleague.email}
    (sent,) = mail.outbox
    assert sent.subject == f"Release 1 of “{answered.title}” waits for a second person"
    assert f"{officer} made it." in sent.body and reverse("insights:releases") in sent.body
    assert "71" not in sent.body, "no figure leaves by mail"


def test_what_a_colleague_has_just_published_is_not_discarded(answered, officer, colleague):
    seen_as_a_draft = create_release(consultation=answered, by=officer)
    publish_release(release=Release.objects.get(), by=colleague)
    with pytest.raises(ValidationError, match="kept"):
        RELEASES.discard(seen_as_a_draft, by=officer)
    assert Release.objects.published().exists()
    Release.objects.all().delete()
    with pytest.raises(ValidationError, match="not there"):
        RELEASES.discard(seen_as_a_draft, by=officer)


def test_release_without_permission(answered):
    with pytest.raises(PermissionDenied):
        create_release(consultation=answered, by=factories.staff("planner@example.org", "insights.view_reports"))


def test_words_can_be_erased_after_the_freeze_and_figures_stay(answered, officer):
    release = create_release(consultation=answered, by=officer, today=TODAY)
    before, quote = rows(release, "themes", "all"), release.quotes.filter(theme__slug="lights").first()
    text_recalled.send(sender=None, answer=quote.source_text_id)
    quote.refresh_from_db()
    assert (quote.text, quote.erased) == ("", True)
    assert rows(release, "themes", "all") == before
    assert not Quote.objects.filter(erased=True, featured=True).exists()


def test_a_choice_that_the_officers_called_not_given_is_not_the_answer_set_apart(home, officer):
    item = factories.question("a", options=["Yes", "Not part of my job"])
    item["options"][1]["id"] = "not-given"
    _, version = factories.consultation(home, items=[item], by=officer)
    for key in ("1", "2", "na", "dk"):
        factories.response(version, closed={"a": key})
    crowd, questionnaire = cross_tabulation.gather_crowd(version.page)
    (one,) = cross_tabulation.build_question_tables(crowd, questionnaire)
    assert [label for _, label in one.options] == ["Yes", "Not part of my job", "No answer given"]
    assert [count for (count,) in one.table.counts] == [1, 1, 2]
