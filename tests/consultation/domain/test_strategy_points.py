"""The strategy's points are read in one place, and their order and ids are those of the taxonomy."""

from consultation.domain import strategy_points


def test_each_sub_point_has_a_number_a_strand_and_a_text():
    numbers, strands = strategy_points.number_by_sub_point(), strategy_points.strand_by_sub_point()
    assert len(numbers) == 34 and numbers.keys() == strands.keys() == strategy_points.text_by_sub_point().keys()
    offers = strategy_points.offer_by_sub_point()
    assert offers.keys() == numbers.keys() and all(offers.values())
    assert numbers["understand-problem-profile"] == "1.1" and strands["understand-problem-profile"] == 1


def test_a_choice_reads_back_as_the_link_that_is_frozen():
    for _, choices in strategy_points.build_strategy_choices():
        for value, _ in choices:
            link = strategy_points.parse_strategy_link(value)
            assert strategy_points.build_strategy_links([link["sub_point"]]) == [link]
