"""Pictures of a form. Those that only help are backgrounds, so that a voice does not stop at them; a choice of pictures
has images with their alternative texts. Nothing is fetched from anywhere but this site's own files."""

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from consultation.questionnaires import pictograms
from consultation.questionnaires.kept_files import FOLDER, NAME

KEPT, PICTOGRAM, FACE = "kept:", "pictogram:", "face:"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round" '


class NotOurs(ValueError):
    """An address that a form may not load from."""


def address(picture):
    """The address of a picture in `PICTURE` notation; empty where there is none any more."""
    if isinstance(picture, dict):
        return KEPT + picture["src"].removeprefix(f"{FOLDER}/")
    return PICTOGRAM + picture if picture and pictograms.template(picture) else ""


def class_of(picture):
    """The class of a span that shows a picture as its background."""
    place = address(picture)
    return place.replace(":", "-").replace(".", "-")[:40] if place else ""


def style(pictures):
    """The rules for these pictures and the faces."""
    places = {class_of(picture): address(picture) for picture in pictures if class_of(picture)}
    places |= {f"face-{n}": f"{FACE}{n}" for n in range(1, 6)}
    return "".join(f".{name}{{background-image:url({place})}}" for name, place in places.items())


def load(place):
    """(bytes, type) of an address of ours."""
    if place.startswith(FACE) and place.removeprefix(FACE) in "12345":
        return _drawn("components/face.html", n=int(place.removeprefix(FACE)))
    if place.startswith(PICTOGRAM) and (template := pictograms.template(place.removeprefix(PICTOGRAM))):
        return _drawn(template)
    if place.startswith(KEPT) and NAME.fullmatch(place.removeprefix(KEPT)):
        with default_storage.open(f"{FOLDER}/{place.removeprefix(KEPT)}") as opened:
            return opened.read(), "image/webp"
    raise NotOurs


def _drawn(template, **context):
    return render_to_string(template, context).strip().replace("<svg ", DRAWN, 1).encode(), "image/svg+xml"
