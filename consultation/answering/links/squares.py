"""QR codes of printed links as SVG and PNG, made on this server."""

import io

import segno

BORDER = 4  # modules of the quiet zone that QR readers need


def _code(link):
    return segno.make(link.address, error="m", micro=False)


def svg(link, *, inline=False):
    out = io.BytesIO()
    _code(link).save(out, kind="svg", border=BORDER, xmldecl=not inline, svgns=True, omitsize=True, light="#fff")
    return out.getvalue()


def png(link):
    """Large enough for an A3 poster (about 10 cm at 300 dpi)."""
    out = io.BytesIO()
    _code(link).save(out, kind="png", border=BORDER, scale=32)
    return out.getvalue()
