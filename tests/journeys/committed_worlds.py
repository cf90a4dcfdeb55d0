"""Worlds of tests that commit, for a live server: made once, and brought back as a copy of the whole database."""

import contextlib
import sqlite3

from django.db import connection

_kept = {}


def once(name, make):
    """Make a world on the base database the first time, and bring it back later; on PostgreSQL make it each time."""
    if connection.vendor != "sqlite":
        make()
    elif name in _kept:
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target:
            target.execute("PRAGMA synchronous=OFF")
            _kept[name].backup(target)
    else:
        make()
        _kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept[name])
