"""How the words of a consultation were coded: tables of people, counted, protected and frozen with a release."""

from typing import Any
from uuid import UUID

import numpy as np

from consultation import handover
from insights.coding.models import CodingStatus, MachineReading
from insights.disclosure import CountTable, ProtectedTable, TableRefused, perturb_table, protect_table
from insights.disclosure.perturbation import KEYS
from insights.disclosure.perturbed_tables import build_total
from insights.disclosure.record_keys import make_record_keys
from insights.releases.crossed_questions import CHANNEL
from insights.releases.people import people_with_words
from insights.releases.released_quotes import QUOTED_FROM


def summarise_coding(draft: Any) -> dict[str, Any]:
    """{groups: number of group sessions, "" for none, helped: where ten or more people are shown to have answered with a
    helper}, and where enough people wrote words: {of: people with words, looked: those whose words a coder looked at,
    unread: those with words that the machine could not read}. Each number is "about 75" or "fewer than 5". `draft` is the
    ReleaseDraft."""
    page = draft.consultation
    found: dict[str, Any] = {"groups": _say_sessions(draft)}
    if draft.show_people(draft.crowd.who_chose(CHANNEL, handover.HELPED_CHANNEL)) >= QUOTED_FROM:
        found["helped"] = True
    by_people = CodingStatus.objects.filter(text__version__page=page).values_list("text__respondent", flat=True)
    unreadable = MachineReading.objects.of(page).unreadable().values_list("text__respondent", flat=True)
    everyone = people_with_words(page)
    try:
        looked = _protect_part(draft, set(by_people), everyone)
        unread = _protect_part(draft, set(unreadable), everyone, sensitive=True)
    except TableRefused:
        return found
    said = {"of": looked.total, "looked": looked.cell(0), "unread": unread.cell(0)}
    return found | {name: cell.say() for name, cell in said.items()}


def _say_sessions(draft: Any) -> str:
    sessions, rules = handover.list_group_sessions(draft.consultation), draft.preset.rules
    shown, key = rules.round_figure(len(sessions)), int(make_record_keys(sessions).sum()) % KEYS
    if rules.perturb:
        shown = draft.noise.perturb_count(len(sessions), key)
    return build_total(shown, rules.threshold).say() if sessions else ""


def _protect_part(draft: Any, part: set[UUID], everyone: set[UUID], sensitive: bool = False) -> ProtectedTable:
    """The people of `part` and the rest of `everyone`. `sensitive`: so few that a language could name them."""
    whole, inside = draft.crowd.places(everyone), draft.crowd.places(part & everyone)
    rest, rules = np.setdiff1d(whole, inside), draft.preset.rules
    table = CountTable.one_way({"part": inside.size, "rest": rest.size})
    if not rules.perturb:
        return protect_table(table, rules)
    keys = np.array([[draft.noise.cell_key(people)] for people in (inside, rest, whole)])
    return perturb_table(table, keys, draft.noise, rules, frozenset(table.rows if sensitive else ()))
