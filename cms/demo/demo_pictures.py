"""Loads the demo's drawings into Wagtail's image library."""

from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

FOLDER = Path(__file__).with_name("pictures")


def load_pictures(by):
    """Returns {name: image id}."""
    images = get_image_model().objects
    found = {}
    for path in sorted(FOLDER.glob("*.webp")):
        with path.open("rb") as file:
            image = images.create(title=path.stem, file=ImageFile(file, name=path.name), uploaded_by_user=by)
        found[path.stem] = image.pk
    return found
