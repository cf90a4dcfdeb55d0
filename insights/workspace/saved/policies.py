"""Who may save pages and notes, and which pages can be saved."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

# Pages to read, not actions.
SAVEABLE_PAGES = frozenset(
    {
        "home",
        "consultations",
        "consultation",
        "question",
        "report",
        "theme",
        "themes",
        "quote",
        "compare",
        "coverage",
        "coverage-gaps",
        "point",
        "decisions",
        "decision",
        "ledger",
    }
)


def may_save_pages(by: Any) -> bool:
    return bool(by.has_perm("insights.view_reports"))


def may_change_saved(by: Any, thing: Any) -> bool:
    """Only the owner, even when it is shared."""
    return may_save_pages(by) and bool(thing.owner_id == by.pk)


def saveable_page_name(address: str) -> str:
    """The URL name of a page of this site that may be saved, else "" (other sites, actions, broken addresses)."""
    try:
        parts = urlsplit(address)
    except ValueError:  # half an IPv6 address, say
        return ""
    if parts.scheme or parts.netloc or not parts.path.startswith("/insights/") or set("\\\0") & set(address):
        return ""
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    return match.url_name if match.namespace == "insights" and match.url_name in SAVEABLE_PAGES else ""
