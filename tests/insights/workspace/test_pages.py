from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from insights.coding.desk.current_codes import compute_choice_mark, current_choice_of
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.models import Decision
from insights.releases.actions import create_release
from insights.releases.tasks import run_release_orders
from tests import factories
from tests.insights.decisions.conftest import posted, said
from tests.insights.releases.shown_minority_views import show_minority_view


@pytest.fixture
def planner(db):
    return factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def decision(planner, answered, release, colleague):
    made = record_decision(by=planner, consultations=[answered], **said())
    quote = release.quotes.filter(theme__slug="lights").first()
    cite_theme(decision=made, by=planner, release=release, theme=quote.theme, quote=quote)
    return publish_decision(decision=made, by=colleague)


@pytest.fixture
def as_planner(client, planner):
    client.force_login(planner)
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"insights:{name}", args=args, query=query or None))
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_pages_say_what_will_come(as_planner):
    assert "No release yet" in page(as_planner, "home")
    assert "No consultation was published" in page(as_planner, "consultations")
    assert "No theme can be shown" in page(as_planner, "themes")
    decisions = page(as_planner, "decisions")
    assert "No decision is recorded yet" in decisions and f'from <a href="{reverse("insights:themes")}">' in decisions


def test_home_shows_what_is_new_and_what_waits(as_planner, release):
    html = page(as_planner, "home")
    assert "Release 1" in html
    assert html.index("Lights") < html.index("Staff")


def test_a_report_shows_figures_and_hides_small_ones(as_planner, release):
    html = page(as_planner, "report", release.pk)
    asked = reverse("insights:question", args=[release.consultation.slug, "q-b"])
    assert html.count(f'<a href="{asked}">As it was asked') == 1
    assert ">70<" in html
    assert "fewer than 10" in html
    assert "[c]" not in html
    assert "Numbers are changed a little at random, so that nobody can be picked out" in html


def test_from_the_chart_to_the_words_in_one_click(as_planner, release):
    url = reverse("insights:theme", args=[release.pk, "lights"])
    assert url in page(as_planner, "report", release.pk)
    assert "lights number" in page(as_planner, "theme", release.pk, "lights")


def test_a_hidden_theme_shows_no_words(as_planner, release):
    html = page(as_planner, "theme", release.pk, "rare")
    assert "No words are shown" in html
    assert "rare number" not in html


def test_a_theme_without_a_number_says_in_two_lines_what_is_so_and_no_more(as_planner, release, officer, colleague):
    """The page had empty sections, and named a theme that perhaps nobody spoke about “hidden”."""
    html = BeautifulSoup(page(as_planner, "theme", release.pk, "rare"), "html.parser").main
    few, instead = html.find("p", class_="note").stripped_strings
    assert few == "Of about 80 people who wrote, fewer than 10 people spoke about this, or nobody did."
    assert instead == "No words are shown, so that nobody can be picked out. Few do not mean wrong."
    assert "fewer than 10" in html.find("ul", class_="meta").text and "hidden" not in html.text.lower()
    assert {h2["id"] for h2 in html.find_all("h2")} == {"asked", "dec", "def", "notes"}
    show_minority_view(release, Theme.objects.get(slug="rare"), "Unheard.", officer, colleague)
    html = page(as_planner, "theme", release.pk, "rare")
    assert "Below is a summary of what was said" in html and "Unheard." in html and "No words are shown" not in html


def test_a_theme_that_nobody_spoke_about_is_nowhere_called_hidden(as_planner, release):
    for name, *args in (("report", release.pk), ("consultation", release.consultation.slug), ("unanswered",)):
        listed = BeautifulSoup(page(as_planner, name, *args), "html.parser").find_all("summary")
        assert any("few people, or nobody" in one.text for one in listed), name
        assert not any("hidden" in one.text for one in listed), name


@pytest.mark.parametrize("sort", ["people", "unanswered", "nonsense"])
def test_themes_sort(as_planner, release, sort):
    html = page(as_planner, "report", release.pk, sort=sort)
    themes = html[html.index("Themes, by how many") :]
    order = ["Lights", "Staff", "Themes that few people, or nobody, spoke about", "Rare"]
    assert sorted(order, key=themes.index) == order


def test_a_decision_walks_to_the_question_as_asked(as_planner, decision):
    html = page(as_planner, "decision", decision.slug)
    assert "Question 3, as asked, version 1" in html
    assert "Question c?" in html
    assert "<svg" in html


def test_a_quote_walks_back_to_its_decision(as_planner, decision):
    quote = decision.citations.get().quote
    assert decision.title in page(as_planner, "quote", quote.pk)


def test_a_question_walks_back_to_its_decision(as_planner, decision, answered):
    assert decision.title in page(as_planner, "question", answered.slug, "q-c")


def test_a_draft_release_is_for_its_makers_alone(as_planner, answered, officer):
    draft = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    assert as_planner.get(reverse("insights:report", args=[draft.pk])).status_code == 404


def test_a_draft_of_a_no_says_that_its_reason_is_missing(as_planner, release, answered):
    data = {k: str(v) for k, v in said(outcome="no", progress="planned").items()} | {"consultations": [answered.pk]}
    html = as_planner.post(reverse("insights:record"), data, follow=True).content.decode()
    assert "Give the true reason" in html and "We will put up ten lights." in html
    refused = as_planner.post(reverse("insights:record"), data | {"title": ""}).content.decode()
    assert "Error: " in refused and "We will put up ten lights." in refused
    assert Decision.objects.count() == 1


