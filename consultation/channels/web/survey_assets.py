"""The survey's CSS bundle and script bundle, each one file: fewer requests on a weak signal.

The stylesheet ends with one questionnaire's branching rules. Its address holds a digest of the content and the rules
themselves, so a browser may cache it for ever and no database query is needed.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultation.branding.current_branding import get_branding as current_look
from consultation.channels.web.branching_css import parse_rules_spec, write_branching_css
from consultation.respondent_pages.precompressed_pages import accepts_gzip

STATIC_FOLDER = Path(__file__).resolve().parents[2] / "static" / "voice"
STYLE_FILES = ("tokens.css", "survey.css", "access_formats.css")
OPTIONAL_STYLE_FILES = {"types": "types.css"}  # only some surveys need these
CHARTS = "charts"  # the part of all pages but surveys: these draw no chart, and leave its tokens at home
CHART_TOKENS = re.compile(r"--(?:[cdh]\d|weave|grid|side|side-lit|on-side):[^;]*;\s*")
SCRIPT_FILES = ("exit.js", "steps.js", "ranking.js", "sending.js", "counting.js", "inside.js", "access_formats.js")
NO_RULES = "0"
SAMPLE_SPEC = "1_2R1A_3R1NW4.5R1ONAOO"


def _read_static_files(names):
    return "".join(_drop_comments((STATIC_FOLDER / name).read_text(encoding="utf-8"), name) for name in names)


def _drop_comments(text, name):
    """What a browser needs of a file: whole-line comments of a script, comments of a style, and indents stay here."""
    comments = r"/\*.*?\*/" if name.endswith(".css") else r"(?m:^\s*//.*$)"
    return re.sub(r"\s*\n\s*", "\n", re.sub(comments, "", text, flags=re.DOTALL if name.endswith(".css") else 0))


@lru_cache(maxsize=1)
def _read_base_style():
    return _read_static_files(STYLE_FILES)


def _digest_text(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def current_style_digest():
    """A digest of the CSS, the officers' colours and the branching syntax, so that a change makes a new address."""
    return _digest_style(current_look().style)


@lru_cache(maxsize=4)
def _digest_style(colours):
    optional, branching = _read_static_files(OPTIONAL_STYLE_FILES.values()), parse_rules_spec(SAMPLE_SPEC)
    left_out = CHART_TOKENS.pattern
    return _digest_text(_read_base_style() + left_out + colours + optional + write_branching_css(branching))


@lru_cache(maxsize=1)
def current_script_digest():
    return _digest_text(_read_static_files(SCRIPT_FILES))


def stylesheet_url(spec="", parts=(CHARTS,)):
    """The URL of the stylesheet for branching rules and optional parts, such as "0+types". A page that is no survey has
    the tokens of charts."""
    spec = "+".join([spec or NO_RULES, *parts])
    return reverse("survey-stylesheet", kwargs={"digest": current_style_digest(), "spec": spec})


def script_url():
    return reverse("survey-script", kwargs={"digest": current_script_digest()})


@dataclass(frozen=True)
class CompressedAsset:
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
def _build_stylesheet(spec, colours=""):
    """None for an invalid spec."""
    spec, *parts = spec.split("+")
    rules = [] if spec == NO_RULES else parse_rules_spec(spec)
    if rules is None or not {*OPTIONAL_STYLE_FILES, CHARTS} >= set(parts):
        return None
    style = _read_base_style() if CHARTS in parts else CHART_TOKENS.sub("", _read_base_style())
    style += _read_static_files(OPTIONAL_STYLE_FILES[part] for part in parts if part != CHARTS) + colours
    return CompressedAsset.of(f"{style}\n{write_branching_css(rules)}", "text/css")


@lru_cache(maxsize=1)
def _build_script():
    return CompressedAsset.of(_read_static_files(SCRIPT_FILES), "text/javascript")


@require_safe
def serve_stylesheet(request, digest, spec):
    sheet = _build_stylesheet(spec, current_look().style)
    if sheet is None:
        raise Http404
    return sheet.response(request, current=digest == current_style_digest())


@require_safe
def serve_script(request, digest):
    return _build_script().response(request, current=digest == current_script_digest())
