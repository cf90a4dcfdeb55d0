"""A theme's number is the machine's, corrected by what people read of a random sample, and its interval holds the truth."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.confidence_intervals import Z95
from insights.releases.prevalence import FEWEST_IN_A_STRATUM, Prevalence, Stratum, estimate_prevalence
from tests.insights.coding.evaluation.test_text_engine_evaluation import BOOK, NHS, needs_nhs


@st.composite
def strata(draw):
    def one():
        people = draw(st.integers(0, 400))
        read = draw(st.integers(0, people))
        return Stratum(people, read, draw(st.integers(0, read)))

    return one(), one()


@given(two=strata())
def test_the_interval_holds_the_estimate_and_stays_within_what_is_known(two):
    marked, rest = two
    found = marked.found + rest.found
    without = marked.read + rest.read - found
    one = estimate_prevalence(marked, rest, with_theme=found, without=without)
    assert found <= one.low <= one.high <= marked.people + rest.people - without
    assert one.low - 0.5 <= one.people <= one.high + 0.5


@given(two=strata())
def test_where_everyone_was_read_nothing_is_in_doubt(two):
    marked, rest = (Stratum(one.read, one.read, one.found) for one in two)
    found = marked.found + rest.found
    everyone = marked.people + rest.people
    assert estimate_prevalence(marked, rest, with_theme=found, without=everyone - found) == Prevalence(
        found, found, found
    )


def test_marks_that_people_never_confirm_make_no_number():
    """The machine marked ten people, a person read them all and none was right."""
    one = estimate_prevalence(Stratum(10, 10, 0), Stratum(90, 90, 0), with_theme=0, without=100)
    assert (one.people, one.low, one.high) == (0, 0, 0)


def test_what_the_machine_missed_is_added_by_the_sample():
    one = estimate_prevalence(Stratum(100, 20, 15), Stratum(300, 60, 6), with_theme=21, without=59)
    assert one.people == 75 + 30


def test_what_was_found_outside_the_sample_leaves_the_unread_in_doubt():
    """Five were found outside; of 60 in the sample none. Of the 35 who are unread some may."""
    one = estimate_prevalence(Stratum(0, 0, 0), Stratum(100, 60, 0, unread=35), with_theme=5, without=60)
    assert one.low == 5 < one.high <= 40


def test_drawn_people_whom_nobody_read_widen_the_interval_both_ways():
    whole = Stratum(100, 100, 20).interval()
    assert Stratum(100, 96, 20, missing=4).interval() == pytest.approx((20 / 96, 0.20, 0.24))
    assert Stratum(400, 96, 20, missing=4).interval()[1] == Stratum(400, 100, 20).interval()[1] < whole[1]
    assert Stratum(400, 96, 20, missing=4).interval()[2] == Stratum(400, 100, 24).interval()[2]
    assert Stratum(400, 96, 20, missing=4).merge(Stratum(50, 9, 1, missing=1)).missing == 5


def test_the_interval_holds_the_truth_though_those_who_speak_of_a_theme_wait_longer_to_be_read():
    """Four times as likely to be unread as the others, at worst that many: of 500 samples nearly all hold it."""
    rng, held = np.random.default_rng(4), []
    for _ in range(500):
        says = rng.random(1000) < 0.2
        mark = np.where(says, rng.random(1000) < 0.6, rng.random(1000) < 0.05)
        drawn = np.isin(np.arange(1000), rng.permutation(1000)[:280])
        missing = drawn & (rng.random(1000) < np.where(says, 0.08, 0.02))
        read = drawn & ~missing
        strata = [
            Stratum(*(int(one.sum()) for one in (part, part & read, part & read & says, part & ~read, part & missing)))
            for part in (mark, ~mark)
        ]
        found = int((read & says).sum())
        one = estimate_prevalence(*strata, with_theme=found, without=int(read.sum()) - found)
        held.append(one.low - 0.5 <= says.sum() <= one.high + 0.5)
    assert np.mean(held) >= 0.95


def test_few_sampled_people_in_a_stratum_leave_the_marks_aside():
    few = FEWEST_IN_A_STRATUM - 1
    marked, rest = Stratum(20, few, few), Stratum(380, 76, 0)
    assert estimate_prevalence(marked, rest, with_theme=few, without=76).people == round(400 * few / (76 + few))


def test_it_equals_prediction_powered_inference_with_the_best_weight():
    """The point estimate of PPI++ (Angelopoulos, Duchi and Zrnic 2023): f's mean over all, plus the sample's error of it,
    with the weight that makes the variance smallest. For marks of yes and no the strata give the same, to a person."""
    rng = np.random.default_rng(3)
    for _ in range(200):
        people, size = 4000, 400
        says = rng.random(people) < rng.uniform(0.05, 0.5)
        mark = np.where(says, rng.random(people) < 0.7, rng.random(people) < 0.05)
        sample = rng.permutation(people)[:size]
        covariance = np.cov(says[sample], mark[sample])
        weight = covariance[0, 1] / covariance[1, 1]
        expected = says[sample].mean() + weight * (mark.mean() - mark[sample].mean())
        assert estimate_people(says, mark, sample).people == pytest.approx(people * expected, abs=0.51)


def estimate_people(says, mark, sample):
    read = np.zeros(says.size, dtype=bool)
    read[sample] = True
    strata = [Stratum(*(int((part & of).sum()) for of in (True, read, read & says))) for part in (mark, ~mark)]
    found = int((read & says).sum())
    return estimate_prevalence(*strata, with_theme=found, without=len(sample) - found)


@pytest.mark.slow
@needs_nhs
@pytest.mark.parametrize(("size", "narrower"), [(150, 0.97), (330, 0.95), (1000, 0.93)])
def test_of_500_samples_of_public_comments_at_least_93_percent_of_intervals_hold_the_truth(size, narrower):
    """Over all labels of the NHS comments, marked by a model that knows the codebook alone; and they are narrower than those
    of the sample alone."""
    says, marks = labels_and_marks()
    rng = np.random.default_rng(size)
    held, widths, alone = [], [], []
    for _ in range(500):
        sample = rng.permutation(len(says))[:size]
        for true, mark in zip(says.T, marks.T, strict=True):
            one = estimate_people(true, mark, sample)
            held.append(one.low - 0.5 <= true.sum() <= one.high + 0.5)
            widths.append(one.high - one.low)
            alone.append(width_of_sample_alone(true, sample))
    assert np.mean(held) >= 0.93
    assert np.mean(np.array(widths)) <= narrower * np.mean(alone)


def width_of_sample_alone(says, sample):
    _, low, high = Stratum(says.size, len(sample), int(says[sample].sum())).interval()
    return says.size * (high - low)


def labels_and_marks():
    """(what people coded, what the machine marked): texts x labels."""
    from insights.coding.engine.theme_model import ThemeModel
    from insights.coding.evaluation.text_engine_evaluation import labels_of, read_codebook, read_rows

    rows, book = read_rows(NHS), read_codebook(BOOK)
    labels = sorted({label for row in rows for label in labels_of(row)})
    book += [{"theme": label, "label": label} for label in labels if label not in {row["label"] for row in book}]
    model = ThemeModel.fit(book)
    proposed, _ = model.decide([row["text"] for row in rows], [row["question"] for row in rows])
    theme_of = {row["label"]: row["theme"] for row in book}
    columns = [model.themes.index(theme_of[label]) for label in labels]
    return np.array([[label in labels_of(row) for label in labels] for row in rows]), proposed[:, columns].astype(bool)


def test_a_stratum_without_a_read_person_says_nothing():
    assert Stratum(10, 0, 0).interval() == (0.5, 0.0, 1.0)


def test_the_deviation_is_that_of_the_interval():
    assert Prevalence(50, 50 - Z95, 50 + Z95).deviation == pytest.approx(1)


def test_the_interval_of_a_large_stratum_is_wilsons():
    share, low, high = Stratum(10**9, 100, 30).interval()
    z = Z95**2 / 100
    centre, half = (0.3 + z / 2) / (1 + z), sqrt(z * 0.21 + z * z / 4) / (1 + z)
    assert (share, low, high) == pytest.approx((0.3, centre - half, centre + half), abs=1e-6)
