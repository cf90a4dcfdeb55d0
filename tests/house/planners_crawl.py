"""Crawls every page of a planner, by links and by the URL conf, so that new pages are included; and extracts an
attacker's view: words, numbers, titles, descriptions, sizes of drawn elements."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import numpy as np
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from scipy.optimize import linprog

ROOMS = ("/insights/", "/api/")
MOST_ALIKE = 4  # pages of one view
SECRETS = re.compile(r"[A-Za-z0-9+/=_-]{30,}")  # tokens and nonces
KEYS = re.compile(r"(?<=/)\d+(?=/)")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?![\w.]?\d)")
PEOPLE = re.compile(r"(\d[\d,]*) people")


class Reader(HTMLParser):
    """Collects links, rows of (label, cells) from tables, and all texts of an SVG."""

    def __init__(self, html):
        super().__init__()
        self.links, self.rows, self.said, self._row, self._inside = [], [], [], None, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "tr":
            self._row = []
        if tag in ("th", "td") and self._row is not None:
            self._row.append("")
        self.said += [given[name] for name in ("aria-label", "title", "alt") if given.get(name)]
        self._inside.append(tag)

    def handle_endtag(self, tag):
        if tag == "tr" and self._row:
            self.rows.append([" ".join(cell.split()) for cell in self._row])
            self._row = None
        while tag in self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data):
        if self._inside and self._inside[-1] in ("title", "desc"):
            self.said.append(data)
        if self._row:
            self._row[-1] += f" {data}"


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
        seen[view] += 1
        pages[path] = Page(path, text_of(response), [query["sql"] for query in found.captured_queries])
        if response["Content-Type"].startswith("text/html"):
            links = (urldefrag(urljoin(path, link)).url for link in Reader(pages[path].body).links)
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


def numbers_of(page, label):
    """Numbers of people beside a label, in rows of tables and sheets and in texts of charts."""
    found = set()
    for cells in _rows(page):
        if any(cell == label or cell.startswith(f"{label} ") for cell in cells):
            beside = " | ".join(cell.removeprefix(label) for cell in cells if cell != label)
            found |= {int(number.replace(",", "")) for number in NUMBER.findall(re.sub(r"\d+ ?%", "", beside))}
    for said in Reader(page.body).said:
        for number in re.findall(rf"{re.escape(label)}: ([\d,]+)(?!\d|%| ?%)", said):
            found.add(int(number.replace(",", "")))
    return found


def _rows(page):
    if page.body.lstrip().startswith("<"):
        return Reader(page.body).rows
    rows = [line.strip('"').split('","') for line in page.body.splitlines()]
    return [row[4:5] + row[6:7] for row in rows if len(row) > 7 and not row[5]] or rows


def bounds(seen, whole, labels, rounding=2):
    """{label: (least, most)} by a linear programme, from the numbers `seen` beside each label and those of the whole."""
    rows, low, high = [], [], []
    unit = np.eye(len(labels))
    for at, label in enumerate(labels):
        for number in seen[label]:
            rows, low, high = [*rows, unit[at]], [*low, number - rounding], [*high, number + rounding]
    if whole is not None:
        rows, low, high = [*rows, np.ones(len(labels))], [*low, whole - rounding], [*high, whole + rounding]
    matrix, limits = np.vstack([-np.array(rows), np.array(rows)]), np.concatenate([-np.array(low), np.array(high)])
    ends = {}
    for at, label in enumerate(labels):
        solved = [linprog(sign * unit[at], A_ub=matrix, b_ub=limits, bounds=(0, 10_000)) for sign in (1, -1)]
        if all(one.status == 0 for one in solved):
            ends[label] = (solved[0].fun, -solved[1].fun)
    return ends
