"""A demo survey draft with validation findings, one of them accepted with a reason."""

from datetime import timedelta

from django.conf import settings
from wagtail.models import Locale

from cms.demo.consultations import read
from consultation.questionnaires.linting.actions import let_through
from consultation.questionnaires.linting.findings import report
from consultation.questionnaires.models import ConsultationIndexPage, ConsultationPage

NOT_FIELDS = {"questions", "let_through"}


def begin(staff, today):
    """Create the draft; it is never published."""
    data = read("draft.yaml")
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    fields = {name: value for name, value in data.items() if name not in NOT_FIELDS}
    page = ConsultationPage(locale=locale, live=False, opens=today + timedelta(days=20), **fields)
    page.closes = page.opens + timedelta(days=10)
    page.body = [_question(**question) for question in data["questions"]]
    ConsultationIndexPage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision(user=staff["officer1"])
    asked = data["let_through"]
    found = next(one for one in report(page).stopping if one.finding.spot.block == asked["question"])
    let_through(page=page, digest=found.finding.digest, reason=asked["reason"], by=staff["officer1"])
    return page


def _question(type, id, **value):  # noqa: A002  the names of Wagtail's notation
    return {"type": type, "id": id, "value": {"rather_not": True} | value}
