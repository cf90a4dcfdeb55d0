"""A questionnaire of every kind of block comes back with its pictures and its promises, or not at all."""

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from consultation.surveys.actions import freeze_version
from consultation.surveys.exchange.actions import BROKEN, import_questionnaire
from consultation.surveys.exchange.picture_archive import SHEET, read_archive
from consultation.surveys.exchange.promise_rows import PROMISES, TRANSLATED
from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire
from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations.actions import begin_translation
from consultation.surveys.type_registry import all_types
from tests.consultation.surveys import typed
from tests.consultation.surveys.conftest import asked, choice

pytestmark = pytest.mark.any_database

PROMISED = {
    "lowest_age": 8, "highest_age": 17, "minutes": 9, "help_first": "crime", "level": "collaborated",
    "ways": ["own", "paper"], "formats": ["standard", "easy"], "answer_phone": "01274 123456",
    "look_date": date(2027, 1, 22), "decision_date": date(2027, 2, 1), "feedback_date": date(2027, 3, 1),
} | {name: f"=We promise: {name}." for name in TRANSLATED}  # fmt: skip


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Wagtail remembers drawn pictures by the picture's number, which the next test gives to another."""
    settings.MEDIA_ROOT = tmp_path
    yield
    cache.clear()


def draw_image(name, size, colour):
    file = get_test_image_file(filename=name, size=size, colour=colour)
    return get_image_model().objects.create(title=name, file=file).pk


@pytest.fixture
def every_block(parks):
    """A page with each kind of block, two pictures and all promises."""
    park, bus = draw_image("park.png", (300, 200), "green"), draw_image("bus.png", (640, 480), "red")
    plain = ("short_text", "long_text", "faces", "agreement")
    parks.body = [
        {"type": "section", "id": "part", "value": {"text": "First", "body": "Some words."}},
        asked("one", "Which?", choices=["Yes", "No"], picture=park),
        typed.WHERE, typed.NEAR, typed.SAFE, typed.HOURS, typed.SINCE, typed.AREA, typed.AGE, typed.OWN,
        asked("first", "What first?", "ranking", choices=["Lights", "Staff", "Buses"], rank=2),
        asked("how", "How is each?", "grid", choices=["Good", "Bad"], rows=[typed.item("r1", text="Lights")]),
        asked("seen", "Which do you see?", "pictures", options=[
            choice("p1", "Park", picture=park, alt="A park"), choice("p2", "Bus", picture=bus, alt="A bus"),
        ]),
        *(asked(name, "Tell us.", name) for name in plain),
    ]  # fmt: skip
    for name, value in PROMISED.items():
        setattr(parks, name, value)
    parks.save()
    parks.save_revision()
    assert {child.block_type for child in parks.body} == {one.name for one in all_types()}
    return parks


def take_out(client_as, page):
    reply = client_as("engagement_officer").get(f"/staff/exchange/{page.pk}/draft.zip")
    return b"".join(reply.streaming_content)


def without_sources(content):
    """The content, and the pictures in it: their size and colour in place of the file."""

    def look(one):
        picture = one.get("picture")
        if not isinstance(picture, dict):
            return one
        with default_storage.open(picture["src"]) as file:
            drawn = Drawing.open(file).convert("RGB")
        colour = tuple(round(part / 64) for part in drawn.getpixel((9, 9)))
        return one | {"picture": (drawn.size, colour)}

    items = [look(item) | {"options": [look(option) for option in item["options"]]} for item in content["items"]]
    return content | {"items": items, "slug": ""}


@pytest.mark.slow
def test_every_kind_of_block_comes_back_with_pictures_and_promises(client_as, every_block, officer):
    begin_translation(page=every_block, language="ur", by=officer)
    urdu = every_block.get_translations().get(locale__language_code="ur")
    urdu.can_change = "ہم وعدہ کرتے ہیں"
    urdu.save_revision()
    again = import_questionnaire(raw=take_out(client_as, every_block), name="parks.zip", by=officer)
    before, after = (without_sources(freeze_version(page=page, by=officer).content) for page in (every_block, again))
    assert after["items"] == before["items"]
    assert {name: getattr(again, name) for name in PROMISES} == PROMISED
    assert again.get_translations().get(locale__language_code="ur").can_change == "ہم وعدہ کرتے ہیں"
    assert not again.promise_read, "nobody has read this page yet"


