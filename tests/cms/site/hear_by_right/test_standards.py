"""Hear by Right: officers' findings on 20 indicators are public, with date and evidence (P5)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.site.hear_by_right.actions import record_assessment
from cms.site.hear_by_right.listening_standards import load_standards
from cms.site.hear_by_right.models import SelfAssessment
from consultation.audit.models import AuditEntry

FOUND = {"indicator": "values-no", "stage": "yes", "words": "We say what can change."}
LINK = [{"label": "What is open", "address": "/en/have-your-say/"}]


def test_seven_and_twenty():
    assert len(load_standards()) == 7
    assert sum(len(one.indicators) for one in load_standards()) == 20


@pytest.mark.django_db
def test_a_yes_needs_something_to_look_at(person):
    officer = person("engagement_officer")
    with pytest.raises(ValidationError, match="at least one link"):
        record_assessment(**FOUND, evidence=[], by=officer)
    record_assessment(**FOUND | {"stage": "not"}, evidence=[], by=officer)
    with pytest.raises(ValidationError):
        record_assessment(**FOUND | {"indicator": "made-up"}, evidence=LINK, by=officer)
    with pytest.raises(PermissionDenied):
        record_assessment(**FOUND, evidence=LINK, by=person("planner"))


@pytest.mark.django_db
def test_looked_at_again_the_old_words_stay_and_the_new_ones_show(client, person):
    officer = person("engagement_officer")
    record_assessment(**FOUND, evidence=LINK, by=officer)
    record_assessment(**FOUND | {"words": "We say it twice."}, evidence=LINK, by=officer)
    assert SelfAssessment.objects.count() == 2
    page = client.get("/en/hear-by-right/").content.decode()
    assert "We say it twice." in page and "We say what can change." not in page
    assert "We have not looked at this yet." in page and 'href="/en/have-your-say/"' in page
    assert officer.email not in page
    assert AuditEntry.objects.filter(verb="self-assessment written").count() == 2


@pytest.mark.django_db
def test_an_officer_fills_it_in_and_is_told_what_is_missing(client_as):
    client = client_as("engagement_officer")
    url = "/staff/hear-by-right/values-no/"
    wrong = {"stage": "yes", "words": "We do.", "evidence": "See | javascript:alert(1)"}
    for evidence in ("See | javascript:alert(1)", "no bar", "x | //elsewhere.example", "x | /\\elsewhere.example", ""):
        assert client.post(url, wrong | {"evidence": evidence}).status_code == 422
    assert client.post(url, wrong | {"evidence": "See | /en/privacy/"}).status_code == 302
    assert "We do." in client.get(url).content.decode()
    assert "We do this." in client.get("/staff/hear-by-right/").content.decode()
    assert client.get("/staff/hear-by-right/none/").status_code == 404
