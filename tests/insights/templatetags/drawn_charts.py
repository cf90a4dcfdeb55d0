"""Charts drawn by their tags, and what their tables say."""

import re

from bs4 import BeautifulSoup
from django.template import engines


def draw(tag, **context):
    return BeautifulSoup(engines["django"].from_string("{% load charts %}" + tag).render(context), "html.parser")


def row(label, value, percent=None, low=None, high=None, **more):
    return {"label": label, "value": value, "percent": percent, "low": low, "high": high, **more}


def cells(page, label):
    heading = next(th for th in page.find_all("th", scope="row") if th.get_text(strip=True).startswith(label))
    return heading.find_next_siblings("td")


def words(element):
    return re.sub(r"\s+", " ", element.get_text()).strip()
