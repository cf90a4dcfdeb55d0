"""QR codes of addresses as SVG and PNG, made on this server."""

import io

import segno
from django.utils.safestring import mark_safe

BORDER = 4  # modules of the quiet zone that QR readers need


def _render_qr_code(address, kind, **how):
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=kind, border=BORDER, **how)
    return out.getvalue()


def render_qr_svg(address, *, xmldecl=True):
    return _render_qr_code(address, "svg", xmldecl=xmldecl, svgns=True, omitsize=True, light="#fff")


def render_inline_qr_svg(address):
    return mark_safe(render_qr_svg(address, xmldecl=False).decode())  # noqa: S308  (segno's own markup)


def render_qr_png(address):
    """Large enough for an A3 poster (about 10 cm at 300 dpi)."""
    return _render_qr_code(address, "png", scale=32)
