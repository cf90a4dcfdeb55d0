"""Crawls every page of a planner, by links and by the URL conf, so that new pages are included; and reads the
words of pages, sheets and PDFs."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

ROOMS = ("/insights/", "/api/")
MOST_ALIKE = 4  # pages of one view
SECRETS = re.compile(r"[A-Za-z0-9+/=_-]{30,}")  # tokens and nonces
KEYS = re.compile(r"(?<=/)\d+(?=/)")


class LinkReader(HTMLParser):
    """Collects the links of a page."""

    def __init__(self, html):
        super().__init__()
        self.links = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (link := dict(attrs).get("href")):
            self.links.append(link)


@dataclass
class Page:
    path: str
    body: str
    queries: list = field(repr=False)

    @property
    def words(self):
        """All words of a page without order, since quotes come in a random one."""
        return Counter(re.findall(r"[\w.%-]+", KEYS.sub("N", SECRETS.sub("", self.body))))


def crawl(client, samples, rooms=ROOMS, alike=MOST_ALIKE):
    """{path: page} of a planner's pages. `samples` are values for the converters of addresses, by the parameter's name
    or kind; `rooms` are prefixes of addresses; `alike` is the number of pages of one view."""
    waiting = [path for path in ["/insights/", *_addresses(samples)] if path.startswith(rooms)]
    pages, seen = {}, Counter()
    while waiting:
        path = waiting.pop(0)
        view = KEYS.sub("N", urlsplit(path).path)
        if path in pages or seen[view] >= alike:
            continue
        connection.queries_log.clear()  # Django keeps the last 9,000, and says nothing when there are more
        with CaptureQueriesContext(connection) as found:
            response = client.get(path)
        if response.status_code != 200:
            continue
        assert not path.startswith("/insights/") or "no-store" in response["Cache-Control"], path
        seen[view] += 1
        pages[path] = Page(path, text_of(response), [query["sql"] for query in found.captured_queries])
        if response["Content-Type"].startswith("text/html"):
            links = (urldefrag(urljoin(path, link)).url for link in LinkReader(pages[path].body).links)
            waiting += [link for link in links if link.startswith(rooms)]
    return pages


def text_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response["Content-Type"]
    if "pdf" in kind:
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as sheets:
            return "\n".join(
                sheets.read(name).decode("utf-8", "replace")
                for name in sorted(sheets.namelist())
                if "docProps" not in name
            )
    return body.decode("utf-8", "replace")


def _addresses(samples):
    found = []
    for name, pattern in _routes(get_resolver()):
        converters = pattern.pattern.converters
        given = {key: samples.get(key, samples.get(type(kind).__name__)) for key, kind in converters.items()}
        if None not in given.values():
            try:
                found.append(reverse(name, kwargs=given))
            except NoReverseMatch:
                continue
    return sorted({path for path in found if path.startswith(ROOMS)})


def _routes(resolver, spaces=()):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern
