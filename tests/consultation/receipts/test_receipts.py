"""Four words: shown once, stored only as a derived value, looked up in constant time; and the receipt page."""

import re
import time

import pytest

from consultation.channels.web import form_tokens
from consultation.interface_text import get_text
from consultation.receipts import views
from consultation.receipts.actions import MAX_REVEALS, find_response, issue_words, parse_words
from consultation.receipts.models import Receipt
from consultation.receipts.receipt_offer import decrypt_offer, encrypt_offer
from consultation.respondent_pages import slow_hash
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.respondent_pages.four_words import HashedWords, hash_words, load_word_list
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.responses.models import Answer, AnswerState, Response
from consultation.surveys.models import ConsultationPage
from tests.factories import DAY
from tests.factories import response as stored

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.usefixtures("quick_hash")]
LOOK_UP = "/en/receipt/"


def ask(client, words):
    return client.post(LOOK_UP, {"words": " ".join(words)})


def press(client, page, button):
    """Press the button that says `back=button`, with the page's own reference."""
    reference = re.search(r'name="reference" value="([^"]+)"', page.content.decode())[1]
    return client.post(LOOK_UP, {"reference": reference, "back": button})


# The words.


def test_the_list_is_2048_short_words_that_a_child_can_spell():
    words = load_word_list()
    assert len(words) == len(set(words)) == 2048
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)


def test_only_what_the_words_derive_to_is_stored(sent):
    words = issue_words(response=sent)
    stored_digest = Receipt.objects.get().digest
    assert re.fullmatch("[0-9a-f]{64}", stored_digest)
    assert not any(word in stored_digest for word in words)
    assert find_response(hash_words(words)) == sent


def test_another_secret_key_finds_nothing(sent, settings):
    words = issue_words(response=sent)
    settings.SECRET_KEY = "another"
    assert find_response(hash_words(words)) is None


def test_big_letters_commas_and_spaces_do_not_matter(sent):
    words = issue_words(response=sent)
    typed = f"  {words[0].upper()}, {words[1]}-{words[2].title()}\n{words[3]}. "
    assert find_response(hash_words(parse_words(typed))) == sent


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("typed", ["", "one", "a b c d e", "🙂", "\x00", "ᴀᴍʙᴇʀ kettle river lantern", "x" * 5000])
def test_anything_else_is_a_miss(client, typed):
    response = client.post(LOOK_UP, {"words": typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert "We did not find those four words" in page or "This is not on our list of words" in page


def test_a_word_that_is_on_no_list_is_named_and_no_other(client, sent):
    words = issue_words(response=sent)
    page = ask(client, [*words[:3], "ketle"]).content.decode()
    assert '<a href="#words">This is not on our list of words: ketle. Look at how you wrote it.' in page
    listed = [*words[:3], next(word for word in load_word_list() if word != words[3])]
    for typed in (listed, load_word_list()[:4]):
        page = ask(client, typed).content.decode()
        assert "We did not find those four words" in page and "do not use" not in page


def test_a_word_off_the_list_still_costs_a_try(client):
    for _ in range(5):
        assert ask(client, ["zzz", "one", "two", "three"]).status_code == 422
    assert ask(client, ["zzz"] * 4).status_code == 429


def test_new_words_take_the_place_of_old_ones(sent):
    old, new = issue_words(response=sent), issue_words(response=sent)
    assert find_response(hash_words(old)) is None
    assert find_response(hash_words(new)) == sent


def show(client, reference, **more):
    return client.post("/en/receipt/words/", {"reference": reference, **more}).content.decode()


def told(page):
    return re.findall(r"<li>([a-z]+)</li>", page)


def test_words_are_shown_once_then_once_more_and_never_again(client, sent):
    reference = encrypt_offer(sent.pk, form_tokens.make_nonce())
    first, second, third = (show(client, reference) for _ in range(3))
    assert "You can see them one more time." in first
    assert "This is the last time we can show them." in second
    assert told(first) == told(second)
    assert told(third) == []
    assert "we cannot show them again" in third
    assert find_response(hash_words(told(first))) == sent, "the words still work"
    assert Receipt.objects.count() == 1


def test_whoever_missed_them_gets_a_second_chance_on_the_page_after(client, sent):
    reference = encrypt_offer(sent.pk, form_tokens.make_nonce())
    first = show(client, reference)
    assert 'name="have" value="1"' in first
    after = show(client, re.search(r'name="reference" value="([^"]+)"', first)[1], have="1")
    assert told(after) == []
    assert "I missed them. Show them again." in after
    assert 'href="tel:08001111"' in after, "help is in its place"
    assert told(show(client, re.search(r'name="reference" value="([^"]+)"', after)[1])) == told(first)


def test_after_the_words_the_day_of_our_answer_is_said_again(client, sent):
    reference = encrypt_offer(sent.pk, form_tokens.make_nonce())
    assert "We aim to say what we chose" not in show(client, reference, have="1")
    ConsultationPage.objects.update(feedback_date="2999-01-08")
    assert "We aim to say what we chose by 8 January 2999." in show(client, reference, have="1")


def test_easy_words_go_along(client, sent):
    page = show(client, encrypt_offer(sent.pk, form_tokens.make_nonce()), easy="1")
    assert '<body class="easy">' in page
    assert '<input type="hidden" name="easy" value="1">' in page
    assert '<body class="">' in show(client, encrypt_offer(sent.pk, form_tokens.make_nonce()))


def test_words_are_shown_to_the_holder_of_the_thank_you_page_alone(client, sent, monkeypatch):
    reference = encrypt_offer(sent.pk, b"seed")
    assert sent.pk.hex not in reference
    assert decrypt_offer(encrypt_reference("another purpose", sent.pk.bytes)) is None
    for forged in ("", "x", reference[:-4] + "AAAA", "é", str(sent.pk)):
        assert client.post("/en/receipt/words/", {"reference": forged}).status_code == 404
    now = time.time() + 3 * 60 * 60
    monkeypatch.setattr(time, "time", lambda: now)
    assert client.post("/en/receipt/words/", {"reference": reference}).status_code == 404
    assert Receipt.objects.count() == 0


def test_a_reference_is_good_for_a_while_only(monkeypatch):
    text = encrypt_reference("p", b"payload")
    assert decrypt_reference("p", text, max_age=60) == b"payload"
    now = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: now)
    assert decrypt_reference("p", text, max_age=60) is None


# Looking up.


def test_five_tries_then_a_wait_even_for_the_right_words(client, sent):
    words = issue_words(response=sent)
    for _ in range(5):
        assert ask(client, ["wrong"] * 4).status_code == 422
    waits = ask(client, words)
    assert waits.status_code == 429
    assert "Wait ten minutes" in waits.content.decode()


def test_hits_are_not_tries(client, sent):
    words = issue_words(response=sent)
    assert [ask(client, words).status_code for _ in range(7)] == [200] * 7


def test_tries_are_forgotten_after_ten_minutes(client, monkeypatch):
    monkeypatch.setattr(views, "lookup_limit", RateLimit(times=1))
    ask(client, ["wrong"] * 4)
    assert ask(client, ["wrong"] * 4).status_code == 429
    later = time.monotonic() + 601
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert ask(client, ["wrong"] * 4).status_code == 422


@pytest.mark.slow
def test_hit_and_miss_take_the_same_time_and_no_thread_sleeps(client, sent, monkeypatch):
    monkeypatch.undo()  # the real cost of a hash, which says most of the time
    monkeypatch.setattr(views, "lookup_limit", RateLimit(times=100))
    monkeypatch.setattr(time, "sleep", None)
    words = issue_words(response=sent)
    ask(client, words)

    def seconds(typed):
        began = time.process_time()  # of all threads, and of no other process
        ask(client, typed)
        return time.process_time() - began

    pairs = [(seconds(words), seconds(["wrong"] * 4)) for _ in range(7)]
    hit, miss = map(min, zip(*pairs, strict=True))
    assert min(hit, miss) > 0.015 and abs(hit - miss) < 0.03


def test_a_receipt_of_the_version_before_still_opens_and_is_shown(client, sent):
    reference = encrypt_offer(sent.pk, form_tokens.make_nonce())
    words = told(show(client, reference))
    old = HashedWords(" ".join(words).encode(), b"").derive_as_before("receipt pepper").hex()
    Receipt.objects.update(digest=old, shown=1)
    assert find_response(hash_words(words)) == sent
    assert told(show(client, reference)) == words, "once more, from the thank-you page"
    assert Receipt.objects.get().digest == old


def test_while_many_hash_what_was_typed_comes_back_and_it_is_no_try(client, sent, no_place):
    words = issue_words(response=sent)
    no_place(slow_hash.guesses)
    for _ in range(6):
        page = ask(client, words)
        assert page.status_code == 503
        assert (
            get_text("error.broken") in page.content.decode() and f'value="{" ".join(words)}"' in page.content.decode()
        )


def test_while_many_hash_new_words_wait_and_the_offer_of_them_stays(client, sent, monkeypatch, no_place):
    no_place(slow_hash.own_words)
    page = client.post("/en/receipt/words/", {"reference": encrypt_offer(sent.pk, form_tokens.make_nonce())})
    assert page.status_code == 503 and get_text("error.broken") in page.content.decode()
    reference = re.search(r'name="reference" value="([^"]+)"', page.content.decode())[1]
    monkeypatch.undo()
    assert len(told(show(client, reference))) == 4


@pytest.mark.parametrize("address", ["/en/receipt/words/", "/en/kiosk/"])
def test_a_page_of_thanks_sent_without_end_takes_no_place_where_words_are_hashed(client, sent, monkeypatch, address):
    """One Send kept the lane of new words full, so that no child was given any; a tablet’s address showed them for ever."""
    given = {"reference": encrypt_offer(sent.pk, form_tokens.make_nonce()), "do": "words", "kiosk": ""}
    for _ in range(MAX_REVEALS):
        assert 'class="words"' in client.post(address, given).content.decode()
    monkeypatch.setattr(slow_hash, "hash_slowly", lambda *given: pytest.fail("hashed again"))
    assert 'class="words"' not in client.post(address, given).content.decode()


def test_words_are_never_in_an_address(client, sent):
    words = issue_words(response=sent)
    page = client.get(LOOK_UP, {"words": " ".join(words)}).content.decode()
    assert "Type your four words" in page
    assert " ".join(words) not in page


# What they show.


def shown(client, response):
    page = ask(client, issue_words(response=response)).content.decode()
    return re.sub(r'name="reference" value="[^"]+"', "", page)


def test_not_read_read_and_counted(client, sent):
    assert "Not read yet" in shown(client, sent)
    Answer.objects.update(state=AnswerState.RELEASED)
    assert "A trained person has read your answers" in shown(client, sent)
    Response.objects.update(counted=1)
    assert "Your answers are in the results" in shown(client, sent)


def test_what_we_promised_is_said_and_so_is_that_we_are_late(client, sent):
    ConsultationPage.objects.update(feedback_date="2999-01-08")
    assert "We aim to tell you what we chose by 8 January 2999." in shown(client, sent)
    ConsultationPage.objects.update(feedback_date="2020-01-08")
    page = shown(client, sent)
    assert "This is late. We said we would tell you by 8 January 2020." in page
    assert "We aim to tell you" not in page


def test_a_title_that_is_only_in_english_says_so_on_another_languages_page(client, sent):
    page = client.post("/ur/receipt/", {"words": " ".join(issue_words(response=sent))}).content.decode()
    assert '<h1 lang="en" dir="ltr">' in page
    assert '<h1 dir="auto">' in shown(client, sent)


def test_triaged_held_and_uncounted_answers_read_alike(client, version):
    pages = set()
    for state in (
        AnswerState.TRIAGE,
        AnswerState.AWAITING_COLLEAGUE,
        AnswerState.RELEASED,
        AnswerState.NOT_USED,
        AnswerState.CLEARED,
    ):
        for held in (False, True):
            response = stored(version, texts={"q-h": "Too dark."}, excluded_from_figures=held)
            response.answers.update(state=state)
            pages.add(shown(client, response))
    assert len(pages) == 1


def test_whether_something_was_written_is_not_shown(client, version):
    with_words, without = stored(version, texts={"q-h": "Too dark."}), stored(version, closed={"a": "1"})
    assert shown(client, with_words) == shown(client, without)
    Response.objects.update(counted=1)
    Answer.objects.update(state=AnswerState.RELEASED)
    assert shown(client, with_words) == shown(client, without)


def test_the_answer_and_the_question_are_never_shown(client, sent):
    page = shown(client, sent)
    for secret in ("Too dark", "Question", str(sent.pk), sent.pk.hex, DAY.isoformat()):
        assert secret not in page


def test_every_published_decision_of_the_consultation_is_shown_whatever_was_said(client, sent, version):
    from insights.decisions.models import Decision
    from tests.factories import staff

    one, two = staff("one@staff.test"), staff("two@staff.test")
    common = {
        "we_asked": "Asked.", "you_said": "Said.", "we_did": "Done.", "lead_role": "A head", "decided": DAY,
        "created_by": one,
    }  # fmt: skip
    published = {"status": "published", "published_by": two, "published_on": DAY}
    lights = Decision.objects.create(slug="lights", title="More lights", outcome="yes", **common, **published)
    buses = Decision.objects.create(
        slug="buses", title="Night buses", outcome="no", reason="Money.", alternative="none", **common, **published
    )
    draft = Decision.objects.create(slug="draft", title="A secret plan", outcome="yes", **common)
    for decision in (lights, buses, draft):
        decision.consultations.add(version.page)
    ConsultationPage.objects.update(feedback_date="2999-01-08")
    page = shown(client, sent)
    assert "We aim to tell you what we chose" not in page, "below what we chose"
    assert page.count('<details class="fold">') == 2, "each in a line of its own, folded"
    assert [page.index(title) > page.index("Not read yet") for title in ("More lights", "Night buses")] == [True] * 2
    assert "A secret plan" not in page
    assert 'href="/en/you-said-we-did/buses/#wrong"' in page


def cited(title, *names):
    return {"title": title, "sides": [{"themes": [{"name": name} for name in names]}]}


def test_decisions_stand_by_theme_each_once_and_those_of_no_theme_last():
    from cms.site.pages.receipt_page import group_by_theme

    cards = [cited("a"), cited("b", "Lights", "Buses"), cited("c", "Buses"), cited("d", "Lights")]
    groups = [(name, [card["title"] for card in found]) for name, found in group_by_theme(cards)]
    assert groups == [("Lights", ["b", "d"]), ("Buses", ["c"]), (None, ["a"])]
