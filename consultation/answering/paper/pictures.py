"""Pictures of a paper form, loaded from this site's own files alone. Decorative pictures are CSS backgrounds, which a
screen reader ignores; picture options are images with alternative texts."""

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from consultation.questionnaires import pictograms
from consultation.questionnaires.kept_files import FOLDER, NAME

KEPT, PICTOGRAM, FACE = "kept:", "pictogram:", "face:"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round" '


class NotOurs(ValueError):
    """A picture address outside this site's files."""


def address(picture):
    """The internal address of a picture value; "" when it no longer exists."""
    if isinstance(picture, dict):
        return KEPT + picture["src"].removeprefix(f"{FOLDER}/")
    return PICTOGRAM + picture if picture and pictograms.template(picture) else ""


def class_of(picture):
    """The CSS class of a span with this picture as its background."""
    place = address(picture)
    return place.replace(":", "-").replace(".", "-")[:40] if place else ""


def style(pictures):
    """The CSS rules for these pictures and the five faces."""
    places = {class_of(picture): address(picture) for picture in pictures if class_of(picture)}
    places |= {f"face-{n}": f"{FACE}{n}" for n in range(1, 6)}
    return "".join(f".{name}{{background-image:url({place})}}" for name, place in places.items())


def load(place):
    """(bytes, content type) of an internal address. Raises NotOurs for any other."""
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
