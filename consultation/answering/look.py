"""The survey's CSS bundle and script bundle, each one file: fewer requests on a weak signal.

The stylesheet ends with one questionnaire's branching rules. Its address holds a digest of the content and the rules
themselves, so a browser may cache it for ever and no database query is needed.
"""

import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultation.answering.branching import read_spec, stylesheet
from consultation.appearance.current import current as current_look
from consultation.respondents.documents import accepts_gzip

VOICE = Path(__file__).resolve().parent.parent / "static" / "voice"
STYLES = ("tokens.css", "survey.css", "ways.css")
PARTS = {"types": "types.css"}  # only some surveys need these
SCRIPTS = ("exit.js", "steps.js", "ranking.js", "sending.js", "ways.js")
NO_RULES = "0"
SAMPLE = "1_2R1A_3R1NW4.5R1ONAOO"


def _joined(names):
    return "".join((VOICE / name).read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=1)
def _style():
    return _joined(STYLES)


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def style_digest():
    """A digest of the CSS, the officers' colours and the branching syntax, so that a change makes a new address."""
    return _whole_digest(current_look().style)


@lru_cache(maxsize=4)
def _whole_digest(colours):
    return _digest(_style() + colours + _joined(PARTS.values()) + stylesheet(read_spec(SAMPLE)))


@lru_cache(maxsize=1)
def script_digest():
    return _digest(_joined(SCRIPTS))


def look_path(spec="", parts=()):
    """The URL of the stylesheet for branching rules and optional parts, such as "0+types"."""
    return reverse("look", kwargs={"digest": style_digest(), "spec": "+".join([spec or NO_RULES, *parts])})


def script_path():
    return reverse("look-script", kwargs={"digest": script_digest()})


@dataclass(frozen=True)
class File:
    """A bundle, plain and gzipped."""

    plain: bytes
    gzipped: bytes
    content_type: str

    @classmethod
    def of(cls, text, content_type):
        plain = text.encode()
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return cls(plain, packer.compress(plain) + packer.flush(), f"{content_type}; charset=utf-8")

    def response(self, request, *, current):
        """`current`: the address names this content, so browsers cache it for ever; others get it uncached."""
        gzipped = accepts_gzip(request)
        response = HttpResponse(self.gzipped if gzipped else self.plain, content_type=self.content_type)
        if gzipped:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = len(response.content)
        response["Vary"] = "Accept-Encoding"
        response["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
        return response


@lru_cache(maxsize=64)
def _sheet(spec, colours=""):
    """None for an invalid spec."""
    spec, *parts = spec.split("+")
    rules = [] if spec == NO_RULES else read_spec(spec)
    if rules is None or not PARTS.keys() >= set(parts):
        return None
    style = _style() + _joined(PARTS[part] for part in parts) + colours
    return File.of(f"{style}\n{stylesheet(rules)}", "text/css")


@lru_cache(maxsize=1)
def _script():
    return File.of(_joined(SCRIPTS), "text/javascript")


@require_safe
def look(request, digest, spec):
    sheet = _sheet(spec, current_look().style)
    if sheet is None:
        raise Http404
    return sheet.response(request, current=digest == style_digest())


@require_safe
def look_script(request, digest):
    return _script().response(request, current=digest == script_digest())
