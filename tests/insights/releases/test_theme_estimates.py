"""Theme figures of a release are corrected by the confirmation sample; without one, no theme has a number."""

import re
from datetime import date

import pytest

from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_overview import list_newer_themes, list_themes_to_confirm
from insights.coding.models import Code, CodeSource, CodingManner, CodingStatus, MachineReading, Theme
from insights.corpus.models import Text
from insights.exports.pdf.paper_making import render_paper
from insights.releases import release_freezing
from insights.releases.actions import create_release, publish_release
from insights.releases.release_freezing import ReleaseDraft
from insights.releases.stored_figures import WAITING


@pytest.fixture
def guessed(answered, codebook, officer):
    """The parks world, read by nobody: the machine marks everyone on lights and a third of those on staff as "lights",
    and nobody as "staff"."""
    CodingStatus.objects.all().delete()
    Code.objects.all().delete()
    lights = Theme.objects.get(slug="lights")
    for number, text in enumerate(Text.objects.order_by("text")):
        Text.objects.filter(pk=text.pk).update(draw=(number * 37) % 80)  # as good as random, and always the same
        if text.text.startswith("lights") or (text.text.startswith("staff") and number % 3 == 0):
            Code.objects.create(
                text=text, theme=lights, version=codebook, source=CodeSource.MODEL, confidence=0.8, engine="words"
            )
    return answered


def read(texts, officer, codebook):
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for text in texts:
        CodingStatus.objects.create(text=text, coder=officer, version=codebook, manner=CodingManner.BLIND)
        Code.objects.create(
            text=text, theme=themes[text.text.split()[0]], version=codebook, source=CodeSource.PERSON, coder=officer
        )


def draw_and_read(page, officer, codebook, half_width=10):
    draw_confirmation_sample(consultation=page, half_width=half_width, by=officer)
    sample = ConfirmationRound.objects.sampled_texts(page)
    read(sample, officer, codebook)
    return list(sample)


def theme_rows(release):
    slugs = {str(theme.pk): theme.slug for theme in Theme.objects.all()}
    return {slugs[row["id"]]: row for row in release.theme_rows()}


def test_what_nobody_read_has_no_number_in_any_table_and_no_quote(guessed, officer, colleague, planner, client):
    release = publish_release(release=create_release(consultation=guessed, by=officer), by=colleague)
    assert {row["symbol"] for row in theme_rows(release).values()} == {WAITING}
    lights = str(Theme.objects.get(slug="lights").pk)
    for figure in release.figures.all():
        for row in figure.table["rows"]:
            cells = row.get("cells", []) if row["id"] == lights else []
            assert all(cell["value"] is None for cell in cells), figure.kind
    assert not release.quotes.exists()
    client.force_login(planner)
    page = " ".join(client.get(f"/insights/releases/{release.pk}/").content.decode().split())
    assert "A number comes with a report for which people have read enough: a whole sample" in page


def test_the_number_of_a_theme_is_the_estimate_from_the_sample(guessed, officer, codebook):
    sample = draw_and_read(guessed, officer, codebook)
    marked = set(Code.objects.proposals().values_list("text_id", flat=True))
    on_lights = {text.pk for text in Text.objects.all() if text.text.startswith("lights")}
    inside = {text.pk for text in sample}
    expected = 0
    for part in (marked, set(Text.objects.values_list("pk", flat=True)) - marked):
        expected += len(part) * len(part & inside & on_lights) / len(part & inside)
    row = theme_rows(create_release(consultation=guessed, by=officer))["lights"]
    assert row["value"] == round(expected)
    assert row["value"] < len(marked), "the machine marked more than there are"
    assert row["low"] < 100 * row["value"] / 80 < row["high"]


def test_the_same_number_stands_for_a_theme_in_every_table(guessed, officer, codebook):
    draw_and_read(guessed, officer, codebook)
    release = create_release(consultation=guessed, by=officer)
    lights = str(Theme.objects.get(slug="lights").pk)
    kinds = ("themes", "themes-by", "themes-by-answer", "themes-with", "sentiment")
    told = {row["value"] for kind in kinds for figure in release.figures.filter(kind=kind)
            for row in figure.table["rows"] if row["id"] == lights}  # fmt: skip
    assert len(told) == 1
    assert None not in told


def test_a_row_tells_in_how_many_people_a_person_found_the_theme(guessed, officer, codebook):
    sample = draw_and_read(guessed, officer, codebook)
    release = create_release(consultation=guessed, by=officer)
    table = release.figures.get(kind="themes").table
    assert table["sample"] == len(sample) == 44
    found = sum(text.text.startswith("lights") for text in sample)
    assert theme_rows(release)["lights"]["read"] == found


