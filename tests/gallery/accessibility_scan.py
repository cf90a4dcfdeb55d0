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
# Contrast took more time than all other rules: it is measured on one text of each kind, by classes, colours and size.
RUN = """async ([runOnly, contrast]) => {
    const ofKind = {}, found = [];
    const painted = one => (style => style.backgroundColor + style.backgroundImage)(getComputedStyle(one));
    for (const text of contrast ? document.querySelectorAll("body *") : []) {
        const { width, height } = text.getBoundingClientRect(), style = getComputedStyle(text);
        if (![...text.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
        if (width < 2 || height < 2 || !text.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
        let behind = text;
        while (behind.parentElement && painted(behind) === "rgba(0, 0, 0, 0)none") behind = behind.parentElement;
        ofKind[[text, text.parentElement].map(each => each.tagName + each.className) + painted(behind)
            + style.color + style.fontSize + style.fontWeight + style.opacity] ??= text;
    }
    const run = async (what, options) => {
        const { violations } = await axe.run(what, { ...options, resultTypes: ["violations"] });
        found.push(...violations.map(one => one.id + ": " + one.nodes.map(node => node.target.join(" ")).join(", ")));
    };
    if (runOnly) await run(document, { runOnly, rules: { "color-contrast": { enabled: false } } });
    const include = Object.values(ofKind);
    if (include.length) await run({ include }, { runOnly: { type: "rule", values: ["color-contrast"] } });
    return found;
}"""
# A rule of style that sets `display` shows what the attribute hides. The survey's second button to send shows where the
# browser can hide questions, by such a rule.
SHOWN_THOUGH_HIDDEN = (
    "[...document.querySelectorAll('[hidden]:not([hidden=until-found], .end .btn)')].filter(e => e.checkVisibility())"
    ".map(e => 'shown though hidden: ' + (e.id || e.className || e.tagName))"
)
# Words that stand beside their card, form or table cell, though the page as a whole does not scroll.
TEXT_OUTSIDE_ITS_BOX = """() => {
    const found = [], cells = "td, th", boxes = ".card, .chart, fieldset, section, article, form, li, main";
    const texts = document.createTreeWalker(document.querySelector("main") || document.body, NodeFilter.SHOW_TEXT);
    const isClipped = one => {
        if (!one || one === document.body) return false;
        const style = getComputedStyle(one);
        return style.overflowX !== "visible" || style.position === "absolute" || isClipped(one.parentElement);
    };
    for (let text; (text = texts.nextNode());) {
        const around = text.parentElement, words = document.createRange();
        if (!text.data.trim() || !around.checkVisibility({ visibilityProperty: true }) || around.closest("svg")) continue;
        words.selectNodeContents(text);
        const { left, right, width } = words.getBoundingClientRect();
        const isOutside = box => {
            const edges = box.getBoundingClientRect();
            return right > edges.right + 3 || left < edges.left - 3;
        };
        const holders = [around.closest(cells), around.closest(boxes)].filter(Boolean);
        if (width > 1 && holders.some(isOutside) && !isClipped(around))
            found.push("outside its box: " + text.data.trim().slice(0, 40));
    }
    return found;
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _load_axe_source():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def find_page_problems(page, look, *, again=False, crawled=False):
    """Problems, one line each. axe is slow, so repeated scans are partial: contrast alone for other colours, language
    rules alone for another language (`again`), rules of room alone where the crawl runs all on a wide screen (`crawled`).
    """
    rules = () if look.colours != "light" else OF_LANGUAGE if again else OF_ROOM if crawled else None
    found = run_axe(page, rules, contrast=not rules)
    wide = page.evaluate(SIDEWAYS)
    found += page.evaluate(SHOWN_THOUGH_HIDDEN) + page.evaluate(TEXT_OUTSIDE_ITS_BOX)
    return [*found, *([f"scrolls sideways by {wide} pixels"] if wide > 0 else [])]


def findings(page, contrast=True):
    """Findings of all of axe's rules, one line each, what is shown though it is hidden, and words outside their box."""
    return run_axe(page, contrast=contrast) + page.evaluate(SHOWN_THOUGH_HIDDEN) + page.evaluate(TEXT_OUTSIDE_ITS_BOX)


def run_axe(page, rules=None, contrast=False):
    """Findings of these rules, or of all but contrast. axe is injected through the debugger, because the page's CSP blocks
    foreign scripts."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_load_axe_source())
    only = {"type": "tag", "values": AXE_TAGS} if rules is None else {"type": "rule", "values": rules}
    return page.evaluate(RUN, [only if only["values"] else None, contrast])
