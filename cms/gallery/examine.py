"""What axe and a phone's width say of a state that is on the screen."""

from functools import cache
from importlib.resources import files

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_LANGUAGE = (
    "html-has-lang",
    "html-lang-valid",
    "html-xml-lang-mismatch",
    "valid-lang",
    "document-title",
    "link-name",
)
RUN = (
    "options => axe.run(document, options).then(r => r.violations"
    ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def examined(page, look, *, again=False):
    """Findings, one line each. Other colours change contrast alone, and another language (`again`) its words and their
    length, so only these are looked at once more: axe takes longer over a page than all the rest of us."""
    _load(page)
    found = page.evaluate(RUN, {"runOnly": _rules(look, again), "resultTypes": ["violations"]})
    wide = page.evaluate(SIDEWAYS)
    return [*found, *([f"scrolls sideways by {wide} pixels"] if wide > 0 else [])]


def _rules(look, again):
    if look.colours != "light":
        return {"type": "rule", "values": ["color-contrast"]}
    if again:
        return {"type": "rule", "values": list(OF_LANGUAGE)}
    return {"type": "tag", "values": list(AXE_TAGS)}


def _load(page):
    """Run by the debugger, since the page's own policy stops foreign scripts."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
