"""A demo survey draft with validation findings, one of them accepted with a reason."""

from datetime import timedelta

from django.conf import settings
from wagtail.models import Locale

from cms.demo.demo_consultations import load_demo_yaml
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.validation.actions import let_finding_through
from consultation.surveys.validation.findings import build_findings_report

NOT_FIELDS = {"questions", "let_through"}


def create_survey_draft(staff, today):
    """Create the draft; it is never published."""
    data = load_demo_yaml("draft.yaml")
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    fields = {name: value for name, value in data.items() if name not in NOT_FIELDS}
    page = ConsultationPage(locale=locale, live=False, opens=today + timedelta(days=20), **fields)
    page.closes = page.opens + timedelta(days=10)
    page.body = [_build_question_block(**question) for question in data["questions"]]
    ConsultationIndexPage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision(user=staff["officer1"])
    asked = data["let_through"]
    found = next(one for one in build_findings_report(page).stopping if one.finding.spot.block == asked["question"])
    let_finding_through(page=page, digest=found.finding.digest, reason=asked["reason"], by=staff["officer1"])
    return page


def _build_question_block(type, id, **value):  # noqa: A002  the names of Wagtail's notation
    return {"type": type, "id": id, "value": {"rather_not": True} | value}