def test_neither_who_was_read_nor_who_was_drawn_is_more_than_all_of_them(guessed, officer, codebook, monkeypatch):
    """“18 people, 25 read by a person” stood in a report: each number has noise of its own."""
    draw_and_read(guessed, officer, codebook, half_width=3)
    monkeypatch.setattr(ReleaseDraft, "show_people", lambda draft, places: places.size + 7)
    release = create_release(consultation=guessed, by=officer)
    table = release.figures.get(kind="themes").table
    assert table["sample"] == table["base"] == 80
    rows = [row for row in table["rows"] if row["value"] is not None]
    assert len(rows) == 2 and all(row["read"] == row["value"] for row in rows)


def test_where_the_number_of_those_read_is_hidden_it_says_few(guessed, officer, planner, colleague, codebook, client):
    """A grave theme of which a person read fewer than ten stood without a word of who had read it."""
    draw_and_read(guessed, officer, codebook)
    release = publish_release(release=create_release(consultation=guessed, by=officer), by=colleague)
    figure = release.figures.get(kind="themes")
    next(row for row in figure.table["rows"] if row["value"] is not None and row["label"] == "Lights")["read"] = None
    figure.save()
    client.force_login(planner)
    page = client.get(f"/insights/releases/{release.pk}/").content.decode()
    paper = render_paper(kind="report", subject=str(release.pk), for_all=False, mark="")
    assert all(re.search(r"Lights.{1,2500}?few read by a person", html, re.DOTALL) for html in (page, paper))
    theme = " ".join(client.get(f"/insights/releases/{release.pk}/themes/lights/").content.decode().split())
    assert "a person found it in the words of few" in theme


def test_a_theme_with_fewer_than_five_confirmed_answers_waits(guessed, officer, codebook):
    sample = draw_and_read(guessed, officer, codebook)
    staff = [text for text in sample if text.text.startswith("staff")]
    Code.objects.by_people().filter(text__in=staff[4:]).delete()
    rows = theme_rows(create_release(consultation=guessed, by=officer))
    assert rows["staff"]["symbol"] == WAITING
    assert rows["lights"]["value"] is not None


def test_no_interval_of_a_shown_theme_begins_with_nobody(guessed, officer, codebook):
    """Five answers were confirmed, as its reader knows; by the noise alone the interval of so few would begin at 2%."""
    sample = draw_and_read(guessed, officer, codebook)
    staff = [text for text in sample if text.text.startswith("staff")]
    Code.objects.by_people().filter(text__in=staff[5:]).delete()
    row = theme_rows(create_release(consultation=guessed, by=officer))["staff"]
    assert row["value"] is not None and row["low"] == min(row["percent"], 7), "6% of 80 are not five"


def test_no_interval_begins_below_what_people_have_surely_found(guessed, officer, codebook, monkeypatch):
    """“22 read by a person, between 10 and 34”: at most 7 of the 22 are noise, so fewer than 15 cannot be."""
    inside = {text.pk for text in draw_and_read(guessed, officer, codebook)}
    read(Text.objects.filter(text__startswith="staff").exclude(pk__in=inside), officer, codebook)
    monkeypatch.setattr(release_freezing, "MOST_NOISE", 1)
    release = create_release(consultation=guessed, by=officer)
    row, base = theme_rows(release)["staff"], release.figures.get(kind="themes").table["base"]
    assert row["read"] == 26 and row["low"] >= min(row["percent"], 100 * 25 / base)


def test_themes_without_enough_words_do_not_deny_those_who_chose_answers(answered, officer):
    """120 answered and 20 of them in words: "fewer than 30 people answered" stood below "about 120 people"."""
    Text.objects.filter(pk__in=list(Text.objects.order_by("pk").values_list("pk", flat=True)[20:])).delete()
    release = create_release(consultation=answered, by=officer)
    refused = release.figures.get(kind="themes").table["refused"]
    assert release.people == 120 and refused == "Fewer than 30 people answered in words, so themes have no numbers."
    assert release.figures.get(kind="question", key="q-a").table["base"] == 120


def test_where_people_have_read_everyone_it_is_the_count(guessed, officer, codebook):
    read(Text.objects.all(), officer, codebook)
    release = create_release(consultation=guessed, by=officer)
    assert {slug: row["value"] for slug, row in theme_rows(release).items()} == {
        "lights": 50,
        "staff": 26,
        "rare": None,
    }
    assert theme_rows(release)["rare"]["symbol"] == "fewer than 10"
    assert release.figures.get(kind="themes").table["sample"] is None


def test_quotes_are_words_in_which_a_person_found_the_theme(guessed, officer, codebook):
    sample = draw_and_read(guessed, officer, codebook, half_width=5)
    release = create_release(consultation=guessed, by=officer)
    inside = {text.pk: text.text.split()[0] for text in sample}
    assert release.quotes.exists()
    assert all(inside[quote.source_text_id] == quote.theme.slug for quote in release.quotes.all())


