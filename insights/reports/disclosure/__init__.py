"""Disclosure control of figures: a small number never gives a child away.

Plain Python on counts of people. `protect()` turns a table of counts into one that may be shown;
`insights.reports.ledger` keeps figures from being subtracted from one another, between filters and over time.
"""

from importlib import import_module

_HOMES = {
    "presets": ("PRESETS", "Preset", "looser"),
    "rules": ("DEFAULT", "DFE", "HIDDEN", "NHS", "ONS", "Rules"),
    "steady": ("Look", "look", "steady"),
    "suppression": ("protect",),
    "tables": ("Cell", "ProtectedTable", "Refused", "Table", "explain"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name):
    """Import numpy and scipy only in the process that makes a release, never in one that shows pages."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
