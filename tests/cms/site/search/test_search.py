"""Site search finds words in any script and stores no query."""

import logging
import time

import pytest

from cms.site.search.search_index import SearchDocument, SearchIndex, parse_query, split_tokens

DOCUMENTS = [
    SearchDocument("/a/", "Buses at night", "When the last bus goes.", "en"),
    SearchDocument("/b/", "Parks", "Lights by the canal, and a bus stop.", "en"),
    SearchDocument("/c/", "Ścieżka przy kanale", "Nowe lampy.", "pl"),
    SearchDocument("/d/", "বাংলা পাতা", "পার্কে আলো", "bn"),
    SearchDocument("/e/", "محفوظ پارک", "روشنی", "ur"),
]


def paths(text):
    return [found.path for found in SearchIndex(DOCUMENTS).find(text)]


def test_words_of_a_title_count_more():
    assert paths("bus") == ["/a/", "/b/"]
    assert paths("BUSES") == ["/a/"]
    assert paths("canals") == ["/b/"], "a plural finds the one"


def test_all_words_or_else_any():
    assert paths("bus canal") == ["/b/"]
    assert set(paths("night canal")) == {"/a/", "/b/"}
    assert paths("nothing-like-it") == paths("") == paths("?!") == []


def test_any_script_and_latin_without_its_marks():
    assert paths("sciezka") == ["/c/"]
    assert paths("ścieżka") == ["/c/"]
    assert paths("পার্কে") == ["/d/"]
    assert paths("پارک") == ["/e/"]


def test_words_are_whole_in_scripts_with_vowel_signs():
    assert split_tokens("পার্কে আলো") == split_tokens("পার্কে") + split_tokens("আলো")
    assert len(parse_query("word " * 50 + "end")) == 1


def test_a_thousand_pages_are_searched_in_a_millisecond_or_two():
    many = [
        SearchDocument(f"/{n}/", f"Page {n} parks", "lights buses schools " * 20 + str(n), "en") for n in range(1000)
    ]
    index = SearchIndex(many)
    spent = []
    for word in ("parks", "light", "page 77", "schools buses", "xyz") * 8:
        start = time.perf_counter()
        index.find(word)
        spent.append(time.perf_counter() - start)
    assert sorted(spent)[int(len(spent) * 0.95)] < 0.1


@pytest.mark.django_db
def test_the_page_keeps_nothing_of_what_was_typed(client, home, caplog):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cms.site.search import search_documents

    search_documents.clear_search_indexes()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        reply = client.post("/en/search/", {"words": "frightened"})
    page = reply.content.decode()
    assert reply.status_code == 200 and not reply.cookies
    assert reply["X-Robots-Tag"].startswith("noindex") and reply["Cache-Control"] == "no-store"
    assert "We found nothing" in page and 'href="tel:08001111"' in page and "/en/contact/" in page
    assert not any("frightened" in query["sql"] for query in queries.captured_queries)
    assert "frightened" not in caplog.text
    assert "frightened" not in client.get("/en/search/?words=frightened").content.decode()
    assert "voice/no_resubmit" in page, "Back and Refresh do not ask to send it again"
    assert "voice/no_resubmit" not in client.get("/en/search/").content.decode()


@pytest.mark.django_db
def test_pages_places_and_ourselves_are_found(client, home, monkeypatch):
    from cms.site.search import search_documents, views
    from consultation.safeguarding.help.directory import HelpEntryCard, load_help_entries
    from consultation.safeguarding.models import HelpEntry

    load_help_entries()
    search_documents.clear_search_indexes()
    page = client.post("/en/search/", {"words": "childline"}).content.decode()
    place = HelpEntryCard(HelpEntry.objects.get(slug="childline")).anchor
    assert f'href="/en/help/#{place}"' in page and "childline" not in place
    assert 'href="/en/privacy/"' in client.post("/en/search/", {"words": "what we keep"}).content.decode()
    assert 'href="/en/hear-by-right/"' in client.post("/en/search/", {"words": "leadership"}).content.decode()
    monkeypatch.setattr(views, "A_PAGE", 2)
    many = client.post("/en/search/", {"words": "we", "page": "2"}).content.decode()
    assert "Page 2 of" in many and 'value="we"' in many
    assert client.post("/en/search/", {"words": "<b>\0"}).status_code == 200
