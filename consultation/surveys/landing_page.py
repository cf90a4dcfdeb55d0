"""Context of a consultation's landing page: its purpose, its promises, and the link to the survey while it is open."""

import re

from django.conf import settings
from django.utils import timezone

from consultation.surveys.consultation_outcome import find_outcomes
from consultation.surveys.consultation_state import find_state_for_visitors
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.type_registry import type_of

LEVELS = {"informed": "level.informed", "consulted": "level.consulted"}
LEVELS |= {"collaborated": "level.collaborated", "child-led": "level.led"}
# The query parameter that names the printed short link someone followed: see channels.short_links.
LINK_PARAMETER, LINK_NAME = "w", re.compile(r"[a-z]{4}")


def find_link_name(request):
    """The name of the printed short link in the address; "" if there is none of that form."""
    name = request.GET.get(LINK_PARAMETER, "") if request is not None else ""
    return name if LINK_NAME.fullmatch(name) else ""


def count_questions_at_most(items):
    """{"questions": their number, "count_word": the interface text that says it}. Where the survey branches, some people
    are asked fewer."""
    branches = any(item.get("show_if") for item in items)
    return {
        "questions": sum(type_of(item).is_question for item in items),
        "count_word": "landing.upto" if branches else "landing.count",
    }


def build_landing_context(page, request=None):
    """The template context. Dates and level come from the source page: a translation has only its own texts."""
    source = page.source
    version = source.versions.order_by("-number").only("content").first() if source.pk else None
    items = version.content["items"] if version else []
    link, state = find_link_name(request), find_state_for_visitors(source)
    language = page.locale.language_code
    became = find_outcomes([source], language).get(source.pk) if source.pk else None
    query = f"?{LINK_PARAMETER}={link}" if link else ""
    copied = [name for name in ("title", "summary") if getattr(page, name) == getattr(source, name)]
    return {
        "source": source,
        "state": state,
        **count_questions_at_most(items),
        "has_codes": bool(source.pk) and source.code_batches.filter(off=False).exists(),
        "level_word": LEVELS[source.level],
        "looks_on": drop_past_day(source.look_date),
        "promised": drop_past_day(source.feedback_date) if became is None or not state.is_over else None,
        "became": became,
        "moved": _describe_moved_day(source, language, ("longer", "sooner"), source.closes),
        "answer_moved": _describe_moved_day(source, language, ("answer",), drop_past_day(source.feedback_date))
        if became is None
        else None,
        "came_by": query,
        "came_by_easy": f"{query}&easy=1" if query else "?easy=1",
        "came_by_letters": f"{query}&letters=1" if query else "?letters=1",
        "asks_young": source.asks_under_13s,
        # Texts that a translated page only copied are marked as English.
        "in_source": set(copied) if page.pk != source.pk else set(),
        "language_links": [(each, address + query) for each, address in list_live_languages(page)] if page.pk else [],
    }


def _describe_moved_day(source, language, kinds, day):
    """The public notice of a moved day; None if it was not moved, or was set again in the editor since."""
    change = source.date_changes.filter(kind__in=kinds).order_by("-pk").first() if source.pk else None
    if change is None or change.was is None or change.now != day:
        return None
    word = "late.moved" if change.kind == "answer" else f"landing.{change.kind}"
    own, first = change.why.get(language, ""), change.why.get(settings.LANGUAGE_CODE, "")
    return {"word": word, "was": change.was, "now": change.now, "why": own or first, "own": bool(own)}


def drop_past_day(day):
    """The day, or None once it has passed: the page of decisions then says what became of the promise."""
    return day if day and day >= timezone.localdate() else None
