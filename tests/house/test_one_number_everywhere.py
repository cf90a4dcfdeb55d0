"""Every way out of a release shows the numbers that were frozen, and none shows an exact count (promise 5).

So a reader who puts pages, sheets, papers, charts' alternative texts, the API and the public pages together learns no
more than from the frozen figures, which tests/insights/disclosure attacks.
"""

import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from consultation.domain.calendar_quarters import Quarter
from consultation.domain.confidence_intervals import wilson_interval
from consultation.file_output.word.docx_writer import write_docx
from consultation.responses.models import Response
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Theme
from insights.disclosure.disclosure_presets import rules_for
from insights.exports.pdf.paper_making import render_paper
from insights.publications import actions as results
from insights.releases.actions import create_release, publish_release
from insights.releases.stored_figures import count_interval, is_no_answer
from insights.representation.actions import refresh_representation
from insights.representation.models import ReachPicture
from tests import factories
from tests.house.drawn_pictures import find_stray_pictures
from tests.house.planners_crawl import crawl, text_of
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.releases.test_theme_estimates import draw_and_read, guessed  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
ANSWERS = {"Yes": "1", "No": "2"}
AGES = {"11 to 13": "1", "14 or 15": "2"}
LEGEND = ("100 people",)  # of the shades of coverage


@pytest.fixture
def release(guessed, officer, colleague, codebook, monkeypatch):  # noqa: F811
    """A published release with noise and with themes estimated from a sample, in which numbers differ from the counts."""
    draw_and_read(guessed, officer, codebook)
    monkeypatch.undo()
    made = publish_release(release=create_release(consultation=guessed, by=officer), by=colleague)
    edition = results.begin_results(release=made, by=officer)
    words = {"heard": "It is dark.", "heard_easy": "Dark.", "next": "", "themes": {}}
    results.write_results(edition, by=officer, words=words)
    results.publish_results(edition, by=colleague)
    codebook.entries.filter(theme__slug="lights").update(links=[{"sub_point": "understand-locations"}])
    refresh_representation(timezone.localdate())
    return made


def exact_counts(release):
    """{label: its exact number of people, over all}, from the database."""
    closed = list(Response.objects.filter(version__page=release.consultation).values_list("closed", flat=True))
    found = {label: sum(one["a"] == key for one in closed) for label, key in ANSWERS.items()}
    found |= {label: sum(one["d"] == key for one in closed) for label, key in AGES.items()}
    codes = current_codes_by_theme(release.consultation)
    entries = {theme.pk: theme.slug.capitalize() for theme in Theme.objects.all()}
    return found | {entries[theme]: len(set(people.values())) for theme, people in codes.items()}


def frozen_numbers(release):
    """{label: every number that a figure of the release has in a row of this label, or for a column of it}."""
    found = {}
    for figure in release.figures.all():
        table = figure.table
        for row in table["rows"]:
            cells = [row, *row.get("cells", [])]
            numbers = {
                cell.get(name) for cell in cells for name in ("value", "percent", "low", "high", "read", "coded")
            }
            words = " ".join(str(cell.get("symbol", "")) for cell in cells)
            numbers |= {table["base"], *(int(n) for n in re.findall(r"\d+", words))}
            numbers |= {total["value"] for total in table["column_totals"]}
            numbers |= {*count_interval(row, table["base"]).values()}
            found.setdefault(row["label"], set()).update(numbers)
        for at, column in enumerate(table["columns"]):
            cells = [table["column_totals"][at], *(row["cells"][at] for row in table["rows"])]
            numbers = found.setdefault(column["label"], set())
            numbers |= {cell.get(name) for cell in cells for name in ("value", "percent")}
            numbers |= {int(n) for cell in cells for n in re.findall(r"\d+", cell["symbol"])}  # "fewer than 5"
            for cell in cells[1:]:  # a theme's page shows the interval of each group's share
                if cell["value"] is not None and cells[0]["value"] and cell["value"] <= cells[0]["value"]:
                    numbers |= {*wilson_interval(cell["value"], cells[0]["value"], noise=rules_for().noise).percent()}
    return {label: numbers - {None} for label, numbers in found.items()}


def stray_numbers(html, frozen):
    """[(label, number)] of table rows and alternative texts that show a number which is not frozen for their label."""
    page, found = BeautifulSoup(html, "html.parser"), []
    for row in page.find_all("tr"):
        head = row.find("th", attrs={"scope": "row"})
        label = " ".join(head.get_text(" ").split()) if head else ""
        if label in frozen:
            cells = " ".join(" ".join(cell.get_text(" ").split()) for cell in row.find_all("td"))
            for other in frozen:  # a label may hold numbers
                cells = cells.replace(other, " ")
            found += [(label, int(n)) for n in re.findall(r"\d+", cells) if int(n) not in frozen[label]]
    for text in page.find_all(["desc", "title"]):
        for label in frozen:
            for number in re.findall(rf"(?<!\w){re.escape(label)}: (\d+)", text.get_text()):
                if int(number) not in frozen[label]:
                    found.append((label, int(number)))
    return found


SENTENCES = ["p", "li", "dd", "figcaption", "summary", "h2", "h3", "h4", "blockquote", "caption", "td"]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NO_FIGURES = re.compile(  # days, which edition, words of an answer ("lights number 07"), rows of the page itself
    rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?|\b(?:{MONTHS}) \d{{4}}|\b20\d\d\b|\bnumber \d\d+|\b95 ?%"
    r"|\b(?:[Rr]elease|version|codebook|Question) \d+|\b19 times (?:out )?of 20"
    r"|\b\d+ (?:themes?|decisions?|quotes?|releases?|questions?|pages?|readers?|differences?|looks?|months)\b"
)
SHARE_RANGE = re.compile(r"\(\d+ to\s+\d+\)")
TENTHS = re.compile(r"\b(\d+) in 10\b")


def stray_prose(html, frozen, also=frozenset()):
    """[(sentence, number)] of sentences that name a theme or an answer and say a number that no figure of it has; `also`
    are numbers of the release itself."""
    page, found = BeautifulSoup(html, "html.parser"), []
    for element in page.find_all(SENTENCES):
        if element.find(SENTENCES) and element.name != "li" or element.find_parent(["table", "svg", "form"]):
            continue
        said = " ".join(element.get_text(" ").split())
        named = [
            label for label in frozen if label not in ANSWERS and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", said)
        ]
        if not named or len(said) > 400:
            continue
        left = NO_FIGURES.sub(" ", said)
        for label in sorted(frozen, key=len, reverse=True):  # a label may hold numbers
            left = left.replace(label, " ")
        may = set(also).union(*(frozen[label] for label in named))
        tenths = {round(number / 10) for label in named for number in frozen[label]}
        found += [(said, int(number)) for number in TENTHS.findall(left) if int(number) not in tenths]
        left = TENTHS.sub(" ", left)
        found += [(said, int(number)) for number in re.findall(r"(?<![\w.])\d+", left) if int(number) not in may]
    return found


@pytest.fixture
def planner_client(client, person, release):
    client.force_login(person("planner"))
    return client


def test_the_numbers_of_this_world_differ_from_the_counts(release):
    """Else the tests below would prove nothing."""
    exact, frozen = exact_counts(release), frozen_numbers(release)
    assert sum(count not in frozen[label] for label, count in exact.items() if label in frozen) >= 2


