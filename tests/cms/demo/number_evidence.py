"""Follows links from every number on the public pages to its evidence.

A number without one of these grounds is a fault:
- structure: a day, an hour, a page of a list, a rounding rule (STRUCTURE gives each with its reason);
- a figure of a release, shown as evidence with its id: the release holds it, after disclosure control;
- a measure of a decision, shown in an outcome with its id: the ledgered outcome holds it;
- a word of a decision's own record: the ledgered decision, progress note or outcome has the same sentence;
- somebody's own words: a quote that a decision cites, or that two people approved for everyone;
- the count of the decisions listed below it;
- a link in the same item that leads to the same number with a ground of its own.
"""

import re
import unicodedata
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from insights.decisions.models import Citation, Decision, FigureCitation, ProgressNote
from insights.decisions.outcomes.models import ChangePoll, OutcomeEvidence, OutcomeUpdate
from insights.publications.heard_back_figures import heard_back_picture_of
from insights.publications.member_checks.models import Check
from insights.publications.models import Results
from insights.releases.models import Figure, Quote

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
STRUCTURE = [
    (re.compile(rf"\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?"), "a day"),
    (re.compile(r"\b20\d\d\b"), "a year"),
    (re.compile(r"\b\d{1,2}(?::\d\d)? ?(?:am|pm)\b|\b\d{1,2}:\d\d\b"), "an hour"),
    (re.compile(r"\bPage \d+ of \d+"), "a page of a list"),
    (re.compile(r"\bResults \d+, made on"), "which release"),
    (re.compile(r"number under (?:5|10)\b|closest 5\b"), "how figures are protected"),
    (re.compile(r"\b[Ff]or ages \d+ to \d+|\bYears \d+ to \d+|\bunder 13\b"), "whom a survey asks"),
    (re.compile(r"\bnot \d+ yet\b|\bpeople of \d+ and up\b"), "whom a survey asks"),
    (re.compile(r"^\d\d(?:–\d\d|\+)$"), "a band of ages, alone in its element"),
    (re.compile(r"\babout \d+ minutes?\b|\b\d+ questions?\b"), "how long a survey is"),
    (re.compile(r"\bIn 100 people\b|\bin 10 people\b"), "a hundred, as a measure"),
]
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
ITEMS = ["p", "li", "dd", "tr", "figcaption", "summary", "blockquote", "h1", "h2", "h3"]


def numbers(text):
    for pattern, _ in STRUCTURE:
        text = pattern.sub(" ", text)
    return NUMBER.findall(text)


def all_numbers(element):
    """Every number of an element, days and hours too, in whichever digits it is written."""
    text = "".join(str(unicodedata.digit(one, one)) for one in plain(element.get_text(" ")))
    return NUMBER.findall(text)


def plain(text):
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


class Site:
    """The pages as anyone gets them, each fetched once. `alter` plants something in the markup of a page."""

    def __init__(self, client, alter=lambda path, html: html):
        self.client, self.alter, self._pages = client, alter, {}

    def page(self, path):
        path = path.partition("#")[0]
        if path not in self._pages:
            answer = self.client.get(path)
            is_page = answer.status_code == 200 and "text/html" in answer.get("Content-Type", "")
            self._pages[path] = (
                BeautifulSoup(self.alter(path, answer.content.decode()), "html.parser") if is_page else None
            )
        return self._pages[path]

    def walk(self, start, belongs):
        """[(path, main element)] of every page that links lead to from `start`."""
        waiting, seen = [start], set()
        while waiting:
            path = waiting.pop(0)
            if path in seen or (soup := self.page(path)) is None:
                continue
            seen.add(path)
            yield path, soup.main
            for link in soup.find_all("a", href=True):
                target = urljoin(path, link["href"]).partition("#")[0]
                if not urlsplit(target).netloc and belongs(target) and target not in seen:
                    waiting.append(target)

    def target(self, path, href):
        """(the path and the element that a link leads to), None for what is no page of ours."""
        whole = urljoin(path, href)
        if urlsplit(whole).netloc or (soup := self.page(whole)) is None:
            return None
        at = whole.partition("#")[2]
        element = soup.find(id=at) if at else soup.main
        return (whole.partition("#")[0], element) if element is not None else None


