"""5.3: the place summary has broad areas and types of place, and never named premises, wherever they were written."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from consultation.domain.place_types import PLACE_TYPES
from consultation.file_output.pdf import pdf_renderer
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry
from insights.releases.models import Figure
from insights.workspace.place_summary.place_labels import TYPE_PHRASES, read_place_type
from insights.workspace.place_summary.place_tables import list_place_tables
from tests import factories
from tests.insights import released

POINT = "disrupt-prevent-harm"
NAMED = "Example Lounge"
AREAS = ("North", "South")


@pytest.fixture
def places(home):
    """An area, a grid of places of which two are named, and themes of which one is named."""
    rows = [f"In {NAMED} park", "At a bus stop", NAMED]
    asked = [{"id": f"r{at}", "key": str(at), "text": {"en": text}} for at, text in enumerate(rows)]
    grid = factories.question("g", "grid", ["Very unsafe", f"Unsafe because of {NAMED}", "Safe"], rows=asked)
    grid["place_types"] = ["park", "bus-stop"]
    area = factories.question("area", options=AREAS, about_you="area")
    page, _ = factories.consultation(home, items=[grid, area])
    made = released.release(page, _create_codebook(), {"taxis-private-hire": 31, "example-lounge": 22})
    _create_figure(made, "themes-by", "q-area", [(row["id"], row["label"], 31) for row in made.theme_rows()])
    for one, text in zip(asked, rows, strict=True):
        answers = [("a", "Very unsafe", 17), ("b", f"Unsafe because of {NAMED}", 12), ("c", "Safe", 44)]
        _create_figure(made, "question-by", f"q-area|q-g:{one['id']}", answers, title=text)
    return made


def _create_codebook():
    version = CodebookVersion.objects.create(codebook=Codebook.objects.create(slug="seed", name="Seed"), number=1)
    for slug, label in (("taxis-private-hire", f"Taxis at {NAMED}"), ("example-lounge", NAMED)):
        theme = Theme.objects.create(codebook=version.codebook, slug=slug)
        types = ["taxi"] if slug == "taxis-private-hire" else []
        ThemeEntry.objects.create(version=version, theme=theme, label=label, family="places", place_types=types)
    return version


def _create_figure(made, kind, key, rows, title="By area"):
    cell = {"value": 9, "symbol": "", "percent": 20}
    hidden = {"value": None, "symbol": "fewer than 5", "percent": None}
    table = {
        "base": 100,
        "rows": [{"id": i, "label": label, "value": n, "symbol": "", "cells": [cell, hidden]} for i, label, n in rows],
        "columns": [{"id": name.lower(), "label": name} for name in AREAS],
        "column_totals": [{"value": 50, "symbol": ""}, {"value": 50, "symbol": ""}],
    }
    Figure.objects.create(release=made, kind=kind, key=key, title=title, table=table)


def read_body(reply):
    assert reply.status_code == 200
    return (b"".join(reply.streaming_content) if reply.streaming else reply.content).decode()


def test_page_sheet_and_paper_have_area_and_type_of_place_and_no_named_premises(client_as, places, monkeypatch):
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    client = client_as("planner")
    for path in ("", "places.csv", f"{places.pk}/places.pdf"):
        said = read_body(client.get(f"/insights/places/{path}"))
        for words in (
            "Taxi",
            "Taxis and lifts",
            "Park or open space",
            "Bus stop",
            "Very unsafe",
            "North",
            "fewer than 5",
        ):
            assert words in said, (path, words)
        assert "Lounge" not in said, path


def test_each_percent_of_the_sheet_stands_beside_the_people_that_it_is_of(client_as, places):
    said = read_body(client_as("planner").get("/insights/places/places.csv")).removeprefix("\ufeff")
    rows = [row for row in csv.DictReader(io.StringIO(said)) if row["Percent"]]
    assert {(row["Area"], row["Of"]) for row in rows} >= {("North", "50")}
    assert all(row["Of"].isdecimal() for row in rows)


def test_the_paper_is_one_page(client_as, places):
    if not can_render_pdf():
        pytest.skip("no library here draws letters")
    made = client_as("planner").get(f"/insights/places/{places.pk}/places.pdf")
    assert count_pages(b"".join(made.streaming_content)) == 1


def can_render_pdf():
    try:
        pdf_renderer.print_html("<!doctype html><html lang='en'><title>x</title><body>x</body></html>", "")
    except pdf_renderer.PdfUnavailable:
        return False
    return True


def count_pages(made):
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    ("label", "place"),
    [("Parks", "Park or open space"), ("Town or city centre", "Town centre"), ("At a bus stop", "Bus stop"),
     ("On a bus", "Bus"), ("Streets near home", ""), ("Bus station", "Station"), ("On the way home", "Street or path"),
     ("School or college", "School or college"), ("A youth club or sports club", "Youth club or sports place"),
     ("In a car park", "Car park"), (NAMED, ""), ("Somewhere else", ""),
     ("A bar or club at night", "Bar or club open at night"), ("Taxi rank in town", "Taxi"),
     ("Community centre", "Place of worship or community centre"), ("Health centre", "Surgery, clinic or hospital"),
     ("Leisure centre", "Youth club or sports place"), ("Shopping centre", "Shop or shopping centre"),
     ("Children’s home", "Children’s home or hostel"), ("Shops and places to eat", ""), ("Bus stops and stations", "")],
)  # fmt: skip
def test_a_row_of_a_question_is_known_by_its_one_type_of_place(label, place):
    assert read_place_type(label, PLACE_TYPES) == place


def test_a_row_is_read_among_the_types_that_its_question_asks_about():
    assert read_place_type("Streets near home", ["street", "school"]) == "Street or path"
    assert (
        read_place_type("Children’s home", ["home"]) == read_place_type("A bar or club at night", ["youth-club"]) == ""
    )
    assert read_place_type("Parks", []) == ""


def test_the_column_of_places_has_types_alone_and_rows_left_out_are_counted(client_as, places):
    page = BeautifulSoup(client_as("planner").get("/insights/places/").content, "html.parser")
    named = {row.th.get_text(strip=True) for row in page.table.tbody.find_all("tr")}
    assert named == {"Taxi", "Park or open space", "Bus stop"} <= set(PLACE_TYPES.values())
    assert "1 row of its questions is left out" in " ".join(page.get_text().split())


def _hide_areas(places, kinds):
    for figure in places.figures.filter(kind__in=kinds):
        for row in figure.table["rows"]:
            row["cells"] = [{"value": None, "symbol": "fewer than 5", "percent": None} for _ in row["cells"]]
        figure.save()


@pytest.mark.parametrize("refused", [True, False])
def test_a_release_that_may_show_no_area_is_not_shown(client_as, places, refused):
    if refused:
        table = {"refused": "Too few.", "base": None, "rows": [], "columns": [], "column_totals": []}
        Figure.objects.create(release=places, kind="about", key="q-area", title="Area", table=table)
    else:
        _hide_areas(places, ("themes-by", "question-by"))
    html = " ".join(client_as("planner").get("/insights/places/").content.decode().split())
    assert "Left out, because no area of it has a number: Parks" in html and "Park or open space" not in html
    assert client_as("planner").get(f"/insights/places/{places.pk}/places.pdf").status_code == 404


def test_more_releases_need_no_more_queries(places, home, django_assert_num_queries):
    with django_assert_num_queries(3):
        list_place_tables([places, places])


def test_each_type_of_place_has_words():
    assert set(TYPE_PHRASES) == set(PLACE_TYPES)


def test_without_its_figures_the_page_says_so(places, client_as):
    places.figures.exclude(kind="themes").delete()
    assert "Nothing to show yet" in client_as("planner").get("/insights/places/").content.decode()
