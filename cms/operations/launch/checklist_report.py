"""The launch checklist: results of all readiness checks, and people's ticks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.operations.launch.launch_items import list_launch_groups
from cms.operations.launch.models import LaunchTick
from consultation.readiness import ReadinessCheck, list_readiness_checks

# Checks that must exist; one that no receiver answers is reported as missing.
EXPECTED = {
    "backup": "The last backup is fresh, sealed and verified",
    "rota": "A safeguarding lead and a backup are on duty today",
}
AUTOMATIC_TITLE = "Checked by the site itself"


@dataclass(frozen=True)
class ChecklistRow:
    key: str
    title: str
    ok: bool
    says: str = ""
    help: str = ""
    lapses: bool = False
    by_person: bool = False
    by_operator: bool = False  # only the person who runs the server can mend it
    tick: LaunchTick | None = None
    before: list[LaunchTick] = field(default_factory=list)


@dataclass(frozen=True)
class ChecklistSection:
    title: str
    rows: list[ChecklistRow]
    help: str = ""

    @property
    def done(self) -> int:
        return sum(row.ok for row in self.rows)


def list_checklist_sections() -> list[ChecklistSection]:
    return [*_list_automatic_sections(), *_list_manual_sections()]


def list_checklist_rows(found: list[ChecklistSection]) -> Iterator[ChecklistRow]:
    return (row for section in found for row in section.rows)


def _list_automatic_sections() -> list[ChecklistSection]:
    made: dict[str, list[ChecklistRow]] = {}
    checks = {check.key: check for check in list_readiness_checks()}
    for check in checks.values():
        made.setdefault(check.group or AUTOMATIC_TITLE, []).append(_build_check_row(check))
    missing = [ChecklistRow(key, title, ok=False, says="No room answers this yet.") for key, title in EXPECTED.items()]
    made.setdefault(AUTOMATIC_TITLE, []).extend(row for row in missing if row.key not in checks)
    return [ChecklistSection(title, rows) for title, rows in made.items()]


def _build_check_row(check: ReadinessCheck) -> ChecklistRow:
    found = check.run_safely()
    by_operator = bool(found.mend) and not found.ok
    return ChecklistRow(check.key, check.title, found.ok, found.says, lapses=check.lapses, by_operator=by_operator)


def _list_manual_sections() -> list[ChecklistSection]:
    standing: dict[str, LaunchTick] = {}
    before: dict[str, list[LaunchTick]] = {}
    for tick in LaunchTick.objects.select_related("ticked_by", "undone_by"):
        if tick.undone_on is None:
            standing[tick.item] = tick
        else:
            before.setdefault(tick.item, []).append(tick)
    return [
        ChecklistSection(
            group.title,
            [
                ChecklistRow(
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
        for group in list_launch_groups()
    ]
