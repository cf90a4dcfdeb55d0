"""Who may put what on the shelf, and which pages it holds."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

# Pages to come back to: what is read, not what is done.
KEEPABLE = frozenset(
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


def may_keep(by: Any) -> bool:
    return bool(by.has_perm("insights.view_reports"))


def may_change(by: Any, thing: Any) -> bool:
    """One's own alone, however widely it is shared."""
    return may_keep(by) and bool(thing.owner_id == by.pk)


def page_name(address: str) -> str:
    """The name of the page at an address of ours that may be kept, else nothing. No other site, and no verb."""
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
    return match.url_name if match.namespace == "insights" and match.url_name in KEEPABLE else ""
