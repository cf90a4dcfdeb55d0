"""The quarters of a long consultation that are over: each closed question by the people who answered in that quarter.

Nobody joins a quarter that is over, so noise drawn anew in each release would lead back to its counts. Its figures are
therefore drawn once, in the first release after its end, and later releases carry them on unchanged. The attack that this
withstands is tests/insights/disclosure/test_closed_period_attacks.py.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from consultation.domain.calendar_quarters import Quarter
from insights.disclosure import CountTable
from insights.releases.cross_tabulation import TOTAL, CountedTable, Crowd
from insights.releases.crossed_questions import question_by_key
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import IN_PERIOD


def list_newly_closed(crowd: Crowd, today: date, previous: date | None, needed: int) -> list[Quarter]:
    """Quarters in which somebody answered, over before `today` and not yet over at the `previous` release, oldest first.
    None where all answered in one quarter. None is the last after which fewer than `needed` answered, a number drawn in
    secret: beside the figures of everyone, its own would tell of those few."""
    days = np.array(crowd.days, dtype=np.int64)
    asked = sorted({Quarter.of(date.fromordinal(int(day))) for day in np.unique(days)})
    if len(asked) < 2:
        return []
    found = [one for one in asked if one.last < today and (previous is None or one.last >= previous)]
    while found and 0 < (days > found[-1].last.toordinal()).sum() < needed:
        found.pop()
    return found


def split_by_period(crowd: Crowd, asked: CountedTable, quarter: Quarter) -> CountedTable:
    """The one-way table `asked` of the people who answered in this quarter."""
    days = np.array(crowd.days, dtype=np.int64)
    inside = (days >= quarter.first.toordinal()) & (days <= quarter.last.toordinal())
    behind = {cell: people[inside[people]] for cell, people in asked.behind.items()}
    several = {"base": behind[TOTAL, TOTAL].size, "exclusive": asked.table.exclusive} if asked.table.multi else {}
    table = CountTable.one_way({option: behind[option, TOTAL].size for option, _ in asked.options}, **several)
    return replace(asked, kind=IN_PERIOD, key=question_by_key(quarter.slug, asked.key), table=table, behind=behind)


def carry_on_closed_periods(release: Release, previous: Release | None) -> None:
    """Copy the figures of quarters that an earlier release has, byte for byte."""
    carried = previous.figures.filter(kind=IN_PERIOD) if previous else ()
    Figure.objects.bulk_create(
        Figure(release=release, kind=IN_PERIOD, key=one.key, order=one.order, title=one.title, table=one.table)
        for one in carried
    )