def test_exact_rules_show_no_theme_until_everything_is_read(guessed, officer, codebook):
    guessed.closes = date(2026, 11, 1)
    guessed.save()
    draw_and_read(guessed, officer, codebook)
    release = create_release(consultation=guessed, by=officer, preset="ons")
    assert "people must read every answer" in release.figures.get(kind="themes").table["refused"]


def test_an_answer_that_is_asked_again_does_not_count_as_read(guessed, officer, codebook):
    last = max(draw_and_read(guessed, officer, codebook), key=lambda text: text.draw)
    lights = Theme.objects.get(slug="lights")
    Code.objects.create(text=last, theme=lights, version=codebook, source=CodeSource.RULE, confidence=1.0)
    table = create_release(consultation=guessed, by=officer).figures.get(kind="themes").table
    assert table["sample"] == 43


@pytest.mark.parametrize(
    ("gaps", "counted"),
    [([], 44), ([5], 43), ([5, 20], 42), ([40], 40), ([5, 41, 42, 43], 40), ([5, 10, 20], None)],
)
def test_a_sample_goes_on_past_few_who_are_not_read_and_ends_where_they_are_many(
    guessed, officer, codebook, gaps, counted
):
    """Coders read question by question, so who was read beyond many gaps is no random choice. But one who answered after
    the sample was read took all numbers from a report."""
    sample = sorted(draw_and_read(guessed, officer, codebook), key=lambda text: text.draw)
    for gap in gaps:
        CodingStatus.objects.filter(text=sample[gap]).delete()
        Code.objects.by_people().filter(text=sample[gap]).delete()
    release = create_release(consultation=guessed, by=officer)
    assert release.figures.get(kind="themes").table.get("sample") == counted
    assert ({row["symbol"] for row in release.theme_rows()} == {WAITING}) == (counted is None)


def test_what_was_coded_with_the_proposals_in_view_is_no_blind_reading(guessed, officer, codebook):
    last = max(draw_and_read(guessed, officer, codebook), key=lambda text: text.draw)
    CodingStatus.objects.filter(text=last).update(manner=CodingManner.SHOWN)
    assert create_release(consultation=guessed, by=officer).figures.get(kind="themes").table["sample"] == 43


def test_proposals_that_were_accepted_together_make_no_census(guessed, officer, codebook):
    read(Text.objects.all(), officer, codebook)
    CodingStatus.objects.filter(text__text__startswith="staff").update(manner=CodingManner.TOGETHER)
    release = create_release(consultation=guessed, by=officer)
    assert {row["symbol"] for row in release.theme_rows()} == {WAITING}


def test_marks_of_two_models_are_left_aside(guessed, officer, codebook):
    """The sample measures one of them alone."""
    sample = draw_and_read(guessed, officer, codebook)
    for text in Text.objects.all():
        MachineReading.objects.create(
            text=text, version=codebook, engine="old" if text in sample else "new", polarity=0, sentiment="neutral"
        )
    found = sum(text.text.startswith("lights") for text in sample)
    assert theme_rows(create_release(consultation=guessed, by=officer))["lights"]["value"] == round(80 * found / 44)


def test_a_theme_that_the_codebook_got_after_the_sample_was_read_waits_and_the_desk_says_why(
    guessed, officer, colleague, codebook, client
):
    draw_and_read(guessed, officer, codebook)
    themes = [
        {"slug": entry.theme.slug, "label": entry.label, "definition": entry.definition, "gravity": entry.gravity}
        for entry in codebook.entries.select_related("theme")
    ] + [{"slug": "trees", "label": "Trees", "definition": "Trees and grass"}]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officer)
    approve_version(version=version, by=officer)
    approve_version(version=version, by=colleague)
    rows = theme_rows(create_release(consultation=guessed, by=officer))
    assert rows["trees"]["symbol"] == WAITING
    assert rows["lights"]["value"] is not None
    client.force_login(officer)
    page = " ".join(client.get("/insights/coding/parks/sample/").content.decode().split())
    assert "a release gives them no number: Trees." in page
    trees = Theme.objects.get(slug="trees")
    other = Text.objects.filter(status=None).first()
    Code.objects.create(text=other, theme=trees, version=version, source="model", confidence=0.6, engine="words")
    assert "trees" not in [row.slug for row in list_themes_to_confirm(guessed)], "five found would give it no number"
    CodingStatus.objects.update(version=version)
    assert list_newer_themes(guessed) == []
    assert "trees" in [row.slug for row in list_themes_to_confirm(guessed)]
