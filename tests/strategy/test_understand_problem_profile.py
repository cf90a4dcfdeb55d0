"""1.1: each way out has the codebook's version and the disclosure log, and no row-level free text."""

import io
import json

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from cms.api.models import ApiClient, Scope
from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.pdf import pdf_renderer
from consultation.surveys.models import PublishedVersion
from insights.corpus.models import Text
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.releases.disclosure_log import log_release, log_tables
from insights.releases.models import Figure, Quote
from insights.releases.theme_evidence import theme_tables_of
from insights.representation.models import ReachPicture
from tests import factories
from tests.house.test_roles import crawl
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401

POINT = "understand-problem-profile"
NO_FIGURES = {
    "insights/data-dictionary/dictionary.csv", "insights/representation/<slug:slug>/benchmarks/empty.csv",
    "insights/commitments/commitments.csv", "insights/ledger/ledger.csv", "insights/learning/learning.csv",
}  # fmt: skip
FILES = ("csv", "xlsx", "json", "pdf", "docx", "zip")
PAPERS = (".pdf", ".docx")


@pytest.fixture
def profile(release):  # noqa: F811
    """The release's themes by age, and by an area as well."""
    version = release.consultation.versions.get()
    type(version.page).objects.filter(pk=version.page.pk).update(evaluation_round="before")
    area = factories.question("e", options=["North", "South"], about_you="area")
    grid = factories.question("g", "grid", ["Unsafe"], rows=[{"id": "park", "key": "1", "text": {"en": "Parks"}}])
    grid["place_types"] = ["park"]
    content = version.content | {"items": [*version.content["items"], area, grid]}
    PublishedVersion.objects.create(page=version.page, number=2, content=content, published_at=timezone.now())
    links = [{"strand": 1, "sub_point": POINT}]
    release.codebook_version.entries.filter(theme__slug="lights").update(links=links)
    by_age = release.figures.get(kind="themes-by")
    title = "Themes by answer to “Question e?”"
    Figure.objects.create(release=release, kind="themes-by", key="q-e", title=title, table=by_age.table)
    by_area = {"release": release, "kind": "question-by", "key": "q-e|q-g:park", "title": "Parks"}
    rows = [row | {"label": "Unsafe"} for row in by_age.table["rows"][:1]]
    Figure.objects.create(**by_area, table=by_age.table | {"rows": rows})
    groups = [{"id": "e-1", "label": "North", "value": None, "symbol": "fewer than 5"}]
    reached = {"key": "area", "question": "q-e", "title": "Area", "total": 88, "groups": groups}
    ReachPicture.objects.create(consultation=release.consultation, as_of=release.made_on, figures=[reached])
    return release


@pytest.fixture
def result(profile, officer, colleague):  # noqa: F811
    from insights.publications.actions import begin_results, publish_results, write_results

    made = begin_results(release=profile, by=officer)
    write_results(
        made, by=officer, words={"heard": "It is dark.", "heard_easy": "It is dark.", "next": "", "themes": {}}
    )
    return publish_results(made, by=colleague)


def fetch(client, path):
    reply = client.get(path)
    if path.split("?")[0].endswith(PAPERS) and not reply.streaming:
        make_wanted_papers()
        reply = client.get(path)
    assert reply.status_code == 200 and reply.streaming, path
    return b"".join(reply.streaming_content)


def read_words(made, path):
    if ".xlsx" in path:
        rows = [row for sheet in load_workbook(io.BytesIO(made)) for row in sheet.values]
        return "\n".join(str(cell) for row in rows for cell in row)
    if ".docx" in path:
        paper = Document(io.BytesIO(made))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in paper.paragraphs), *cells])
    return made.decode()


