"""The page before question 1: what it is for, what happens to answers, and the way in while it is open."""

import re

from django.conf import settings
from django.utils import timezone

from consultation.questionnaires.aftermath import became_of
from consultation.questionnaires.listing import live_languages
from consultation.questionnaires.models import Audience

LEVELS = {"informed": "level.informed", "consulted": "level.consulted"}
LEVELS |= {"collaborated": "level.collaborated", "child-led": "level.led"}
# Which printed link someone came by, in the address of this page and of the survey: see answering.links.
LINK_PARAMETER, LINK_NAME = "w", re.compile(r"[a-z]{4}")
OPEN, COMING, CLOSED = "open", "coming", "closed"
ALONE = 13  # years: below it the help of an adult is offered


def state_of(source, today=None):
    today = today or timezone.localdate()
    if source.opens and today < source.opens:
        return COMING
    return CLOSED if source.closes and today > source.closes else OPEN


def link_in(request):
    """The name of a printed link, when the address has one of its shape."""
    name = request.GET.get(LINK_PARAMETER, "") if request is not None else ""
    return name if LINK_NAME.fullmatch(name) else ""


def landing_context(page, request=None):
    """What the template needs. Dates and level are the source page's: a translation only has words of its own."""
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
    """That the last day is not the one that people were told first, and why; None where it is, or was set anew since."""
    kinds = ("longer", "sooner")
    change = source.date_changes.filter(kind__in=kinds).order_by("-pk").first() if source.pk else None
    if change is None or change.was is None or change.now != source.closes:
        return None
    return _said(change, language, f"landing.{change.kind}")


def _answer_moved(source, language):
    """That the day of our answer is not the one that people were told first, and why."""
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
    """The fields of a translated page that still say the source's words: they are marked as English."""
    if page.pk == source.pk:
        return set()
    return {name for name in ("title", "summary") if getattr(page, name) == getattr(source, name)}


def still_ahead(day):
    """A day that has passed is no promise any more: what became of it stands on the page of decisions."""
    return day if day and day >= timezone.localdate() else None


def asks_young(source):
    """Whether people under 13 are asked too: they are offered a helper."""
    return source.audience == Audience.CHILDREN and (source.lowest_age or 0) < ALONE
