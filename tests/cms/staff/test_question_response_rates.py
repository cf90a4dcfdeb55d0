"""Response rates in the question bank come from released figures, are rounded, and hide small numbers."""

from datetime import date

import pytest

from cms.staff.question_response_rates import list_response_rates, rounded_share
from consultation.surveys.starting_points.question_bank import QuestionUse, ResponseRate, find_response_rates
from insights.coding.models import Codebook, CodebookVersion
from insights.releases.models import Figure, Release, ReleaseStatus
from tests import factories


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(90, 100, 90), (93, 100, 95), (91, 100, 90), (100, 95, 100), (29, 100, None),
     (30, 30, 100), (30, None, None), (None, 90, None), (40, 0, None)],
)  # fmt: skip
def test_a_share_is_coarse_and_of_thirty_or_more(part, whole, said):
    assert rounded_share(part, whole) == said


def table(base, refused=None):
    rows = [{"id": "yes", "value": 50, "percent": 60}]
    return {
        "base": base,
        "rows": [*rows, {"id": "not-given", "value": None if refused is None else 12, "percent": refused}],
    }


@pytest.fixture
def page(home):
    return factories.consultation(home, items=[factories.question("a", options=["Yes", "No"])])[0]


@pytest.fixture
def released(page):
    """released(people, **{key: table}): a release that was published, with these figures."""

    def made(people, figures, status=ReleaseStatus.PUBLISHED):
        day = date(2026, 11, 16) if status == ReleaseStatus.PUBLISHED else None
        codebook, _ = Codebook.objects.get_or_create(slug="seed")
        version, _ = CodebookVersion.objects.get_or_create(codebook=codebook, number=1)
        number = Release.objects.count() + 1
        release = Release.objects.create(
            consultation=page, number=number, codebook_version=version, status=status, people=people,
            made_on=date(2026, 11, 16), published_on=day,
        )  # fmt: skip
        for order, (key, frozen) in enumerate(figures.items()):
            Figure.objects.create(release=release, kind="question", key=key, order=order, title=key, table=frozen)

    return made


def test_the_newest_published_release_speaks(page, released):
    released(200, {"a": table(100, 10)})
    released(100, {"a": table(90, 13)})
    released(100, {"a": table(30, 60)}, status=ReleaseStatus.DRAFT)
    assert find_response_rates([QuestionUse(page, "a", True)]) == [ResponseRate(page, 90, 15, True, True)]


def test_small_numbers_and_hidden_ones_are_not_told(page, released):
    released(None, {"a": table(90, None), "b": table(20, 50), "c": {"base": None, "refused": "too few", "rows": []}})
    a, b, c = list_response_rates([QuestionUse(page, key, True) for key in "abc"])
    assert [(one.answered, one.refused) for one in (a, b, c)] == [(None, None)] * 3


def test_where_only_some_were_shown_it_there_is_no_share(page, released):
    released(100, {"a": table(50, 10)})
    (found,) = list_response_rates([QuestionUse(page, "a", False)])
    assert (found.answered, found.refused, found.of_all) == (None, 10, False)


def test_a_grid_says_its_least_answered_row(page, released):
    released(100, {"g:one": table(90, 5), "g:two": table(60, 20)})
    (found,) = list_response_rates([QuestionUse(page, "g", True)])
    assert (found.answered, found.refused) == (60, 20)
    released(100, {"g:one": table(90, 5), "g:two": table(None)})
    (found,) = list_response_rates([QuestionUse(page, "g", True)])
    assert found.answered is None


def test_without_a_release_there_are_no_figures(page):
    assert list_response_rates([QuestionUse(page, "a", True)]) == [ResponseRate(page)]
