"""Serves frozen files: cacheable forever because they never change, and sandboxed so that none can run."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from consultation.surveys.frozen_files import CONTENT_TYPES, FOLDER, NAME

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, noarchive, nosnippet",
    "Accept-Ranges": "bytes",
}
PIECE = 64 * 1024
SPAN = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@require_safe
def serve_frozen_file(request, name):
    """One frozen file, or a byte range of it: some players play no video without ranges."""
    path = f"{FOLDER}/{name}"
    if not NAME.fullmatch(name) or not default_storage.exists(path):
        raise Http404
    content_type = CONTENT_TYPES[name.rpartition(".")[2]]
    size = default_storage.size(path)
    span = _parse_range(request.headers.get("Range", ""), size)
    if span is None:
        response = FileResponse(default_storage.open(path), content_type=content_type, headers=HEADERS)
        response["Content-Disposition"] = "inline"
        return response
    first, last = span
    if first > last:
        return HttpResponse(status=416, headers=HEADERS | {"Content-Range": f"bytes */{size}"})
    span_headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": last - first + 1}
    headers = HEADERS | span_headers | {"Content-Type": content_type}
    return StreamingHttpResponse(_stream_part(path, first, last), status=206, headers=headers)


def _stream_part(path, first, last):
    """Read in pieces, because a player may request a whole video as one range."""
    with default_storage.open(path) as file:
        file.seek(first)
        while first <= last and (piece := file.read(min(PIECE, last - first + 1))):
            first += len(piece)
            yield piece


def _parse_range(header, size):
    """(first, last) byte of a Range header; None for the whole file; first > last if the range does not exist."""
    found = SPAN.fullmatch(header.strip())
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    return int(found[1]), min(int(found[2] or size), size - 1)
