"""Accessibility scan of the open page with axe, and a check for sideways scrolling."""

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
OF_ROOM = ("target-size", "scrollable-region-focusable")
RUN = (
    "options => axe.run(document, options).then(r => r.violations"
    ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"
)
# A rule of style that sets `display` shows what the attribute hides. The survey's second button to send shows where the
# browser can hide questions, by such a rule.
SHOWN_THOUGH_HIDDEN = (
    "[...document.querySelectorAll('[hidden]:not([hidden=until-found], .end .btn)')].filter(e => e.checkVisibility())"
    ".map(e => 'shown though hidden: ' + (e.id || e.className || e.tagName))"
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _load_axe_source():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def find_page_problems(page, look, *, again=False, crawled=False):
    """Problems, one line each. axe is slow, so repeated scans are partial: contrast alone for other colours, language
    rules alone for another language (`again`), rules of room alone where the crawl runs all on a wide screen (`crawled`).
    """
    inject_axe(page)
    found = page.evaluate(RUN, {"runOnly": _axe_rules(look, again, crawled), "resultTypes": ["violations"]})
    wide = page.evaluate(SIDEWAYS)
    return [*found, *page.evaluate(SHOWN_THOUGH_HIDDEN), *([f"scrolls sideways by {wide} pixels"] if wide > 0 else [])]


def _axe_rules(look, again, crawled):
    if look.colours != "light":
        return {"type": "rule", "values": ["color-contrast"]}
    if again:
        return {"type": "rule", "values": list(OF_LANGUAGE)}
    if crawled:
        return {"type": "rule", "values": list(OF_ROOM)}
    return {"type": "tag", "values": list(AXE_TAGS)}


def inject_axe(page):
    """Injected through the debugger, because the page's CSP blocks foreign scripts."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_load_axe_source())
