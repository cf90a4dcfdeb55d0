"""What axe and a phone's width say of a state that is on the screen."""

from functools import cache
from importlib.resources import files

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = (
    "options => axe.run(document, options).then(r => r.violations"
    ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def examined(page, look):
    """Findings, one line each. Other colours change contrast alone, so only that is looked at again."""
    dark = look.colours != "light"
    only = {"type": "rule", "values": ["color-contrast"]} if dark else {"type": "tag", "values": list(AXE_TAGS)}
    _load(page)
    found = page.evaluate(RUN, {"runOnly": only, "resultTypes": ["violations"]})
    wide = page.evaluate(SIDEWAYS)
    return [*found, *([f"scrolls sideways by {wide} pixels"] if wide > 0 else [])]


def _load(page):
    """Run by the debugger, since the page's own policy stops foreign scripts."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
