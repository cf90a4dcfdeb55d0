"""The desk serves the sample first and blind; then what teaches the machine most."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from insights.coding.blind_samples.models import DoubleCoding, SampledText
from insights.coding.confirmation.blind_texts import is_blind
from insights.coding.desk.actions import confirm_codes
from insights.coding.desk.coding_queue import PlacedText, open_coding_queue, order_useful
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.desk.desk_filters import DeskFilter
from insights.coding.models import Code, CodeSource, CodingManner, CodingStatus
from insights.corpus.models import Text


def walk(desk, user, **chosen):
    """All texts of a line, met one by one, and the same backwards."""
    line, at, found = open_coding_queue(desk, DeskFilter(**chosen), user), None, []
    while following := line.after(at, 1):
        at = following[0]
        found.append(at)
    assert not found or [*line.before(at, 99), at] == found
    return found


def page_of(coder, text, **query):
    return coder.get(reverse("insights:code-text", args=[text.pk], query=query or None)).content.decode()


ADDRESS = "/insights/coding/parks/sample/"
TELLING = ("likely", "because of", 'class=" cause"', "data-proposed", "Proposed or", "ticks all that is proposed")


@pytest.mark.slow
def test_the_page_of_a_sampled_answer_tells_nothing_of_the_machine(coder, sampled, others):
    for text in sampled:
        html = page_of(coder, text)
        assert not [word for word in TELLING if word in html], text
        assert "In the sample" in html and "More answers like this" in html
    assert [word for word in TELLING if word not in page_of(coder, others[0])] == []


def test_its_page_is_the_same_whatever_the_machine_proposes(coder, sampled, themes, codebook):
    def said():
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page_of(coder, sampled[0], show="sample"))

    before = said()
    Code.objects.filter(text=sampled[0]).delete()
    Code.objects.create(
        text=sampled[0], theme=themes["rare"], version=codebook, source="model", confidence=0.99, because=["broken"]
    )
    arrange_desk()
    assert said() == before


@pytest.mark.slow
def test_its_order_is_the_same_whatever_the_machine_proposes(desk, drawn, officer, sampled):
    for show in ("sample", "open", "all"):
        before = [text.pk for text in walk(desk, officer, show=show)][: len(sampled)]
        assert set(before) == {text.pk for text in sampled}
        Code.objects.filter(text__in=before[::2]).delete()
        Code.objects.filter(text__in=before[1::2]).update(confidence=0.1)
        arrange_desk()
        assert [text.pk for text in walk(desk, officer, show=show)][: len(sampled)] == before


def test_the_list_groups_the_sample_by_question_alone(coder, sampled, others):
    html = coder.get(reverse("insights:coding-desk", args=["parks"])).content.decode()
    assert html.count(">In the sample<small>") == html.count('class="alike"') == 1
    assert "(proposed)" not in html and "Accept several" not in html and len(re.findall(r'<li id="t', html)) == 25
    more = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
    html = coder.get(reverse("insights:coding-desk", args=["parks"]) + more).content.decode()
    assert html.index("In the sample") < html.index(">Lights<small>") < html.index("Accept several")


@pytest.mark.parametrize(
    "chosen", [{"theme": "lights"}, {"theme": "staff"}, {"machine": "unsure"}, {"machine": "none"}]
)
def test_nothing_that_the_machine_proposes_finds_a_sampled_answer(desk, officer, sampled, chosen):
    assert not {text.pk for text in walk(desk, officer, **chosen)} & {text.pk for text in sampled}


def test_no_sampled_answer_is_offered_or_taken_among_several(coder, sampled, others, themes):
    address = reverse("insights:accept-together", args=["parks"], query={"question": "q-c", "lead": "lights"})
    offered = set(re.findall(r'name="take" value="([0-9a-f-]+):', coder.get(address).content.decode()))
    assert offered and offered <= {str(text.pk) for text in others}
    coder.post(address, {"take": [f"{text.pk}:{themes['lights'].pk}" for text in sampled]})
    assert not CodingStatus.objects.exists()


def test_a_coded_one_never_shows_what_the_machine_proposes(coder, sampled, themes, officer):
    """Else a coder could look, and code it again."""
    confirm_codes(text=sampled[0], themes=[themes["rare"]], by=officer)
    assert "data-proposed" not in page_of(coder, sampled[0])
    coder.post(reverse("insights:undo-last-code"))
    assert "data-proposed" not in page_of(coder, sampled[0])


def test_what_was_coded_with_the_proposals_in_view_is_coded_once_more_without_them(coder, sampled, themes, officer):
    text = sampled[0]
    confirm_codes(text=text, themes=[themes["rare"]], by=officer)
    CodingStatus.objects.filter(text=text).update(manner=CodingManner.SHOWN)  # before the sample was drawn
    assert Text.objects.filter(is_blind(), pk=text.pk).exists()
    page = page_of(coder, text)
    assert "data-proposed" not in page
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    confirm_codes(text=text, themes=[themes["lights"]], by=officer)
    assert CodingStatus.objects.get(text=text).manner == CodingManner.BLIND
    assert not Text.objects.filter(is_blind(), pk=text.pk).exists()


def test_a_colleague_who_came_first_shows_no_proposal_to_who_still_chooses(coder, sampled, themes, colleague):
    page_of(coder, sampled[0])
    confirm_codes(text=sampled[0], themes=[themes["rare"]], by=colleague)
    address = reverse("insights:code-text", args=[sampled[0].pk])
    answer = coder.post(address, {"seen": "none", "themes": [themes["staff"].pk]})
    html = answer.content.decode()
    assert answer.status_code == 409 and "Theirs:" in html and not [word for word in TELLING if word in html]


def test_questions_come_in_turn_and_people_stand_together_by_chance_alone(desk, write, drawn, officer):
    for n in range(30):
        one = write(n, 0)
        other = write(n, 0, question="q-x")
        Text.objects.filter(pk=other.pk).update(respondent=one.respondent)
    arrange_desk()
    texts = walk(desk, officer, show="sample")
    assert [text.question for text in texts] == sorted(text.question for text in texts)
    ids = [text.pk for text in texts if text.question == "q-c"]
    assert ids == sorted(ids)


@pytest.mark.slow
def test_reading_goes_on_to_the_end_and_then_says_so(coder, desk, sampled, themes):
    address = reverse("insights:begin-coding", args=["parks"], query={"show": "sample"})
    answer = coder.get(address, follow=True)
    for _ in sampled:
        seen = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
        asked = answer.redirect_chain[-1][0].split("#")[0]
        answer = coder.post(asked, {"seen": seen, "themes": [themes["staff"].pk]}, follow=True)
    assert "All of the sample is read." in answer.content.decode()
    assert walk(desk, answer.wsgi_request.user, show="sample") == []
    assert "All of the sample is read." in coder.get(address, follow=True).content.decode()


@pytest.mark.slow
def test_who_answers_later_with_a_low_draw_is_served_too(desk, drawn, officer, sampled, write):
    new = write(1, 0)
    assert new in walk(desk, officer, show="sample")
    arrange_desk()
    assert new in walk(desk, officer, show="sample")
    assert walk(desk, officer, show="sample") == walk(desk, officer)[: len(sampled) + 1]


def test_an_answer_of_a_theme_that_was_split_is_served_once_more_and_counts_as_unread(
    coder, desk, sampled, themes, officer, codebook
):
    """The page said that all of the sample is read, while a release left those answers out and had no numbers."""
    for text in sampled:
        confirm_codes(text=text, themes=[themes["lights"]], by=officer)
    assert "All of the sample is read" in coder.get(ADDRESS).content.decode()
    Code.objects.filter(text=sampled[0], source=CodeSource.MODEL).delete()
    why = ["it was “Lights” before version 2"]
    Code.objects.create(
        text=sampled[0], theme=themes["staff"], version=codebook, source="rule", confidence=0, because=why
    )
    assert f"{len(sampled) - 1} of {len(sampled)} read" in coder.get(ADDRESS).content.decode()
    assert DeskFilter(show="sample").filter_texts(Text.objects.all(), officer).get() == sampled[0]
    page = coder.get(f"/insights/coding/texts/{sampled[0].pk}/?show=sample").content.decode()
    assert why[0] in page
    confirm_codes(text=sampled[0], themes=[themes["staff"]], by=officer)
    assert "All of the sample is read" in coder.get(ADDRESS).content.decode()


def test_a_blind_second_coder_is_not_served_what_they_may_code_twice(desk, drawn, officer, colleague, sampled):
    study = DoubleCoding.objects.create(
        consultation=desk, version=drawn.version, size=1, drawn_by=officer, drawn_on=drawn.drawn_on
    )
    SampledText.objects.create(study=study, text=sampled[0])
    assert sampled[0] not in walk(desk, colleague, show="sample")


# What is useful


def test_a_page_of_the_useful_queue_ranks_a_bounded_number(desk, officer, others, monkeypatch):
    monkeypatch.setattr("insights.coding.desk.coding_queue.MOST", 1)
    assert 1 <= len(walk(desk, officer, show="useful")) <= 2 < len(others)


def test_the_useful_queue_leaves_out_the_sample_and_what_is_coded(desk, officer, others, sampled, themes):
    assert set(walk(desk, officer, show="useful")) == set(others)
    confirm_codes(text=others[0], themes=[], by=officer)
    assert set(walk(desk, officer, show="useful")) == set(others[1:])


def test_saving_goes_on_with_the_one_that_stood_next(desk, officer, others, coder):
    texts = walk(desk, officer, show="useful")
    confirm_codes(text=texts[1], themes=[], by=officer)
    line = open_coding_queue(desk, DeskFilter(show="useful"), officer)
    assert line.after(texts[1], 1) == [texts[2]] and line.before(texts[1], 9) == [texts[0]]
    assert line.after(texts[2], 1, inclusive=True) == [texts[2]]
    assert "data-proposed" in page_of(coder, texts[2], show="useful"), "not blind"


def test_uncertain_and_different_answers_come_in_turn():
    texts = [
        PlacedText(n, "a" if n < 90 else "b", 1 if n < 80 else 2, 0.9 if n % 10 else 0.5 + n / 1000)
        for n in range(100)
    ]
    order = order_useful(texts)
    assert sorted(order) == list(range(100))
    assert order[:10:2] == [0, 10, 20, 30, 40], "nearest to the threshold first"
    kinds = [(texts[pk].question, texts[pk].lead) for pk in order[1:10:2]]
    assert kinds[:3] == [("a", 2), ("b", 2), ("a", 1)], "one of each kind before the second of any"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, 1, 2]), st.floats(0, 1)), max_size=30))
def test_the_useful_order_holds_everyone_once_whatever_order_they_came_in(rows):
    texts = [PlacedText(n, *row) for n, row in enumerate(rows)]
    assert sorted(order_useful(texts)) == list(range(len(rows)))
    assert order_useful(texts) == order_useful(texts[::-1])
