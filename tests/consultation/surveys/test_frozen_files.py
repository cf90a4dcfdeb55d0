"""Pictures, audio and sign language: unsuitable files are refused at once, and published ones are frozen."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from consultation.surveys import frozen_files
from consultation.surveys.draft_preview import build_draft_content
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from tests.consultation.surveys.conftest import asked
from tests.consultation.surveys.test_types import problems

pytestmark = pytest.mark.any_database

MP3, OGG = b"ID3\x04" + b"\x00" * 60, b"OggS" + b"\x00" * 60
MP4, M4A = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 60, b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 60
WEBM, VTT = b"\x1a\x45\xdf\xa3" + b"\x00" * 60, b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello"
HTML = b"<!doctype html><script>alert(1)</script>"
PATH = r"asked/[0-9a-f]{64}\."


def drawing(format_="PNG", size=(1200, 900), exif=None):
    file = io.BytesIO()
    more = {"exif": exif} if exif else {}
    Drawing.new("RGB", size, "teal").save(file, format_, **more)
    return file.getvalue()


def picture(content=None, name="drawing.png"):
    file = ImageFile(io.BytesIO(drawing() if content is None else content), name=name)
    return get_image_model().objects.create(title="A drawing", file=file)


def document(content, name="file.bin"):
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))


def stored(path):
    with default_storage.open(path) as file:
        return file.read()


@pytest.mark.parametrize(
    ("content", "ext"),
    [(MP3, "mp3"), (b"\xff\xfb\x90\x00" + b"\x00" * 9, "mp3"), (OGG, "ogg"), (M4A, "m4a"), (MP4, "mp4"), (WEBM, "webm"),
     (VTT, "vtt"), (HTML, ""), (b"", ""), (b"\xff", "")],
)  # fmt: skip
def test_a_file_is_what_it_holds_and_not_what_it_is_called(content, ext):
    assert frozen_files.detect_extension(content[:64]) == ext


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("audio", HTML, "This must be an MP3, Ogg or M4A file. Save it as one, and add it again."),
        ("audio", WEBM, "This must be an MP3, Ogg or M4A file. Save it as one, and add it again."),
        ("video", MP3, "This must be an MP4 or WebM file. Save it as one, and add it again."),
        ("captions", HTML, "This must be a WebVTT file (.vtt). Save it as one, and add it again."),
        ("audio", MP3 + b"\x00" * (4 * 1024 * 1024),
         "This file is too big: 4.0 MB. The most is 3.0 MB. People with a weak signal wait for it."),
    ],
)  # fmt: skip
def test_a_file_that_will_not_do_is_refused_in_plain_words(kind, content, words):
    with pytest.raises(ValidationError) as refused:
        frozen_files.validate_file(document(content).file, kind)
    assert refused.value.messages == [words]


@pytest.mark.usefixtures("home")
def test_the_same_bytes_are_kept_once():
    first, second = frozen_files.keep_bytes(MP3, "mp3"), frozen_files.keep_bytes(MP3, "mp3")
    assert first == second and stored(first) == MP3
    assert frozen_files.NAME.fullmatch(first.removeprefix("asked/"))


def pictures_block(*images, alt="A goal on grass."):
    options = [
        {"type": "item", "id": f"p{n}", "value": {"picture": image and image.pk, "alt": alt, "text": f"Place {n}"}}
        for n, image in enumerate(images)
    ]
    return asked("look", "Which one?", "pictures", options=options)


@pytest.fixture
def published(parks, publish):
    def make(*blocks):
        parks.body = list(blocks)
        return Questionnaire(publish(parks).versions.current().first().content)

    return make


def test_pictures_are_drawn_small_and_without_where_they_were_taken(published):
    exif = Drawing.Exif()
    exif[0x010E] = "taken at 53.79, -1.75"
    photo = picture(drawing("JPEG", exif=exif), "photo.jpg")
    one, two = published(pictures_block(photo, picture())).by_id("look")["options"]
    assert (one["picture"]["width"], one["picture"]["height"]) == (320, 240)
    kept = stored(one["picture"]["src"])
    assert kept[:4] == b"RIFF" and b"53.79" not in kept
    assert one["alt"] == {"en": "A goal on grass."} and two["text"] == {"en": "Place 1"}
    assert "several" not in two


def test_what_was_asked_stays_when_the_library_changes(published):
    shown = picture()
    path = published(pictures_block(shown, picture())).by_id("look")["options"][0]["picture"]["src"]
    before = stored(path)
    shown.file.delete(save=False)
    shown.delete()
    assert stored(path) == before


def test_a_picture_that_is_gone_leaves_its_words(published):
    shown, other = picture(), picture()  # the other first: it would take the free name
    shown.file.storage.delete(shown.file.name)
    option = published(pictures_block(shown, other)).by_id("look")["options"][0]
    assert "picture" not in option and option["text"] == {"en": "Place 0"}


@pytest.mark.usefixtures("home")
def test_a_picture_needs_words_for_those_who_do_not_see_it():
    found = problems(pictures_block(picture(), picture(), alt=""))
    assert found["options.0.alt"] == "Say what the picture shows. Some people hear it and do not see it."


@pytest.mark.usefixtures("home")
def test_a_picture_of_another_kind_is_refused():
    found = problems(pictures_block(picture(drawing("GIF"), "moving.gif"), picture()))
    assert found == {
        "options.0.picture": "This must be a WebP, PNG or JPEG picture. Save it as one, and add it again."
    }


@pytest.mark.usefixtures("home")
def test_a_sound_file_of_another_kind_is_refused_at_its_field():
    block = asked("go", "Do you go?", choices=["Yes", "No"], audio=document(HTML, "voice.mp3").pk)
    assert list(problems(block)) == ["audio"]
    assert problems(asked("go", "Do you go?", choices=["Yes", "No"], audio=document(OGG).pk)) == {}


def test_each_language_has_its_own_recording(parks, publish):
    english, urdu = document(MP3), document(OGG)
    parks.body = [asked("go", "Do you go?", choices=["Yes", "No"], audio=english.pk)]
    publish(parks)
    locale = Locale.objects.get_or_create(language_code="ur")[0]
    translated = parks.copy_for_translation(locale, copy_parents=True)
    publish(translated)
    audio = parks.versions.current().first().content["items"][0]["audio"]
    assert set(audio) == {"en"}, "the English recording, copied to the translation, is not an Urdu one"
    translated.body = [asked("go", "کیا آپ جاتے ہیں؟", choices=["Yes", "No"], audio=urdu.pk)]
    publish(translated)
    audio = parks.versions.current().first().content["items"][0]["audio"]
    assert {language: stored(path) for language, path in audio.items()} == {"en": MP3, "ur": OGG}


def test_signing_has_captions_and_a_still(published):
    bsl = {"video": document(MP4).pk, "captions": document(VTT).pk, "poster": picture().pk}
    found = published(asked("go", "Do you go?", choices=["Yes", "No"], bsl=bsl)).by_id("go")["bsl"]
    assert {name: path.rpartition(".")[2] for name, path in found.items()} == {
        "src": "mp4", "captions": "vtt", "poster": "webp",
    }  # fmt: skip
    assert "bsl" not in published(asked("go", "Do you go?", choices=["Yes", "No"])).by_id("go")


def test_a_question_has_a_pictogram_or_a_picture_of_its_own(published):
    own = published(asked("go", "Do you go?", choices=["Yes", "No"], picture=picture().pk, pictogram="bus"))
    assert own.by_id("go")["picture"]["width"] == 320
    assert published(asked("go", "Go?", choices=["Yes", "No"], pictogram="bus")).by_id("go")["picture"] == "bus"


def test_a_draft_shows_its_pictures_too(parks):
    parks.body = [pictures_block(picture(), picture())]
    parks.save_revision()
    draft = ConsultationPage.objects.get(pk=parks.pk).get_latest_revision_as_object()
    option = build_draft_content(draft)["items"][0]["options"][0]
    assert stored(option["picture"]["src"])[:4] == b"RIFF"
    assert not parks.versions.exists()


# Over HTTP.


@pytest.fixture
def address():
    path = frozen_files.keep_bytes(MP3, "mp3")
    with override("en"):
        return frozen_files.build_file_url(path)


@pytest.mark.django_db
def test_kept_files_never_change_and_never_run(client, address):
    response = client.get(address)
    assert response.status_code == 200 and b"".join(response.streaming_content) == MP3
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked_for", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=60-", 60, 63), ("bytes=-4", 60, 63), ("bytes=0-999", 0, 63)],
)
def test_a_player_asks_for_a_part(client, address, asked_for, first, last):
    response = client.get(address, headers={"range": asked_for})
    assert response.status_code == 206 and b"".join(response.streaming_content) == MP3[first : last + 1]
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Range"] == f"bytes {first}-{last}/64"
    assert response["Content-Type"] == "audio/mpeg"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd", ["bytes=" + "9" * 5000 + "-", "bytes=-" + "9" * 5000, "bytes=٣-٤", "bytes=-", "lines=1-2"]
)
def test_a_part_that_no_file_has_is_the_whole_of_it(client, address, odd):
    assert client.get(address, HTTP_RANGE=odd).status_code == 200


@pytest.mark.django_db
def test_a_part_that_is_not_there(client, address):
    response = client.get(address, headers={"range": "bytes=900-"})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */64")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["a" * 64 + ".mp3", "..%2Fsettings.py", "voice.sqlite3", "A" * 64 + ".mp3", "a" * 64 + ".html"]
)
def test_nothing_else_is_served(client, name):
    assert client.get(f"/media/asked/{name}").status_code == 404