def repack(raw, **changed):
    """The archive with other content, or without it, under a name that contains a key's."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for number, name in enumerate(before.namelist()):
            content = changed.get(f"file{number}", before.read(name))
            if content is not None:
                after.writestr(name, content)
    return file.getvalue()


def cut(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(archive.namelist()[1])[:-200]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: repack(raw, file1=b"<svg/>"), "is broken, too big, or no WebP"),
        (lambda raw: repack(raw, file1=cut(raw)), "is broken, too big, or no WebP"),
        (lambda raw: repack(raw, file1=None), "is not in the file"),
        (lambda raw: repack(raw, file0=None), "holds no “questionnaire.csv”"),
        (lambda raw: raw.replace(b"RIFF", b"RAFF", 1), "not whole"),
        (lambda raw: damage(raw), "not whole"),
        (lambda raw: repack(raw, file1=b"0" * 20_000_001), "more than 20 MB"),
        (lambda raw: lie(zipfile.ZIP_DEFLATED), "not whole"),
        (lambda raw: lie(zipfile.ZIP_BZIP2), "not whole"),
    ],
    ids=["no-picture", "cut-off", "missing", "no-sheet", "changed-bytes", "damaged", "too-much", "lie", "bzip2"],
)
def test_a_file_with_a_broken_picture_is_refused_in_words_and_leaves_nothing(client_as, every_block, spoil, said):
    raw = take_out(client_as, every_block)
    images, files = get_image_model().objects.count(), set(default_storage.listdir("original_images")[1])
    upload = {"file": SimpleUploadedFile("parks.zip", spoil(raw))}
    reply = client_as("engagement_officer").post("/staff/exchange/", upload)
    assert reply.status_code == 422 and said in reply.content.decode()
    assert ConsultationPage.objects.count() == 1 and get_image_model().objects.count() == images
    assert set(default_storage.listdir("original_images")[1]) == files


def lie(packing, size=60_000_000):
    """A sheet that says of itself that it is ten bytes long."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("questionnaire.csv", b" " * size)
    return file.getvalue().replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_file_that_lies_about_its_size_takes_no_memory(packing):
    raw = lie(packing)
    tracemalloc.start()
    with pytest.raises(InvalidQuestionnaire):
        read_archive(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def damage(raw):
    """The first byte of the packed sheet, so that it unpacks to nothing that was ever packed."""
    packed = bytearray(repack(raw))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        first = archive.infolist()[0]
    begins = first.header_offset + 30 + len(first.filename)
    packed[begins : begins + 4] = b"\xff\xff\xff\xff"
    return bytes(packed)


def photo(size=(90, 60)):
    """A picture that says where it was taken."""
    exif, file = Drawing.Exif(), io.BytesIO()
    exif[0x010E] = "taken at 53.79, -1.75"
    Drawing.new("RGB", size, "teal").save(file, "WEBP", exif=exif)
    return file.getvalue()


def test_a_picture_of_a_file_is_drawn_anew_like_any_of_the_library(client_as, every_block, officer, settings):
    raw = take_out(client_as, every_block)
    known = set(get_image_model().objects.values_list("pk", flat=True))
    import_questionnaire(raw=repack(raw, file1=photo()), name="a.zip", by=officer)
    new = get_image_model().objects.exclude(pk__in=known)
    assert new.count() == 2 and all(one.uploaded_by_user == officer for one in new)
    for one in new:
        with one.file.open() as file:
            assert b"53.79" not in file.read()
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    with pytest.raises(InvalidQuestionnaire, match="too big"):
        import_questionnaire(raw=repack(raw, file1=photo()), name="a.zip", by=officer)


def test_a_broken_picture_is_named_with_its_row(every_block, officer, client_as):
    raw = take_out(client_as, every_block)
    with pytest.raises(InvalidQuestionnaire) as refused:
        import_questionnaire(raw=repack(raw, file2=b"RIFF"), name="a.zip", by=officer)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        name = archive.namelist()[2].rpartition("/")[2]
        rows = archive.read(SHEET).decode().splitlines()
    [(row, words)] = refused.value.problems
    assert words == BROKEN.format(name) and name in rows[row - 1]


@pytest.mark.parametrize(
    ("id_", "value", "said"),
    [
        ("slogan", "All will be well", "“id” of a promise is one of: lowest_age"),
        ("feedback_date", "22/13/2027", "feedback_date: "),
        ("ways", "own pigeon", "“ways” is one of: own, tablet"),
        ("lowest_age", "many", "lowest_age: "),
    ],
)
def test_a_promise_that_cannot_be_one_is_named_by_its_row(index, officer, id_, value, said):
    sheet = f"what,id,type,text\npromise,{id_},,{value}\nquestion,a,single,Why?\n"
    with pytest.raises(InvalidQuestionnaire) as refused:
        import_questionnaire(raw=ContentFile(sheet.encode()).read(), name="a.csv", by=officer)
    [(row, words)] = refused.value.problems
    assert row == 2 and said in words
