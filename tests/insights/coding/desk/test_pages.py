"""The coding desk's pages, without a browser and without a script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insights.coding.desk.actions import confirm_codes
from insights.coding.desk.current_codes import compute_choice_mark, current_choice_of
from insights.coding.desk.desk_phrases import progress_in_words
from insights.coding.desk.models import SavedSet
from insights.coding.models import Code, CodingStatus
from insights.corpus.models import Text
from tests import factories


def url(text, **query):
    return reverse("insights:code-text", args=[text.pk], query=query or None)


def press(client, text, do="save", **form):
    page = client.get(url(text)).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    return client.post(url(text), {"do": do, "seen": seen} | form)


def test_a_text_shows_the_question_the_proposals_and_why(coder, dark):
    html = coder.get(url(dark)).content.decode()
    assert "Question c?" in html
    assert "Very likely, because of “dark”, “lights”" in html
    assert '<mark class=" cause"><span data-at="6">dark</span>' in html
    assert " checked" not in re.search(r'<fieldset class="field themes">.*?</fieldset>', html, re.S)[0]
    assert "0.93" not in html and "11 to 13" not in html


def test_urdu_runs_its_way_and_says_that_people_must_read_it(coder, texts):
    urdu = next(text for text in texts.values() if text.language == "ur")
    html = coder.get(url(urdu)).content.decode()
    assert 'id="answer" tabindex="-1" lang="ur" dir="rtl"' in html
    assert "The machine cannot read Urdu. It waits for people who can." in html


def test_saving_keeps_it_all_and_goes_on_in_the_line(coder, dark, texts, themes, officer):
    lights = themes["lights"].pk
    answer = press(
        coder, dark, themes=[lights], memo="so", **{f"stance-{lights}": "disagrees", "span": f"{lights}:0:11"}
    )
    code = Code.objects.by_people().get(text=dark)
    assert (code.stance, code.spans, CodingStatus.objects.get(text=dark).memo) == ("disagrees", [[0, 11]], "so")
    assert answer.status_code == 302
    following = Text.objects.get(pk=answer["Location"].split("/")[-2])
    assert following != dark and not hasattr(following, "status")


def test_the_filter_goes_along(coder, dark, themes):
    page = coder.get(url(dark, theme="lights")).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    answer = coder.post(url(dark, theme="lights"), {"seen": seen, "themes": [themes["lights"].pk]})
    assert "theme=lights" in answer["Location"]


def test_sentences_are_marked_without_a_script(coder, dark, themes):
    lights = themes["lights"].pk
    html = press(coder, dark, "mark", **{"mark-theme": lights, "sentence": ["24-40"]}).content.decode()
    assert f'name="span" value="{lights}:24:40"' in html
    assert re.search(rf'value="{lights}"[^>]* checked', html)
    assert not Code.objects.by_people().exists(), "nothing is kept before it is saved"
    html = press(
        coder, dark, f"unmark:{lights}:24:40", themes=[lights], span=f"{lights}:24:40", memo="stays"
    ).content.decode()
    assert 'name="span"' not in html and "stays" in html


@pytest.mark.parametrize(
    "form", [{"sentence": ["24-40"]}, {"mark-theme": "1"}, {"mark-theme": "1", "sentence": "9-99999"}]
)
def test_what_cannot_be_marked_says_why_and_loses_nothing(coder, dark, form):
    answer = press(coder, dark, "mark", memo="mine", **form)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in html and "Error: " in html and "mine" in html


def test_a_choice_that_cannot_stand_comes_back_whole(coder, dark, themes):
    answer = press(coder, dark, themes=[themes["lights"].pk], nothing="no_reason", memo="mine")
    html = answer.content.decode()
    assert answer.status_code == 422 and "do not go together" in html and "mine" in html
    assert not CodingStatus.objects.exists()


def test_a_colleague_who_came_first_is_named_and_nothing_is_lost(coder, dark, themes, colleague):
    seen = compute_choice_mark(current_choice_of(dark))
    confirm_codes(text=dark, themes=[themes["staff"]], by=colleague, memo="their note")
    mine = {"seen": seen, "themes": [themes["lights"].pk], "memo": "my note"}
    answer = coder.post(url(dark), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert f"{colleague} coded this while you had it open" in html
    assert "Theirs:" in html and "their note" in html and "my note" in html
    assert [code.theme.slug for code in Code.objects.by_people()] == ["staff"]
    again = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert coder.post(url(dark), mine | {"seen": again}).status_code == 302
    assert [code.theme.slug for code in Code.objects.by_people()] == ["lights"]


def test_an_old_page_without_its_mark_overwrites_nothing(coder, dark, themes):
    assert coder.post(url(dark), {"themes": [themes["lights"].pk]}).status_code == 409


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("value", ["9" * 30, "9" * 5000, "٣", "-1", "1\0"])
def test_numbers_that_no_page_sends_break_nothing(coder, dark, value):
    for form in ({"themes": value}, {"themes": "1", "span": f"1:{value}:4"}, {"do": "mark", "mark-theme": value}):
        assert press(coder, dark, **form).status_code in (302, 422)
    assert coder.get(url(dark, q=f"a{value}")).status_code == (400 if "\0" in value else 200)


def test_the_list_asks_the_database_as_often_for_many_as_for_few(coder, texts, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        coder.get(reverse("insights:coding-desk", args=["parks"]))


def test_words_that_were_taken_back_meanwhile(coder, dark):
    address = url(dark)
    dark.delete()
    answer = coder.post(address, {"do": "save"}, follow=True)
    assert "no longer here" in answer.content.decode()


def test_a_choice_that_changed_meanwhile_is_not_taken_away_by_an_old_page(coder, dark, themes, colleague):
    press(coder, dark, themes=[themes["lights"].pk])
    old = re.findall(r'name="seen" value="([^"]+)"', coder.get(url(dark)).content.decode())
    assert len(set(old)) == 1 and len(old) == 2, "both forms of the page carry what was seen"
    confirm_codes(text=dark, themes=[themes["staff"]], by=colleague)
    address = reverse("insights:undo-code", args=[dark.pk])
    assert "Nothing was taken away" in coder.post(address, {"seen": old[0]}, follow=True).content.decode()
    assert [code.theme.slug for code in Code.objects.by_people()] == ["staff"]
    dark.delete()
    assert "no longer here" in coder.post(address, {"seen": old[0]}, follow=True).content.decode()


def test_undo_from_the_page_shows_the_text_again(coder, dark, themes):
    press(coder, dark, themes=[themes["lights"].pk])
    answer = coder.post(reverse("insights:undo-last-code"), {"theme": "lights"}, follow=True)
    html = answer.content.decode()
    assert "Undone." in html and "Not coded yet" in html and answer.redirect_chain[0][0].startswith(url(dark))
    answer = coder.post(reverse("insights:undo-last-code"), follow=True)
    assert "nothing left to undo" in answer.content.decode()


def test_the_consultations_to_code_are_counted_at_once(coder, texts, home, officer, codebook, themes):
    address = reverse("insights:coding")
    confirm_codes(text=Text.objects.first(), by=officer, themes=[themes["lights"]])

    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            html = coder.get(address).content.decode()
        assert progress_in_words(1, Text.objects.count()) in html
        return len(queries)

    coder.get(address)  # fills what is kept in memory
    before = count_queries()
    for number in range(3):
        factories.consultation(home, slug=f"more-{number}", items=[factories.question("a")])
    assert count_queries() == before


def test_the_list_groups_like_answers_and_counts_nobody(coder, texts, parks):
    html = coder.get(reverse("insights:coding-desk", args=["parks"])).content.decode()
    assert html.index(">Lights<small>") < html.index(">Staff<small>")
    assert "For people who read Urdu<small>" in html
    assert "None of it is coded yet" in html
    assert html.count("Accept several") == 1


def test_every_text_offers_the_second_net(client_as, texts, dark):
    client = client_as("engagement_officer")
    report = reverse("insights:report-words", args=[dark.pk])
    pages = (
        url(dark),
        reverse("insights:coding-desk", args=["parks"]),
        reverse("insights:accept-together", args=["parks"], query={"question": "q-c", "lead": "lights"}),
    )
    assert all(report in client.get(page).content.decode() for page in pages)


def test_paging_keeps_the_place(coder, texts, parks, monkeypatch):
    monkeypatch.setattr("insights.coding.desk.coding_list_views.A_PAGE", 2)
    address, seen = reverse("insights:coding-desk", args=["parks"]), []
    html = coder.get(address).content.decode()
    while True:
        seen += re.findall(r'<li id="t(\w+)"', html)
        more = re.search(r'rel="next" href="([^"]+)"', html)
        if not more:
            break
        html = coder.get(address + more[1].replace("&amp;", "&")).content.decode()
    assert len(seen) == len(set(seen)) == len(texts)
    back = re.search(r'rel="prev" href="([^"]+)"', html)[1].replace("&amp;", "&")
    html = coder.get(address + back).content.decode()
    assert re.findall(r'<li id="t(\w+)"', html) == seen[2:4]
    assert 'rel="next"' in html and 'rel="prev"' in html


def test_likely_proposals_are_shown_before_they_are_accepted(coder, texts, themes, dark):
    address = reverse("insights:accept-together", args=["parks"], query={"question": "q-c", "lead": "lights"})
    html = coder.get(address).content.decode()
    values = re.findall(r'name="take" value="([^"]+)"', html)
    assert {value.split(":")[1] for value in values} == {str(themes["lights"].pk)}, "0.55 is not very likely"
    assert len(values) == 2
    changed = next(value for value in values if not value.startswith(str(dark.pk)))
    Code.objects.filter(text_id=changed.split(":")[0]).delete()
    answer = coder.post(address, {"take": values}, follow=True)
    assert "Some were left as they are" in answer.content.decode()
    assert [code.text_id for code in Code.objects.by_people()] == [dark.pk]
    coder.post(reverse("insights:undo-last-code"))
    assert not Code.objects.by_people().exists()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("take", ["", "x:y", "00000000-0000-0000-0000-000000000007:1", ":", "1"])
def test_a_forged_acceptance_accepts_nothing(coder, texts, take):
    address = reverse("insights:accept-together", args=["parks"])
    answer = coder.post(address, {"take": [take]}, follow=True)
    assert answer.status_code == 200 and not CodingStatus.objects.exists()


def test_a_theme_that_was_not_proposed_is_not_accepted(coder, texts, themes, dark):
    address = reverse("insights:accept-together", args=["parks"])
    coder.post(address, {"take": [f"{dark.pk}:{themes['rare'].pk}"]})
    assert not CodingStatus.objects.exists()


def test_a_set_is_kept_shared_and_removed(coder, client_as, texts):
    coder.post(
        reverse("insights:save-coding-set", args=["parks"]), {"theme": "lights", "name": "Dark paths", "shared": "1"}
    )
    coder.post(reverse("insights:save-coding-set", args=["parks"]), {"q": "bins", "name": "Mine"})
    own = coder.get(reverse("insights:coding-desk", args=["parks"])).content.decode()
    assert "?theme=lights" in own and "Mine" in own
    other = client_as("moderator")
    html = other.get(reverse("insights:coding-desk", args=["parks"])).content.decode()
    assert "Dark paths" in html and "Mine" not in html and "Remove" not in html
    shared, mine = SavedSet.objects.get(name="Dark paths"), SavedSet.objects.get(name="Mine")
    for saved in (shared, mine):
        assert other.post(reverse("insights:remove-coding-set", args=[saved.pk])).status_code == 403
    coder.post(reverse("insights:remove-coding-set", args=[shared.pk]))
    assert SavedSet.objects.get() == mine


def test_single_keys_can_be_switched_off(coder, dark):
    assert "data-keys-off" not in coder.get(url(dark)).content.decode()
    answer = coder.post(reverse("insights:coding-keys"), {"back": url(dark)}, follow=True)
    assert "data-keys-off" in answer.content.decode() and "Single keys are off" in answer.content.decode()
    assert (
        coder.post(reverse("insights:coding-keys"), {"back": "https://elsewhere.test/"})["Location"]
        == "/insights/coding/"
    )


def test_code_straight_away(coder, texts):
    answer = coder.get(reverse("insights:begin-coding", args=["parks"], query={"theme": "staff"}))
    assert "/texts/" in answer["Location"] and "theme=staff" in answer["Location"]
    answer = coder.get(reverse("insights:begin-coding", args=["parks"], query={"theme": "rare"}))
    assert answer["Location"].startswith("/insights/coding/parks/")


def test_an_empty_set_says_so(coder, texts):
    html = coder.get(reverse("insights:coding-desk", args=["parks"], query={"theme": "rare"})).content.decode()
    assert "Nothing here." in html and "Show all that waits" in html
