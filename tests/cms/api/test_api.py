"""The read-only API for a partner's program: released figures, plain errors, no cookie."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from cms.accounts.account_suspension import suspend_all_accounts
from cms.accounts.actions import end_agreement
from cms.accounts.agreements import Agreement
from cms.api.actions import confirm_api_client, create_api_client, hash_token, revoke_api_client
from cms.api.models import ApiClient, ApiMinute, ApiUse, Scope
from cms.api.views import api
from consultation.audit.models import AuditEntry
from insights.releases.actions import create_release
from insights.releases.models import Figure
from tests import factories
from tests.cms.api.conftest import AGENCY
from tests.databases import as_on_postgresql


def asks(token, path, **headers):
    return Client(raise_request_exception=False).get(
        f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}", **headers}
    )


def refused(reply, status):
    """A problem in plain words, as RFC 9457 has it, and no cookie."""
    assert (reply.status_code, reply["Content-Type"]) == (status, "application/problem+json")
    said = json.loads(reply.content)
    assert (said["type"], said["status"]) == ("about:blank", status)
    assert said["title"]
    assert not reply.cookies
    return said["detail"]


@pytest.mark.slow
def test_a_program_reads_what_is_released_and_nothing_finer(let_in, release, officer, colleague):
    client, token = let_in()
    listed = asks(token, "releases").json()
    assert [one["id"] for one in listed["items"]] == [release.pk]
    assert (listed["total"], listed["next"], listed["previous"]) == (1, None, None)
    one = asks(token, f"releases/{release.pk}").json()
    assert one["people"] == 120
    figures = asks(token, f"releases/{release.pk}/figures").json()
    stored = [row["value"] for figure in release.figures.all() for row in figure.table["rows"]]
    assert [row["people"] for figure in figures for row in figure["rows"]] == stored
    hidden = [row for figure in figures for row in figure["rows"] if row["hidden"]]
    assert hidden
    assert all(row["people"] is row["percent"] is row["percent_from"] is None for row in hidden)
    assert {row["instead"] for row in hidden} <= {"fewer than 5", "fewer than 10", "nearly all"}
    assert all(row["instead"] == "" for figure in figures for row in figure["rows"] if not row["hidden"])
    themes = {theme["code"]: theme for theme in asks(token, f"releases/{release.pk}/themes").json()}
    assert (themes["lights"]["people"], themes["rare"]["people"], themes["rare"]["hidden"]) == (50, None, True)
    assert themes["rare"]["instead"] == "fewer than 10"
    assert asks(token, f"releases/{release.pk}/quotes").json() == [], "nobody has approved any words yet"
    quotes = release.quotes.filter(theme__slug="lights")[:5]
    for quote in quotes:
        quote.public_approved_by.set([officer, colleague])
    said = asks(token, f"releases/{release.pk}/quotes").json()
    assert len(said) == 3, "three a theme at most"
    assert set(said[0]) == {"id", "theme", "audience", "language", "words"}
    assert {one["code"] for one in asks(token, "dictionary").json()} >= {"lights", "children-young-people"}
    assert ApiUse.objects.get().requests == 7
    assert not AuditEntry.objects.filter(verb="report viewed by partner").exists(), "a count a day, no line a request"


def test_a_token_that_may_not_read_themes_reads_no_number_of_a_theme(let_in, release):
    _, token = let_in("releases")
    assert asks(token, f"releases/{release.pk}/themes").status_code == 403
    kinds = {figure["kind"] for figure in asks(token, f"releases/{release.pk}/figures").json()}
    assert "question" in kinds
    assert not {"themes", "themes-by", "stance", "sentiment"} & kinds


def test_no_database_is_asked_for_a_letter_that_it_cannot_hold(let_in, home):
    _, token = let_in("releases", "decisions")
    with connection.execute_wrapper(as_on_postgresql):
        for asked in ("releases?consultation", "decisions?consultation", "outcomes?decision"):
            assert asks(token, f"{asked}=%00").status_code == 400


def test_an_answer_that_it_has_already_is_not_sent_again(let_in, release):
    _, token = let_in()
    first = asks(token, f"releases/{release.pk}/figures")
    assert not first.cookies
    assert (first["Cache-Control"], "Vary" in first) == ("private, no-cache", False)
    assert first["X-Shared-With"] == f"{AGENCY}, {timezone.localdate().isoformat()}"
    again = asks(token, f"releases/{release.pk}/figures", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_list_comes_in_pages(let_in, release):
    _, token = let_in()
    assert refused(asks(token, "releases?page=2"), 404) == "There are 1 pages."
    assert "size" in refused(asks(token, "releases?size=1000"), 400)
    assert asks(token, "releases?consultation=elsewhere").json()["items"] == []


def test_a_draft_and_what_is_not_there_are_not_found_and_nothing_can_be_written(
    let_in,
    answered,
    officer,
):
    _, token = let_in()
    draft = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    for path in (f"releases/{draft.pk}", f"releases/{draft.pk}/quotes", "releases/999", "elsewhere"):
        refused(asks(token, path), 404)
    assert asks(token, "releases").json()["items"] == []
    reply = Client().post("/api/v1/releases", headers={"Authorization": f"Bearer {token}"})
    refused(reply, 405)
    assert reply["Allow"] == "GET"


def test_the_door_is_closed_without_a_token_with_one_that_ended_and_with_an_agreement_that_ended(
    let_in, administrator, client_as, home
):
    client, token = let_in("releases")
    for staff in (Client(), client_as("planner")):
        reply = staff.get("/api/v1/releases")
        assert "Bearer" in refused(reply, 401)
        assert reply["WWW-Authenticate"] == "Bearer"
    assert asks("voice_guess", "releases").status_code == 401
    assert asks(token, "releases").status_code == 200
    assert refused(asks(token, "releases/1/quotes"), 403) == "This token may not read quotes."
    end_agreement(agreement=Agreement.objects.get(), by=administrator)
    assert "agreement" in refused(asks(token, "releases"), 403)
    Agreement.objects.update(ends=timezone.localdate())
    assert asks(token, "releases").status_code == 200, "on its last day it still holds"
    ApiClient.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "ended" in refused(asks(token, "releases"), 401)
    other, token = let_in("releases")
    revoke_api_client(client=other, by=administrator)
    refused(asks(token, "releases"), 401)


def test_no_token_works_after_a_restore(let_in, home):
    _, token = let_in("releases")
    suspend_all_accounts(as_of=timezone.localdate())
    refused(asks(token, "releases"), 401)


def test_too_many_requests_in_a_minute_wait(let_in, home):
    _, token = let_in("releases", per_minute=2)
    _, others = let_in("releases")
    assert [asks(token, "releases").status_code for _ in range(3)] == [200, 200, 429]
    reply = asks(token, "releases")
    refused(reply, 429)
    assert 0 < int(reply["Retry-After"]) <= 60
    assert asks(others, "releases").status_code == 200


def test_what_cannot_be_counted_is_not_answered(let_in, home, monkeypatch):
    """As on a copy of the database that is only read."""

    def read_only(client):
        raise OperationalError("attempt to write a readonly database")

    _, token = let_in("releases")
    monkeypatch.setattr(ApiUse, "count", read_only)
    reply = asks(token, "releases")
    assert "written down" in refused(reply, 503)
    assert reply["Retry-After"] == "60"
    assert not ApiMinute.objects.exists() and not ApiUse.objects.exists(), "and nothing is half counted"


def test_what_breaks_says_so_and_nothing_else(let_in, home, monkeypatch):
    from insights.exports import data_dictionary

    _, token = let_in("releases")
    monkeypatch.setattr(data_dictionary, "iterate_dictionary_rows", lambda: 1 / 0)
    assert "our fault" in refused(asks(token, "dictionary"), 500)


@pytest.fixture
def waiting(administrator):
    """waiting(): a client that no second administrator has confirmed, and its token."""
    today = timezone.localdate()
    said = {"agency": factories.agency(AGENCY), "scopes": ["releases"], "expires_on": today + timedelta(days=9)}
    return lambda: create_api_client(name="Board", by=administrator, **said)


def test_a_token_is_confirmed_by_another_while_it_waits_and_the_agreement_is_in_date(waiting, administrator, person):
    bea, (client, token), (revoked, _), (late, _) = person("administrator"), waiting(), waiting(), waiting()
    refused(asks(token, "releases"), 401)
    for by in (administrator, person("planner")):
        with pytest.raises(PermissionDenied):
            confirm_api_client(client=client, by=by)
    revoke_api_client(client=revoked, by=bea)
    ApiClient.objects.filter(pk=late.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    for closed in (revoked, late):
        with pytest.raises(ValidationError, match="waits for nobody"):
            confirm_api_client(client=closed, by=bea)
    Agreement.objects.update(confirmed_on=None)
    with pytest.raises(ValidationError, match="no agreement in date"):
        confirm_api_client(client=client, by=bea)
    Agreement.objects.update(confirmed_on=timezone.localdate())
    assert not ApiClient.objects.working().exists()
    confirm_api_client(client=client, by=bea)
    assert asks(token, "releases").status_code == 200
    assert list(ApiClient.objects.working()) == [client] and not ApiClient.objects.waiting().exists()


def test_the_database_refuses_one_person_as_both(waiting, administrator):
    client, _ = waiting()
    with pytest.raises(IntegrityError):
        ApiClient.objects.filter(pk=client.pk).update(confirmed_by=administrator, confirmed_on=client.made_on)


def test_one_administrator_makes_a_token_and_sees_it_once_and_another_confirms_it(client_as, administrator):
    browser = Client()
    browser.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    url = "/staff/people/programs/"
    assert "None yet" in browser.get(url).content.decode()
    said = {"name": "Dashboard", "agency": factories.agency(AGENCY).pk, "scopes": ["releases"], "per_minute": "60"}
    late = browser.post(url, said | {"expires_on": str(timezone.localdate() + timedelta(days=900))})
    assert "within a year" in late.content.decode()
    made = browser.post(url, said | {"expires_on": str(timezone.localdate() + timedelta(days=90))})
    client = ApiClient.objects.get()
    token = next(
        word for word in made.content.decode().replace("<", " ").replace(">", " ").split() if word[:6] == "voice_"
    )
    assert client.token_hash == hash_token(token)
    assert "no-store" in made["Cache-Control"]
    html = " ".join(browser.get(url).content.decode().split())
    assert "Waits for another administrator" in html and "You made it, so another administrator confirms it." in html
    assert token not in html and "Confirm<" not in html
    assert "waits for your yes" not in browser.get("/staff/").content.decode()
    assert browser.post(f"{url}{client.pk}/confirm/").status_code == 403
    bea = client_as("administrator")
    assert f"The token of {client} waits for your yes" in bea.get("/staff/").content.decode()
    assert f"Made by {administrator}" in bea.get(url).content.decode()
    said = [bea.post(f"{url}{client.pk}/confirm/", follow=True).content.decode() for _ in range(2)]
    assert "reads from now on" in said[0] and "Works<" in said[0] and "waits for nobody" in said[1]
    browser.post(f"{url}{client.pk}/revoke/")
    assert "Taken back on" in browser.get(url).content.decode()
    verbs = list(AuditEntry.objects.filter(verb__startswith="API").order_by("seq").values_list("verb", "actor"))
    acts = (("made", administrator), ("confirmed", bea.user), ("revoked", administrator))
    assert verbs == [(f"API token {act}", str(by.pk)) for act, by in acts]
    assert client_as("engagement_officer").get(url).status_code == 403


def test_a_program_is_told_which_numbers_are_estimates_and_which_a_machine_coded(let_in, release):
    _, token = let_in()
    whole = release.figures.get(kind="themes").table
    rows = [
        row | {"coded": 45, "read": 20, "cells": [{"value": 9, "symbol": "", "percent": 9}]} for row in whole["rows"]
    ]
    table = whole | {
        "rows": rows,
        "columns": [{"id": "x", "label": "X"}],
        "column_totals": [{"value": 9, "symbol": ""}],
    }
    Figure.objects.create(release=release, kind="themes-by", key="q-x", title="By age", table=table)
    figures = asks(token, f"releases/{release.pk}/figures").json()
    told = {figure["code"]: figure["rows"] for figure in figures}
    assert {(row["estimate"], row["read"], row["cells"][0]["coded_by"]) for row in told["q-x"]} == {
        (True, 20, "machine")
    }
    others = {
        cell["coded_by"] for code, rows in told.items() if code != "q-x" for row in rows for cell in row["cells"]
    }
    assert others == {None}


def test_the_openapi_document_is_served_to_everyone_and_names_every_address_error_and_type(home):
    said = Client().get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said["info"]["title"]
    names = {f"#/components/schemas/{name}" for name in said["components"]["schemas"]}
    assert set(references(said)) <= names
    assert len(said["paths"]) == 10
    for path, operations in said["paths"].items():
        assert list(operations) == ["get"]
        told = operations["get"]
        assert {"200", "304", "400", "401", "403", "404", "429", "503"} == set(told["responses"])
        assert all("description" in answer for answer in told["responses"].values())
        in_path = [f"{{{one['name']}}}" for one in told["parameters"] if one["in"] == "path"]
        assert in_path == [part for part in path.split("/") if part.startswith("{")]
        assert told["x-scope"] in Scope.values
        (scheme,) = told["security"]
        assert said["components"]["securitySchemes"][next(iter(scheme))] == {"type": "http", "scheme": "bearer"}
    ids = [operations["get"]["operationId"] for operations in said["paths"].values()]
    assert len(set(ids)) == len(ids)
    assert len(api.urls[0]) >= 10


def references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else ())
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from references(one)
