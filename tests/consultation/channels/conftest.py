"""A consultation with every type of question, and a respondent."""

import re

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from consultation.branding.current_branding import branding
from consultation.branding.models import Appearance
from consultation.channels.web import form_tokens
from tests.factories import consultation, question


def scale(ids):
    return [{"id": i, "key": str(n), "text": {"en": i}, "easy": {}, "exclusive": False} for n, i in enumerate(ids, 1)]


def all_types():
    rows = [{"id": f"row-{key}", "key": key, "text": {"en": f"Row {key}"}, "easy": {}} for key in "ab"]
    items = [
        question("a", "multiple", ["Parks", "Town", "Stops", "None"], limit=2),
        question("b", "single", ["Yes", "No"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "faces"),
        question("d", "agreement"),
        question("e", "grid", ["Safe", "Not safe"], rows=rows),
        question("f", "ranking", ["Lights", "Clubs", "Buses", "None"], rank=3),
        question("g", "section", text={"en": "A hard part"}, hint={"en": "You can skip it."}, sensitive=True, also=[]),
        question("h", "short_text"),
        question("i", "long_text", show_if={"question": "q-e", "any_of": ["e-2"]}),
        question("j", "single", ["11 to 13", "14 or 15"], about_you="age"),
    ]
    items[0]["options"][3]["exclusive"] = items[5]["options"][3]["exclusive"] = True
    items[2]["options"], items[3]["options"] = scale("12345"), scale(["agree-lot", "middle", "disagree-lot"])
    items[2]["also"] = items[3]["also"] = ["dont-know", "rather-not"]
    return items


@pytest.fixture
def published(home):
    """(page, version) of a consultation with every type of question."""
    return consultation(home, items=all_types())


ADDRESS = "/en/have-your-say/parks/answer/"


def token_in(response):
    return re.search(r'name="token" value="([^"]*)"', response.content.decode())[1]


@pytest.fixture
def send(client, published):
    """send(fields): fill in the form and press Send."""

    def press(data=None, *, token=None, address=ADDRESS, **headers):
        token = form_tokens.issue_form_token(published[1].pk) if token is None else token
        return client.post(address, {"token": token, **(data or {})}, headers=headers)

    return press


@pytest.fixture
def of_a_partnership(db, settings, tmp_path):
    """With a logo and colours of its own."""
    settings.MEDIA_ROOT = tmp_path
    site = Site.objects.get(is_default_site=True)
    logo = Image.objects.create(
        title="Logo", file=get_test_image_file(filename="logo.png", colour="red", size=(600, 200))
    )
    Appearance.objects.create(
        site=site, logo=logo, logo_text="Bradford Council", main_colour="#5b2a86", second_colour="#ffd166"
    )
    branding.clear()
    yield
    branding.clear()
