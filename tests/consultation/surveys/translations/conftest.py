"""A live consultation of three questions, a translating officer and a checking officer."""

import pytest
from wagtail_localize.models import Translation

from cms.accounts.models import User
from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations import actions
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.conftest import asked, index, parks, publish, when  # noqa: F401

URDU = {
    "title": "پارک",
    "summary": "ہمیں بتائیں۔",
    "body.go.text": "کیا آپ جاتے ہیں؟",
    "body.go.options.yes.text": "ہاں",
    "body.go.options.no.text": "نہیں",
    "body.why.text": "کیا مدد کرے گا؟",
}


@pytest.fixture
def translator(person):
    email = "translator@staff.test"
    return User.objects.filter(email=email).first() or person("engagement_officer", email=email)


@pytest.fixture
def checker(person):
    return person("engagement_officer")


@pytest.fixture
def live_parks(parks, publish):  # noqa: F811
    return parks if parks.live else publish(parks)


@pytest.fixture
def in_urdu(live_parks, translator):
    """What an officer wrote in Urdu: the first and the last question, not the one between."""
    if Translation.objects.exists():
        return live_parks
    actions.begin_translation(page=live_parks, language="ur", by=translator)
    put(live_parks, URDU, translator)
    return live_parks


def put(page, said, by, language="ur", **more):
    for path, text in said.items():
        actions.save_string(
            page=page, language=language, place=at(page, path, language).place, text=text, by=by, **more
        )


def at(page, path, language="ur"):
    return next(row for row in load_page_translation(page, language).rows if row.path == path)


def all_right(page, by, language="ur"):
    """Every text that waits was looked at and is right."""
    said = {
        row.digest: (True, "")
        for row in load_page_translation(page, language).rows
        if row.state == "waits for a check"
    }
    actions.judge_strings(page=page, language=language, said=said, by=by)


def put_live(page, translator, checker, language="ur"):
    actions.send_to_checker(page=page, language=language, checker=checker, by=translator)
    all_right(page, checker, language)
    actions.publish_language(page=page, language=language, by=checker)
    page.refresh_from_db()
    return page.versions.current().first()


def changed(page, block, publish, **value):  # noqa: F811
    """The live source says something else in one question."""
    page = ConsultationPage.objects.get(pk=page.pk)
    body = [dict(one) for one in page.body.raw_data]
    for one in body:
        if one["id"] == block:
            one["value"] = one["value"] | value
    page.body = body
    return publish(page)
