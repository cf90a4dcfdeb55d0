"""The order of the coding desk: similar texts together, and coders keep their place."""

import pytest

from insights.coding.desk.actions import confirm_codes
from insights.coding.desk.coding_queue import CodingQueue
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.desk.desk_filters import DeskFilter
from insights.coding.desk.models import DeskPlace
from insights.coding.models import Code, MachineReading
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.insights.coding.desk.conftest import URDU


def queue(page, user, **chosen):
    return CodingQueue(page, DeskFilter(**{"show": "all"} | chosen), user)


def words(rows):
    return [" ".join(row.text.split()[:2]) for row in rows]


URDU_WORDS = " ".join(URDU.split()[:2])
ORDER = ["It is", "The lights", "More youth", "I do", URDU_WORDS]


@pytest.fixture
def whole(texts, parks, officer):
    return queue(parks[0], officer).after(None, 99)


def test_like_stands_by_like_whoever_came_first(whole):
    """By what is proposed; and what the machine cannot read or has nothing for comes last, and is there."""
    assert words(whole)[:3] in (ORDER[:3], ["The lights", "It is", "More youth"])
    assert set(words(whole)[3:]) == set(ORDER[3:])


def test_walking_forth_and_back_meets_everyone_once(whole, parks, officer):
    walked, at = [], None
    own = queue(parks[0], officer)
    while found := own.after(at, 1):
        at = found[0]
        walked.append(at)
    assert walked == whole
    assert own.before(at, 99) == whole[:-1]
    assert own.before(whole[0], 1) == []


def test_coding_moves_nobody(whole, parks, officer, themes):
    confirm_codes(text=whole[1], themes=[themes["staff"]], by=officer)
    arrange_desk()
    assert queue(parks[0], officer).after(None, 99) == whole
    assert queue(parks[0], officer, show="open").after(whole[1], 1) == [whole[2]]


def test_what_has_just_come_stands_at_the_end_and_then_finds_its_place(whole, parks, officer, themes, codebook):
    factories.response(parks[1], texts={"q-c": "Lights that are broken, by the canal."}, reader=officer)
    take_released_texts()
    new = Text.objects.get(place=None)
    own = queue(parks[0], officer)
    assert own.after(None, 99) == [*whole, new]
    assert own.after(whole[-1], 1) == [new] and own.before(new, 99) == whole and own.after(new, 1) == []
    Code.objects.create(
        text=new, theme=themes["lights"], version=codebook, source="model", confidence=0.9, because=["Lights"]
    )
    assert arrange_desk() == 1
    moved = own.after(None, 99)
    assert moved.index(new) < 3 and [text for text in moved if text != new] == whole


def test_a_text_that_is_asked_about_again_waits_for_a_person(texts, parks, officer, themes, codebook):
    text = texts["It is"]
    confirm_codes(text=text, themes=[themes["lights"]], by=officer)
    assert "It is" not in words(queue(parks[0], officer, show="open").after(None, 9))
    Code.objects.create(text=text, theme=themes["rare"], version=codebook, source="rule", confidence=0.0)
    assert "It is" in words(queue(parks[0], officer, show="open").after(None, 9))


def test_what_the_machine_has_read_meanwhile_is_looked_at_again(texts, codebook):
    urdu = next(text for text in texts.values() if text.language == "ur")
    assert not DeskPlace.objects.get(text=urdu).looked and arrange_desk() == 0
    MachineReading.objects.create(text=urdu, version=codebook, engine="test", polarity=0, sentiment="neutral")
    assert arrange_desk() == 1 and arrange_desk() == 0
    assert DeskPlace.objects.get(text=urdu).looked


def test_a_machine_that_changes_its_mind_moves_the_text(whole, parks, officer, themes, codebook):
    text = next(text for text in whole if text.text.startswith("More youth"))
    Code.objects.filter(text=text).delete()
    assert arrange_desk() == 1
    assert DeskPlace.objects.get(text=text).lead is None
    assert arrange_desk() == 0


def test_what_the_machine_cannot_read_waits_for_people_who_can(texts, parks, officer):
    assert words(queue(parks[0], officer, machine="unread", language="ur").after(None, 9)) == [URDU_WORDS]
    assert words(queue(parks[0], officer, machine="none").after(None, 9)) == ["I do"]
    assert words(queue(parks[0], officer, machine="unsure").after(None, 9)) == ["More youth"]


def test_filters_find_what_they_say(texts, parks, officer, colleague, themes):
    lights, staff = themes["lights"], themes["staff"]
    confirm_codes(text=texts["It is"], themes=[lights], by=officer, stances={lights.pk: "agrees"}, memo="why")
    confirm_codes(text=texts["The lights"], themes=[staff], by=colleague, nothing="other", stances={staff.pk: "mixed"})

    def found(**chosen):
        return sorted(words(queue(parks[0], officer, **chosen).after(None, 9)))

    assert found(show="mine") == ["It is"]
    assert found(show="coded") == ["It is", "The lights"]
    assert found(show="open") == sorted(["More youth", "I do", URDU_WORDS])
    assert found(theme="lights") == ["It is"], "a person's choice stands over a proposal"
    assert found(theme="staff") == ["More youth", "The lights"]
    assert found(theme="staff", stance="mixed") == ["The lights"]
    assert found(theme="lights", stance="mixed") == []
    assert found(memo="1") == ["It is"]
    assert found(nothing="other") == ["The lights"]
    assert found(question="q-c", q="canal LIGHTS") == ["The lights"]
    assert found(question="q-x") == []
