"""2.1: cannot publish until the promises are complete or an override reason is recorded; a youth panel sees the draft."""

import pytest

from consultation.audit.models import AuditEntry
from consultation.interface_text import get_text
from consultation.reading.panel_words.actions import screen_panel_words
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation.actions import override_finding
from consultation.surveys.validation.findings import build_findings_report, list_publication_blockers
from consultation.surveys.youth_panel import actions
from consultation.surveys.youth_panel.models import PanelRound, PanelWords
from tests.consultation.surveys.conftest import index, parks, publish  # noqa: F401

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
POINT = "prevent-working-with-cyp"


def test_a_consultation_without_its_promises_waits_or_says_why_it_does_not(parks, person):  # noqa: F811
    parks.designed_with = ""
    parks.save_revision()
    assert any("who helped to write it" in reason for reason in list_publication_blockers(parks))
    found = next(one for one in build_findings_report(parks).stopping if one.finding.linter.key == "participation")
    reason, officer = "The school is shut until Monday.", person("engagement_officer")
    override_finding(page=parks, digest=found.finding.digest, reason=reason, by=officer)
    assert not any("who helped to write it" in reason for reason in list_publication_blockers(parks))
    assert AuditEntry.objects.filter(verb="participation gate overridden").exists()


def test_a_panel_changes_a_draft_and_everyone_hears_of_it(client, client_as, holding, parks, publish):  # noqa: F811
    officer = client_as("engagement_officer")
    assert "Show it to the panel" in officer.get(f"/staff/panel/{parks.pk}/").content.decode()
    panel, codes = actions.begin_round(consultation=parks, number=3, by=officer.user, seed=b"point 2.1")
    for digest in list(panel.codes):
        actions.take_marks(digest=digest, marks={"go": ["unclear"]}, words={"go": "Say which park."})
    screen_panel_words()
    reader = client_as("moderator")
    for held in PanelWords.objects.all():
        decided = {"do": "clear", "words": held.pk, "text": "Say which park."}
        assert reader.post("/staff/reading/panel-words/", decided).status_code == 302
    assert "Say which park." in officer.get(f"/staff/panel/{parks.pk}/").content.decode()
    assert len(codes) == 3 and "I do not get it: 3" in officer.get(f"/staff/panel/{parks.pk}/").content.decode()
    officer.post(f"/staff/panel/{parks.pk}/", {"do": "tell", "changed": "The first question is shorter."})
    publish(parks)
    words = {"do": "agree", "words": "The first question is shorter."}
    client_as("engagement_officer").post(f"/staff/panel/{parks.pk}/", words)
    page = client.get("/en/have-your-say/parks/listening/").content.decode()
    assert get_text("panel.saw") in page and "The first question is shorter." in page
    assert holding(POINT) >= {"panel", "co-design"}
    PanelRound.objects.all().delete()
    ConsultationPage.objects.update(designed_with="")
    assert not holding(POINT) & {"panel", "co-design"}
