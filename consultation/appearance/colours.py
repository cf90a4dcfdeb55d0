"""Shades of an officer's two colours for the light and dark schemes, with text contrast of 7:1 or more (WCAG 1.4.6).

Colours are "#rrggbb". Ratios are WCAG's contrast ratio, 1 to 21.
"""

import colorsys
from collections.abc import Callable, Iterable

MAIN, SECOND = "#0b4f5a", "#f2be4a"
ENOUGH = 7.0
RING = 3.0  # for focus rings and edges
PAPER, CARD, INK, INK_2 = "#faf7f1", "#ffffff", "#1b2529", "#414d54"
DARK_PAPER, DARK_CARD, DARK_INK, DARK_INK_2 = "#11181b", "#1a2428", "#f2eee6", "#bcc5c6"
SHADES = 60


def luminance(colour: str) -> float:
    """WCAG's relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """The colour laid over the ground with opacity `share` (0 to 1)."""
    return _hex(share * top + (1 - share) * below for top, below in zip(_parts(colour), _parts(ground), strict=True))


def readable(colour: str, grounds: Iterable[str], *, lighter: bool = False) -> str:
    """The colour itself, or its nearest darker (or lighter) shade that is readable as text on every ground."""
    grounds = list(grounds)
    return _shade(colour, lambda shade: all(ratio(shade, ground) >= ENOUGH for ground in grounds), lighter=lighter)


def light(main: str, second: str) -> dict[str, str]:
    """The values of tokens.css that the two colours change, in the light scheme."""
    quiet_wash = _wash(second, PAPER, 0.28, [INK])
    wash = _wash(main, PAPER, 0.11, [INK, INK_2])
    strong = readable(main, [PAPER, CARD, wash, quiet_wash])
    return _tokens(strong, wash, second, quiet_wash, _halo(second, INK, SECOND))


def dark(main: str, second: str) -> dict[str, str]:
    """The same for the dark scheme."""
    quiet_wash = _wash(second, DARK_PAPER, 0.2, [DARK_INK])
    wash = _wash(main, DARK_PAPER, 0.45, [DARK_INK, DARK_INK_2])
    strong = readable(main, [DARK_PAPER, DARK_CARD, wash, quiet_wash], lighter=True)
    return _tokens(strong, wash, second, quiet_wash, DARK_PAPER)


def stylesheet(main: str, second: str) -> str:
    """CSS to append to tokens.css; empty while both colours are the product's defaults."""
    if (main.lower(), second.lower()) == (MAIN, SECOND):
        return ""
    return (
        f":root{{{_declared(light(main, second))}}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{_declared(dark(main, second))}}}}}\n"
    )


def _tokens(strong: str, wash: str, second: str, quiet_wash: str, halo: str) -> dict[str, str]:
    return {
        "strong": strong,
        "on-strong": _on(strong),
        "wash": wash,
        "quiet": second,
        "on-quiet": _on(second),
        "quiet-wash": quiet_wash,
        "halo": halo,
    }


def _on(ground: str) -> str:
    """Black or white text, whichever contrasts more: at least 4.58:1 on any ground, and 7:1 on `strong`."""
    return max("#ffffff", "#000000", key=lambda ink: ratio(ink, ground))


def _wash(colour: str, ground: str, share: float, inks: Iterable[str]) -> str:
    """The strongest wash, up to `share`, on which all inks keep their contrast."""
    inks = list(inks)
    while share > 0 and any(ratio(ink, mixed(colour, ground, share)) < ENOUGH for ink in inks):
        share -= 0.01
    return mixed(colour, ground, max(share, 0))


def _halo(colour: str, ring: str, otherwise: str) -> str:
    return colour if ratio(colour, ring) >= RING else otherwise


def _shade(colour: str, fits: Callable[[str], bool], *, lighter: bool) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    end = 1.0 if lighter else 0.0
    for step in range(SHADES + 1):
        shade = _hex(colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / SHADES, saturation))
        if fits(shade):
            return shade
    return "#ffffff" if lighter else "#000000"


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in parts)


def _declared(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())
