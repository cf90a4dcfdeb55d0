"""Verification finds and names every alteration of a hash chain made without the key (property test)."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from consultation.audit.hash_chain import (
    CHAIN_BEGINNING,
    GENESIS,
    ChainEnd,
    ChainLink,
    ChainProblemKind,
    find_chain_problems,
    is_chain_whole,
    is_seal_valid,
    seal_chain_end,
)


def hashed(seq, prev, content):
    return hashlib.sha256(f"{seq}|{prev}|{content}".encode()).hexdigest()


def links_of(rows):
    return [ChainLink(seq, prev, digest, digest == hashed(seq, prev, content)) for seq, prev, digest, content in rows]


def chained(contents, seq=1, prev=GENESIS):
    rows = []
    for content in contents:
        digest = hashed(seq, prev, content)
        rows.append((seq, prev, digest, content))
        seq, prev = seq + 1, digest
    return rows


def end_of(rows):
    return ChainEnd(rows[-1][0], rows[-1][2]) if rows else None


def examined(rows, head):
    """By number, as a database gives them."""
    links = sorted(links_of(rows))
    found = find_chain_problems(links, head)
    assert bool(found) != is_chain_whole(links, head), "the short check and the long one agree"
    return found


def told(found):
    return {(problem.kind, seq) for problem in found for seq in range(problem.seq, problem.last + 1)}


chains = st.lists(st.text(max_size=8), min_size=1, max_size=14).map(chained)


@st.composite
def chain_and_place(draw, smallest=1):
    rows = draw(st.lists(st.text(max_size=8), min_size=smallest, max_size=14).map(chained))
    return rows, draw(st.integers(0, len(rows) - 1))


@given(chains)
def test_a_whole_chain_has_no_problem(rows):
    assert examined(rows, end_of(rows)) == []


@given(chain_and_place(), st.text(max_size=8))
def test_changed_content_is_found_and_named(chain, content):
    rows, at = chain
    seq, prev, digest, before = rows[at]
    if content == before:
        return
    altered = rows[:at] + [(seq, prev, digest, content)] + rows[at + 1 :]
    assert told(examined(altered, end_of(rows))) == {(ChainProblemKind.ALTERED, seq)}


@given(chain_and_place(), st.text(max_size=8))
def test_changed_content_with_a_hash_made_anew_is_found(chain, content):
    rows, at = chain
    seq, prev, _, before = rows[at]
    if content == before:
        return
    altered = rows[:at] + [(seq, prev, hashed(seq, prev, content), content)] + rows[at + 1 :]
    assert told(examined(altered, end_of(rows))) == {(ChainProblemKind.ALTERED, seq)}


@given(chain_and_place(), st.text(max_size=8))
def test_a_chain_made_anew_from_there_on_is_found_by_its_sealed_head(chain, content):
    rows, at = chain
    if content == rows[at][3]:
        return
    forged = rows[:at] + chained([content, *(row[3] for row in rows[at + 1 :])], rows[at][0], rows[at][1])
    assert (ChainProblemKind.ALTERED, rows[-1][0]) in told(examined(forged, end_of(rows)))


@given(chains, st.data())
def test_dropped_entries_are_found_and_named_wherever_they_stood(rows, data):
    gone = data.draw(st.sets(st.sampled_from([row[0] for row in rows]), min_size=1))
    left = [row for row in rows if row[0] not in gone]
    assert told(examined(left, end_of(rows))) == {(ChainProblemKind.DROPPED, seq) for seq in gone}


@given(chain_and_place(smallest=2), st.data())
def test_two_entries_that_changed_places_are_found_and_named(chain, data):
    rows, one = chain
    other = data.draw(st.integers(0, len(rows) - 1).filter(lambda place: place != one))
    moved = list(rows)
    moved[one] = (rows[other][0], *rows[one][1:])
    moved[other] = (rows[one][0], *rows[other][1:])
    assert told(examined(moved, end_of(rows))) == {
        (ChainProblemKind.REORDERED, rows[one][0]),
        (ChainProblemKind.REORDERED, rows[other][0]),
    }


@given(chains, st.text(max_size=8))
def test_an_entry_added_at_the_end_is_found_and_named(rows, content):
    last = end_of(rows)
    more = rows + chained([content], last.seq + 1, last.hash)
    assert told(examined(more, last)) == {(ChainProblemKind.INSERTED, last.seq + 1)}


@given(chain_and_place(), st.text(max_size=8))
def test_an_entry_put_in_between_is_found_and_named(chain, content):
    """Those after it were pushed along."""
    rows, at = chain
    if content == rows[at][3]:
        return
    seq, prev = rows[at][0], rows[at][1]
    pushed = [(row[0] + 1, *row[1:]) for row in rows[at:]]
    found = told(examined(rows[:at] + chained([content], seq, prev) + pushed, end_of(rows)))
    assert (ChainProblemKind.INSERTED, seq) in found
    assert {one for one in found if one[0] == ChainProblemKind.REORDERED} == {
        (ChainProblemKind.REORDERED, row[0]) for row in rows[at:]
    }


@given(chains)
def test_without_a_sealed_head_nothing_is_taken_for_whole(rows):
    assert (ChainProblemKind.UNSEALED, rows[-1][0]) in told(examined(rows, None))


@given(chains, st.data())
def test_any_other_content_of_the_table_is_no_whole_chain(rows, data):
    """No list of what can be done is complete: rows are shuffled, repeated, dropped and changed as they come."""
    pool = [*rows, *chained(["forged", "twice"], 2, rows[0][2])]
    chosen = data.draw(st.lists(st.sampled_from(pool), max_size=14))
    table = {}
    for place, row in enumerate(chosen, start=1):
        seq = data.draw(st.sampled_from([row[0], place]))
        table[seq] = (seq, *row[1:])
    unlike = sorted(table.values()) != sorted(rows)
    assert bool(examined(list(table.values()), end_of(rows))) == unlike


@given(st.integers(1, 10**9), st.text(max_size=64))
def test_a_seal_fits_its_end_alone(seq, digest):
    given_seal = seal_chain_end("one", ChainEnd(seq, digest))
    assert is_seal_valid("one", ChainEnd(seq, digest), given_seal)
    assert not is_seal_valid("two", ChainEnd(seq, digest), given_seal)
    assert not is_seal_valid("one", ChainEnd(seq + 1, digest), given_seal)


def test_an_empty_chain_is_whole_and_an_emptied_one_is_not():
    assert is_chain_whole([], None) and find_chain_problems([], None) == []
    rows = chained(["a", "b"])
    assert told(examined([], end_of(rows))) == {(ChainProblemKind.DROPPED, 1), (ChainProblemKind.DROPPED, 2)}
    assert str(find_chain_problems([], end_of(rows))[0]) == "Entries 1 to 2: it is missing."


def test_a_chain_that_was_shortened_begins_after_its_checkpoint():
    rows = chained(["a", "b", "c", "d"])
    start, links = ChainEnd(2, rows[1][2]), links_of(rows[2:])
    assert is_chain_whole(links, end_of(rows), start) and find_chain_problems(links, end_of(rows), start) == []
    assert not is_chain_whole(links, end_of(rows), CHAIN_BEGINNING)
    assert not is_chain_whole(links, end_of(rows), ChainEnd(2, GENESIS))
    assert find_chain_problems(links, end_of(rows), ChainEnd(2, GENESIS))[0].seq == 3
    assert told(find_chain_problems(links[1:], end_of(rows), start)) == {(ChainProblemKind.DROPPED, 3)}


def test_an_old_key_still_vouches_while_keys_change(settings):
    end = ChainEnd(3, "abc")
    old = seal_chain_end("log", end)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert is_seal_valid("log", end, old)
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_seal_valid("log", end, old)
