"""The demo's readers, moved dates, promotion and discovery: tests that test_demo_loader runs, where the demo is loaded."""

import csv
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.accounts.models import User
from cms.demo.demo_reading import NEVER_QUOTED
from cms.demo.demo_safeguarding import BY, OPEN_LONGER
from cms.site.news.models import NewsPage
from consultation.channels.promotion.title_neutrality import may_show_title
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.interface_text import get_text
from consultation.reading.staffing import reader_coverage
from consultation.reading.staffing.late_reading import list_late_consultations
from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.decisions.models import Decision
from insights.exports.pdf.paper_making import render_paper
from insights.releases.models import Quote, Release
from insights.releases.quote_selection import drop_near_repeats
from insights.releases.release_verification import list_faults, list_unrecorded, may_be_drawn_again
from insights.releases.stored_figures import fold_table
from insights.workspace.group_comparison.views import list_choices
from tests.house.drawn_pictures import find_stray_pictures

JUDGEMENTS = Path(__file__).parent / "quote_judgements.csv"  # by a reader of the words alone, blind to the labels
READ = 20  # quotes of a theme, in the order of its page
FIT = 0.9  # of them at least


def page(slug):
    return ConsultationPage.objects.get(slug=slug, locale__language_code="en")


def test_news_of_an_answer_leads_to_its_decision_and_says_its_words():
    """News said no to later buses, while a decision told of a late bus on Fridays."""
    told = set()
    for news in NewsPage.objects.live().filter(locale__language_code="en"):
        words = f"{news.title} {news.summary} {news.body}"
        slugs = re.findall(r"/you-said-we-did/([\w-]+)/", words)
        assert slugs or not re.search(r"\bwe (will|said)\b", words, re.IGNORECASE), news.title
        for decision in Decision.objects.published().filter(slug__in=slugs):
            assert all(part in words for part in (decision.we_did, decision.reason, decision.alternative)), news.title
            told.add(decision.slug)
    assert told


@pytest.mark.parametrize("slug", ["safe-in-bradford", "somewhere-to-go"])
def test_somebody_reads_what_is_open_but_for_one_day_that_fell_out(slug):
    gaps = reader_coverage.list_coverage_gaps(page(slug), timezone.localdate())
    assert [gap.missing for gap in gaps] == [["lead", "backup"]]


@pytest.mark.parametrize("path", ["getting-about-after-dark/results", "somewhere-to-go", "signs-parents"])
def test_no_page_says_that_a_person_has_checked_words_which_a_machine_wrote(path, client):
    """The readers of languages of the demo are invented: in truth nobody has."""
    with override("ur"):
        unchecked, checked = get_text("lang.unchecked"), get_text("lang.machine")
    shown = (
        client.get(f"/ur/have-your-say/{path}/").content.decode() + client.get("/ur/you-said-we-did/").content.decode()
    )
    assert unchecked in shown and checked not in shown


def test_a_last_day_moved_with_its_reason_in_every_language():
    change = page(OPEN_LONGER).date_changes.get()
    assert (change.now, change.was) == (page(OPEN_LONGER).closes, change.now - timedelta(days=BY))
    assert set(change.why) >= set(page(OPEN_LONGER).versions.latest("number").content["languages"])


def test_each_channel_has_its_link_in_two_languages_and_the_hard_subject_stays_off_them():
    for language in ("en", "ur"):
        found = set(PrintedLink.objects.filter(language=language).values_list("channel", flat=True))
        assert found == set(Outlet) - {Outlet.OTHER}
    assert not may_show_title(page("safe-in-bradford").versions.latest("number").content)


def test_a_lead_finds_where_reading_is_late():
    assert list_late_consultations()


def test_what_the_codebook_misses_was_looked_for_and_decided_about():
    from insights.coding.discovery import suggestion_overview
    from insights.coding.discovery.models import DiscoveryRunStatus, Suggestion, SuggestionState

    asked = page("safe-in-bradford")
    states = Counter(Suggestion.objects.of(asked).values_list("state", flat=True))
    assert states[SuggestionState.ACCEPTED] == states[SuggestionState.DISMISSED] == 1
    assert states[SuggestionState.OPEN] >= 3
    assert suggestion_overview.last_discovery_run(asked).status == DiscoveryRunStatus.DONE
    assert all(one.name for one in Suggestion.objects.of(asked))


def test_most_people_may_be_quoted_some_not_and_each_quote_has_its_writers_yes():
    said = Counter(Response.objects.countable().values_list("may_quote", flat=True))
    assert set(said) == {True, False}, said
    assert said[True] > 5 * said[False] > 0, said
    quoted = Quote.objects.filter(source_text__isnull=False).values("source_text__respondent")
    assert quoted.exists()
    assert set(Response.objects.filter(pk__in=quoted).values_list("may_quote", flat=True)) == {True}


