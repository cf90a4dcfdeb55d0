"""Search scopes: coders find all cleared answers, others only the words on pages of themes; counts reveal no more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultation.audit.models import AuditEntry
from insights.coding.models import CodingStatus, Theme
from insights.corpus.actions import forget_respondent, forget_text
from insights.corpus.models import Text
from insights.releases.actions import RELEASES, approve_quote, create_release
from insights.releases.models import Quote
from insights.search import index_queries, index_schema
from insights.search.search_scopes import AnswerSearch, QuoteSearch, suggest_other_words
from insights.search.search_terms import parse_terms
from insights.search.similar_texts import find_similar_texts
from tests import factories
from tests.databases import only_on_postgresql, only_on_sqlite
from tests.insights.search.conftest import DAY

SCRIPTS = {
    "ur": ("راستے میں بہت اندھیرا ہے۔", "اندھیرا"),
    "pa": ("ਰਸਤੇ ਵਿੱਚ ਰੋਸ਼ਨੀ ਨਹੀਂ ਹੈ।", "ਰੋਸ਼ਨੀ"),
    "bn": ("রাস্তায় আলো নেই।", "আলো"),
    "ar": ("الطريق مظلم جدا", "مظلم"),
    "pl": ("Potrzebna jest świetlica", "swietlica"),
    "sk": ("Potrebujeme viac svetiel na ihrisku", "ihrisku"),
}


def found(scope, words, number=1):
    return [row.text for row in scope.find(parse_terms(words), number).rows]


def quoted(scope, words):
    return sorted(each[0].text for each in scope.find(parse_terms(words)).rows)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"insights:{name}", args=args, query=query or None))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("language", SCRIPTS)
def test_words_in_every_language_are_found(write, language):
    text, word = SCRIPTS[language]
    write(text, language=language)
    write("nothing of the kind")
    assert found(AnswerSearch(), word) == [text]
    assert found(AnswerSearch(language=language), f'"{word}"') == [text]
    assert found(AnswerSearch(language="en"), word) == []


@only_on_postgresql("that both of its ways to search find the same, and that it takes the cheaper one")
@pytest.mark.parametrize("ranked", [True, False])
def test_along_the_keys_or_by_the_words_the_same_is_found(write, monkeypatch, ranked):
    for number in range(30):
        write("The stop is dark" if number % 3 else "The dark bus stop is a dark stop")
    ways = []
    for common in (True, False):
        monkeypatch.setattr(index_queries, "_is_key_walk_cheaper", lambda *asked, common=common: common)
        ask = {"ranked": ranked, "limit": 8, "offset": 4, "most": 20}
        ways.append(
            index_queries.find_rows(
                index_schema.TEXTS, parse_terms("dark stop"), AnswerSearch(language="en").build_conditions(), **ask
            )
        )
    assert ways[0] == ways[1]
    assert (len(ways[0].keys), ways[0].number, ways[0].more) == (8, 20, True)


@only_on_postgresql("that both of its ways to search find the same, and that it takes the cheaper one")
def test_common_words_are_found_along_the_keys_and_rare_ones_by_the_index(write):
    for number in range(600):
        write("The lamp by the gate is broken" if number % 100 else "The bench by the gate is broken")
    among = f"FROM {index_schema.TEXTS.table} AS row_, to_tsquery('simple', %s) AS asked "
    among += f"WHERE row_.{index_schema.COLUMN} @@ asked"
    asked = index_queries.IndexQuery(
        index_schema.TEXTS,
        list(parse_terms("lamp")),
        AnswerSearch().build_conditions(),
        ranked=True,
        some=False,
        most=20,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {index_schema.TEXTS.table}")
        assert index_queries._is_key_walk_cheaper(cursor, asked, among, ["'lamp'"])
        assert not index_queries._is_key_walk_cheaper(cursor, asked, among, ["'bench'"])


def test_terms_phrases_and_beginnings(write):
    write("The bus stop is dark")
    write("Stop the bus, it is late/dark")
    assert len(found(AnswerSearch(), "bus stop dark")) == 2
    assert found(AnswerSearch(), '"bus stop"') == ["The bus stop is dark"]
    assert len(found(AnswerSearch(), "da*")) == 2
    assert found(AnswerSearch(), "bu") == []
    assert found(AnswerSearch(), "bus tram") == [], "every word must be there"


def test_the_best_stand_first(write):
    write("lamp " + "and many other words that say other things " * 6)
    write("lamp lamp lamp")
    assert found(AnswerSearch(), "lamp")[0] == "lamp lamp lamp"


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    "typed", ["'", '"', "* - (", "a:b", "text : x", "lights'; DROP TABLE insights_text", "%s %d", "\x00"]
)
def test_nothing_that_is_typed_breaks_a_search(write, typed):
    write("lights")
    found(AnswerSearch(), typed)
    assert Text.objects.count() == 1


def test_filters_narrow_to_a_question_a_theme_and_what_is_coded(answered, write):
    write("lights for all", question="q-other")
    assert found(AnswerSearch(question="q-other"), "lights") == ["lights for all"]
    assert found(AnswerSearch(coded=False), "lights") == ["lights for all"]
    assert AnswerSearch(coded=True).find(parse_terms("lights")).found == 50
    lights = Theme.objects.get(slug="lights")
    assert len(found(AnswerSearch(theme=lights.pk), "lights")) == 20
    assert found(AnswerSearch(theme=Theme.objects.get(slug="staff").pk), "lights") == []
    CodingStatus.objects.all().delete()
    assert found(AnswerSearch(theme=lights.pk), "lights") == [], "a person's choice that was undone stands no more"
    assert found(AnswerSearch(versions=(0,)), "lights") == []


def test_paging_gives_each_answer_once(answered):
    pages = [found(AnswerSearch(), "lights", number) for number in (1, 2, 3)]
    assert [len(one) for one in pages] == [20, 20, 10]
    assert len({text for one in pages for text in one}) == 50
    assert [AnswerSearch().find(parse_terms("lights"), number).has_next for number in (1, 2, 3)] == [True, True, False]


def test_a_common_word_has_an_end(write, monkeypatch):
    monkeypatch.setattr(index_queries, "MOST", 5)
    for n in range(9):
        write(f"lights {n}")
    found = AnswerSearch().find(parse_terms("lights"))
    assert (len(found.rows), found.found, found.more) == (5, 5, True)


def test_what_is_withdrawn_recalled_or_changed_is_found_no_more(write):
    gone, taken, changed = write("zebra one"), write("zebra two"), write("zebra three")
    forget_respondent(gone.respondent)
    forget_text(taken.pk)
    Text.objects.filter(pk=changed.pk).update(text="horse three")
    assert found(AnswerSearch(), "zebra") == []
    assert found(AnswerSearch(), "horse") == ["horse three"]


@only_on_sqlite("that its index of words tells nothing of arrival and mends itself")
def test_the_index_says_nothing_of_who_came_first(write):
    texts = [write(f"lamp {n}") for n in range(40)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM insights_text_search WHERE insights_text_search MATCH 'lamp' ORDER BY rowid")
        numbers = [number for (number,) in cursor.fetchall()]
    assert numbers == sorted(int(text.pk.hex[: index_schema.DIGITS], 16) for text in texts), (
        "each is made of a random key"
    )


@only_on_sqlite("that its index of words tells nothing of arrival and mends itself")
def test_what_came_without_the_triggers_is_found_after_the_next_migrate(write):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER insights_text_search_add")
    write("zebra")
    assert found(AnswerSearch(), "zebra") == []
    index_schema.install_index(connection, index_schema.TEXTS)
    assert found(AnswerSearch(), "zebra") == ["zebra"]


# What planners may see


@pytest.mark.slow
def test_planners_find_exactly_the_words_that_the_themes_pages_show(client, release, planner, write):
    """And in no other way: not the hidden theme, not what nobody may quote, not what came after."""
    write("lights zebra", quotable=False)
    write("lights giraffe")
    client.force_login(planner)
    shown = set()
    for slug in ("lights", "staff", "rare"):
        for number in (1, 2, 3):
            html = page(client, "theme", release.pk, slug, page=number)
            shown |= set(re.findall(r"(?:lights|staff|rare) number \d\d", html))
    scope = QuoteSearch.of(planner)
    every = quoted(scope, "number") + quoted_pages(scope, "number")
    assert set(every) == shown and len(shown) == 50
    for word in ("rare", "zebra", "giraffe"):
        html = page(client, "search", q=word)
        assert "Nothing found" in html and "Did you mean" not in html


def quoted_pages(scope, words):
    return [each[0].text for number in (2, 3, 4) for each in scope.find(parse_terms(words), number).rows]


def test_words_of_a_draft_release_are_not_found_and_tell_nothing(client, answered, officer, planner):
    draft = create_release(consultation=answered, by=officer, today=DAY)
    assert draft.quotes.count() == 50
    client.force_login(planner)
    for query in ({"q": "lights"}, {"q": "ligths"}, {"q": "lights", "release": draft.pk}):
        html = page(client, "search", **query)
        assert "Nothing found" in html and "Did you mean" not in html and "number 0" not in html
    assert client.get(reverse("insights:like-words", args=[draft.quotes.first().pk])).status_code == 404
    RELEASES.discard(draft, by=officer)
    assert QuoteSearch(planner, (draft.pk,)).find(parse_terms("lights")).rows == []


def test_a_partner_finds_what_two_people_approved_and_gets_no_other_word_proposed(
    client, release, partner, officer, colleague, planner
):
    quote = release.quotes.filter(theme__slug="lights").first()
    scope = QuoteSearch.of(partner)
    assert scope.find(parse_terms("lights")).rows == [] and suggest_other_words(scope, parse_terms("lihgts")) == ""
    assert suggest_other_words(QuoteSearch.of(planner), parse_terms("lihgts")) == "lights"
    for person in (officer, colleague):
        person.user_permissions.add(approve_permission())
        approve_quote(quote=quote, by=type(person).objects.get(pk=person.pk))
    assert quoted(QuoteSearch.of(partner), "number") == [quote.text]
    assert suggest_other_words(QuoteSearch.of(partner), parse_terms("staf")) == ""
    assert find_similar_texts(quote.text, QuoteSearch.of(partner)) == []


def test_words_that_a_partner_is_shown_are_in_the_log_whichever_way_they_came_and_what_was_asked_is_not(
    client, release, officer, colleague
):
    quote = release.quotes.filter(theme__slug="lights").first()
    for person in (officer, colleague):
        person.user_permissions.add(approve_permission())
        approve_quote(quote=quote, by=type(person).objects.get(pk=person.pk))
    client.force_login(factories.staff("theirs@example.org", "insights.view_reports", "insights.export"))
    viewed = AuditEntry.objects.filter(verb="report viewed by partner", object_id=str(release.pk))
    page(client, "search", q="staff")
    assert not viewed.exists(), "nothing was shown"
    ways = [("search", (), {"q": "lights"}), ("like-words", (quote.pk,), {}), ("theme", (release.pk, "lights"), {})]
    for seen, (name, args, query) in enumerate(ways, start=1):
        page(client, name, *args, **query)
        assert viewed.count() == seen
    assert "lights" not in str(list(viewed.values("data")))


def test_what_a_person_may_not_see_is_not_asked_for_so_no_clock_tells_of_it(
    release, partner, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as asked:
        QuoteSearch.of(partner).find(parse_terms("lights"))
        QuoteSearch.of(partner).find_texts_with_any(["lights"])
    assert not [query["sql"] for query in asked if "MATCH" in query["sql"] or "@@" in query["sql"]]
    with django_assert_num_queries(0):
        index_queries.find_rows(
            index_schema.QUOTES, parse_terms("lights"), index_queries.RowConditions({"release_id": []}), ranked=False
        )


def approve_permission():
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename="approve_quote")


def test_planners_are_told_no_number_of_results_and_no_filter_carries_one(client, release, planner):
    client.force_login(planner)
    words = release.quotes.filter(theme__slug="lights").first().text
    html = page(client, "search", q=f'"{words}"')
    for found in (html, page(client, "search", q="lights")):
        (said,) = re.findall(r'<p role="status">(.*?)</p>', found, re.DOTALL)
        assert re.fullmatch(r"\s*Found\s*\.\s*", said) and not re.search(r"\(\d+\)", found)
    assert "page 2" in page(client, "search", q="lights", page="2")
    options = re.findall(r"<option[^>]*>([^<]*)</option>", html)
    assert options and not any(re.search(r"\(\d+\)", option) for option in options)
    assert "Rare" in options, "themes are listed by the codebook, spoken of or not"


def test_the_order_of_quoted_words_is_that_of_the_themes_page_whatever_is_looked_for(release, planner):
    keys = list(release.quotes.filter(theme__slug="lights").order_by("pk").values_list("pk", flat=True))
    rows = [
        each[0].pk for number in (1, 2, 3) for each in QuoteSearch.of(planner).find(parse_terms("lights"), number).rows
    ]
    assert rows == keys


def test_the_same_words_under_two_themes_stand_there_once_with_both(client, release, planner):
    quote = release.quotes.filter(theme__slug="lights").first()
    staff = Theme.objects.get(slug="staff")
    Quote.objects.create(
        release=release, theme=staff, source_text=quote.source_text, question=quote.question, version=quote.version,
        audience=quote.audience, text=quote.text,
    )  # fmt: skip
    [each] = QuoteSearch.of(planner).find(parse_terms(f'"{quote.text}"')).rows
    assert sorted(one.label for one in each) == ["Lights", "Staff"]


def test_words_that_are_taken_back_are_gone_from_search_at_once(client, release, planner):
    quote = release.quotes.filter(theme__slug="lights").first()
    Text.objects.get(pk=quote.source_text_id).delete()
    client.force_login(planner)
    assert quoted(QuoteSearch.of(planner), f'"{quote.text}"') == []
    assert client.get(reverse("insights:like-words", args=[quote.pk])).status_code == 404
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            match = "SELECT count(*) FROM insights_quote_search WHERE insights_quote_search MATCH %s"
            cursor.execute(match, [f'"{quote.text}"'])
            assert cursor.fetchone() == (0,)


# Pages


def test_a_coder_searches_all_answers_and_a_planner_does_not(client, answered, write, coder, planner):
    write("<script>alert(1)</script> lights & more [PERSON 1]")
    client.force_login(coder)
    html = page(client, "search-answers", q="lights more", consultation=answered.slug, question="q-c", coded="no")
    assert "&lt;script&gt;" in html and "<mark>lights</mark> &amp; <mark>more</mark>" in html
    assert '<span class="tagged">[PERSON 1]</span>' in html
    assert 'value="lights more"' in html, "the address and the form hold what was asked"
    assert "<b>1</b> found" in html and "respondent" not in html
    client.force_login(planner)
    assert client.get(reverse("insights:search-answers", query={"q": "lights"})).status_code == 403


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    "query", [{"q": "lihgts"}, {"q": "lights", "theme": "x", "page": "zz"}, {"page": "9" * 30}, {"q": "a" * 999}]
)
def test_nonsense_in_the_address_is_no_error(client, release, coder, planner, query):
    for person, name in ((coder, "search-answers"), (planner, "search")):
        client.force_login(person)
        page(client, name, **query)


def test_nothing_found_says_what_to_try(client, release, planner):
    client.force_login(planner)
    html = page(client, "search", q="lihgts")
    assert "Did you mean" in html and "q=lights" in html
    assert "Try fewer" in page(client, "search", q="lights unicorn")
    assert "Write a word" in page(client, "search")


def test_more_like_this_finds_what_shares_rare_words_and_stays_in_its_scope(client, coder, planner, write, release):
    one = write("My dog is scared of the underpass by the canal")
    near = write("Nobody walks the dog through that underpass", language="en")
    for n in range(12):
        write(f"There should be more buses of the number {n}")
    assert find_similar_texts(one.text, AnswerSearch()) == [near]
    client.force_login(coder)
    assert near.text in page(client, "like-answer", one.pk)
    client.force_login(planner)
    assert client.get(reverse("insights:like-answer", args=[one.pk])).status_code == 403
    quote = release.quotes.first()
    html = page(client, "like-words", quote.pk)
    assert "underpass" not in html and "More like this" in html


@only_on_sqlite("that a narrowed search asks for each row by its key")
def test_a_narrowed_search_asks_for_each_row_by_its_key(db):
    where = AnswerSearch(versions=(1,), question="q-c", language="en", theme=1, coded=False).build_conditions()
    asked = index_queries.IndexQuery(
        index_schema.TEXTS, list(parse_terms("lights")), where, ranked=True, some=False, most=500
    )
    sql, params = index_queries._build_sqlite_query(None, asked)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", [*params, index_queries.MOST])
        plan = "\n".join(row[3] for row in cursor.fetchall())
    assert "row_ USING INDEX sqlite_autoindex_insights_text_1 (id>? AND id<?)" in plan, plan


def test_a_question_is_asked_for_without_its_versions_which_ranking_would_walk():
    versions = {"version_id": [1, 2], "language": ["ur"]}
    asked = index_queries._build_fts5_match(
        list(parse_terms("bus")), index_queries.RowConditions(versions | {"question": ["q-c"]}), some=False
    )
    assert '"v1"' not in asked and '"lur"' in asked and '"qqc"' in asked
    assert '"v1" OR "v2"' in index_queries._build_fts5_match(
        list(parse_terms("bus")), index_queries.RowConditions(versions), some=False
    )
