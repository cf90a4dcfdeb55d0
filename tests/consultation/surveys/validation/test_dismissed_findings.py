"""Dismissed findings: permissions, reasons, duration, audit entries."""

from datetime import timedelta

import pytest

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation import actions
from consultation.surveys.validation.actions import override_finding, take_back_override
from consultation.surveys.validation.findings import build_findings_report
from consultation.surveys.validation.models import LetThrough
from tests.consultation.surveys.conftest import PROMISES, asked

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
LEANS = "Don't you agree that parks need lights?"
TELLS = "What happened?"
REASON = "The partnership asked for these words."


@pytest.fixture
def draft(parks):
    """draft(text): the newest draft asks this first."""

    def written(text, type_="faces"):
        page = ConsultationPage.objects.get(pk=parks.pk)
        page.body = [asked("go", text, type_)]
        page.save_revision()
        return page

    return written


def stops(page):
    return [(one.finding.linter.key, one.finding.spot.block) for one in build_findings_report(page).stopping]


def digest(page, key):
    return next(one.finding.digest for one in build_findings_report(page).all if one.finding.linter.key == key)


def last():
    return AuditEntry.objects.order_by("-seq").first()


def test_a_whole_consultation_has_nothing_to_mend(parks):
    assert stops(parks) == []


def test_an_officer_lets_a_finding_through_with_a_reason(draft, officer):
    page = draft(LEANS)
    assert stops(page) == [("leading", "go")]
    made = override_finding(page=page, digest=digest(page, "leading"), reason=REASON, by=officer)
    assert stops(page) == [] and [one.override for one in build_findings_report(page).overridden] == [made]
    assert (made.by, made.reason, made.linter) == (officer, REASON, "leading")


def test_the_log_says_who_and_why(draft, officer):
    page = draft(LEANS)
    override_finding(page=page, digest=digest(page, "leading"), reason=REASON, by=officer)
    entry = last()
    assert (entry.verb, entry.actor, entry.object_id) == ("check overridden", str(officer.pk), str(page.pk))
    assert entry.data == {"check": "leading", "block": "go", "field": "text", "reason": REASON}
    assert LEANS not in str(entry.data)


def test_it_falls_away_when_the_words_change_and_comes_back_with_them(draft, officer):
    page = draft(LEANS)
    override_finding(page=page, digest=digest(page, "leading"), reason=REASON, by=officer)
    assert stops(draft("Isn't it true that parks need lights?")) == [("leading", "go")]
    assert stops(draft(LEANS)) == [], "it was about these words"


def test_it_holds_for_one_question_alone(draft, officer):
    page = draft(LEANS)
    override_finding(page=page, digest=digest(page, "leading"), reason=REASON, by=officer)
    page.body = [asked("go", LEANS, "faces"), asked("other", LEANS, "faces")]
    page.save_revision()
    assert stops(page) == [("leading", "other")]


@pytest.mark.parametrize("field", ["leading", "way-out"])
def test_it_falls_away_when_the_answers_change(parks, officer, field):
    """Whether a question leans, or leaves a way out, rests on what can be answered."""
    text = "How helpful are they?" if field == "leading" else "Do you go?"
    page = ConsultationPage.objects.get(pk=parks.pk)

    def now(*choices):
        page.body = [asked("go", text, choices=choices, rather_not=field == "leading")]
        page.save_revision()
        return stops(page)

    assert now("Yes", "A lot") == [(field, "go")]
    override_finding(page=page, digest=digest(page, field), reason=REASON, by=officer)
    assert now("Yes", "A lot") == []
    assert now("Yes", "Very much") == [(field, "go")]


@pytest.mark.parametrize("reason", ["", "   ", "ok", "because so"])
def test_two_words_are_no_reason(draft, officer, reason):
    page = draft(LEANS)
    with pytest.raises(NotAllowed, match="three words"):
        override_finding(page=page, digest=digest(page, "leading"), reason=reason, by=officer)
    assert not LetThrough.objects.exists()


def test_what_harms_a_child_is_overridden_by_a_lead_alone(draft, officer, lead):
    page = draft(TELLS, "long_text")
    with pytest.raises(NotAllowed):
        override_finding(page=page, digest=digest(page, "event"), reason=REASON, by=officer)
    override_finding(page=page, digest=digest(page, "event"), reason=REASON, by=lead)
    assert stops(page) == []


def test_a_lead_does_not_override_what_is_the_officers(draft, lead):
    page = draft(LEANS)
    with pytest.raises(NotAllowed):
        override_finding(page=page, digest=digest(page, "leading"), reason=REASON, by=lead)


def test_the_gate_has_a_verb_of_its_own(draft, officer):
    page = draft("How is it?")
    page.told_how = ""
    page.save_revision()
    assert stops(page) == [("participation", "")]
    override_finding(page=page, digest=digest(page, "participation"), reason=REASON, by=officer)
    assert last().verb == "participation gate overridden" and last().data["field"] == "told_how"


def test_it_is_taken_back_by_whoever_may_let_it_through(draft, officer, lead):
    page = draft(LEANS)
    found = digest(page, "leading")
    override_finding(page=page, digest=found, reason=REASON, by=officer)
    with pytest.raises(NotAllowed):
        take_back_override(page=page, digest=found, by=lead)
    take_back_override(page=page, digest=found, by=officer)
    assert stops(page) == [("leading", "go")] and last().verb == "override taken back"


def test_twice_and_too_late_are_refused(draft, officer):
    page = draft(LEANS)
    found = digest(page, "leading")
    override_finding(page=page, digest=found, reason=REASON, by=officer)
    with pytest.raises(NotAllowed, match=actions.ALREADY):
        override_finding(page=page, digest=found, reason=REASON, by=officer)
    with pytest.raises(NotAllowed, match="changed"):
        override_finding(page=page, digest="0" * 64, reason=REASON, by=officer)


def test_a_translation_is_not_checked_against_english(parks):
    from wagtail.models import Locale

    Locale.objects.get_or_create(language_code="ur")
    translated = parks.copy_for_translation(Locale.objects.get(language_code="ur"), copy_parents=True)
    assert build_findings_report(translated).all == []


@pytest.mark.parametrize(
    ("wrong", "later"),
    [
        ({"look_date": PROMISES["closes"]}, {"closes": PROMISES["closes"] + timedelta(days=1)}),
        ({"promise_read": False}, {"cannot_change": "We close the park."}),
    ],
)
def test_an_overridden_promise_stops_it_again_when_what_it_was_about_changes(parks, officer, wrong, later):
    def now(**fields):
        page = ConsultationPage.objects.get(pk=parks.pk).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision()
        return page

    page = now(**wrong)
    override_finding(page=page, digest=digest(page, "participation"), reason=REASON, by=officer)
    assert stops(now(summary="Tell us more.")) == []
    assert stops(now(**later)) == [("participation", "")]
