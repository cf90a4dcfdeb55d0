"""Native speakers review and correct interface texts; respondents then see the corrections."""

import random
from contextlib import nullcontext

import polib
import pytest
from django.db import DatabaseError
from django.utils.translation import override

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.interface_text import (
    actions,
    get_easy_text,
    get_language_coverage,
    get_text,
    get_text_html,
    get_wording_stamp,
    po_files,
    translation_corrections,
    translation_review,
)
from consultation.interface_text.models import Correction, ProposedCorrection, WordCheck, Wording
from consultation.interface_text.text_table import WORDS, InterfaceString
from consultation.interface_text.translation_review import TranslationReviewState, find_translation_faults

EWA = "Ewa Nowak"


@pytest.fixture
def officer(person, told_at_once):
    return person("engagement_officer")


def state(key, language="pl"):
    return translation_review.get_review_row(language, key).state


def check_all(officer, language="pl"):
    return actions.check_texts(
        language=language,
        checker=EWA,
        seen=translation_review.collect_digests(translation_review.list_review_rows(language)),
        by=officer,
    )


@pytest.fixture
def correct(officer, show_waiting):
    def both(key="nav.next", text="Dalej proszę", **said):
        actions.correct_text(language="pl", key=key, text=text, checker=EWA, by=officer, **said)
        show_waiting()

    return both


def test_words_wait_until_a_named_person_has_checked_them(officer):
    assert get_language_coverage("pl").awaits_check and state("nav.next") == TranslationReviewState.WAITING
    check_all(officer)
    coverage = get_language_coverage("pl")
    assert (coverage.unchecked, coverage.checkers, coverage.awaits_check, coverage.partly) == (0, (EWA,), False, False)
    assert state("nav.next") == TranslationReviewState.CHECKED
    assert get_language_coverage("ur").awaits_check


def test_only_the_words_that_change_wait_again(officer, monkeypatch):
    check_all(officer)
    monkeypatch.setitem(WORDS, "nav.next", InterfaceString("Go on", None))
    Wording.touch()
    assert state("nav.next") == TranslationReviewState.CHANGED
    assert (
        get_language_coverage("pl").unchecked,
        get_language_coverage("pl").partly,
        get_language_coverage("pl").awaits_check,
    ) == (1, True, False)


def test_a_check_can_be_undone(officer):
    check = check_all(officer)
    actions.undo_text_check(check=check, by=officer)
    assert get_language_coverage("pl").awaits_check
    verbs = list(AuditEntry.objects.filter(verb__startswith="words.").order_by("seq").values_list("verb", "actor"))
    assert verbs == [("words.checked", str(officer.pk)), ("words.check-undone", str(officer.pk))]


def test_words_that_changed_while_they_were_read_are_not_ticked(officer, correct):
    seen = translation_review.collect_digests(translation_review.list_review_rows("pl"))
    correct()
    with pytest.raises(actions.TextsChanged):
        actions.check_texts(language="pl", checker=EWA, seen=seen, by=officer)
    assert WordCheck.objects.count() == 1  # the correction's own


def test_a_correction_is_what_people_read_and_counts_as_checked(officer, correct):
    before = get_wording_stamp("pl")
    correct("exit.keys", "Naciśnij Shift trzy razy, aby wyjść.", easy_read="Naciśnij Shift trzy razy.")
    with override("pl"):
        assert get_text("exit.keys") == "Naciśnij Shift trzy razy, aby wyjść."
        assert get_easy_text("exit.keys") == "Naciśnij Shift trzy razy."
    assert state("exit.keys") == TranslationReviewState.CHECKED
    assert get_wording_stamp("pl") != before and get_wording_stamp("en") == 0
    assert "Naciśnij" not in str(AuditEntry.objects.values_list("data", flat=True))


def test_a_correction_without_easy_read_is_read_in_both_voices(officer, correct):
    correct("exit.keys", "Shift trzy razy.")
    with override("pl"):
        assert get_easy_text("exit.keys") == "Shift trzy razy."


def test_a_correction_is_never_markup(officer, correct):
    with pytest.raises(actions.FaultyTranslation, match="Markup is not allowed here"):
        correct(text="<b>Dalej</b>")
    correct(text="Dalej <3")
    with override("pl"):
        assert get_text_html("nav.next") == "Dalej &lt;3"


def test_a_correction_steps_back_when_its_english_changes(officer, correct, monkeypatch):
    correct()
    monkeypatch.setitem(WORDS, "nav.next", InterfaceString("Go on", None))
    Wording.touch()
    with override("pl"):
        assert get_text("nav.next") == "Go on"


