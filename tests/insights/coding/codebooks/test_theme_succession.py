"""Theme succession, without a database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from insights.coding.codebooks.theme_succession import (
    PlainThemeAct,
    ThemeSuccession,
    later_act_building_on,
    trace_successions,
)

A, B, C, D, E = range(1, 6)


def test_what_no_act_touches_stays():
    assert trace_successions([A, B], [PlainThemeAct("merge", B, (A,))])[A] == ThemeSuccession("stays", (A,))


def test_a_theme_merged_twice_ends_in_the_last():
    assert trace_successions([A], [PlainThemeAct("merge", A, (B,)), PlainThemeAct("merge", B, (C,))])[
        A
    ] == ThemeSuccession("merge", (C,))


def test_a_merged_theme_whose_heir_is_retired_is_retired():
    assert trace_successions([A], [PlainThemeAct("merge", A, (B,)), PlainThemeAct("retire", B)])[A] == ThemeSuccession(
        "retire"
    )


def test_a_split_asks_for_each_part():
    assert trace_successions([A], [PlainThemeAct("split", A, (B, C))])[A] == ThemeSuccession("split", (B, C))


def test_a_part_that_is_retired_leaves_the_other_to_be_asked_about():
    """The text may have been about the part that is gone: nobody guesses."""
    assert trace_successions([A], [PlainThemeAct("split", A, (B, C)), PlainThemeAct("retire", C)])[
        A
    ] == ThemeSuccession("split", (B,))


def test_parts_that_come_together_again_need_no_person():
    deeds = [PlainThemeAct("split", A, (B, C)), PlainThemeAct("merge", B, (D,)), PlainThemeAct("merge", C, (D,))]
    assert trace_successions([A], deeds)[A] == ThemeSuccession("merge", (D,))


def test_a_move_changes_no_code():
    assert trace_successions([A], [PlainThemeAct("move", A)])[A] == ThemeSuccession("stays", (A,))


def test_an_act_is_needed_by_a_later_one_on_its_heir():
    first, later = PlainThemeAct("merge", A, (B,)), PlainThemeAct("split", B, (C, D))
    assert later_act_building_on(first, [later]) == later
    assert later_act_building_on(first, [PlainThemeAct("retire", E)]) is None


@st.composite
def drafts(draw):
    """Codebook acts as a draft allows them: on existing themes, into existing or new ones."""
    here, fresh, deeds = [1, 2, 3, 4, 5], 6, []
    for _ in range(draw(st.integers(0, 8))):
        if not here:
            break
        theme = draw(st.sampled_from(here))
        kind = draw(st.sampled_from(["merge", "split", "move", "retire"]))
        others = [other for other in here if other != theme]
        if kind == "merge" and not others:
            continue
        into = ()
        if kind == "merge":
            into = (draw(st.sampled_from(others)),)
        elif kind == "split":
            into = (fresh, fresh + 1)
            fresh += 2
        if kind != "move":
            here = [*others, *(new for new in into if new not in others)]
        deeds.append(PlainThemeAct(kind, theme, into))
    return here, deeds


@settings(max_examples=60)
@given(drafts())
def test_whatever_is_done_codes_end_on_themes_that_are_there(draft):
    here, deeds = draft
    for theme, fate in trace_successions([1, 2, 3, 4, 5], deeds).items():
        assert set(fate.into) <= set(here)
        assert (fate.outcome == "stays") == (theme in here)
        assert (fate.outcome == "retire") == (not fate.into)
        assert fate.outcome != "merge" or len(fate.into) == 1


@settings(max_examples=60)
@given(drafts(), st.integers(0, 8))
def test_two_versions_do_what_one_would_have_done(draft, cut):
    """Acts in one version or spread over two: a code ends in the same place."""
    _, deeds = draft
    whole = trace_successions([1, 2, 3, 4, 5], deeds)
    first = trace_successions([1, 2, 3, 4, 5], deeds[:cut])
    for theme, fate in first.items():
        then = trace_successions(fate.into, deeds[cut:])
        ends = {end for part in fate.into for end in then[part].into}
        assert ends == set(whole[theme].into)
