"""The page "Read a sample": why, which sizes, how far it is read, and when none is needed."""

import re

import pytest
from django.urls import reverse

from insights.coding.agreement.actions import coded_themes_by_text
from insights.coding.blind_samples.models import DoubleCoding, SampledText
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import offer_sample_sizes, reading_time_in_words
from insights.coding.desk.actions import confirm_codes, confirm_many_texts
from insights.corpus.models import DRAWS, Text

ADDRESS = "/insights/coding/parks/sample/"


def show(coder):
    return " ".join(coder.get(ADDRESS).content.decode().split())


def test_it_says_why_and_offers_sizes_with_the_usual_one_chosen(coder, desk):
    html = show(coder)
    assert "The machine guesses the themes of answers that nobody has read." in html
    assert "By 10 in 100 at most: up to 30 answers to read, about 15 minutes" in html
    assert html.count('type="radio"') == 5 and 'value="5"' in html[: html.index("checked")][-120:]


def test_it_is_drawn_and_then_tells_how_far_it_is_read(coder, desk, themes, officer):
    answer = coder.post(ADDRESS, {"half_width": "10"}, follow=True)
    assert "The sample is drawn." in answer.content.decode()
    sampled = ConfirmationRound.objects.sampled_texts(desk)
    confirm_many_texts(consultation=desk, choices=[(text, []) for text in sampled[:10]], by=officer)
    html = show(coder)
    assert "10 of 30 read, about 10 minutes left." in html and 'max="30" value="10"' in html
    assert "?show=sample" in html and "Read the next answer" in html
    assert "Draw a wider sample" in html and "up to 10 more answers to read, a few minutes" in html
    assert not re.search(r"\b\d+ (?:people|person)\b", html)


@pytest.mark.parametrize("size", ["", "6", "x", "10\0"])
def test_what_is_not_offered_draws_nobody(coder, desk, size):
    assert coder.post(ADDRESS, {"half_width": size}).status_code == 422
    assert not ConfirmationRound.objects.exists()


def test_a_wider_sample_keeps_what_is_read(coder, drawn, sampled, themes, officer):
    confirm_codes(text=sampled[0], themes=[], by=officer)
    coder.post(ADDRESS, {"half_width": "5"})
    assert "1 of 37 read" in show(coder)


def test_each_question_tells_its_own_progress(coder, desk, write, officer):
    write(1, 0, question="q-x")
    coder.post(ADDRESS, {"half_width": "10"})
    html = show(coder)
    assert "By question" in html and "Question c?" in html and "0 of 1 read, a few minutes left" in html
    assert "?show=sample&amp;question=q-c" in html


def test_who_came_later_and_belongs_to_the_sample_is_told_of(coder, drawn, write):
    assert "answered since" not in show(coder)
    write(1, 0)
    write(2, DRAWS - 1)
    assert "Some who answered since it was drawn belong to the sample." in show(coder)


def test_all_of_it_is_read(coder, drawn, sampled, desk, officer):
    confirm_many_texts(consultation=desk, choices=[(text, []) for text in sampled], by=officer)
    html = show(coder)
    assert "All of the sample is read." in html and "Read the next answer" not in html
    assert "?show=useful" in html and "Draw a wider sample" in html and "/manage/releases/parks/make/" in html


def test_so_few_people_that_no_theme_gets_a_number_are_told_of(coder, parks, write, officer):
    """“Each theme’s number has an interval” stood where a release said that fewer than 30 people answered in words."""
    for n in range(30):
        write(n, n)
    assert "no numbers" not in show(coder)
    Text.objects.first().delete()
    assert "A release gives their themes no numbers" in show(coder)
    coder.post(ADDRESS, {"half_width": "10"})
    confirm_many_texts(consultation=parks[0], choices=[(text, []) for text in Text.objects.all()], by=officer)
    html = show(coder)
    assert "All of the sample is read." in html and "each theme’s number" not in html


def test_whoever_makes_a_release_is_told_that_the_sample_is_not_read_to_its_end(coder, drawn, sampled, desk, officer):
    """One gap ends the random sample, so themes would wait without a word before."""
    address = reverse("insights:make-release", args=["parks"])
    confirm_many_texts(consultation=desk, choices=[(text, []) for text in sampled[:29]], by=officer)
    html = " ".join(coder.get(address).content.decode().split())
    assert "Of the sample 29 of 30 answers are read, a few minutes left." in html
    confirm_codes(text=sampled[29], themes=[], by=officer)
    assert "sample" not in coder.get(address).content.decode()


def test_no_sample_is_needed_where_people_read_everything(coder, desk, officer):
    confirm_many_texts(consultation=desk, choices=[(text, []) for text in Text.objects.all()], by=officer)
    html = show(coder)
    assert "No sample is needed" in html and "Draw the sample" not in html


def test_nobody_has_words_yet(coder, parks, codebook):
    assert "Nobody has words here yet." in show(coder)
    assert coder.post(ADDRESS, {"half_width": "5"}).status_code == 422


def test_a_codebook_comes_first(coder, parks):
    assert "no approved version yet" in show(coder)


def test_who_may_be_the_second_coder_of_the_rest_is_told(client, drawn, sampled, desk, officer, colleague):
    confirm_many_texts(consultation=desk, choices=[(text, []) for text in sampled[1:]], by=officer)
    study = DoubleCoding.objects.create(
        consultation=desk, version=drawn.version, size=1, drawn_by=officer, drawn_on=drawn.drawn_on
    )
    SampledText.objects.create(study=study, text=sampled[0])
    client.force_login(colleague)
    html = show(client)
    assert "29 of 30 read" in html and "What is left waits for a colleague" in html


def test_a_sampled_answer_can_be_coded_twice(drawn, sampled, desk, themes, officer, codebook):
    confirm_codes(text=sampled[0], themes=[themes["lights"]], by=officer)
    assert sampled[0].pk in coded_themes_by_text(desk, codebook)


def test_the_lists_and_the_release_lead_to_it(coder, drawn, officer):
    for address in (
        reverse("insights:coding"),
        reverse("insights:coding-desk", args=["parks"]),
        reverse("insights:make-release", args=["parks"]),
    ):
        assert ADDRESS in coder.get(address).content.decode(), address
    assert "0 of 30 read" in coder.get(reverse("insights:coding")).content.decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (1, "a few minutes"),
        (10, "a few minutes"),
        (80, "about 40 minutes"),
        (113, "about 55 minutes"),
        (120, "about an hour"),
        (180, "about an hour and a half"),
        (250, "about 2 hours"),
        (300, "about 2 and a half hours"),
    ],
)
def test_the_time_is_told_roughly(answers, words):
    assert reading_time_in_words(answers) == words


def test_a_wider_sample_is_offered_with_what_is_still_to_be_read():
    first = offer_sample_sizes(100, 200)
    wider = offer_sample_sizes(100, 100, drawn=50)
    assert [one.people for one in wider] == [one.people for one in first if one.people > 50]
    assert all(one.answers == 2 * (one.people - 50) for one in wider)
    assert offer_sample_sizes(100, 0, drawn=100) == []