def test_words_that_wait_for_an_english_that_has_changed_cannot_be_confirmed(
    client_as, officer, show_waiting, monkeypatch
):
    actions.correct_text(language="pl", key="nav.next", text="Dalej proszę", checker=EWA, by=officer)
    monkeypatch.setitem(WORDS, "nav.next", InterfaceString("Go on", None))
    page = client_as("engagement_officer").get("/staff/languages/pl/", {"q": "qqqq"}).content.decode()
    assert "The English has changed since." in page and 'value="confirm"' not in page and 'value="refuse"' in page
    with pytest.raises(actions.TextsChanged):
        show_waiting()
    assert ProposedCorrection.objects.exists() and not Correction.objects.exists()


def test_the_words_that_came_with_the_site_can_be_restored(officer, correct, show_waiting):
    correct()
    actions.restore_text(language="pl", key="nav.next", by=officer)
    with override("pl"):
        assert get_text("nav.next") == "Dalej proszę", "until a second person agrees"
    show_waiting()
    with override("pl"):
        assert get_text("nav.next") == "Dalej"
    assert state("nav.next") == TranslationReviewState.CHANGED
    assert not Correction.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_over_random_histories_pages_show_only_what_two_people_stand_behind(told_at_once, person, seed):
    chance, people = random.Random(seed), [person("engagement_officer") for _ in range(3)]
    file = polib.pofile(po_files.export_po_file("pl").decode())
    shown, waiting = "Dalej", None  # (who wrote, the words), kept beside the product
    for _ in range(40):
        by, words = chance.choice(people), chance.choice(["Dalej proszę", "Naprzód"])
        act = chance.choice(["write", "import", "restore", "confirm", "confirm", "refuse"])
        seen = {"nav.next": chance.choice(["stale", None, None])}
        if row := ProposedCorrection.objects.first():
            seen = {"nav.next": seen["nav.next"] or translation_corrections.digest_correction(row)}
        is_stale = act in ("confirm", "refuse") and (waiting is None or seen == {"nav.next": "stale"})
        is_own = act == "confirm" and not is_stale and waiting[0] == by
        with pytest.raises((NotAllowed, actions.TextsChanged)) if is_stale or is_own else nullcontext():
            match act:
                case "write":
                    actions.correct_text(language="pl", key="nav.next", text=words, checker=EWA, by=by)
                case "import":
                    next(one for one in file if one.msgctxt == "nav.next").msgstr = words
                    actions.import_po_file(language="pl", content=str(file).encode(), checker=EWA, by=by)
                case "restore":
                    actions.restore_text(language="pl", key="nav.next", by=by)
                case "confirm":
                    actions.confirm_texts(language="pl", seen=seen, by=by)
                case "refuse":
                    actions.refuse_texts(language="pl", seen=seen, by=by)
        if act == "write" or (act == "import" and words != shown):
            waiting = by, words
        elif act == "restore" and Correction.objects.exists():
            waiting = by, "Dalej"
        elif act in ("confirm", "refuse") and not is_stale and not is_own:
            shown, waiting = waiting[1] if act == "confirm" else shown, None
        with override("pl"):
            assert get_text("nav.next") == shown
        rows = [(row.written_by, row.text or "Dalej") for row in ProposedCorrection.objects.all()]
        assert rows == ([waiting] if waiting else [])
        assert all(row.confirmed_by not in (None, row.written_by) for row in Correction.objects.all())


def test_a_correction_that_would_break_a_page_is_refused(officer, correct):
    with pytest.raises(actions.FaultyTranslation):
        correct("nav.progress", "Pytanie {n}")
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("english", "said", "why"),
    [
        ("Open until {date}", "Otwarte", "lost {date}"),
        ("Open", "Otwarte {date}", "has {date}, which"),
        ("Open", "Otwarte }", "belongs to nothing"),
        ("Open {date}", "Otwarte {date!r}", "belongs to nothing"),
        ("Open {date}", "Otwarte {date.year}", "belongs to nothing"),
        ("Call 0800 1111.", "Zadzwoń.", "lost 0800 1111"),
        ("Text SHOUT to 85258.", "Wyślij KRZYK na 85258.", "lost SHOUT"),
        ("Open", "x" * 2001, "longer than 2000"),
        ("Call 999.", "Zadzwoń pod 999 albo 0700-90 01.", "the number 07009001"),
        ("Call 999.", "999 یا ۰۷۰۰ ۹۰ پر", "the number 070090"),
    ],
)
def test_faults_are_said_in_words(english, said, why):
    assert why in find_translation_faults(english, said)[0]


