"""Disclosure control of figures: a small number never gives a child away.

Plain Python on counts of people. `protect()` turns a table of counts into one that may be shown; `differencing`
keeps figures from being subtracted from one another, between filters and over time.
"""

from .differencing import Ledger, carry_forward, enough_new, fingerprints
from .rules import DEFAULT, DFE, NHS, ONS, Rules
from .suppression import protect
from .tables import HIDDEN, Cell, ProtectedTable, Refused, Table, explain

__all__ = [
    "DEFAULT",
    "DFE",
    "HIDDEN",
    "NHS",
    "ONS",
    "Cell",
    "Ledger",
    "ProtectedTable",
    "Refused",
    "Rules",
    "Table",
    "carry_forward",
    "enough_new",
    "explain",
    "fingerprints",
    "protect",
]
