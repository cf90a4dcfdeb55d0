"""The square that a camera reads, as SVG and as PNG; made here, by no other host."""

import io

import segno

BORDER = 4  # modules of quiet zone that cameras need


def _code(link):
    return segno.make(link.address, error="m", micro=False)


def svg(link, *, inline=False):
    out = io.BytesIO()
    _code(link).save(out, kind="svg", border=BORDER, xmldecl=not inline, svgns=True, omitsize=True, light="#fff")
    return out.getvalue()


def png(link):
    """Big enough for a poster of A3 (about 10 cm at 300 dpi)."""
    out = io.BytesIO()
    _code(link).save(out, kind="png", border=BORDER, scale=32)
    return out.getvalue()
