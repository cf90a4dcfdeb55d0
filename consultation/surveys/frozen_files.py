"""Permanent copies of the pictures, sound and sign language of published versions.

Editors may replace or delete a library file, but a published version must not change (promise 6). So freezing copies
the file to `asked/<sha256>.<ext>`, and the content holds that path. Pictures are re-encoded, which removes the place
and time of a photo.
"""

import hashlib
import re
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "asked"
NAME = re.compile(r"[0-9a-f]{64}\.(webp|mp3|ogg|m4a|mp4|webm|vtt)")
CONTENT_TYPES = {
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
MB = 1024 * 1024
MOST = {"picture": 10 * MB, "audio": 3 * MB, "video": 40 * MB, "captions": 200 * 1024}
KINDS = {"audio": ("mp3", "ogg", "m4a"), "video": ("mp4", "webm"), "captions": ("vtt",)}
CALLED = {"audio": "an MP3, Ogg or M4A file", "video": "an MP4 or WebM file", "captions": "a WebVTT file (.vtt)"}
PICTURES = ("webp", "png", "jpeg")
TOO_BIG = "This file is too big: {size}. The most is {most}. People with a weak signal wait for it."
NOT_OF_KIND = "This must be {called}. Save it as one, and add it again."
NOT_A_PICTURE = "This must be a WebP, PNG or JPEG picture. Save it as one, and add it again."
GONE = "This file is not there any more. Choose another one."
WIDEST = {"picture": "max-320x320", "poster": "max-960x960"}


def validate_picture(image):
    """Raise ValidationError, in words for officers, if a library image cannot be stored."""
    try:
        with image.get_willow_image() as found:
            known = found.format_name in PICTURES
    except OSError as error:
        raise ValidationError(GONE) from error
    if not known:
        raise ValidationError(NOT_A_PICTURE)
    _validate_size(image.file.size, "picture")


def validate_file(file, kind):
    """The extension detected from the file's bytes. Raises ValidationError if it is of another kind or too big."""
    try:
        with file.open("rb") as opened:
            found = detect_extension(opened.read(64))
        size = file.size
    except OSError as error:
        raise ValidationError(GONE) from error
    if kind == "audio" and found == "mp4":
        found = "m4a"
    if found not in KINDS[kind]:
        raise ValidationError(NOT_OF_KIND.format(called=CALLED[kind]))
    _validate_size(size, kind)
    return found


def _validate_size(size, kind):
    if size > MOST[kind]:
        raise ValidationError(TOO_BIG.format(size=_format_size(size), most=_format_size(MOST[kind])))


def _format_size(size):
    return f"{size / MB:.1f} MB" if size >= MB else f"{size // 1024} KB"


def detect_extension(start):
    """The extension of a file that begins with these bytes; "" if the type is not allowed."""
    if start[4:8] == b"ftyp":
        return "m4a" if start[8:11] == b"M4A" else "mp4"
    if start.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "vtt"
    if start[:3] == b"ID3" or (start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE6 == 0xE2):
        return "mp3"
    return {b"OggS": "ogg", b"\x1a\x45\xdf\xa3": "webm"}.get(start[:4], "")


def build_file_url(path):
    """The permanent address of a frozen file, so that browsers may cache it."""
    return f"{settings.MEDIA_URL}{path}"


def keep_bytes(content, ext):
    """Store these bytes permanently and return the path for the frozen content."""
    path = f"{FOLDER}/{hashlib.sha256(content).hexdigest()}.{ext}"
    if not default_storage.exists(path):
        saved = default_storage.save(path, ContentFile(content))
        if saved != path:  # another process stored the same bytes first
            default_storage.delete(saved)
    return path


def keep_file(file, kind):
    """Store a document's file; None if it is missing or of another kind, as a draft may have it."""
    with suppress(ValidationError):
        ext = validate_file(file, kind)
        with file.open("rb") as opened:
            return keep_bytes(opened.read(), ext)
    return None


def keep_picture(image, use="picture"):
    """Store a library picture as a small WebP and return {"src", "width", "height"}; None if it cannot be read."""
    with suppress(ValidationError):
        validate_picture(image)
        drawn = image.get_rendition(f"{WIDEST[use]}|format-webp|webpquality-70")
        with drawn.file.open("rb") as opened:
            return {"src": keep_bytes(opened.read(), "webp"), "width": drawn.width, "height": drawn.height}
    return None
