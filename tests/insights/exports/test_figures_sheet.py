"""A release as a spreadsheet hides the page's hidden figures, and each export is recorded."""

import csv
import io
from datetime import date

import pytest

from consultation.audit.models import AuditEntry
from insights.releases.actions import create_release

pytestmark = pytest.mark.any_database


def sheet(client, release):
    reply = client.get(f"/insights/releases/{release.pk}/figures.csv")
    assert (reply.status_code, reply["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode("utf-8-sig"))))


def test_every_figure_is_in_it_and_every_number_is_as_on_the_page(client_as, release):
    rows = sheet(client_as("planner"), release)
    cells = [row for figure in release.figures.all() for row in figure.table["rows"]]
    assert len([row for row in rows if not row["By"] and row["Answer id"]]) == len(cells) > 0
    shown = {str(cell["symbol"] or cell["value"]) for cell in cells}
    assert {row["People"] for row in rows if not row["By"] and row["Answer id"]} == shown
    numbers = [int(row["People"]) for row in rows if row["People"].isdecimal()]
    assert all(number >= 5 for number in numbers)


def test_each_percent_is_of_the_two_numbers_beside_it(client_as, release):
    """That of a group, too: its people stand beside it, as on the page."""
    rows = [row for row in sheet(client_as("planner"), release) if row["Percent"]]
    assert {bool(row["By"]) for row in rows} == {True, False}
    for row in rows:
        assert int(row["Percent"]) == round(100 * int(row["People"]) / int(row["Of"])), row
    totals = {
        (figure.kind, figure.key, column["label"]): total["value"]
        for figure in release.figures.all()
        for column, total in zip(figure.table["columns"], figure.table["column_totals"], strict=True)
    }
    of_groups = [row for row in rows if row["By"] and row["Id"] != "all"]
    assert all(int(row["Of"]) == totals[row["About"], row["Id"], row["By"]] for row in of_groups) and of_groups


def test_it_is_on_record_with_its_rows_its_hash_and_the_rules(client_as, release):
    client = client_as("engagement_officer")
    rows = sheet(client, release)
    entry = AuditEntry.objects.get(verb="export made")
    assert (entry.actor, entry.object_type, entry.object_id) == (str(client.user.pk), "release", str(release.pk))
    assert entry.data["rows"] == len(rows)
    assert len(entry.data["hash"]) == 64
    assert entry.data["rules"]["perturb"]


def test_a_draft_is_not_taken_away(client_as, answered, officer):
    draft = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    assert client_as("engagement_officer").get(f"/insights/releases/{draft.pk}/figures.csv").status_code == 404
