"""The launch checklist: results of all readiness checks, and people's ticks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.db import transaction

from cms.launch.items import groups
from cms.launch.models import LaunchTick
from consultation.ready import CHECKS, Check, Found

HOUSE = ("consultation", "insights", "cms")
# Checks that must exist; one that no module registers is reported as missing.
EXPECTED = {
    "backup": "The last backup is fresh and sealed",
    "rota": "A safeguarding lead and a backup are on duty today",
}
BY_ITSELF = "Checked by the site itself"


@dataclass(frozen=True)
class Row:
    key: str
    title: str
    ok: bool
    says: str = ""
    help: str = ""
    lapses: bool = False
    by_person: bool = False
    tick: LaunchTick | None = None
    before: list[LaunchTick] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]
    help: str = ""

    @property
    def done(self) -> int:
        return sum(row.ok for row in self.rows)


def discover() -> None:
    """Import ready.py of every package, which registers its checks."""
    for house in HOUSE:
        for found in iter_modules(import_module(house).__path__):
            if found.ispkg and find_spec(f"{house}.{found.name}.ready"):
                import_module(f"{house}.{found.name}.ready")


def sections() -> list[Section]:
    return [*_by_itself(), *_by_people()]


def rows_of(found: list[Section]) -> Iterator[Row]:
    return (row for section in found for row in section.rows)


def _by_itself() -> list[Section]:
    discover()
    made: dict[str, list[Row]] = {}
    for check in CHECKS.values():
        made.setdefault(check.group or BY_ITSELF, []).append(_row(check))
    missing = [Row(key, title, ok=False, says="No room answers this yet.") for key, title in EXPECTED.items()]
    made.setdefault(BY_ITSELF, []).extend(row for row in missing if row.key not in CHECKS)
    return [Section(title, rows) for title, rows in made.items()]


def _row(check: Check) -> Row:
    try:
        with transaction.atomic():  # on PostgreSQL a failed query would break the outer transaction
            found = check.run()
    except Exception as error:  # one broken check must not hide the others
        found = Found(False, f"This could not be checked ({type(error).__name__}).")
    return Row(check.key, check.title, found.ok, found.says, lapses=check.lapses)


def _by_people() -> list[Section]:
    standing: dict[str, LaunchTick] = {}
    before: dict[str, list[LaunchTick]] = {}
    for tick in LaunchTick.objects.select_related("ticked_by", "undone_by"):
        if tick.undone_on is None:
            standing[tick.item] = tick
        else:
            before.setdefault(tick.item, []).append(tick)
    return [
        Section(
            group.title,
            [
                Row(
                    item.key,
                    item.title,
                    ok=item.key in standing,
                    help=item.help,
                    by_person=True,
                    tick=standing.get(item.key),
                    before=before.get(item.key, []),
                )
                for item in group.items
            ],
            group.help,
        )
        for group in groups()
    ]
