"""The allow list: officers' local words and a consultation's own subject steer redaction."""

import pytest
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.reading.allow_list import actions, known_words_snapshot
from consultation.reading.allow_list.models import KnownWords, KnownWordsKind
from consultation.reading.models import Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from tests import factories

DISTRICT = reverse("allow-list:district")


def add(kind):
    return reverse("allow-list:add", args=[kind])


@pytest.fixture
def officer(client_as):
    return client_as("engagement_officer")


def proposed(answer, text):
    screen_unread()
    redact_screened()
    return {(text[span["start"] : span["end"]], span["type"]) for span in Screening.objects.get(pk=answer.pk).spans}


def test_an_empty_district_says_so(officer, home):
    page = officer.get(DISTRICT).content.decode()
    assert page.count("None yet.") == 3
    assert "No consultation is published yet." in page


def test_a_place_of_the_list_is_proposed_however_it_is_written(officer, sent):
    officer.post(add("place"), {"words": "The  Blue Bunker\nTesco Steps\n\n"})
    text = "everyone meets at the blue bunker after school"
    assert ("the blue bunker", "PLACE") in proposed(sent(text), text)


def test_a_title_of_the_list_makes_the_next_word_a_worker(officer, sent):
    officer.post(add("title"), {"words": "Akela"})
    text = "we had fun and Akela Jo made toast"
    assert ("Akela Jo", "WORKER") in proposed(sent(text), text)


def test_what_is_not_personal_anywhere_is_left_alone(officer, sent):
    officer.post(add("public"), {"words": "Wobbly Bridge Festival"})
    text = "I went to Wobbly Bridge Festival with my mate Demi"
    assert proposed(sent(text), text) == {("Demi", "PERSON")}


def test_what_one_consultation_asks_about_is_left_alone_there_alone(officer, sent, asked, home):
    page = asked[0]
    url = reverse("allow-list:consultation", args=[page.pk])
    officer.post(url, {"words": "Tash's youth club"}, follow=True)
    _, elsewhere = factories.consultation(home, slug="elsewhere", items=[factories.question("a", "long_text")])
    text = "Tash's youth club is the best. Tash is kind"
    assert proposed(sent(text), text) == {("Tash", "WORKER")}
    assert len(Screening.objects.get(pk=sent_again(sent, text, elsewhere).pk).spans) == 2


def sent_again(sent, text, version):
    answer = sent(text, version=version)
    screen_unread()
    redact_screened()
    return answer


def test_a_place_that_a_question_names_is_no_personal_data_there(home, sent):
    question = factories.question("a", "long_text", text={"en": "What do you think of Cragdale Youth Hub?"})
    _, version = factories.consultation(home, slug="hub", items=[question])
    assert "Cragdale Youth Hub" in known_words_snapshot.names_in_version(version)
    text = "i love Cragdale Youth Hub, it beats Rowan Gate Library"
    assert {words for words, _ in proposed(sent(text, version=version), text)} == {"Rowan Gate Library"}


def test_a_person_whom_a_question_names_is_still_proposed(home, sent):
    question = factories.question("a", "long_text", text={"en": "How was your time with Miss Okonjo?"})
    _, version = factories.consultation(home, slug="person", items=[question])
    assert known_words_snapshot.names_in_version(version) == ()


def test_the_same_name_is_kept_once(officer):
    officer.post(add("place"), {"words": "Blue Bunker"})
    page = officer.post(add("place"), {"words": "blue  bunker"}, follow=True)
    assert KnownWords.objects.count() == 1
    assert b"All of these are on the list already." in page.content


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        ("place", "park", "everyday word"),
        ("place", "1234", "has no letters"),
        ("place", "x" * 81, "longer than 80 letters"),
        ("title", "Brown Owl", "more than one word"),
        ("public", "", "This field is required"),
        ("place", "\n".join(f"Zembla {n} Lane" for n in range(501)), "At most 500 lines"),
    ],
)
def test_what_would_do_harm_is_refused_and_not_lost(officer, kind, words, says):
    page = officer.post(add(kind), {"words": words})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert words[:20] in page.content.decode()
    assert not KnownWords.objects.exists()


def test_a_kind_that_does_not_exist_is_not_found(officer):
    assert officer.post(add("person"), {"words": "Kieran"}).status_code == 404


def test_a_name_is_removed_and_the_log_holds_no_words(officer):
    officer.post(add("place"), {"words": "Blue Bunker"})
    words = KnownWords.objects.get()
    officer.post(reverse("allow-list:remove", args=[words.pk]))
    assert not KnownWords.objects.exists()
    entries = AuditEntry.objects.filter(verb__startswith="known words")
    assert [entry.verb for entry in entries] == ["known words added", "known words removed"]
    assert "Bunker" not in str([entry.data for entry in entries])


def test_a_formula_or_markup_in_a_name_is_only_text(officer):
    officer.post(add("place"), {"words": "<script>alert(1)</script>\n=HYPERLINK(1)"})
    page = officer.get(DISTRICT).content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page


def test_places_and_titles_belong_to_no_consultation(asked, person):
    actions.add_known_words(
        kind=KnownWordsKind.PLACE, words=["Blue Bunker"], by=person("engagement_officer"), consultation=asked[0]
    )
    assert KnownWords.objects.get().consultation is None
