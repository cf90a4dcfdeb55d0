"""The picture of a campaign for people who pass its link on: title, call and address, and nothing that anyone answered.

It is drawn by Pillow with fonts of the system, as printed papers are; without one for a language there is no picture.
"""

import io
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont

from consultation.branding.colours import DEFAULT_MAIN, DEFAULT_SECOND
from consultation.interface_text import get_text, text_direction

SIZE = (1200, 630)  # pixels that link previews and posts expect
MARGIN, TITLE, CALL, ADDRESS = 70, 74, 46, 34
LINES = 3  # of the title
FONTS = {
    "ar": "NotoNaskhArabic-Bold.ttf",
    "ur": "NotoNaskhArabic-Bold.ttf",
    "bn": "NotoSansBengali-Bold.ttf",
    "pa": "NotoSansGurmukhi-Bold.ttf",
}
LATIN = ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf")


class ShareImageUnavailable(Exception):
    """No font on this server has the letters of the language."""


@lru_cache(maxsize=32)
def draw_share_image(
    title: str, *, language: str, address: str, colours: tuple[str, str] = (DEFAULT_MAIN, DEFAULT_SECOND)
) -> bytes:
    """A PNG in the main and the second colour of the site. Only a campaign's own words come in, so that no answer can
    come out."""
    main, second = colours
    picture = Image.new("RGB", SIZE, main)
    canvas, height = ImageDraw.Draw(picture), MARGIN
    with override(language):
        call = get_text("card.title")
    canvas.rectangle((0, SIZE[1] - 2 * MARGIN, *SIZE), fill=second)
    font = _load_font(language, TITLE)
    for line in _wrap_words(title, font, canvas):
        _write_line(canvas, line, height, font, "#ffffff", language)
        height += int(TITLE * 1.35)
    _write_line(canvas, call, height + 20, _load_font(language, CALL), second, language)
    _write_line(canvas, address, SIZE[1] - 2 * MARGIN + 55, _load_font("", ADDRESS), "#000000", settings.LANGUAGE_CODE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _load_font(language, size):
    for name in (FONTS[language],) if language in FONTS else LATIN:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise ShareImageUnavailable(language)


def _wrap_words(text, font, canvas):
    """At most LINES lines that fit; what is left over is cut at a word, with three dots."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.textlength(longer, font=font) <= SIZE[0] - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]


def _write_line(canvas, text, height, font, colour, language):
    rtl = text_direction(language) == "rtl"
    place = (SIZE[0] - MARGIN, height) if rtl else (MARGIN, height)
    canvas.text(place, text, font=font, fill=colour, anchor="ra" if rtl else "la")
