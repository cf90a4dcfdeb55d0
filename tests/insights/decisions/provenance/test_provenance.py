"""Exported provenance is valid PROV in two forms, and one HTML file without external requests."""

import json
import re
from datetime import date
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from prov.model import ProvDocument, ProvRecord
from rdflib import RDF, Graph, Namespace

from consultation.audit.models import AuditEntry
from consultation.responses.signals import text_recalled
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.ledger.actions import sign_head
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import LedgerEntry, QuoteKey
from insights.releases.models import Quote
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said

PROV = Namespace("http://www.w3.org/ns/prov#")
# PROV-O: of which class the subject and the object of a property are.
SIDES = {
    "wasDerivedFrom": ("Entity", "Entity"), "wasGeneratedBy": ("Entity", "Activity"), "used": ("Activity", "Entity"),
    "wasAttributedTo": ("Entity", "Agent"), "wasAssociatedWith": ("Activity", "Agent"),
    "actedOnBehalfOf": ("Agent", "Agent"), "hadMember": ("Collection", "Entity"),
}  # fmt: skip


@pytest.fixture
def decided(parks, codebook, planner, colleague):
    page, version = parks
    words = [("lights", "q-c", "It is <dark>."), ("lights", "q-c", "For nobody else.")]
    release = frozen_releases.make_release(version, codebook, {"lights": 50, "staff": None}, words)
    made = record_decision(by=planner, consultations=[page], agency="The council", **said(title="Lights & <more>"))
    for quote in Quote.objects.order_by("pk"):
        cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug="lights"), quote=quote)
    Quote.objects.order_by("pk").first().public_approved_by.add(planner, colleague)
    publish_decision(decision=made, by=colleague)
    later = said(slug="more-lights", title="More")
    return record_decision(by=planner, consultations=[page], follows=made, follows_how="amends", **later)


@pytest.fixture
def taken(decided, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")

    def take(form, slug="more-lights"):
        answer = client.get(f"/insights/decisions/{slug}/take/{form}/")
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
        return answer.content.decode()

    return take


def test_prov_json_is_valid_and_prov_o_says_the_same(taken):
    document = ProvDocument.deserialize(content=taken("prov-json"), format="json")
    records = list(document.get_records(ProvRecord))
    assert len(records) > 15
    graph = Graph().parse(data=taken("prov-o"), format="json-ld")
    for name, (subject, object) in SIDES.items():
        pairs = list(graph.subject_objects(PROV[name]))
        assert pairs, name
        for one, other in pairs:
            assert (one, RDF.type, PROV[subject]) in graph and (other, RDF.type, PROV[object]) in graph, name
    links = [record for record in records if record.is_relation()]
    said = {(record.get_type().localpart, *(str(arg) for arg in record.args[:2])) for record in links}
    assert len(said) == sum(1 for name in (*SIDES, "wasInfluencedBy") for _ in graph.subject_objects(PROV[name]))
    derivations = list(graph.objects(None, PROV.qualifiedDerivation))
    assert any((one, RDF.type, PROV.Revision) in graph for one in derivations)
    assert "supports" in taken("prov-o") and '"people"' not in taken("prov-json").replace("voice:people", "")


def test_only_words_for_everyone_leave_and_the_log_holds_what_did(taken, decided):
    for form in ("prov-json", "prov-o", "html"):
        content = taken(form)
        assert ("For nobody else" in content, "dark" in content, "50" in content) == (False, True, True), form
    entries = AuditEntry.objects.filter(verb="export made", object_type="decision", object_id=str(decided.pk))
    assert {entry.data["form"] for entry in entries} == {"prov-json", "prov-o", "html"}


@pytest.mark.slow
def test_words_that_were_taken_back_leave_by_no_way_and_nothing_confirms_them(taken, decided, client, planner):
    """The quote was for everyone: what is left of it says that there were words, and not which."""
    quote = Quote.objects.get(text="It is <dark>.")
    ways = [
        lambda: taken("prov-json"), lambda: taken("prov-o"), lambda: taken("html"), lambda: taken("html", "lights-first"),
        lambda: b"".join(client.get("/insights/ledger/ledger.csv").streaming_content).decode(),
        *(lambda page=page: client.get(page).content.decode() for page in (
            "/insights/decisions/lights-first/", "/insights/trace/decision/lights-first/", f"/insights/quotes/{quote.pk}/",
            "/insights/ledger/?decision=lights-first", "/insights/board/report/", "/en/you-said-we-did/lights-first/",
            "/en/you-said-we-did/",
        )),
    ]  # fmt: skip
    shown = [bool(re.search("<dark>|&lt;dark", way())) for way in ways]
    assert shown[:4] == [True] * 4 and shown[-2:] == [True] * 2, "the words stood there"
    words, fingerprint = quote.text, LedgerEntry.objects.get(verb="cited", data__quote=quote.pk).data["fingerprint"]
    text_recalled.send(sender=None, answer=quote.source_text_id)
    sign_head(date(2027, 1, 1))
    for number, way in enumerate(ways):
        page = way()
        assert not re.search("<dark>|&lt;dark", page), number
        assert sha256(words.encode()).hexdigest() not in page, number
    assert not QuoteKey.objects.filter(quote=quote).exists(), "whose key alone said what the fingerprint is of"
    assert fingerprint in ways[4](), "the chain is whole"
    assert list_ledger_problems() == []


def test_a_draft_that_follows_stays_in_the_house(taken):
    for form in ("prov-json", "prov-o", "html"):
        assert "more-lights" not in taken(form, "lights-first"), form


def test_the_board_paper_asks_for_nothing_and_escapes_all(taken):
    import base64
    import hashlib

    paper = taken("html", "lights-first")
    style = re.search(r"(?s)<style>(.*?)</style>", paper).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#x27;sha256-{digest}&#x27;" in paper or f"style-src 'sha256-{digest}'" in paper
    assert not re.search(r"(?i)<script|<link|<img|<iframe|@import|url\(|https?://| style=| on\w+=|<a ", paper)
    assert "Lights &amp; &lt;more&gt;" in paper and "<dark>" not in paper
    assert "A line of dots stands for evidence against a decision" in paper
    assert "As it stood on" in paper and "50 people" in paper and "<svg" in paper
    assert "DRAFT" not in paper and "DRAFT" in taken("html")


def test_the_command_and_who_may(decided, client_as, tmp_path, capsys):
    call_command("export_provenance", "lights-first")
    assert "voice:decision.lights-first" in capsys.readouterr().out
    call_command("export_provenance", "lights-first", form="prov-o", out=tmp_path / "trace.jsonld")
    assert json.loads((tmp_path / "trace.jsonld").read_text())["@graph"]
    with pytest.raises(CommandError, match="no decision"):
        call_command("export_provenance", "nothing")
    partner = client_as("partner_viewer")
    assert partner.get("/insights/decisions/lights-first/take/html/").status_code == 200
    assert partner.get("/insights/decisions/more-lights/take/html/").status_code == 404, "a draft"
    assert client_as("moderator").get("/insights/decisions/lights-first/take/html/").status_code == 403
    assert client_as("planner").get("/insights/decisions/lights-first/take/doc/").status_code == 404
