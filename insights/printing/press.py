"""From a template to a tagged PDF (PDF/UA). Nothing is kept here: whoever asks decides where the bytes go.

WeasyPrint and Pango are loaded when the first paper is made, never when a web process starts. A paper is one document:
the maker fetches no address at all, so a picture is an `<svg>` in the markup with a `<title>`, which is what is read
aloud for it. An `<svg>` without a title would be a picture without words, which PDF/UA does not allow.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from insights.printing import spoken

VARIANT = "pdf/ua-1"
STYLE = Path(__file__).resolve().parent / "paper.css"


class NoPress(Exception):
    """Pango, or another library that draws letters, is not on this machine."""


class NothingIsFetched(ValueError):
    """A paper asked for an address: everything of it stands in its own markup."""


def make(template: str, context: dict[str, Any], *, styles: Iterable[Path] = ()) -> bytes:
    """The bytes of the PDF of a template, in the house's paper style and then `styles`.

    The template extends "insights/printing/paper.html" (blocks: title, mark, main), which says language and title.
    Raises NoPress where none can be made.
    """
    style = "".join(path.read_text(encoding="utf-8") for path in (STYLE, *styles))
    return press(render_to_string(template, context), style)


def press(html: str, style: str) -> bytes:
    for name in ("weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise NoPress from error

    class Nothing(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise NothingIsFetched(url)

    fonts, fetcher = FontConfiguration(), Nothing()
    sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    options = {"stylesheets": [sheet], "font_config": fonts, "pdf_variant": VARIANT, "finisher": spoken.say_texts}
    made: bytes = document.write_pdf(**options)
    return made
