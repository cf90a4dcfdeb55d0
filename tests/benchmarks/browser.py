"""The cost of a first visit in a real browser, measured by the browser (Chrome DevTools Protocol)."""

from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.missing_programs import CHROMIUM


class Wire:
    """Every request of a page, with its bytes as they came over the wire, headers included."""

    def __init__(self, context, page, address):
        self.home = urlsplit(address).netloc
        self.urls, self.bytes = [], 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event):
        url = event["request"]["url"]
        if not url.startswith(("data:", "blob:", "about:")):
            self.urls.append(url)

    def _finished(self, event):
        self.bytes += int(event["encodedDataLength"])

    def fetch_icon(self, page):
        """Count the page's icon, which a browser with a window asks for on a first visit and one without does not."""
        page.evaluate("() => fetch(document.querySelector('link[rel=icon]').href).then((answer) => answer.blob())")
        page.wait_for_load_state("networkidle")

    @property
    def other_hosts(self):
        return sorted({urlsplit(url).netloc for url in self.urls} - {self.home})


def first_visit(address, path):
    """A phone that was never here opens the survey; afterwards it answers and sends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        wire = Wire(context, page, address)
        page.goto(address + path, wait_until="networkidle")
        wire.fetch_icon(page)
        opened = {"bytes": wire.bytes, "requests": len(wire.urls)}
        _send(page)
        visit = {
            **opened,
            "cookies": len(context.cookies()),
            "other_hosts": len(wire.other_hosts),
            "bytes_with_send": wire.bytes,
            "requests_with_send": len(wire.urls),
        }
        browser.close()
    return visit


def _send(page):
    """The first choice of the first question, and Send: all of it is in the document already."""
    page.locator("form.ask input[type=radio], form.ask input[type=checkbox]").first.check(force=True)
    page.goto(page.url.partition("#")[0] + "#check")
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="We have your answers").wait_for()
    page.wait_for_load_state("networkidle")
