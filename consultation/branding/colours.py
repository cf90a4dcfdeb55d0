"""Shades of an officer's two colours for the light and dark schemes, with text contrast of 7:1 or more (WCAG 1.4.6).

Colours are "#rrggbb". Ratios are WCAG's contrast ratio, 1 to 21.
"""

import colorsys
from collections.abc import Iterable

DEFAULT_MAIN, DEFAULT_SECOND = "#0b4f5a", "#f2be4a"
TEXT_CONTRAST = 7.0
EDGE_CONTRAST = 3.0  # for focus rings and edges
PAPER, CARD, INK, INK_2 = "#faf7f1", "#ffffff", "#1b2529", "#414d54"
DARK_PAPER, DARK_CARD, DARK_INK, DARK_INK_2 = "#11181b", "#1a2428", "#f2eee6", "#bcc5c6"
SHADES = 60


def relative_luminance(colour: str) -> float:
    """WCAG's relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _split_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix_colours(colour: str, ground: str, share: float) -> str:
    """The colour laid over the ground with opacity `share` (0 to 1)."""
    return _format_hex(
        share * top + (1 - share) * below for top, below in zip(_split_rgb(colour), _split_rgb(ground), strict=True)
    )


def nearest_readable_shade(colour: str, grounds: Iterable[str], *, lighter: bool = False) -> str:
    """The colour itself, or its nearest darker (or lighter) shade that is readable as text on every ground."""
    grounds, end = list(grounds), 1.0 if lighter else 0.0
    hue, lightness, saturation = colorsys.rgb_to_hls(*_split_rgb(colour))
    for step in range(SHADES + 1):
        shade = _format_hex(colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / SHADES, saturation))
        if all(contrast_ratio(shade, ground) >= TEXT_CONTRAST for ground in grounds):
            return shade
    return "#ffffff" if lighter else "#000000"


def build_light_tokens(main: str, second: str) -> dict[str, str]:
    """The values of tokens.css that the two colours change, in the light scheme."""
    quiet_wash = _mix_readable_wash(second, PAPER, 0.28, [INK])
    wash = _mix_readable_wash(main, PAPER, 0.11, [INK, INK_2])
    strong = nearest_readable_shade(main, [PAPER, CARD, wash, quiet_wash])
    halo = second if contrast_ratio(second, INK) >= EDGE_CONTRAST else DEFAULT_SECOND
    return _build_tokens(strong, wash, second, quiet_wash, halo)


def build_dark_tokens(main: str, second: str) -> dict[str, str]:
    """The same for the dark scheme."""
    quiet_wash = _mix_readable_wash(second, DARK_PAPER, 0.2, [DARK_INK])
    wash = _mix_readable_wash(main, DARK_PAPER, 0.45, [DARK_INK, DARK_INK_2])
    strong = nearest_readable_shade(main, [DARK_PAPER, DARK_CARD, wash, quiet_wash], lighter=True)
    return _build_tokens(strong, wash, second, quiet_wash, DARK_PAPER)


def build_colour_stylesheet(main: str, second: str) -> str:
    """CSS to append to tokens.css; empty while both colours are the product's defaults."""
    if (main.lower(), second.lower()) == (DEFAULT_MAIN, DEFAULT_SECOND):
        return ""
    return (
        f":root{{{_declare_properties(build_light_tokens(main, second))}}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{_declare_properties(build_dark_tokens(main, second))}}}}}\n"
    )


def build_print_stylesheet(main: str, second: str) -> str:
    """CSS to put before that of a printed sheet, which has one scheme."""
    return f":root{{{_declare_properties(build_light_tokens(main, second))}}}\n"


def _build_tokens(strong: str, wash: str, second: str, quiet_wash: str, halo: str) -> dict[str, str]:
    return {
        "strong": strong,
        "on-strong": _choose_ink(strong),
        "wash": wash,
        "quiet": second,
        "on-quiet": _choose_ink(second),
        "quiet-wash": quiet_wash,
        "halo": halo,
    }


def _choose_ink(ground: str) -> str:
    """Black or white text, whichever contrasts more: at least 4.58:1 on any ground, and 7:1 on `strong`."""
    return max("#ffffff", "#000000", key=lambda ink: contrast_ratio(ink, ground))


def _mix_readable_wash(colour: str, ground: str, share: float, inks: Iterable[str]) -> str:
    """The strongest wash, up to `share`, on which all inks keep their contrast."""
    inks = list(inks)
    while share > 0 and any(contrast_ratio(ink, mix_colours(colour, ground, share)) < TEXT_CONTRAST for ink in inks):
        share -= 0.01
    return mix_colours(colour, ground, max(share, 0))


def _split_rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _format_hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in parts)


def _declare_properties(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())
