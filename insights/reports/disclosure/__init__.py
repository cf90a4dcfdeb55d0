"""Statistical disclosure control of one table: `protect()` turns counts of people into figures that may be shown.

`insights.reports.ledger` guards against differencing between tables and over time.
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
    """Import on demand, so that processes that only show pages do not load numpy and scipy."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
