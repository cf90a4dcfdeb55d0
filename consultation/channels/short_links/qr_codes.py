"""QR codes of printed links as SVG and PNG, made on this server."""

import io

import segno

BORDER = 4  # modules of the quiet zone that QR readers need


def _make_qr_code(link):
    return segno.make(link.address, error="m", micro=False)


def render_qr_svg(link, *, inline=False):
    out = io.BytesIO()
    _make_qr_code(link).save(
        out, kind="svg", border=BORDER, xmldecl=not inline, svgns=True, omitsize=True, light="#fff"
    )
    return out.getvalue()


def render_qr_png(link):
    """Large enough for an A3 poster (about 10 cm at 300 dpi)."""
    out = io.BytesIO()
    _make_qr_code(link).save(out, kind="png", border=BORDER, scale=32)
    return out.getvalue()
