"""Styles outside the screen's training: text speak, capitals, no apostrophes, mixed languages, emoji alone.

The lines were written for this test; no model learns from them.
"""

import pytest

from consultation.reading.model_training import screening_training
from consultation.reading.screening import screen_text, screen_texts

TOLD = {
    "txt-speak": [
        "hes gt a key 2 my room n i h8 wen i hear it turn",
        "dnt wna b alive 2moz tbh",
        "he sed send a pic or il tell ur mum n i did",
        "my bf hits me wen hes bn drinkin",
        "i cut agen last nite n hid da plasters",
        "they mek me hold da bag n i get a beatin if its lite",
        "slept in da stairwell agen cnt go hme",
    ],
    "slang": [
        "my mans got a shank in his bag still he said hes gonna use it",
        "olders got me trappin out of town and i cant get out",
        "stepdad switched on me and now my eye is peak",
        "im done bro i wanna end it for real no cap",
    ],
    "capitals": [
        "HE WAITS FOR ME AFTER PRACTICE AND TOUCHES ME",
        "I DO NOT WANT TO BE ALIVE ANY MORE",
        "DAD HIT MUM AND THEN HE HIT ME",
        "I RAN AWAY AND NOBODY KNOWS WHERE I AM",
    ],
    "no apostrophes": [
        "shes not safe with him and she cant tell because hell kill her",
        "i dont eat because theres no food and mums not come back",
        "im scared hes going to come in my room again and i couldnt stop him",
    ],
    "spelling": [
        "my unkle tuches me and ses not to tel",
        "i wont to kil my self i fink abowt it evry day",
        "mum hitted me wiv the belt and it blud",
        "he tuk a foto of me wen i was gettin chanjed",
    ],
    "apart and together": [
        "i w a n t t o d i e",
        "hehitsmewhenmumisout",
        "h-e-l-p he has locked us in",
        "🔪🔪 he has a knife and he showed me 🔪",
        "i’m s.c.a.r.e.d of my d.a.d he h.i.t.s me",
    ],
    "with Urdu and Punjabi words": [
        "chacha touches me when ammi is not at home, dar lagta hai",
        "abbu ne mujhe mara and there is a mark on my back",
        "mujhe marna hai, i cant do this any more",
        "ghar walay want my nikah done in june, i said no, nobody listens",
        "bhai has a knife in his room, i am scared",
    ],
}
NOT_TOLD = {
    "txt-speak": [
        "put mor lites by da bridge plz",
        "da bus is alwys l8 n its cold",
        "skl dinners r mint now tho",
        "we need a yth club on fri nites",
    ],
    "slang": ["the new pitch is bare good still", "this survey is long bro", "gym should be free for yutes innit"],
    "capitals": ["MORE BUSES PLEASE", "THE PARK NEEDS A NEW SWING", "FREE WIFI AT THE LIBRARY", "I LIKE MY SCHOOL"],
    "no apostrophes": ["its fine theres nothing id change", "the librarys great and theyre really kind"],
    "spelling": ["i wud like mor swinz at the parc", "the techers are nise and the fud is gud"],
    "with Urdu and Punjabi words": [
        "masjid ke paas ek crossing chahiye please",
        "nani makes the best roti, eid mubarak everyone",
        "library bohat achi hai, thank you",
    ],
}
ODD = ["", " ", "😭", "😭😭😭", "🔪", "👨‍👩‍👧‍👦💔", "👍🏽👍🏽", "...", "???", "!!!!!!!!", "x", "lol", "\u200b\u200b",
       "\u202e\u202d", "1234567890", "🇵🇰🇬🇧", "a\u0301" * 400, "ﷺ", "¯\\_(ツ)_/¯", "\ud7ff\ue000", "<script>", "=1+1",
       "\x00\x01", "ALLCAPSNOSPACES" * 50, "'" * 300, "i" * 5000]  # fmt: skip


def flagged(groups):
    texts = [(style, text) for style, several in groups.items() for text in several]
    found = screen_texts([text for _, text in texts])
    return [(style, text, one) for (style, text), one in zip(texts, found, strict=True)]


@pytest.fixture(scope="module")
def told():
    return flagged(TOLD)


def test_nearly_all_that_tell_in_another_style_are_flagged_and_each_says_why(told):
    missed = [(style, text) for style, text, one in told if not one.flagged]
    assert len(missed) <= len(told) * 0.1, missed
    assert all(one.reasons and one.priority for _, _, one in told if one.flagged)


def test_no_style_as_a_whole_goes_unseen(told):
    for style in TOLD:
        flags = [one.flagged for name, _, one in told if name == style]
        assert sum(flags) >= 0.7 * len(flags), style


def test_a_style_alone_is_no_flag():
    raised = [(style, text) for style, text, one in flagged(NOT_TOLD) if one.flagged]
    assert len(raised) <= sum(map(len, NOT_TOLD.values())) * 0.2, raised


def test_capitals_and_apostrophes_change_no_score():
    for text in (line for several in TOLD.values() for line in several if line.isascii()):
        assert screen_text(text.upper()).flagged == screen_text(text.lower()).flagged, text
    assert screen_text("he's hurting me and i can't tell").score == pytest.approx(
        screen_text("hes hurting me and i cant tell").score, abs=0.05
    )


def test_what_holds_no_words_is_screened_without_harm():
    for text, one in zip(ODD, screen_texts(ODD), strict=True):
        assert 0 <= one.score <= 1 and bool(one.reasons) == one.flagged, text
    assert not any(one.flagged for one in screen_texts(["😭", "👍🏽👍🏽", "...", "lol"]))


def test_none_of_these_lines_is_learned_from():
    learned = {row["text"].casefold() for row in screening_training.load_answers()}
    assert not learned & {text.casefold() for several in [*TOLD.values(), *NOT_TOLD.values()] for text in several}
