"""The forms that pages show to a person who follows links."""

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import Resolver404, resolve

STARTS = {
    True: ("/insights/", "/staff/", "/accounts/", "/staff/reading/", "/staff/safeguarding/"),
    False: ("/en/", "/ur/", "/en/panel/", "/en/kiosk/", "/accounts/login/", "/accounts/password/reset/"),
}  # of somebody who has signed in, and of nobody: whose forms are the same for everybody
MOST_PAGES = 400
ALIKE = 2  # pages of one route: a list with rows and one without show other forms
SLUG = re.compile(r"(?<=/have-your-say/)[^/]+|(?<=/news/)[^/]+")
LEAVES = ("/accounts/logout/", "/staff/logout/")


@dataclass
class Form:
    page: str
    method: str
    action: str
    values: dict = field(default_factory=dict)
    files: list = field(default_factory=list)


def read_forms(path, page):
    for tag in page.find_all("form"):
        action = urldefrag(urljoin(path, tag.get("action") or path)).url
        form = Form(path, tag.get("method", "get").lower(), action)
        for part in tag.select("input[name], select[name], textarea[name], button[name]"):
            read_control(form, part)
        yield form


def read_control(form, part):
    name, kind = part["name"], part.get("type", "")
    if kind == "file":
        form.files.append(name)
    elif part.name == "select":
        form.values[name] = [option.get("value", "") for option in part.find_all("option")]
    elif part.name == "textarea":
        form.values[name] = [part.get_text()]
    else:
        form.values.setdefault(name, []).append(part.get("value", "on"))


def find_forms(client, signed_in):
    """Forms of every kind of page that links lead to, one of each action and set of fields."""
    waiting, routes, found, pages = list(STARTS[signed_in]), {}, {}, 0
    while waiting and pages < MOST_PAGES:
        path = waiting.pop(0)
        route = route_of(path)
        if route is None or routes.get(route, 0) >= ALIKE or path.startswith(LEAVES):
            continue
        routes[route] = routes.get(route, 0) + 1
        with rolled_back():
            reply = client.get(path, follow=True)
        if reply.status_code != 200 or reply.streaming or not reply["Content-Type"].startswith("text/html"):
            continue
        pages += 1
        page, here = BeautifulSoup(reply.content, "html.parser"), reply.request["PATH_INFO"]
        for form in read_forms(here, page):
            if not urlsplit(form.action).netloc and not form.action.startswith(LEAVES):
                found.setdefault((form.method, route_of(form.action), *sorted(form.values), *form.files), form)
        links = (urldefrag(urljoin(here, link["href"])).url for link in page.select("a[href]"))
        waiting += [link for link in links if link.startswith(tuple({start[:3] for start in STARTS[signed_in]}))]
    return list(found.values())


def route_of(path):
    try:
        found = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return None
    of_a_page = found.url_name == "wagtail_serve"  # Wagtail has one route for all pages
    return SLUG.sub("N", urlsplit(path).path) if of_a_page else found.route


class rolled_back:  # noqa: N801  (reads as a sentence)
    def __enter__(self):
        self.within = transaction.atomic()
        self.within.__enter__()

    def __exit__(self, *failure):
        if failure[0] is None:
            transaction.set_rollback(True)
        self.within.__exit__(*failure)
