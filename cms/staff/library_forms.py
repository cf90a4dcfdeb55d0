"""Forms of Wagtail's media library. What a file is, its content says, not its name; a picture is drawn anew, which leaves
behind where and when it was taken, by whom, and whatever else was hidden in the file."""

import re
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from consultation.surveys.frozen_files import MOST, detect_extension

BROKEN = "This picture cannot be read. Save it as a PNG or JPEG, and add it again."
NOT_ITS_NAME = "This file is not what its name says. It must be an MP3, Ogg, M4A, MP4, WebM or WebVTT file."
TOO_BIG = f"This file is too big: {MOST['video'] // 1024**2} MB is the most."
TELLS_A_PLACE = "This file says where it was recorded. Save it without the place, and add it again."
STAYS = "What is in the library stays as it is, since pages that two people approved may show it. Add this file anew."
SAVED_AS = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}}
SAME_CONTENT = {"m4a": "mp4"}  # one container; which of the two its first bytes say is often wrong
# As phones write it: the position of an MP4 or M4A, in Android's words and in Apple's.
POSITION = re.compile(rb"\xa9xyz.{4}[+-]\d|com\.apple\.quicktime\.location", re.DOTALL)


class KeptFileForm:
    """Mixin: whoever edits a title does not put another file in the place of what a page shows."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if self.instance.pk:
            raise ValidationError(STAYS)
        return self.clean_new_file(file)


class LibraryImageForm(KeptFileForm, BaseImageForm):
    def clean_new_file(self, file):
        return redraw_picture(file)


class LibraryDocumentForm(KeptFileForm, BaseDocumentForm):
    def clean_new_file(self, file):
        _validate_document(file)
        return file


def redraw_picture(file: UploadedFile) -> UploadedFile:
    """The same picture in the same format, upright, and nothing but its pixels."""
    out = BytesIO()
    try:
        file.seek(0)
        with Image.open(file, formats=list(SAVED_AS)) as picture:
            format_ = str(picture.format)
            drawn = ImageOps.exif_transpose(picture)
            drawn.info = {name: drawn.info[name] for name in ("transparency",) if name in drawn.info}
            drawn = drawn.convert("RGB") if drawn.mode in ("CMYK", "YCCK", "LAB", "HSV") else drawn
            drawn.save(out, format_, **SAVED_AS[format_])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(BROKEN) from error
    size = out.tell()
    out.seek(0)
    return InMemoryUploadedFile(out, "file", file.name, f"image/{format_.lower()}", size, None)


def _validate_document(file: UploadedFile) -> None:
    if (file.size or 0) > MOST["video"]:
        raise ValidationError(TOO_BIG)
    file.seek(0)
    content = file.read()
    file.seek(0)
    ending, found = str(file.name).rpartition(".")[2].lower(), detect_extension(content[:64])
    if not found or SAME_CONTENT.get(ending, ending) != SAME_CONTENT.get(found, found):
        raise ValidationError(NOT_ITS_NAME)
    if POSITION.search(content):
        raise ValidationError(TELLS_A_PLACE)
