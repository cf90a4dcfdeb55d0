from insights.coding.engine.cluster_naming import ClusterNamer

LIGHTS = ["the street lights are broken", "street lights are off on our road", "please mend the street lights"]
BUSES = ["the last bus home goes at six", "I miss the last bus home", "no last bus home on Sunday [PERSON 1]"]
TEXTS, LABELS = LIGHTS + BUSES, [0, 0, 0, 1, 1, 1]


def test_a_name_is_the_groups_own_words_without_saying_one_twice():
    name = ClusterNamer(TEXTS, LABELS).name(0)
    assert name[0] == "street lights"
    assert not any("light" in word or "street" in word for word in name[1:])


def test_neither_stop_words_nor_tags_are_in_a_name():
    namer = ClusterNamer(TEXTS, LABELS)
    words = {word for number in (0, 1) for part in namer.name(number) for word in part.split()}
    assert not words & {"the", "are", "our", "person", "on", "no", "please"}


def test_a_word_that_one_person_used_names_nothing():
    texts = [*LIGHTS, "Zorblax said so", "Zorblax and Zorblax again"]
    namer = ClusterNamer(texts, [0, 0, 0, 1, 1], people=[1, 2, 3, 4, 4], floor=2)
    assert namer.name(1) == ()
    assert namer.phrases(1) == ()


def test_phrases_are_said_by_several_and_none_is_a_part_of_another():
    assert ClusterNamer(TEXTS, LABELS, floor=3).phrases(1) == ("last bus home",)
    assert ClusterNamer(TEXTS, LABELS, floor=5).phrases(1) == ()


def test_a_phrase_of_three_is_not_kept_where_it_takes_five_though_its_words_are_common():
    others = ["the last one", "a bus", "go home", "last", "home by bus"]
    namer = ClusterNamer([*BUSES, *others], [0, 0, 0, 1, 1, 1, 1, 1], floor=5)
    assert namer.phrases(0) == ()


def test_words_of_other_scripts_name_a_group_too():
    texts = ["مجھے ڈر لگتا ہے", "ڈر لگتا ہے بہت", "lunch is cold", "cold lunch again"]
    assert any("ڈر" in part or "لگتا" in part for part in ClusterNamer(texts, [0, 0, 1, 1]).name(0))