def test_every_page_shows_frozen_numbers(release, planner_client):
    frozen, looked = frozen_numbers(release), 0
    samples = {"slug": release.consultation.slug, "question": "q-a", "pk": release.pk, "IntConverter": release.pk}
    pages = {path: page.body for path, page in crawl(planner_client, samples, ("/insights/",)).items()}
    pages |= {
        "public results": Client().get("/en/have-your-say/parks/results/").content.decode(),
        "report as paper": render_paper(kind="report", subject=str(release.pk), for_all=True, mark=""),
    }
    pages["assessment as paper"] = render_paper(
        kind="assessment", subject=Quarter.of(timezone.localdate()).slug, for_all=True, mark=""
    )
    strays, pictured, told, drawn = {}, 0, 0, Counter()
    also = {release.people, *(one.table["base"] for one in release.figures.all())}
    for path, body in pages.items():
        if not body.lstrip().startswith("<"):
            continue  # sheets are read below
        if "/representation/" in path:  # a small freeze of its own
            pictured += "11 to 13" in body
            if wrong := stray_numbers(SHARE_RANGE.sub("", body), pictured_numbers()):
                strays[path] = wrong
            continue
        looked += "Lights" in body
        told += len(re.findall(r"[Aa]bout \d+", body))
        if wrong := [
            *stray_numbers(body, frozen),
            *stray_prose(body, frozen, also),
            *find_stray_pictures(body, drawn),
        ]:
            strays[path] = wrong
    assert looked >= 6 and told >= 6 and pictured and {"bars", "shades", "public"} <= set(drawn)
    assert strays == {}


BARE = re.compile(
    r"(?<![Aa]bout )(?<!than )(?<!least )(?<!once )(?<!up to )(?<!of )(?<! in )(?<![\w.])\d+ (?:people|person)\b"
)


def test_each_page_and_paper_says_once_that_numbers_are_changed_and_about_before_each(release, planner_client):
    quarter = Quarter.of(timezone.localdate()).slug
    samples = {"slug": release.consultation.slug, "question": "q-a", "pk": release.pk, "IntConverter": release.pk}
    found = crawl(planner_client, samples, ("/insights/",))
    shown = {path: page.body for path, page in found.items() if "<html" in page.body[:200]}
    for kind, subject in (("report", str(release.pk)), ("assessment", quarter)):
        shown[kind] = render_paper(kind=kind, subject=subject, for_all=True, mark="")
    shown["board"] = text_of(planner_client.get("/insights/board/report.docx"))
    wrong = {}
    for path, body in shown.items():
        said = " ".join(BeautifulSoup(body, "html.parser").get_text(" ").split())
        bare = [one for one in BARE.findall(said) if not one.startswith(LEGEND)]
        if said.count("changed a little at random") != 1 or bare or "[c]" in said:
            wrong[path] = said.count("changed a little at random"), bare, "[c]" in said
    assert len(shown) > 40 and wrong == {}
    sheets = {
        path: page.body
        for path, page in found.items()
        if path.endswith(("figures.csv", "reach.csv", ".json", ".xlsx"))
    }
    assert len(sheets) >= 4
    for path, body in sheets.items():
        assert "changed a little at random" in body and "[c]" not in body, path


def test_pages_of_coders_and_officers_say_no_exact_number_of_people(release, client, person):
    """Before a release, too: what they may count is work of their own, which is answers to read."""
    samples = {"slug": release.consultation.slug, "pk": release.pk, "IntConverter": release.pk}
    client.force_login(person("engagement_officer"))
    found = {
        path: page.body
        for path, page in crawl(client, samples, ("/insights/",), alike=1).items()
        if "<html" in page.body[:200]
    }
    said = {path: " ".join(BeautifulSoup(body, "html.parser").get_text(" ").split()) for path, body in found.items()}
    bare = {path: BARE.findall(words) for path, words in said.items()}
    assert len(said) > 10 and {path: one for path, one in bare.items() if set(one) - {*LEGEND}} == {}


def pictured_numbers():
    """{label: every number that the reach picture holds of it, and its share of those who said it}; shares have ranges of
    their own, which tests/insights/representation recalculates."""
    found = {}
    for figure in ReachPicture.objects.get().figures:
        unsaid = sum(group["value"] or 0 for group in figure["groups"] if group["id"] == "not-said")
        for group in figure["groups"]:
            value, said = group["value"], (figure["total"] or 0) - unsaid
            numbers = {value, value is not None and said and round(100 * value / said)}
            found.setdefault(group["label"], set()).update(numbers, map(int, re.findall(r"\d+", group["symbol"])))
    return found


