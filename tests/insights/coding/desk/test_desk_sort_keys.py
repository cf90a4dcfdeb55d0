from insights.coding.desk import desk_sort_keys


def line(said, frequency=None):
    """Texts in the order of their places; each of `said` is (question, theme ranks, because, text)."""
    frequency = frequency or desk_sort_keys.count_texts_by_word(text for *_, text in said)
    keyed = [
        (
            desk_sort_keys.build_sort_key(
                question=q, themes=t, because=b, text=words, frequency=frequency, end=f"{n:032x}"
            ),
            words,
        )
        for n, (q, t, b, words) in enumerate(said)
    ]
    return [words for _, words in sorted(keyed)]


def test_by_question_then_by_theme_then_by_what_comes_second():
    said = [
        (2, [1], [], "second question"),
        (1, [], [], "nothing proposed"),
        (1, [2], [], "staff"),
        (1, [1, 2], [], "lights and staff"),
        (1, [1], [], "lights alone"),
    ]
    assert line(said) == ["lights and staff", "lights alone", "staff", "nothing proposed", "second question"]


def test_like_words_stand_by_each_other():
    said = [
        (1, [1], ["dark"], "the park is dark"),
        (1, [1], ["lights"], "mend the lights"),
        (1, [1], ["dark"], "it is dark by the school"),
        (1, [1], ["lights"], "lights by the canal"),
    ]
    assert [("dark" in words) for words in line(said)] in ([True, True, False, False], [False, False, True, True])


def test_what_many_share_comes_first_so_neighbours_share_most():
    texts = ["buses late night", "buses late morning", "parks nicer", "buses late", "parks bins"]
    found = line([(1, [], [], words) for words in texts])
    assert {words.split()[0] for words in found[:3]} == {"buses"}


def test_a_place_comes_from_the_words_alone_so_others_do_not_move():
    one = {"question": 1, "themes": [3], "because": ["dark"], "text": "dark park", "frequency": {}, "end": "0" * 32}
    assert desk_sort_keys.build_sort_key(**one) == desk_sort_keys.build_sort_key(**one)


def test_a_key_fits_its_column_and_ends_with_the_texts_own_sign():
    key = desk_sort_keys.build_sort_key(
        question=4000, themes=[5, 6], because=["x" * 300], text="y" * 900, frequency={}, end="f" * 32
    )
    assert len(key) <= desk_sort_keys.LONGEST_KEY and key.endswith("0" + "f" * 32)


def test_tags_of_redaction_and_common_words_make_no_likeness():
    assert desk_sort_keys.telling_words_of("The [WORKER 1] would really help with bins") == ["help", "bins"]
