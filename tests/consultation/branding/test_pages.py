"""Officers' branding shows on public pages; the question page stays plain."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from consultation.branding import current_branding
from consultation.branding.models import Appearance
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
SURVEY = "/en/have-your-say/parks/answer/"


@pytest.fixture
def appearance(home):
    return Appearance.for_site(Site.objects.get(is_default_site=True))


@pytest.fixture
def survey(home):
    return consultation(home, items=[question("a", options=["Yes", "No"])])


def saved(appearance, django_capture_on_commit_callbacks, **values):
    for name, value in values.items():
        setattr(appearance, name, value)
    appearance.full_clean()
    with django_capture_on_commit_callbacks(execute=True):
        appearance.save()


def sheet_of(client, path):
    html = client.get(path).content.decode()
    address = next(part for part in html.split('"') if part.startswith("/look/") and part.endswith(".css"))
    return client.get(address).content.decode()


def test_colours_reach_every_public_page(client, appearance, survey, django_capture_on_commit_callbacks):
    before = client.get(SURVEY).content.decode()
    saved(appearance, django_capture_on_commit_callbacks, main_colour="#7a1f5c", second_colour="#9ad0c2")
    assert "#7a1f5c" in sheet_of(client, "/en/")
    assert "#7a1f5c" in sheet_of(client, SURVEY)
    after = client.get(SURVEY).content.decode()
    assert [part for part in before.split('"') if "/look/" in part] != [
        part for part in after.split('"') if "/look/" in part
    ]


def test_a_logo_is_at_the_foot_but_never_beside_the_questions(
    client, appearance, survey, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    logo = get_image_model().objects.create(title="Logo", file=get_test_image_file())
    saved(appearance, django_capture_on_commit_callbacks, logo=logo, logo_text="Invented Council")
    assert 'alt="Invented Council"' in client.get("/en/").content.decode()
    assert "Invented Council" not in client.get(SURVEY).content.decode()


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"main_colour": "#8ad6da"}, "main_colour", "nearest shade that works is #"),
        ({"main_colour": "red"}, "main_colour", "six of 0 to 9"),
    ],
)
def test_what_would_not_work_is_said_at_its_field(appearance, values, field, words):
    for name, value in values.items():
        setattr(appearance, name, value)
    with pytest.raises(ValidationError) as raised:
        appearance.full_clean()
    assert words in " ".join(raised.value.message_dict[field])


def test_the_nearest_shade_is_accepted(appearance):
    appearance.main_colour = "#8ad6da"
    with pytest.raises(ValidationError) as raised:
        appearance.full_clean()
    appearance.main_colour = raised.value.message_dict["main_colour"][0].split()[-1].rstrip(".")
    appearance.full_clean()


def test_a_logo_without_words_is_refused(appearance, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    appearance.logo = get_image_model().objects.create(title="Logo", file=get_test_image_file())
    with pytest.raises(ValidationError) as raised:
        appearance.full_clean()
    assert raised.value.message_dict["logo_text"] == ["Say what the logo says."]


def test_officers_may_change_it_and_others_may_not(client_as, appearance):
    address = f"/staff/settings/consultation/appearance/{appearance.site_id}/"
    assert client_as("engagement_officer").get(address).status_code == 200
    for role in ("planner", "moderator", "auditor"):
        assert client_as(role).get(address).status_code in (302, 403)


def test_saving_through_the_form(client_as, appearance):
    officer = client_as("engagement_officer")
    address = f"/staff/settings/consultation/appearance/{appearance.site_id}/"
    data = {"main_colour": "#7a1f5c", "second_colour": "#9ad0c2", "logo": "", "logo_text": ""}
    assert officer.post(address, data).status_code == 302
    current_branding.branding.clear()
    assert "#7a1f5c" in current_branding.get_branding().style
