"""Statistical disclosure control: turns counts of people into figures that may be shown.

`perturb_table()` by cell keys, for our own rules; `protect_table()` by suppression, for one release with exact numbers.
"""

from importlib import import_module

_HOMES = {
    "disclosure_presets": ("PRESETS", "Preset", "list_loosened_rules"),
    "disclosure_rules": ("DEFAULT", "DFE", "HIDDEN", "NHS", "ONS", "ROUNDED", "STRICTEST", "DisclosureRules"),
    "suppression": ("protect_table",),
    "perturbed_tables": ("perturb_table",),
    "protected_tables": ("ProtectedCell", "ProtectedTable", "TableRefused", "CountTable"),
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