def test_no_quote_tells_a_story_whose_teller_a_neighbour_knows():
    """Someone of 16 who plays left back, a driver since 2004: read and counted, and quoted nowhere."""
    told = [text for text in Text.objects.values_list("text", flat=True) if NEVER_QUOTED.search(text)]
    assert len(told) >= 5 and not Quote.objects.filter(text__in=told).exists()


def test_nine_in_ten_quotes_of_each_published_theme_speak_of_it_by_the_judgement_of_a_reader():
    """Whoever changes the demo's words or labels reads the quotes that are new, and adds a line for each."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        fits = {(row["theme"], row["text"]): row["fits"] == "yes" for row in csv.DictReader(file)}
    quoted = list(_list_first_quotes())
    unread = sorted({(theme, text) for _, theme, texts in quoted for text in texts} - set(fits))
    assert unread == [], "quotes that nobody has judged"
    apart = {
        (slug, theme): [text for text in texts if not fits[theme, text]]
        for slug, theme, texts in quoted
        if sum(fits[theme, text] for text in texts) < FIT * len(texts)
    }
    assert apart == {}, "themes of which too many quotes belong elsewhere"
    assert len(quoted) >= 10


def test_each_picture_is_drawn_as_its_numbers_say(client):
    client.force_login(User.objects.get(email="planner@example.org"))
    paths = [
        "/insights/coverage/",
        "/insights/board/report/",
        "/insights/themes/?by=audience",
        "/insights/evaluations/",
    ]
    strays, seen, papers = {}, Counter(), []
    for release in Release.objects.published().select_related("consultation"):
        slug, theme = release.consultation.slug, Theme.objects.filter(quotes__release=release).first()
        paths += [f"/insights/releases/{release.pk}/", f"/insights/compare/?release={release.pk}"]
        paths += [f"/insights/representation/{slug}/", f"/en/have-your-say/{slug}/results/"]
        paths += [f"/insights/releases/{release.pk}/themes/{theme.slug}/"] if theme else []
        if len(papers) < 3:
            papers.append(render_paper(kind="report", subject=str(release.pk), for_all=True, mark=""))
    for number, html in enumerate([*(client.get(path).content.decode() for path in paths), *papers]):
        if found := find_stray_pictures(html, seen):
            strays[(*paths, *papers)[number][:60]] = found
    assert strays == {}
    assert {"bars", "grid", "days", "stance", "reach", "shades", "public"} <= set(seen) and seen.total() > 3000


def _list_first_quotes():
    """(consultation, theme, words of its first quotes) for each theme with quotes in the newest releases."""
    newest = {release.consultation_id: release for release in Release.objects.published().order_by("number")}
    for release in newest.values():
        for theme in Theme.objects.filter(pk__in=release.shown_themes()):
            quotes = drop_near_repeats(Quote.objects.filter(release=release, theme=theme, erased=False))
            if texts := [quote.text for quote in quotes[:READ]]:
                yield release.consultation.slug, theme.slug, texts


def test_the_numbers_of_each_release_are_as_true_as_was_agreed():
    """As stored at the freeze. Small releases may be off by what chance explains, and so may a release of which no draw
    was as agreed, which is one in a hundred."""
    releases = list(Release.objects.all())
    for release in releases:
        told = release.verification
        assert list_faults(told, perturbed=True) == [] and list_unrecorded(told) == [], release
        assert told["max_error"] <= 7, release
        if may_be_drawn_again(told) and not told.get("nearest"):
            assert abs(told["bias"]) <= 0.2 and 1.0 <= told["mean_error"] <= 2.2, release
            assert told["shown_share"] >= 0.95, release
    assert len(releases) > 10
    assert sum(bool(release.verification.get("nearest")) for release in releases) <= 2


def test_whoever_compares_groups_in_the_large_report_sees_numbers():
    """Of the cells that stand open. Two thirds were hidden: of themes that few speak of, and of those without an answer. The
    record keys of each demo are its own, so its shares differ: from below 0.6 to 0.89 in the table that opens first."""
    release = Release.objects.published().filter(consultation__slug="safe-in-bradford").latest("number")
    shown = {"themes-by": [], "question-by": []}
    for figure in release.figures.filter(kind__in=shown):
        table = fold_table(figure.table)
        cells = [cell for row in table["rows"] for cell in row["cells"]]
        shown[figure.kind] += [cell["value"] is not None for cell in cells]
        if (figure.kind, figure.key) == ("themes-by", list_choices(release).pick("", "")[1]):
            first = [cell["value"] is not None for cell in cells]
    share = {kind: sum(cells) / len(cells) for kind, cells in shown.items()}
    assert sum(first) >= 0.5 * len(first) > 8, "the table that opens first"
    assert share["themes-by"] >= 0.45 and share["question-by"] >= 0.7, share
    assert sum(map(sum, shown.values())) >= 0.7 * sum(map(len, shown.values())) > 700
