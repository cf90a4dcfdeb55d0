"""The demo's draft shows validation findings, open and dismissed."""

import pytest
from django.utils import timezone

from cms.demo import demo_templates
from consultation.audit.models import AuditEntry
from consultation.surveys.validation.findings import build_findings_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(home, person):
    return demo_templates.create_survey_draft({"officer1": person("engagement_officer")}, timezone.localdate())


def keys(found):
    return {one.finding.linter.key for one in found}


def test_it_was_never_published(draft):
    assert not draft.live and not draft.versions.exists()


def test_each_kind_of_finding_is_there(draft):
    found = build_findings_report(draft)
    assert keys(found.stopping) == {"leading", "event", "way-out", "participation"}
    assert "blame" in keys(found.advisory_findings)
    assert keys(found.overridden) == {"double"}


def test_who_let_it_through_answers_for_it(draft):
    assert AuditEntry.objects.get(verb="check overridden").data["check"] == "double"
