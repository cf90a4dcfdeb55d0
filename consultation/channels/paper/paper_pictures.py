"""Pictures of a paper form, loaded from this site's own files alone. Decorative pictures are CSS backgrounds, which a
screen reader ignores; picture options are images with alternative texts."""

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from consultation.branding.current_branding import read_printed_logo
from consultation.file_output.pdf import pdf_press
from consultation.surveys import pictograms
from consultation.surveys.frozen_files import FOLDER, NAME

KEPT_SCHEME, PICTOGRAM_SCHEME, FACE_SCHEME, LOGO_SCHEME = "kept:", "pictogram:", "face:", "logo:"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round" '


def picture_address(picture):
    """The internal address of a picture value; "" when it no longer exists."""
    if isinstance(picture, dict):
        return KEPT_SCHEME + picture["src"].removeprefix(f"{FOLDER}/")
    return PICTOGRAM_SCHEME + picture if picture and pictograms.find_pictogram_template(picture) else ""


def picture_css_class(picture):
    """The CSS class of a span with this picture as its background."""
    return picture_address(picture).replace(":", "-").replace(".", "-")[:40]


def write_picture_css(pictures):
    """The CSS rules for these pictures and the five faces."""
    places = {name: picture_address(picture) for picture in pictures if (name := picture_css_class(picture))}
    places |= {f"face-{n}": f"{FACE_SCHEME}{n}" for n in range(1, 6)}
    return "".join(f".{name}{{background-image:url({place})}}" for name, place in places.items())


def load_picture(place):
    """(bytes, content type) of an internal address. Raises AddressRefused for any other."""
    if place.startswith(FACE_SCHEME) and place.removeprefix(FACE_SCHEME) in "12345":
        return _render_svg("components/face.html", n=int(place.removeprefix(FACE_SCHEME)))
    if place.startswith(PICTOGRAM_SCHEME) and (
        template := pictograms.find_pictogram_template(place.removeprefix(PICTOGRAM_SCHEME))
    ):
        return _render_svg(template)
    if place.startswith(KEPT_SCHEME) and NAME.fullmatch(place.removeprefix(KEPT_SCHEME)):
        with default_storage.open(f"{FOLDER}/{place.removeprefix(KEPT_SCHEME)}") as opened:
            return opened.read(), "image/webp"
    if place.startswith(LOGO_SCHEME):  # what follows tells one logo's cached sheet from another's
        return read_printed_logo(), "image/webp"
    return pdf_press.refuse_address(place)


def _render_svg(template, **context):
    return render_to_string(template, context).strip().replace("<svg ", DRAWN, 1).encode(), "image/svg+xml"
