"""The survey's stylesheet: the one for all respondents, with the rules of one questionnaire's branching after it.

One file is one request less on a weak signal. The address holds a digest of the style and the rules themselves, so a
browser may keep it for ever and no database is asked.
"""

import hashlib
import zlib
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultation.answering.branching import read_spec, stylesheet
from consultation.respondents.documents import accepts_gzip

STYLE = Path(__file__).resolve().parent.parent / "static" / "voice" / "respondent.css"
NO_RULES = "0"


@lru_cache(maxsize=1)
def _style():
    return STYLE.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def style_digest():
    return hashlib.sha256(_style().encode()).hexdigest()[:10]


def look_path(spec):
    """Where the stylesheet for these rules is."""
    return reverse("look", kwargs={"digest": style_digest(), "spec": spec or NO_RULES})


@lru_cache(maxsize=64)
def _sheet(spec):
    """(plain, gzipped); None when the text holds no rules."""
    rules = [] if spec == NO_RULES else read_spec(spec)
    if rules is None:
        return None
    plain = f"{_style()}\n{stylesheet(rules)}".encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return plain, packer.compress(plain) + packer.flush()


@require_safe
def look(request, digest, spec):
    sheet = _sheet(spec)
    if sheet is None:
        raise Http404
    gzipped = accepts_gzip(request)
    response = HttpResponse(sheet[gzipped], content_type="text/css; charset=utf-8")
    if gzipped:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = len(sheet[gzipped])
    response["Vary"] = "Accept-Encoding"
    current = digest == style_digest()
    response["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response