def test_recording_from_a_theme_cites_it(as_planner, release, answered):
    theme = Theme.objects.get(slug="lights")
    data = {k: str(v) for k, v in said(progress="planned").items()} | {"consultations": [answered.pk]}
    url = reverse("insights:record", query={"release": release.pk, "theme": theme.pk})
    assert as_planner.post(url, data).status_code == 302
    assert Decision.objects.get().citations.get().theme == theme


def test_whoever_publishes_mends_what_is_public_and_no_planner_does(client, as_planner, planner, colleague, answered):
    """Nobody could: the page asked for a role that drafts, and the verb for one that publishes."""
    made = record_decision(by=planner, consultations=[answered], **said())
    url = reverse("insights:edit-decision", args=[made.slug])
    assert as_planner.get(url).status_code == 200
    publish_decision(decision=made, by=colleague)
    assert as_planner.get(url).status_code == 403
    client.force_login(colleague)
    assert url in client.get(reverse("insights:decision", args=[made.slug])).content.decode()
    data = posted(we_did="We will put up two lights.") | {"consultations": [answered.pk]}
    assert "Say why it changes" in client.post(url, data).content.decode()
    assert client.post(url, data | {"why": "Ten cost too much."}).status_code == 302
    assert "Ten cost too much." in client.get(reverse("insights:decision", args=[made.slug])).content.decode()


def test_citing_words(as_planner, release, planner, answered):
    made = record_decision(by=planner, consultations=[answered], **said())
    quote = release.quotes.filter(theme__slug="staff").first()
    url = reverse("insights:cite", args=[made.slug], query={"release": release.pk, "theme": quote.theme_id})
    assert quote.text in as_planner.get(url).content.decode()
    answer = as_planner.post(url, {"theme": quote.theme_id, "bearing": "challenges", "quotes": [quote.pk]})
    assert answer.status_code == 302
    assert made.citations.get().quote == quote


def test_the_ledger_page_says_that_the_record_is_whole(as_planner, decision):
    assert "the record is whole" in page(as_planner, "ledger", check=1)


def test_a_coder_sees_words_and_question_and_nothing_of_who(client, answered, officer):
    client.force_login(officer)
    html = page(client, "coding-desk", answered.slug, show="all")
    assert "Question c?" in html
    assert "11 to 13" not in html


def test_a_coder_changes_a_choice_and_undoes_it(client, answered, officer):
    client.force_login(officer)
    text, staff = Text.objects.filter(text__startswith="lights").first(), Theme.objects.get(slug="staff")
    form = {"themes": [staff.pk], "memo": "about adults", "seen": compute_choice_mark(current_choice_of(text))}
    client.post(reverse("insights:code-text", args=[text.pk]), form)
    assert [code.theme for code in Code.objects.by_people().filter(text=text)] == [staff]
    client.post(reverse("insights:undo-code", args=[text.pk]), {"seen": compute_choice_mark(current_choice_of(text))})
    assert not Code.objects.by_people().filter(text=text).exists()


def test_officers_make_and_publish_a_release(client, answered, officer, colleague):
    client.force_login(officer)
    client.post(reverse("insights:make-release", args=[answered.slug]), {"preset": "default", "kind": "release"})
    run_release_orders()
    html = page(client, "releases")
    assert "waits for a second person" in html
    assert "Publish<" not in html
    client.force_login(colleague)
    assert "Publish<" in page(client, "releases")


def test_two_people_put_words_on_public_pages(client, release):
    quote = release.quotes.filter(theme__slug="lights").first()
    url = reverse("insights:approve-quote", args=[quote.pk])
    for email in ("one@example.org", "two@example.org"):
        client.force_login(
            factories.staff(email, "insights.approve_quote", "insights.view_reports", "consultation.read_cleared")
        )
        client.post(url)
    assert quote.public_approved_by.count() == 2
    assert "Two people have approved" in page(client, "quote", quote.pk)
    client.post(url, {"stop": "1"})
    assert quote.public_approved_by.count() == 0


def test_reported_words_leave_every_page_at_once(client, release):
    may = ("insights.view_reports", "consultation.report_concern", "insights.draft_decision")
    client.force_login(factories.staff("p2@example.org", *may))
    quote = release.quotes.filter(theme__slug="lights").first()
    url = reverse("insights:report-words", args=[quote.source_text_id])
    assert url in page(client, "quote", quote.pk)
    assert "Choose one of the two" in client.post(url).content.decode()
    assert client.post(url, {"reason": "name"}).status_code == 302
    quote.refresh_from_db()
    assert (quote.erased, quote.text) == (True, "")
    assert not Text.objects.filter(pk=url.split("/")[-3]).exists()


def test_a_partner_sees_only_words_that_two_people_approved(client, release, officer, colleague):
    client.force_login(factories.staff("partner@example.org", "insights.view_reports"))
    quote = release.quotes.filter(theme__slug="lights").first()
    assert "lights number" not in page(client, "report", release.pk)
    assert "lights number" not in page(client, "theme", release.pk, "lights")
    assert client.get(reverse("insights:quote", args=[quote.pk])).status_code == 404
    quote.public_approved_by.add(officer, colleague)
    assert quote.text in page(client, "theme", release.pk, "lights")
    assert quote.text in page(client, "quote", quote.pk)


def test_the_trace_shows_a_partner_no_other_words(client, decision):
    client.force_login(factories.staff("partner@example.org", "insights.view_reports"))
    assert "lights number" not in page(client, "decision", decision.slug)
