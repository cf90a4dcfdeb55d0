"""Every file that somebody may upload: what it is, its content says; what hides in it stays behind; nothing opens it to
the public, and a hostile one gets a plain answer."""

import io
import time
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Drawing
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from consultation.interface_text.po_files import PoFileRefused, parse_po_file
from consultation.surveys import frozen_files
from tests import factories

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00\x03" + b"\x00" * 200
SECRET = b"SECRET-PLACE"
PLACE = Drawing.Exif()
PLACE[0x010F] = SECRET.decode()  # the camera's maker
PLACE[0x0112] = 6  # turned: a viewer has to turn it back
PLACE.get_ifd(0x8825).update({1: "N", 2: (53.0, 47.0, 42.0), 3: "W", 4: (1.0, 45.0, 9.0)})


def png_that_tells():
    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    told.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return told


def drawn(format_, size=(60, 40), **more):
    file = io.BytesIO()
    Drawing.new("RGB", size, "teal").save(file, format_, **more)
    return file.getvalue()


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture
def officer(client_as):
    client = client_as("engagement_officer")
    client.raise_request_exception = False
    return client


def add_picture(officer, name, content, **more):
    file = SimpleUploadedFile(name, content, "image/png")
    return officer.post(reverse("wagtailimages:add"), {"title": "A picture", "file": file, **more})


def add_document(officer, name, content):
    file = SimpleUploadedFile(name, content, "audio/mpeg")
    return officer.post(reverse("wagtaildocs:add"), {"title": "A file", "file": file})


def stored(thing):
    with thing.file.open("rb") as file:
        return file.read()


# Pictures


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", drawn("JPEG", exif=PLACE, comment=SECRET, xmp=SECRET) + SECRET + HTML),
        ("photo.png", drawn("PNG", exif=PLACE, pnginfo=png_that_tells()) + SECRET),
        ("photo.webp", drawn("WEBP", exif=PLACE, xmp=SECRET)),
    ],
)
def test_a_picture_keeps_its_pixels_alone(officer, name, content):
    assert SECRET in content
    assert add_picture(officer, name, content).status_code == 302
    kept = stored(get_image_model().objects.get())
    assert SECRET not in kept and b"<script" not in kept and b"Exif" not in kept
    with Drawing.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif() and {"exif", "xmp", "comment", "XML:com.adobe.xmp"}.isdisjoint(picture.info)
        assert picture.size == (40, 60), "it stands upright without the note that says how it is turned"
        red, green, blue = picture.convert("RGB").getpixel((20, 30))
        assert red < 20 and abs(green - 128) < 20 and abs(blue - 128) < 20


def test_a_picture_with_a_transparent_ground_keeps_it(officer):
    file = io.BytesIO()
    Drawing.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    add_picture(officer, "logo.png", file.getvalue())
    with Drawing.open(io.BytesIO(stored(get_image_model().objects.get()))) as picture:
        assert picture.convert("RGBA").getpixel((2, 2))[3] == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.png", HTML),
        ("drawing.png", EXE),
        ("drawing.png", drawn("JPEG")),
        ("drawing.gif", drawn("GIF")),
        ("drawing.tiff", drawn("TIFF")),
        ("drawing.html", drawn("PNG")),
        ("drawing.png", b""),
    ],
)
def test_what_is_no_picture_of_the_library_is_refused_in_words(officer, name, content):
    reply = add_picture(officer, name, content)
    assert reply.status_code == 200 and b"error-message" in reply.content
    assert not get_image_model().objects.exists()


@pytest.mark.slow
def test_a_picture_that_unpacks_to_too_many_pixels_is_refused(officer):
    reply = add_picture(officer, "bomb.png", drawn("PNG", size=(9000, 9000)))
    assert reply.status_code == 200 and b"too many pixels" in reply.content
    assert not get_image_model().objects.exists()


def test_other_doors_of_the_library_draw_a_picture_anew_as_well(officer):
    content = drawn("JPEG", exif=PLACE, comment=SECRET)
    file = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    many = officer.post(reverse("wagtailimages:add_multiple"), {"title": "One", "files[]": file})
    assert many.status_code == 200
    chosen = officer.post(
        reverse("wagtailimages_chooser:create"),
        {"image-chooser-upload-title": "Two", "image-chooser-upload-file": SimpleUploadedFile("photo.jpg", content)},
    )
    assert chosen.status_code == 200
    images = list(get_image_model().objects.all())
    assert len(images) == 2 and all(SECRET not in stored(image) for image in images)


def test_one_officer_puts_no_other_file_in_the_place_of_what_a_page_shows(officer):
    """The picture of a live page of news, which two people had approved, was another at once."""
    add_picture(officer, "photo.png", drawn("PNG"))
    add_document(officer, "sound.mp3", b"ID3" + b"\x00" * 64)
    other = {"wagtailimages:edit": drawn("PNG", (9, 9)), "wagtaildocs:edit": b"ID3" + b"\x01" * 64}
    for address, model in (("wagtailimages:edit", get_image_model()), ("wagtaildocs:edit", get_document_model())):
        thing = model.objects.get()
        before, edit = stored(thing), reverse(address, args=[thing.pk])
        reply = officer.post(edit, {"title": "Other", "file": SimpleUploadedFile(thing.filename, other[address])})
        assert reply.status_code == 200 and b"Add this file anew" in reply.content
        assert officer.post(edit, {"title": "Another title"}).status_code == 302
        thing.refresh_from_db()
        assert stored(thing) == before and thing.title == "Another title"