class Ground:
    """What stands behind numbers, from the releases and the ledgered record alone."""

    def figures_at(self, path, element):
        """The numbers that the evidence around an element may show; None where it stands in no evidence."""
        around = [element, *element.parents]
        for one in around:
            kind, _, rest = (one.get("id") or "").partition("-")
            if one.name == "details" and (figure := one.find("figure", id=re.compile("^q-"))):
                kind, _, rest = figure["id"].partition("-")  # its summary says what the table in it shows
            if kind in self._kinds and (found := self._kinds[kind](path, rest)) is not None:
                return {str(number) for number in found if number is not None}
            if one.name == "ul" and "facts" in (one.get("class") or []) and "/results/" in path:
                return {str(self._results(path).release.people)}
        return None

    @cached_property
    def _kinds(self):
        return {
            "e": self._citation, "f": self._figure, "v": self._evidence, "t": self._theme, "q": self._question,
            "o": self._outcome,
        }  # fmt: skip

    def _citation(self, path, pk):
        citation = Citation.objects.get(pk=pk)
        themes = citation.release.figures.get(kind="themes", key="all").table
        row = next(row for row in themes["rows"] if row["id"] == str(citation.theme_id))
        return {row["value"], themes["base"]}

    def _figure(self, path, pk):
        citation = FigureCitation.objects.get(pk=pk)
        return {citation.figure.table["base"], *(row["value"] for row in citation.figure.table["rows"])}

    def _evidence(self, path, pk):
        one = OutcomeEvidence.objects.get(pk=pk)
        found = set()
        for release in filter(None, (one.release, one.before)):
            key = {"kind": "themes", "key": "all"} if one.theme_id else {"key": one.question}
            table = release.figures.filter(**key).values_list("table", flat=True).first() or {"rows": []}
            option = str(one.theme_id or one.option)
            found |= {table.get("base"), *(row["value"] for row in table["rows"] if row["id"] == option)}
        change = one.seen.get("change", {})
        return found | {abs(change[name]) for name in ("low", "high") if name in change}

    def _outcome(self, path, pk):
        rows = OutcomeUpdate.objects.get(pk=pk).reached
        return {row[name] for row in rows for name in ("baseline", "target", "value")} if rows else None

    def _theme(self, path, pk):
        table = self._results(path).release.figures.get(kind="themes", key="all").table
        return {row["value"] for row in table["rows"] if row["id"] == pk}

    def _question(self, path, key):
        table = self._table(path, key)
        if table is None:
            return None
        tenths = {round(row["percent"] / 10) for row in table["rows"] if row.get("percent") is not None}
        return {table["base"], *(row["value"] for row in table["rows"]), *tenths}

    def _table(self, path, key):
        if key.startswith("change-"):
            return ChangePoll.objects.get(pk=key.removeprefix("change-")).table
        if key.startswith("check-"):
            return Check.objects.get(pk=key.removeprefix("check-")).picture.table
        results = self._results(path)
        if key == "heard":
            return heard_back_picture_of(results.consultation).table
        asked = results.release.figures.filter(kind__in=["question", "about"])
        figures = {figure.key.replace(":", "-"): figure.table for figure in asked}
        return figures.get(key)

    def _results(self, path):
        slug = path.split("/have-your-say/")[1].split("/")[0]
        return Results.objects.published().filter(consultation__slug=slug).order_by("-number").first()

    @cached_property
    def record(self):
        """Every sentence of the decisions' own record, as one text."""
        said = []
        for decision in Decision.objects.published():
            said += [getattr(decision, name) for name in ("title", "we_asked", "you_said", "we_did", "reason",
                                                          "alternative", "measure")]  # fmt: skip
            said += decision.easy.values()
        said += [words for note in ProgressNote.objects.all() for words in note.words.values()]
        said += [text for one in OutcomeUpdate.objects.published() for text in one.english.values()]
        shown = Results.objects.published().values("release")
        said += Figure.objects.filter(release__in=shown).values_list("title", flat=True)
        said += Citation.objects.exclude(quote=None).values_list("quote__text", flat=True)
        said += Quote.objects.filter(release__in=shown).for_the_public().values_list("text", flat=True)
        return plain(" \n ".join(said))


def ungrounded(site, path, main, ground=None, follow=True):
    """[(number, the text around it)] of a page whose numbers lead to nothing."""
    ground = ground or Ground()
    found = []
    for text in list(main.find_all(string=NUMBER)):
        element = text.parent
        if element.name in ("script", "style", "option") or element.find_parent("a", href=re.compile(r"^(tel|sms):")):
            continue
        if element.name == "a" and element.get("href", "").startswith(("tel:", "sms:")):
            continue
        said = plain(_around(element).get_text(" "))
        for number in set(numbers(plain(text))):
            if not _has_ground(site, path, element, number, said, ground, follow):
                found.append((number, said[:160]))
    return found


def _around(element):
    return element if element.name in ITEMS else element.find_parent(ITEMS) or element


def _has_ground(site, path, element, number, said, ground, follow):
    if "found" in (element.get("id"), getattr(element.parent, "attrs", {}).get("id")):
        return number == str(_listed(site, path))
    shown = ground.figures_at(path, element)
    if shown is not None and number in shown:
        return True
    own = plain(element.get_text(" "))
    if len(own) > len(number) and own.strip("“”") in ground.record:
        return True
    if shown is not None or not follow:
        return False
    links = [element] if element.name == "a" else _around(element).find_all("a", href=True)
    return any(_leads(site, path, link["href"], number, ground) for link in links)


def _leads(site, path, href, number, ground):
    there = site.target(path, href)
    if there is None:
        return False
    where, element = there
    holders = [text.parent for text in element.find_all(string=NUMBER) if number in numbers(plain(text))]
    return any(
        _has_ground(site, where, one, number, plain(one.get_text(" ")), ground, follow=False) for one in holders
    )


def _listed(site, path):
    """How many decisions stand under what was chosen, over all its pages."""
    return sum(
        len(main.select("ul.cards > li.card")) for _, main in site.walk(path, lambda url: _same_choice(url, path))
    )


def _same_choice(url, path):
    chosen = urlsplit(path).query
    return urlsplit(url).path == urlsplit(path).path and urlsplit(url).query.startswith(f"{chosen}&page=")
