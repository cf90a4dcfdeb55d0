import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultation.interface_text import po_files
from consultation.interface_text.models import Correction, ProposedCorrection, WordCheck
from consultation.interface_text.translation_review import list_review_rows

pytestmark = pytest.mark.any_database

LIST = reverse("languages:list")
POLISH = reverse("languages:language", args=["pl"])
SECOND = reverse("languages:second", args=["pl"])
NEXT = reverse("languages:word", args=["pl", "nav.next"])


@pytest.fixture
def officer(client_as, told_at_once):
    return client_as("engagement_officer")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def do(send, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return send(*args, **kwargs)

    return do


def html(answer):
    return answer.content.decode()


def seen(page):
    return re.findall(r'name="seen" value="([^"]+)"', html(page))


def tick(officer, path=POLISH, **data):
    page = officer.get(path)
    address = re.search(r'action="(/staff/languages/pl/check/[^"]*)"', html(page))[1]
    return officer.post(address, {"seen": seen(page), "speaks": "on", "checker": "Ewa Nowak"} | data, follow=True)


def test_each_language_says_how_far_it_has_come(officer):
    page = html(officer.get(LIST))
    assert page.count("Awaits a check") == 7
    assert f"Complete: {len(list_review_rows('pl'))} words." in page
    assert '<span lang="ur" dir="rtl">اردو</span>' in page


@pytest.mark.parametrize("code", ["en", "fr"])
def test_there_is_nothing_to_check_in_the_source_or_elsewhere(officer, code):
    assert officer.get(reverse("languages:language", args=[code])).status_code == 404


def test_every_word_stands_beside_its_english(officer):
    page = html(officer.get(POLISH))
    assert "Uzyskaj pomoc teraz" in page and "Get help now" in page
    assert "Keep {n} and {total}; the order may change." in page


@pytest.mark.slow
def test_words_can_be_searched_and_filtered(officer):
    assert "<code>nav.next</code>" in html(officer.get(POLISH, {"q": "dalej"}))
    assert "No word fits." in html(officer.get(POLISH, {"q": "qqqq"}))
    assert "No word fits." in html(officer.get(POLISH, {"show": "changed"}))
    assert officer.get(POLISH, {"show": "nonsense"}).status_code == 200


@pytest.mark.slow
def test_a_tick_is_kept_with_a_name_and_can_be_undone(officer, committed):
    page = html(committed(tick, officer))
    assert "Ewa Nowak has checked" in page and "Who has checked" in page
    assert "No word in the list waits for a check." in page
    check = WordCheck.objects.get()
    page = html(committed(officer.post, reverse("languages:undo", args=["pl", check.pk]), follow=True))
    assert "no longer counts" in page and "Nobody has checked a word yet." in page


@pytest.mark.slow
def test_a_filter_ticks_fewer_words(officer, committed):
    committed(tick, officer, f"{POLISH}?q=nav.progress")
    assert set(WordCheck.objects.get().digests) == {"nav.progress"}


@pytest.mark.slow
def test_a_tick_needs_a_name_and_the_tick(officer):
    answer = tick(officer, speaks="", checker="")
    assert answer.status_code == 422
    assert "Nothing was kept yet" in html(answer)
    assert not WordCheck.objects.exists()


@pytest.mark.slow
def test_words_that_changed_meanwhile_are_not_ticked(officer, committed, show_waiting):
    old = seen(officer.get(POLISH))
    committed(officer.post, NEXT, {"text": "Dalej proszę", "checker": "Jan"})
    show_waiting()
    stale = [each.partition(" ")[0] + " 0" for each in old[:1]]
    answer = officer.post(
        reverse("languages:check", args=["pl"]), {"seen": stale, "speaks": "on", "checker": "E"}, follow=True
    )
    assert "changed while you read them" in html(answer)


@pytest.mark.slow
def test_the_public_notice_follows_the_check(officer, committed, home, settings):
    settings.DEMO = False  # whose people are invented, so that nobody has checked its words
    from cms.site.pages.site_setup import ensure_site

    ensure_site(("en", "pl"))
    assert "Nikt ich jeszcze nie sprawdził." in html(Client().get("/pl/help/"))
    committed(tick, officer)
    assert "Sprawdziła je osoba, która mówi w tym języku." in html(Client().get("/pl/help/"))
    committed(officer.post, reverse("languages:undo", args=["pl", WordCheck.objects.get().pk]))
    assert "Nikt ich jeszcze nie sprawdził." in html(Client().get("/pl/help/"))


@pytest.mark.slow
def test_a_corrected_word_shows_on_the_page_once_a_second_person_read_it(officer, client_as, committed, home):
    from cms.site.pages.site_setup import ensure_site

    ensure_site(("en", "pl"))
    committed(
        officer.post, reverse("languages:word", args=["pl", "help.link"]), {"text": "Pomoc teraz", "checker": "Jan"}
    )
    assert "Pomoc teraz" not in html(Client().get("/pl/help/"))
    page = officer.get(POLISH, {"q": "qqqq"})
    assert "Another officer reads them, and shows them." in html(page)
    press = {"do": "confirm", "seen": seen(page)}
    assert "Somebody else reads words that you entered" in html(officer.post(SECOND, press, follow=True))
    assert ProposedCorrection.objects.exists() and not Correction.objects.exists()
    second = client_as("engagement_officer")
    assert "I read them: show them" in html(second.get(POLISH, {"q": "qqqq"}))
    stale = {"do": "confirm", "seen": "help.link 0"}
    assert "changed while you read them" in html(second.post(SECOND, stale, follow=True))
    assert "1 word: on the pages now." in html(committed(second.post, SECOND, press, follow=True))
    assert "Pomoc teraz" in html(Client().get("/pl/help/"))
    assert "Corrected here" in html(officer.get(POLISH, {"show": "corrected"}))
    page = html(officer.get(reverse("languages:word", args=["pl", "help.link"])))
    assert "Use the words that came with the site" in page
    committed(officer.post, reverse("languages:word", args=["pl", "help.link"]), {"do": "restore"})
    assert "Pomoc teraz" in html(Client().get("/pl/help/"))
    committed(second.post, SECOND, {"do": "confirm", "seen": seen(second.get(POLISH, {"q": "qqqq"}))})
    assert "Pomoc teraz" not in html(Client().get("/pl/help/"))


@pytest.mark.slow
def test_a_survey_that_is_kept_ready_hears_of_it_too(officer, committed, home, show_waiting):
    from cms.site.pages.site_setup import ensure_site
    from tests.factories import consultation, question

    ensure_site(("en", "pl"))
    consultation(home, items=[question("a"), question("b")])
    address = "/pl/have-your-say/parks/answer/"
    assert "Dalej proszę" not in html(Client().get(address))
    committed(officer.post, NEXT, {"text": "Dalej proszę", "checker": "Jan"})
    assert "Dalej proszę" not in html(Client().get(address))
    committed(show_waiting)
    assert "Dalej proszę" in html(Client().get(address))


def test_a_correction_that_loses_a_placeholder_is_refused_in_words(officer):
    answer = officer.post(
        reverse("languages:word", args=["pl", "nav.progress"]), {"text": "Pytanie {n}", "checker": "Jan"}
    )
    assert answer.status_code == 422
    assert "It lost {total}: keep it as it is." in html(answer)
    assert "Pytanie {n}</textarea>" in html(answer)


def test_an_unknown_word_is_not_found(officer):
    assert officer.get(reverse("languages:word", args=["pl", "no.such"])).status_code == 404


@pytest.mark.slow
def test_a_file_goes_out_and_comes_back(officer, committed):
    file = officer.get(reverse("languages:download", args=["pl"]))
    assert file["Content-Disposition"] == 'attachment; filename="words-pl.po"'
    content = file.content.replace(b'msgstr "Dalej"', 'msgstr "Dalej proszę"'.encode())
    sent = {"file": SimpleUploadedFile("words-pl.po", content), "checker": "Jan"}
    assert "1 word: kept, and shown when another officer" in html(
        committed(officer.post, reverse("languages:upload", args=["pl"]), sent, follow=True)
    )
    assert ProposedCorrection.objects.get().text == "Dalej proszę"


@pytest.mark.slow
def test_a_file_with_a_fault_changes_nothing_and_says_why(officer):
    content = po_files.export_po_file("pl").replace(b"Pytanie {n} z {total}", b"Pytanie {n}")
    sent = {"file": SimpleUploadedFile("words-pl.po", content), "checker": "Jan"}
    answer = officer.post(reverse("languages:upload", args=["pl"]), sent)
    assert answer.status_code == 422
    assert "nav.progress: It lost {total}: keep it as it is." in html(answer)
    assert not ProposedCorrection.objects.exists()


def test_a_file_and_a_name_are_needed(officer):
    assert officer.post(reverse("languages:upload", args=["pl"]), {}).status_code == 422


def test_the_way_in_is_in_the_menu(officer):
    assert LIST in html(officer.get("/staff/"))
