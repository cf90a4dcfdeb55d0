"""Make the two perturbation tables of disclosure control anew, and their card. They are committed: a change of them
changes every figure that is released afterwards."""

import json

from django.core.management.base import BaseCommand

from insights.disclosure.entropy_tables import build_table
from insights.disclosure.perturbation import KEYS, TABLES_PATH, PerturbationTable
from insights.releases.release_verification import CERTAIN, LEAST_SHOWN_SHARE

PARTS = {"lasting": (3, 2.75), "fresh": (4, 3.375)}
CARD_PATH = TABLES_PATH.with_name("PERTURBATION_CARD.md")
CARD_HEAD = f"""# Perturbation tables: card

Made by `manage.py build_perturbation_tables`; do not edit by hand.

## What they are for
Each released number of people is changed a little, by a cell key from 0 to 4,095. Two tables say by how much; they serve
the default rules of disclosure control and the strictest ones, not rules that demand exact numbers.

## What they are
For each count the noise of largest entropy with mean 0 and the variance below, as the R package `ptable` makes it. The
lasting part hangs on the people in a figure. The fresh part hangs on the release too, and is added to what the lasting
part leaves. The tables are public; the keys of people come from `RECORD_KEY_SECRET`, and so does the key of each group,
which is added in the figures of that group. Without it the number of everyone and that of one of two groups were equal
where nobody in the other group gave the answer: of nine blanks and one person the answer was found in 92 % of tries, with
it in 33 % (chance 25 %).

## What they promise
The mean of each line is exactly 0. No number becomes negative, and 0 stays 0. Both parts together move a number by at
most 7 people, with a standard deviation of 2.5.

## Limits
Parts need not add up to their total. A count of 1 or 2 that the lasting part makes 0 stays 0.

The best of three attackers (least squares, a linear programme, a Bayesian) hits a hidden count of 1 to 4 more often than the
best constant does: by 3 points in one release (2,000 to 8,000 random systems each). At most 5 points were agreed, and three
releases with 12 more people in each gave 5 to 6. Tables by groups stand in the first release, and then in one with 1.4
times the people of the last that had them: 2 points over two and three releases, 4 over four. With one declared partition
into larger groups (`releases/merged_groups`) no more; only the first four releases may have them. Free unions of each two
columns: more than 10 points in one release.

A count that the oldest of these releases hides is hit no more often where it is hidden still. Where a later one shows it,
it was likely 3 or 4, as of any figure that passes a threshold: it is hit in 39 % over two releases, 40 over three and 45
over four, 7 to 14 points above the best constant of such counts. The newest number alone, scaled back to the people of the
oldest release, hits 35 to 38 %: most of it is what any later release tells of an earlier one. Tried: what a release hides
stays hidden until its number is 8. Over two, three and four releases that gave 0, 7 and 11 points instead of 5, 10 and 13,
of a seventh, a third and half as many counts; until it is 10, 18, 7 and 8 points. So it cures nothing, and a figure would
hang on earlier releases and no more on its people alone: it is a limit that was taken.

Themes by themes and by the answers to a question with two or three of them overlap: 2 points in one release, and with 12
more people in each 6 over two and 11 over four. So they stand in the first release, and then in one with twice the people
of the last that had them: 2 or 3 points over two releases, 3 or 4 over four (6,000 systems). An attacker scales earlier
numbers to the newest release and trusts them the less the more people came. One question alone: 5 over four. A live
picture (a poll), renewed as soon as may be: 4 points in eight pictures, 5 in twelve.

The odds that a hidden cell is empty rise by more than a factor of 5 in 0.3 % of all cells over 1
release, 0.8 % of all cells over 2 and 2.5 % of all cells over 4. Agreed was 1 %, which four releases do not keep. The rest
are cells that are empty or taken for such, with 98 % belief at most; over four releases half of these beliefs are wrong. The
odds that one person is in a cell rise by so much in none. That nobody gave an answer tells of nobody, and noise wide enough
for 1 % would make every figure worse: so the noise stays. Where nearly all of a group said the same, the odds that all did
rise by more than 5 in less than 1 %.

The answer of one who left between two releases, or of one who came with nine known people, is found 6 points more often
than from the margins by the numbers of everyone, 12 to 14 by those of one group too, which how a theme sounds is: at most
15 were agreed. Two questions about the person would make it 20 points, four 28. So tables by groups never stand in two
releases in a row between which so few came: who wants to take the others out must have sent four of ten answers.

Pairs of services overlap, and stand in the first release alone: least squares over all pairs, each service and each answer
gains 3 points in one release, 5 in two, 6 in four.

Closed periods of a long consultation (its quarters) are drawn once, in the first release after their end, and carried on
unchanged: beside four releases by one group they add at most half a point to what least squares hits without them. Drawn
anew in each release their numbers would lead back to the counts: two points more by one group, 7 to 11 in tables of quarters
and answers alone. A quarter is left out where one to nine people answered after it.

Tried first: a lasting part of at most 2 with variance 0.75 and a fresh one of at most 5 with variance 3. Over four releases
that gave 7 points, since their mean led too close to the count. A wider lasting part alone shows who is new: then one person
among nine known ones is found in 40 % of tries and more. So both parts are wide, and the largest noise is still 7.
Each part is needed: with the lasting one alone, that person's answer is found among four in 88 % of tries, with both in 38 %
(chance 25 %); with the fresh one alone, the rounded mean of four releases is a count of 1 to 4 in 40 %, with both in 13 %
(chance 25 %).

## How it was attacked
The limits stand in `consultation/domain/controls.yaml` (sdc, attacks); tests in `tests/insights/disclosure` hold them, each
attack succeeding where the noise is switched off. Attacked as they are: tables of one and two ways with all margins, larger
groups, themes by themes and by answers, over four releases. Attacked in a reduced form: question by group stands for each
two-way table, whatever its two things are; services two by two and quarters are attacked by least squares alone; one who
left, or came with nine blanks, is looked for in one question of four answers. Pages, exports, chart pixels, alternative
texts, API and paging are not attacked one by one: `tests/house/test_one_number_everywhere.py` shows that they tell the same
figures and no other, so an attacker of one has no more than these tables.

## How much is shown
`verify_release` prints `shown_share`: of the larger figures, the share that is told as a number or, in words, as nearly all.
A figure is larger where its true count is 10 or more (15 where sensitive) and each group that it is of has {CERTAIN} people
more than a compared group needs; smaller groups are hidden by rule. At least {100 * LEAST_SHOWN_SHARE:.0f} % of the larger
figures are told.

A line says of how many of the 4,096 keys each noise is taken.
"""


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        tables = {name: build_table(*asked) for name, asked in PARTS.items()}
        TABLES_PATH.write_text(_write_json(tables))
        CARD_PATH.write_text(CARD_HEAD + "".join(_describe_table(name, table) for name, table in tables.items()))
        self.stdout.write(f"{TABLES_PATH.name} and {CARD_PATH.name} are written.")


def _write_json(tables: dict[str, PerturbationTable]) -> str:
    """One line of the file for each line of a table, so that a change is easy to see."""
    parts = [
        f'"{name}": {{"most": {table.most}, "variance": {table.variance}, "lines": [\n  '
        + ",\n  ".join(json.dumps(line) for line in table.lines)
        + "\n]}"
        for name, table in tables.items()
    ]
    return "{" + ",\n".join(parts) + "}\n"


def _describe_table(name: str, table: PerturbationTable) -> str:
    noises = range(-table.most, table.most + 1)
    head = f"\n## The {name} part: at most {table.most}, variance {table.variance}\n\n| count | "
    head += (
        " | ".join(f"{noise:+d}" if noise else "0" for noise in noises) + " |\n" + "|---" * (len(noises) + 1) + "|\n"
    )
    rows = []
    for count, line in enumerate(table.lines):
        label = f"{count} and more" if count == table.most else str(count)
        rows.append(f"| {label} | " + " | ".join(str(keys) for keys in line) + " |\n")
    assert all(sum(line) == KEYS for line in table.lines)
    return head + "".join(rows)
