"""6.2: the staff briefing uses the published figures only, as page and as one sheet."""

import pytest
from bs4 import BeautifulSoup

from consultation.file_output.pdf import pdf_renderer
from insights.publications.actions import begin_results, publish_results, write_results
from insights.publications.results_page import build_results_page
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401
from tests.strategy.test_disrupt_prevent_harm import can_render_pdf, count_pages

WORDS = {
    "heard": "It is dark.\nYou want lights.",
    "heard_easy": "It is dark.",
    "next": "We read it in May.",
    "themes": {},
}


@pytest.fixture
def draft(release, officer):  # noqa: F811
    return write_results(begin_results(release=release, by=officer), by=officer, words=WORDS)


@pytest.fixture
def result(draft, colleague):  # noqa: F811
    return publish_results(draft, by=colleague)


def list_numbers(html):
    """{(what, number)} of the briefing."""
    page = BeautifulSoup(html, "html.parser")
    rows = [(row.th.text, row.td.text) for row in page.select("tbody tr") if row.td]
    answers = [(line.b.text, line.b.next_sibling) for line in page.select("li") if line.b and "people" in line.text]
    return {(what.strip(), "".join(filter(str.isdigit, told))) for what, told in rows + answers}


def test_each_number_of_the_briefing_is_the_published_one(client_as, client, result):
    path = f"/insights/briefings/{result.consultation.slug}/"
    told = list_numbers(client_as("planner").get(path).content.decode())
    shown = build_results_page(result)
    published = {(theme.label.text, str(theme.people)) for theme in shown.themes}
    published |= {(row.label.text, str(row.people)) for one in shown.questions for row in one.rows}
    assert told and told <= published
    public = " ".join(client.get(f"/en/have-your-say/{result.consultation.slug}/results/").content.decode().split())
    for what, number in told:
        assert what in public and number in public


def test_a_draft_has_no_briefing_and_is_in_none(client_as, draft, officer, colleague):  # noqa: F811
    client = client_as("planner")
    path = f"/insights/briefings/{draft.consultation.slug}/"
    assert client.get(path).status_code == 404
    publish_results(draft, by=colleague)
    following = begin_results(release=draft.release, by=officer)
    write_results(following, by=officer, words=WORDS | {"heard": "It is bright."})
    html = client.get(path).content.decode()
    assert "It is dark." in html and "It is bright." not in html


def test_one_press_leads_to_it_from_the_result_and_from_the_report(client_as, result):
    link = f'href="/insights/briefings/{result.consultation.slug}/"'
    assert link in client_as("planner").get(f"/insights/releases/{result.release_id}/").content.decode()
    page = f"/insights/manage/results/of/{result.consultation.slug}/"
    assert link in client_as("engagement_officer").get(page).content.decode()


def test_the_print_sheet_says_the_same_on_one_page(client_as, result, monkeypatch):
    path, client = f"/insights/briefings/{result.consultation.slug}/", client_as("planner")
    on_screen = list_numbers(client.get(path).content.decode())
    if can_render_pdf():
        assert count_pages(b"".join(client.get(f"{path}sheet.pdf").streaming_content)) == 1
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    assert list_numbers(b"".join(client.get(f"{path}sheet.pdf").streaming_content).decode()) == on_screen
    assert client_as("moderator").get(f"{path}sheet.pdf").status_code == 403