def test_the_sheet_of_coverage_has_the_frozen_numbers(release, planner_client):
    text = b"".join(planner_client.get("/insights/coverage/coverage.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    (told,) = [row["People"] for row in rows if row["People"].isdigit()]
    assert int(told) == release.figures.get(kind="themes").table["rows"][0]["value"]


def test_a_wrong_number_in_a_sentence_is_found():
    frozen = {"Lights": {51, 64}, "11 to 13": {40}}
    right = "<p>More spoke about Lights than about anything else: about 51 of 80 (64%), on 3 October 2026.</p>"
    assert stray_prose(right, frozen, {80}) == []
    assert [number for _, number in stray_prose(right.replace("51", "50"), frozen, {80})] == [50]
    assert [number for _, number in stray_prose("<ul><li><h3>Lights</h3><p>about 52</p></li></ul>", frozen)] == [52]
    assert stray_prose("<p>Of those who are 11 to 13, 40 said so.</p>", frozen) == []


def test_the_sheet_has_the_frozen_numbers(release, planner_client):
    text = text_of(planner_client.get(f"/insights/releases/{release.pk}/figures.csv")).removeprefix("\ufeff")
    check_rows(release, list(csv.DictReader(io.StringIO(text))))


def test_the_workbook_has_the_frozen_numbers(release, planner_client):
    made = b"".join(planner_client.get(f"/insights/releases/{release.pk}/figures.xlsx").streaming_content)
    head, *rows = load_workbook(io.BytesIO(made), read_only=True)["Figures"].iter_rows(values_only=True)
    check_rows(
        release, [dict(zip(head, ("" if one is None else str(one) for one in row), strict=True)) for row in rows]
    )


def check_rows(release, rows):
    """Each frozen number stands in the rows of a sheet, and no other one does."""
    told = {(r["About"], r["Id"], r["Answer"], r["By"]): r["People"] for r in rows}
    seen = 0
    for figure in release.figures.exclude(kind="stance"):
        for row in figure.table["rows"]:
            place = (figure.kind, figure.key, row["label"])
            columns = [
                ("", row),
                *zip([c["label"] for c in figure.table["columns"]], row.get("cells", []), strict=True),
            ]
            for column, cell in columns:
                assert told[(*place, column)] == str(cell["symbol"] or cell["value"])
                seen += 1
    assert seen > 50


def test_the_word_document_has_the_frozen_numbers(release):
    """Its tables, and the alternative texts of those that were charts."""
    frozen, rows, strays = frozen_numbers(release), 0, []
    made = write_docx(render_paper(kind="report", subject=str(release.pk), for_all=True, mark=""))
    for table in Document(io.BytesIO(made)).tables:
        for row in table.rows:
            label, *cells = (cell.text for cell in row.cells)
            rows += label in frozen
            shown = [int(n) for cell in cells for n in re.findall(r"\d+", cell)]
            strays += [(label, n) for n in shown if label in frozen and n not in frozen[label]]
        description = table._tbl.tblPr.find(qn("w:tblDescription"))
        for label, n in re.findall(r"(\w[^.:]*): (\d+)", "" if description is None else description.get(qn("w:val"))):
            strays += [(label, int(n))] if label in frozen and int(n) not in frozen[label] else []
    assert rows > 6 and strays == []


def fetch_api_figures(release):
    until = timezone.localdate() + timedelta(days=9)
    factories.agreement(agency=factories.agency("Riverside"), starts=timezone.localdate(), ends=until)
    _, token = factories.api_client(
        name="Board", agency=factories.agency("Riverside"), scopes=["releases", "themes"], expires_on=until,
        by=factories.staff("admin@example.org", "consultation.manage_users"),
    )  # fmt: skip
    url = f"/api/v1/releases/{release.pk}/figures"
    return Client().get(url, headers={"Authorization": f"Bearer {token}"}).json()


def test_the_api_has_the_frozen_numbers(release):
    told, frozen = fetch_api_figures(release), frozen_numbers(release)
    strays = [(label, n) for label, n in numbers_by_label(told) if label in frozen and n not in frozen[label]]
    assert "Lights" in json.dumps(told)
    assert strays == []


def test_page_paper_word_sheets_and_api_tell_each_figure_alike(release, planner_client):
    """Each answer and each theme, with its share and its interval: none is left out, and none differs."""
    themes, (question, *_) = release.figures.get(kind="themes"), release.figures.filter(kind="question")
    told = {
        (one.kind, row["label"]): (row, one.table["base"]) for one in (themes, question) for row in one.table["rows"]
    }
    shares = {
        place: [row["symbol"] or row["value"], row["percent"], row["low"], row["high"]]
        for place, (row, _) in told.items()
    }
    there = f"/insights/releases/{release.pk}/"
    stored = json.loads(text_of(planner_client.get(f"{there}release.json")))["figures"]
    for figures in (stored, fetch_api_figures(release)):
        rows = {
            (one["kind"], row["label"]): row
            for one in figures
            if one["title"] in (themes.title, question.title)
            for row in one["rows"]
        }
        assert shares == {
            place: [row["instead"] or row["people"], row["percent"], row["percent_from"], row["percent_to"]]
            for place, row in rows.items() if place in shares
        }  # fmt: skip
    made = b"".join(planner_client.get(f"{there}figures.xlsx").streaming_content)
    head, *book = load_workbook(io.BytesIO(made), read_only=True)["Figures"].iter_rows(values_only=True)
    sheet = csv.reader(io.StringIO(text_of(planner_client.get(f"{there}figures.csv")).removeprefix("\ufeff")))
    for title, rows in (head, book), (next(sheet), sheet):
        named = [dict(zip(title, ("" if one is None else str(one) for one in row), strict=True)) for row in rows]
        assert {place: ["" if one is None else str(one) for one in share] for place, share in shares.items()} == {
            (row["About"], row["Answer"]): [row[name] for name in ("People", "Percent", "Percent from", "Percent to")]
            for row in named
            if row["Question or theme"] in (themes.title, question.title) and not row["By"]
        }
    paper = render_paper(kind="report", subject=str(release.pk), for_all=True, mark="")
    document = Document(io.BytesIO(write_docx(paper)))
    written = [[" ".join(cell.text.split()) for cell in row.cells] for table in document.tables for row in table.rows]
    for (kind, label), (row, base) in told.items():
        if row["value"] is None or is_no_answer(row):  # which stands in a footnote
            continue
        ends = count_interval(row, base) if kind == "themes" else {"least": row["low"], "most": row["high"]}
        for way, body in (("page", text_of(planner_client.get(there))), ("paper", paper)):
            found = [" ".join(str(tr).split()) for tr in BeautifulSoup(body, "html.parser").find_all("tr")
                     if tr.th and " ".join(tr.th.get_text(" ").split()) == label]  # fmt: skip
            numbers = [
                {int(n) for n in re.findall(r"(?<![\w.#-])\d+", re.sub("<svg.*?</svg>", " ", one))} for one in found
            ]
            assert any({row["value"], *ends.values()} <= one for one in numbers), (way, label, row, found)
        assert any(
            cells[0] == label and {str(row["value"])} & set(re.findall(r"\d+", " ".join(cells[1:])))
            for cells in written
        ), label


def numbers_by_label(data, label=""):
    """(nearest label, number) of every number in a JSON answer, but positions and ids."""
    if isinstance(data, list):
        for each in data:
            yield from numbers_by_label(each, label)
    elif isinstance(data, dict):
        here = data.get("label", label)
        numbers = ("people", "of", "value", "percent", "low", "high", "base")
        for name, each in data.items():
            if name in numbers or isinstance(each, list | dict):
                yield from numbers_by_label(each, here)
    elif isinstance(data, int) and not isinstance(data, bool) and label:
        yield label, data
