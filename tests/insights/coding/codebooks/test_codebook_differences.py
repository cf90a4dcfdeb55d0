from insights.coding.codebooks import theme_entry_rows
from insights.coding.codebooks.codebook_overview import find_theme_differences


def row(**fields):
    return theme_entry_rows.normalise_row({"label": "Lights"} | fields)


def words(before, after):
    return [change.words for each in find_theme_differences({1: before}, {1: after}) for change in each.changes]


def test_the_same_words_are_no_difference():
    assert find_theme_differences({1: row()}, {1: row()}) == []


def test_new_and_gone_are_told_by_name():
    found = find_theme_differences({1: row()}, {2: row(label="Buses")})
    assert [(each.kind, each.label) for each in found] == [("added", "Buses"), ("gone", "Lights")]


def test_each_field_says_what_it_was_and_is():
    (each,) = find_theme_differences({1: row(definition="Dark")}, {1: row(definition="Dark paths")})
    (change,) = each.changes
    assert (change.words, change.before, change.after) == ("Changed the definition.", "Dark", "Dark paths")


def test_phrases_are_told_by_what_came_and_went():
    assert words(row(examples=["it is dark", "x"]), row(examples=["x", "no lamps"])) == [
        "Example phrase added: “no lamps”.",
        "Example phrase taken out: “it is dark”.",
    ]
    assert words(row(keywords=["a", "b"]), row(keywords=["b", "a"])) == ["The keywords stand in another order."]


def test_gravity_and_sub_points_are_told_in_words():
    linked = row(gravity=3, links=[{"sub_point": "understand-locations"}], online=True)
    (each,) = find_theme_differences({1: row()}, {1: linked})
    assert [(change.before, change.after) for change in each.changes if change.before] == [
        ("Everyday", "Serious"),
        ("No", "Yes"),
    ]
    assert any("vulnerable people and potential perpetrators" in change.words for change in each.changes)
