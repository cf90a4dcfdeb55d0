"""The strategic assessment: a quarter's releases by points of the strategy, without sums over releases."""

import io
from datetime import date

import pytest
from docx import Document

from consultation.domain.calendar_quarters import Quarter, list_quarters_since
from consultation.file_output.pdf import pdf_renderer
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.releases.models import Release
from insights.releases.stored_figures import WAITING
from insights.strategy.assessment.quarter_assessment import build_assessment, known_quarters
from tests.insights import released

POINT = "understand-problem-profile"


@pytest.fixture
def linked(release):
    entries = release.codebook_version.entries
    entries.filter(theme__slug__in=["lights", "rare"]).update(links=[{"strand": 1, "sub_point": POINT}])
    return release


def test_quarters_follow_each_other():
    assert Quarter.of(date(2026, 12, 31)) == Quarter(2026, 4)
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert str(Quarter(2026, 1)) == "January to March 2026"
    assert [one.slug for one in list_quarters_since(date(2026, 8, 9), date(2027, 1, 1))] == [
        "2027-q1",
        "2026-q4",
        "2026-q3",
    ]
    assert Quarter.named("2026-q5") is Quarter.named("q1") is Quarter.named("0000-q1") is None


def test_a_point_shows_its_themes_with_shown_numbers_and_a_grave_one_whose_number_is_hidden(client_as, linked):
    said = build_assessment(Quarter(2026, 4), for_all=True)
    point = next(p for strand in said["strands"] for p in strand["points"] if p["code"] == POINT)
    assert [(row["label"], row["value"]) for row in point["rows"]] == [("Lights", 50)]
    assert point["hidden"] == ["Rare (fewer than 10)"], "a serious theme begins at another number than the rest"
    html = " ".join(client_as("planner").get("/insights/assessment/2026-q4/").content.decode().split())
    assert "Few people spoke of each, or nobody: Rare (fewer than 10)." in html
    assert said["heard"] == 1
    assert [row["quote"] for row in point["rows"]] == [None], "nobody approved words for everyone"
    assert build_assessment(Quarter(2026, 3), for_all=True)["releases"] == []
    assert known_quarters(date(2026, 11, 27)) == [Quarter(2026, 4)]


def test_a_theme_without_a_number_yet_stands_apart_from_those_of_few(client_as, linked):
    released.hide_theme("rare", WAITING)
    said = build_assessment(Quarter(2026, 4), for_all=True)
    point = next(p for strand in said["strands"] for p in strand["points"] if p["code"] == POINT)
    assert (point["hidden"], point["waiting"]) == ([], ["Rare"])
    html = " ".join(client_as("planner").get("/insights/assessment/2026-q4/").content.decode().split())
    assert "No number yet: people have read too few of these answers: Rare." in html
    assert "spoke, or nobody" not in html


@pytest.mark.slow
def test_it_is_a_page_and_a_paper_and_an_empty_quarter_says_so(client_as, linked, monkeypatch, settings):
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    client = client_as("planner")
    Release.objects.filter(pk=linked.pk).update(published_on=date(2026, 5, 1))
    html = client.get("/insights/assessment/2026-q2/").content.decode()
    assert "1 of 34 points" in html
    assert ">50<" in html
    assert ">4<" not in html
    assert "No release was published in" in client.get("/insights/assessment/2026-q3/").content.decode()
    for slug in ("2020-q1", "2090-q1", "nonsense"):
        assert client.get(f"/insights/assessment/{slug}/").status_code == 404
    path = "/insights/assessment/2026-q2/assessment.pdf"
    assert "being made" in client.get(path).content.decode()
    assert make_wanted_papers() == 1
    paper = b"".join(client.get(path).streaming_content).decode()
    assert "April to June 2026" in paper
    assert "Few people spoke of each, or nobody: Rare (fewer than 10)." in " ".join(paper.split())
    document = path.replace(".pdf", ".docx")
    assert "being made" in client.get(document).content.decode()
    assert make_wanted_papers() == 1
    told = Document(io.BytesIO(b"".join(client.get(document).streaming_content)))
    assert "April to June 2026" in "".join(paragraph.text for paragraph in told.paragraphs[:4])
    assert client_as("moderator").get(document).status_code == 403
    assert client_as("moderator").get(path).status_code == 403
    assert client_as("moderator").get("/insights/assessment/2026-q2/").status_code == 200


def test_without_any_release_there_is_this_quarter_and_it_is_empty(client_as, home):
    client = client_as("planner")
    reply = client.get("/insights/assessment/", follow=True)
    assert "No release was published in" in reply.content.decode()
    assert make_wanted_papers() == 0
