"""Context of a consultation's landing page: its purpose, its promises, and the link to the survey while it is open."""

import re

from django.conf import settings
from django.utils import timezone

from consultation.questionnaires.aftermath import became_of
from consultation.questionnaires.listing import live_languages
from consultation.questionnaires.models import Audience

LEVELS = {"informed": "level.informed", "consulted": "level.consulted"}
LEVELS |= {"collaborated": "level.collaborated", "child-led": "level.led"}
# The query parameter that names the printed short link someone followed: see channels.short_links.
LINK_PARAMETER, LINK_NAME = "w", re.compile(r"[a-z]{4}")
OPEN, COMING, CLOSED = "open", "coming", "closed"
ALONE = 13  # years: younger children are offered the help of an adult


def state_of(source, today=None):
    today = today or timezone.localdate()
    if source.opens and today < source.opens:
        return COMING
    return CLOSED if source.closes and today > source.closes else OPEN


def link_in(request):
    """The name of the printed short link in the address; "" if there is none of that form."""
    name = request.GET.get(LINK_PARAMETER, "") if request is not None else ""
    return name if LINK_NAME.fullmatch(name) else ""


def landing_context(page, request=None):
    """The template context. Dates and level come from the source page: a translation has only its own texts."""
    source = page.source
    version = source.versions.order_by("-number").only("content").first() if source.pk else None
    items = version.content["items"] if version else []
    link, state = link_in(request), state_of(source)
    became = became_of([source], page.locale.language_code).get(source.pk) if source.pk else None
    query = f"?{LINK_PARAMETER}={link}" if link else ""
    return {
        "source": source,
        "state": state,
        "questions": sum(item["type"] != "section" for item in items),
        "has_codes": bool(source.pk) and source.code_batches.filter(off=False).exists(),
        "level_word": LEVELS[source.level],
        "looks_on": still_ahead(source.look_date),
        "promised": still_ahead(source.feedback_date) if became is None or state != CLOSED else None,
        "became": became,
        "moved": _moved(source, page.locale.language_code),
        "answer_moved": _answer_moved(source, page.locale.language_code) if became is None else None,
        "came_by": query,
        "came_by_easy": f"{query}&easy=1" if query else "?easy=1",
        "asks_young": asks_young(source),
        "in_source": _in_source(page, source),
        "language_links": [(each, address + query) for each, address in live_languages(page)] if page.pk else [],
    }


def _moved(source, language):
    """The public notice of a moved last day; None if it was not moved, or was set again in the editor since."""
    kinds = ("longer", "sooner")
    change = source.date_changes.filter(kind__in=kinds).order_by("-pk").first() if source.pk else None
    if change is None or change.was is None or change.now != source.closes:
        return None
    return _said(change, language, f"landing.{change.kind}")


def _answer_moved(source, language):
    """The public notice of a moved day of our answer; None if it was not moved or has passed."""
    change = source.date_changes.filter(kind="answer").order_by("-pk").first() if source.pk else None
    if change is None or change.now != source.feedback_date or not still_ahead(change.now):
        return None
    return _said(change, language, "late.moved")


def _said(change, language, key):
    own, first = change.why.get(language, ""), change.why.get(settings.LANGUAGE_CODE, "")
    return {
        "word": key,
        "was": change.was,
        "now": change.now,
        "why": own or first,
        "own": bool(own),
    }


def _in_source(page, source):
    """Fields of a translated page that equal the source, so that the page marks them as English."""
    if page.pk == source.pk:
        return set()
    return {name for name in ("title", "summary") if getattr(page, name) == getattr(source, name)}


def still_ahead(day):
    """The day, or None once it has passed: the page of decisions then says what became of the promise."""
    return day if day and day >= timezone.localdate() else None


def asks_young(source):
    """Whether children under 13 are asked, who are offered a helper."""
    return source.audience == Audience.CHILDREN and (source.lowest_age or 0) < ALONE
