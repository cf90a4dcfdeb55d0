"""QR codes of printed links as SVG and PNG, made on this server."""

import io

import segno
from django.utils.safestring import mark_safe

BORDER = 4  # modules of the quiet zone that QR readers need


def _render_qr_code(link, kind, **how):
    out = io.BytesIO()
    segno.make(link.address, error="m", micro=False).save(out, kind=kind, border=BORDER, **how)
    return out.getvalue()


def render_qr_svg(link, *, xmldecl=True):
    return _render_qr_code(link, "svg", xmldecl=xmldecl, svgns=True, omitsize=True, light="#fff")


def render_inline_qr_svg(link):
    return mark_safe(render_qr_svg(link, xmldecl=False).decode())  # noqa: S308  (segno's own markup)


def render_qr_png(link):
    """Large enough for an A3 poster (about 10 cm at 300 dpi)."""
    return _render_qr_code(link, "png", scale=32)