def test_words_that_can_be_used_have_no_faults():
    assert find_translation_faults("Call 999 on {date}. Press 55.", "W {date} zadzwoń pod 999. Naciśnij 55.") == []


def test_another_process_hears_of_a_change_by_one_small_query(officer, correct, settings, django_assert_num_queries):
    settings.PUBLISHED_SECONDS = 0
    correct()
    translation_corrections.get_corrections()
    with django_assert_num_queries(1), override("pl"):
        translation_corrections.get_corrections()
    translation_corrections.cached_corrections.set(translation_corrections.get_corrections(), seconds=60)
    with django_assert_num_queries(0), override("pl"):
        assert get_text("nav.next") == "Dalej proszę"
    with django_assert_num_queries(0), override("en"):
        get_text("nav.next")


def test_a_database_that_is_away_takes_no_words_from_a_page(officer, correct, monkeypatch):
    correct()
    known = translation_corrections.get_corrections()

    def away(*args):
        raise DatabaseError

    monkeypatch.setattr(translation_corrections.apps, "get_model", away)
    translation_corrections.cached_corrections.set(known, seconds=0)
    assert translation_corrections.get_corrections() is known
    translation_corrections.cached_corrections.clear()
    assert translation_corrections.get_corrections() == translation_corrections.CorrectionsSnapshot()


def test_a_spaced_number_in_a_correction_keeps_its_order(officer, show_waiting):
    text = "19 Childline: 0800 1111"
    actions.correct_text(language="ur", key="help.childline", text=text, checker="Ayesha", by=officer)
    show_waiting("ur")
    with override("ur"):
        assert "\u2066" + "0800 1111" + "\u2069" in get_text("help.childline")
    assert translation_review.get_review_row("ur", "help.childline").text == text
    assert state("help.childline", "ur") == TranslationReviewState.CHECKED


def edited(language, **texts):
    messages = polib.pofile(po_files.export_po_file(language).decode())
    for message in messages:
        if message.msgctxt in texts:
            message.msgstr = texts[message.msgctxt]
    return f"{messages}\n".encode()


def test_a_translators_file_goes_out_and_comes_back(officer, correct, show_waiting):
    correct()
    assert b"Dalej prosz" in po_files.export_po_file("pl")
    content = edited("pl", **{"nav.back": "Cofnij", "easy:exit.keys": "Shift, trzy razy."})
    found = actions.import_po_file(language="pl", content=content, checker="Jan", by=officer)
    assert sorted(found.texts) == ["exit.keys", "nav.back"] and found.old == 0
    show_waiting()
    with override("pl"):
        assert (get_text("nav.back"), get_easy_text("exit.keys")) == ("Cofnij", "Shift, trzy razy.")
    assert state("nav.back") == TranslationReviewState.CHECKED and state("nav.home") == TranslationReviewState.WAITING


def test_an_unchanged_file_changes_nothing(officer):
    assert not actions.import_po_file(
        language="ur", content=po_files.export_po_file("ur"), checker="A", by=officer
    ).texts
    assert not WordCheck.objects.exists()


def test_one_fault_refuses_the_whole_file(officer):
    content = edited(
        "pl", **{"nav.back": "Cofnij", "nav.progress": "Pytanie {n}", "easy:help.danger": "Zadzwoń pod 112."}
    )
    with pytest.raises(po_files.PoFileRefused) as refused:
        actions.import_po_file(language="pl", content=content, checker="Jan", by=officer)
    assert refused.value.sentences[0] == "nav.progress: It lost {total}: keep it as it is."
    assert "help.danger, easy read: It lost 999" in str(refused.value)
    assert not Correction.objects.exists()


def test_messages_whose_english_has_changed_are_left_out(officer):
    content = edited("pl").replace(b'msgid "Back"', b'msgid "Go back"')
    assert actions.import_po_file(language="pl", content=content, checker="Jan", by=officer).old == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"consultation/interface_text/words.json", "not a .po file"),
        (b"msgid \xff\xfe", "not in UTF-8"),
        (b'msgid "a"\nmsgstr "b\nmsgstr[0] x', "cannot be read"),
        (b"x" * (po_files.MAX_FILE_BYTES + 1), "too big"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(officer, content, why):
    with pytest.raises(po_files.PoFileRefused, match=why):
        po_files.find_po_changes("pl", content)
