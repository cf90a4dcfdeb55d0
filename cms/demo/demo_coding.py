"""Demo of the coding desk: stances, marked sentences, memos, answers without a theme, and saved sets.

The themes of a text do not change, because published figures count them.
"""

import re

from insights.coding.codebooks.theme_history import last_entry_of
from insights.coding.desk.actions import confirm_codes, save_set
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.desk.text_segments import split_into_sentences
from insights.coding.models import Code
from insights.corpus.models import Text

MOST = 40
LONG_WORD = re.compile(r"[a-z]{4,}")
MEMOS = (
    "Says it twice: once as a wish, once as a worry.",
    "The second sentence is the reason. The first is a greeting.",
    "Could be about lights too. I went by the place that it names.",
)
AGAINST = ("not", "no ", "never", "stop", "but", "do not")
OTHER = "A wish that no theme names yet. Shall we talk about it at the next codebook meeting?"
SETS = (
    (
        "officer1",
        "Lights, where the machine is unsure",
        {"theme": "lighting-cctv-guardians", "machine": "unsure"},
        True,
    ),
    ("officer1", "Mine with a note", {"show": "mine", "memo": "1"}, False),
    ("officer2", "No theme names it", {"show": "coded", "nothing": "other"}, True),
)


def fill_coding_desk(page, staff):
    coded = Text.objects.of(page).filter(status__coder=staff["officer1"]).order_by("text")
    for number, text in enumerate(coded[:MOST]):
        memo = MEMOS[number % len(MEMOS)] if number % 7 == 0 else ""
        confirm_with_details(text, memo, staff["officer1"], takes_a_side=number % 9 != 4)
    left = Text.objects.of(page).filter(status=None, codes=None, language="en").order_by("text")
    for number, text in enumerate(left[:4]):
        why = {"nothing": "no_reason"} if number % 2 else {"nothing": "other", "memo": OTHER}
        confirm_codes(text=text, themes=[], by=staff["officer2"], **why)
    for key, name, choices, shared in SETS:
        save_set(consultation=page, name=name, choices=choices, shared=shared, by=staff[key])
    arrange_desk()


def confirm_with_details(text, memo, by, *, takes_a_side):
    """Confirm a text's themes again, with a stance, a memo, and the sentences that name each theme."""
    themes = [code.theme for code in Code.objects.by_people().filter(text=text).select_related("theme")]
    if not themes:
        return
    stance = "disagrees" if any(word in text.text.lower() for word in AGAINST) else "agrees"
    stances = {theme.pk: "mixed" if len(themes) > 1 and theme == themes[-1] else stance for theme in themes}
    confirm_codes(
        text=text,
        themes=themes,
        by=by,
        memo=memo,
        stances=stances if takes_a_side else {},
        spans={theme.pk: find_theme_sentences(text, theme) for theme in themes},
    )


def find_theme_sentences(text, theme):
    """The sentences that share a word of four letters or more with the theme's entry in the codebook."""
    entry = last_entry_of(theme)
    words = set(LONG_WORD.findall(" ".join([entry.label, entry.include, *entry.keywords]).lower()))
    found = split_into_sentences(text.text)
    return [[one.start, one.end] for one in found if words & set(LONG_WORD.findall(one.text.lower()))]