def list_exports(release):  # noqa: F811
    """Every address of a file among the planners' pages, but for registers and lists without a number of people."""
    quarter = Quarter.of(release.published_on).slug
    parts = {"<int:pk>": str(release.pk), "<slug:quarter>": quarter, "<slug:slug>": release.consultation.slug}
    routes = {route for route, _ in crawl() if route.startswith("insights/") and route.rsplit(".")[-1] in FILES}
    assert routes >= NO_FIGURES
    found = sorted(routes - NO_FIGURES)
    for part, value in parts.items():
        found = [one.replace(part, value) for one in found]
    return [f"/{one}" for one in found]


@pytest.mark.slow
def test_every_export_has_the_codebook_version_the_disclosure_log_and_no_row_level_free_text(
    client_as, profile, result, monkeypatch
):
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    client, paths = client_as("planner"), list_exports(profile)
    assert len(paths) >= 15, paths
    said, people = (
        set(Text.objects.values_list("text", flat=True)),
        set(Text.objects.values_list("respondent", flat=True)),
    )
    shown = set(Quote.objects.filter(featured=True).values_list("text", flat=True))
    of_all, of_themes = log_release(profile)[1:], log_tables(theme_tables_of([profile.pk]).values(), profile.rules)[1:]
    assert of_all and of_themes, "the first line tells of what is shown"
    for path in paths:
        words = read_words(fetch(client, path), path)
        told = " ".join(words.split()).replace(", version ", " ").lower()
        assert "seed 1" in told or '"code": "seed", "version": "1"' in told, path
        hidden = of_all if "/releases/" in path else of_themes
        # One sheet of paper has one line of the rules; and no question of this consultation has a favoured end.
        if path.endswith(("/sheet.pdf", "/places.pdf", "/evaluation.csv")):
            hidden = log_release(profile)[:1]
        assert [one.what for one in hidden if one.what.lower() not in told] == [], path
        assert not any(str(one) in words for one in people), path
        own = {one for one in said if one in words}
        assert not own or (path.endswith(PAPERS) and own <= shown and len(own) <= 6), path


def test_a_program_is_told_the_codebook_version_and_the_disclosure_log(client, profile):
    from cms.api.actions import hash_token

    today = profile.published_on
    agency = factories.agency("Riverside partnership")
    ApiClient.objects.create(
        name="Board", agency=agency, scopes=list(Scope.values), token_hash=hash_token("voice_t"),
        expires_on=today.replace(year=today.year + 1), made_on=today, confirmed_on=today,
    )  # fmt: skip

    factories.agreement(agency=agency, starts=today.replace(year=2020), ends=today.replace(year=2090))
    told = client.get(f"/api/v1/releases/{profile.pk}", HTTP_AUTHORIZATION="Bearer voice_t").json()
    assert told["codebook"] == {"code": "seed", "version": "1"}
    log = [{"rule": one.rule, "what": one.effect, "numbers": one.numbers} for one in log_release(profile)]
    assert told["disclosure_log"] == log
    assert json.dumps(told).count("Numbers are changed") == 1


def test_the_log_counts_what_each_rule_hid_and_never_says_which(profile):
    lines = {one.rule: one for one in log_release(profile)}
    cells = [cell for figure in profile.figures.all() for cell in _list_cells(figure.table)]
    assert lines["shown"].numbers == sum(cell["value"] is not None for cell in cells)
    assert lines["fewer than 10"].numbers == sum(cell["symbol"] == "fewer than 10" for cell in cells) > 0
    assert not any(word in one.what for one in lines.values() for word in ("Rare", "Lights", "North"))


def _list_cells(table):
    return [*table["rows"], *table["column_totals"], *(cell for row in table["rows"] for cell in row.get("cells", ()))]


def test_the_profile_of_the_quarter_has_themes_by_age_and_by_area(client_as, profile):
    quarter = Quarter.of(profile.published_on).slug
    html = client_as("planner").get(f"/insights/assessment/{quarter}/").content.decode()
    part = html[html.index('id="splits"') :]
    for words in ("Themes by answer to “Question d?”", "Themes by answer to “Question e?”", "11 to 13", ">Lights<"):
        assert words in part, words
    assert ">Rare<" not in part, "a row without any number"