# Documents: sound, sign language and captions


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("voice.html", HTML),
        ("voice.svg", SVG),
        ("voice.pdf", b"%PDF-1.7 " + HTML),
        ("voice.exe", EXE),
        ("voice.mp3", HTML),
        ("voice.mp3", SVG),
        ("voice.mp4", EXE),
        ("voice.vtt", HTML),
        ("voice.mp3", b"\x1a\x45\xdf\xa3" + b"\x00" * 60),
        ("voice.mp3.html", b"ID3\x04" + b"\x00" * 60),
    ],
)
def test_a_document_that_is_not_what_its_name_says_is_refused_in_words(officer, name, content):
    reply = add_document(officer, name, content)
    assert reply.status_code == 200 and b"error-message" in reply.content
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(
    "place", [b"\xa9xyz\x00\x12\x15\xc7+53.7950-001.7594/", b"com.apple.quicktime.location.ISO6709"]
)
def test_a_film_that_says_where_it_was_taken_is_refused_in_words(officer, place):
    film = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 90
    reply = add_document(officer, "film.mp4", film + place)
    assert reply.status_code == 200 and b"Save it without the place" in reply.content
    assert add_document(officer, "film.mp4", film).status_code == 302


def test_documents_may_be_what_a_survey_may_show(settings):
    assert sorted(settings.WAGTAILDOCS_EXTENSIONS) == sorted(sum(frozen_files.KINDS.values(), ()))


@pytest.mark.parametrize("role", ["moderator", "planner", "partner_viewer", "auditor", None])
def test_documents_are_closed(officer, client, client_as, role):
    add_document(officer, "voice.mp3", b"ID3\x04" + b"\x00" * 60)
    url = get_document_model().objects.get().url
    assert url.startswith("/documents/") and officer.get(url).status_code == 200
    reply = (client_as(role) if role else client).get(url)
    assert reply.status_code == (403 if role else 302)


# Every other file


@pytest.fixture
def places(home, client_as):
    """{form: (client, address, other fields)} of every other upload."""
    page = factories.consultation(home, items=[factories.question("a", options=("y", "n"))])[0]
    book = factories_codebook()
    reader, officer = client_as("moderator"), client_as("engagement_officer")
    for client in (reader, officer):
        client.raise_request_exception = False
    return {
        "AnswerFileForm": (reader, reverse("imports:consultation", args=[page.pk]), {}),
        "PoUploadForm": (officer, reverse("languages:upload", args=["ur"]), {"checker": "Amina"}),
        "TranslatorFileForm": (officer, reverse("translations:dry-run", args=[page.pk, "ur"]), {}),
        "SheetForm": (officer, reverse("exchange:list"), {}),
        "BenchmarkFileForm": (officer, reverse("insights:import-benchmarks", args=[page.slug]), {}),
        "CodebookFileForm": (officer, reverse("insights:import-codebook", args=[book.slug]), {"do": "try"}),
    }


def factories_codebook():
    from insights.coding.models import Codebook

    return Codebook.objects.create(slug="book", name="Book")


DEEP = b"<a>" * 100_000
HOSTILE = {
    "empty": b"",
    "zeros": b"\x00" * 5000,
    "program": EXE,
    "page": HTML,
    "drawing": SVG,
    "no letters": bytes(range(256)) * 40,
    "zip of nothing": zipped(),
    "zip of deep markup": zipped(**{"xl/workbook.xml": DEEP, "[Content_Types].xml": DEEP}),
    "zip bomb": zipped(**{"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000}),
    "one long line": b"a," * 400_000,
    "half a quote": b'what,text\n"' + b"x" * 200_000,
    "deep list": b"themes:\n" + b"[" * 20_000,
    "half a message": b'msgid "a\nmsgstr "',
    "a comment without end": b"# c\n" * 400_000 + b'msgid "a"\nmsgstr "b"\n',
    "a string without end": b'msgid ""\n' + b'"a"\n' * 400_000 + b'msgstr "b"\n',
    "a file's name": b"msgid /etc/hostname\n",
}
ENDINGS = (".csv", ".xlsx", ".po", ".yaml", "", ".svg", "/../../x.csv", ".csv\x00.exe")


def test_every_form_with_a_file_is_tried_here(places):
    def below(form):
        for each in form.__subclasses__():
            yield each
            yield from below(each)

    ours = ("cms.", "consultation.", "insights.")
    found = {
        form.__name__
        for form in below(forms.BaseForm)
        if form.__module__.startswith(ours)
        and any(isinstance(field, forms.FileField) for field in getattr(form, "base_fields", {}).values())
    }
    assert found - {"FileTrialForm"} == set(places)


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"# c\n" * 400_000, b'"a"\n' * 400_000, b"#. \v" * 400_000, b'""\r' * 600_000])
def test_a_po_file_whose_time_grows_with_its_square_is_refused_unread(content):
    began = time.process_time()
    with pytest.raises(PoFileRefused, match="more than 50,000 lines"):
        parse_po_file(b'msgid ""\n' + content + b'msgstr ""\n')
    assert time.process_time() - began < 1, "it took 6 and 18 seconds"


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_plain_answer_and_keeps_nothing(places, kind):
    for form, (client, address, more) in places.items():
        for ending in ENDINGS if form == "AnswerFileForm" else ENDINGS[:1]:  # the others ask no name
            file = SimpleUploadedFile("x", HOSTILE[kind])
            file.name = f"hostile{ending}"
            reply = client.post(address, {"file": file, **more})
            assert reply.status_code in (200, 302, 422), (form, kind, ending, reply.status_code)
            assert b"alert(1)</script>" not in reply.content, (form, kind, ending)
