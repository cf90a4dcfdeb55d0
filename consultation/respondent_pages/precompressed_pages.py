"""Pages that differ only in one hidden value: rendered and compressed once, sent many times.

The parts before and after the value are compressed once and kept in memory. With the freshly compressed value between
them they form one gzip stream, so a visit costs microseconds.
"""

import re
import zlib

from django.http import HttpResponse

VALUE_PLACEHOLDER = "value-goes-here-7d1f"
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def _deflate_part(content, *, last=False):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


def accepts_gzip(request):
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def build_page_response(request, html, *, status=200):
    """The response for markup rendered for a single visit, compressed if the browser accepts it."""
    content = html.encode("utf-8", "replace")
    if not accepts_gzip(request):
        return _build_response(content, status)
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return _build_response(packer.compress(content) + packer.flush(), status, gzipped=True)


def _build_response(content, status=200, *, gzipped=False):
    response = HttpResponse(content, status=status, content_type="text/html; charset=utf-8")
    if gzipped:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = len(content)
    return response


class PrecompressedPage:
    """Markup with one VALUE_PLACEHOLDER in it; the indents of its templates, which a browser ignores, stay here."""

    def __init__(self, html):
        before, after = re.sub(r"\n\s*", "\n", html).split(VALUE_PLACEHOLDER)
        self.before, self.after = before.encode(), after.encode()
        self._packed_before, self._packed_after = _deflate_part(self.before), _deflate_part(self.after, last=True)
        self._checksum_before = zlib.crc32(self.before)

    def with_value(self, request, value):
        """The response with this value, which must be safe in an attribute, such as our tokens."""
        value = value.encode("ascii")
        if not accepts_gzip(request):
            return _build_response(self.before + value + self.after)
        checksum = zlib.crc32(self.after, zlib.crc32(value, self._checksum_before))
        size = len(self.before) + len(value) + len(self.after)
        content = b"".join(
            [
                GZIP_HEADER,
                self._packed_before,
                _deflate_part(value),
                self._packed_after,
                checksum.to_bytes(4, "little"),
                (size & 0xFFFFFFFF).to_bytes(4, "little"),
            ]
        )
        return _build_response(content, gzipped=True)
