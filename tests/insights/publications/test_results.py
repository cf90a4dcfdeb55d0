"""Public results: two persons, cleared words alone, and immediate removal of withdrawn ones."""

import json
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from cms.site.pages.results_pages import build_results_context
from consultation.audit.models import AuditEntry
from consultation.safeguarding.duty_rota import working_week
from consultation.safeguarding.duty_rota.models import DayOff
from consultation.surveys.schedule.models import DateChange
from insights.coding.models import Code, Theme
from insights.decisions import actions as decisions
from insights.decisions.evidence.actions import cite_figure
from insights.polls.public_figures import DisplayText
from insights.publications import actions, answer_clock_lookup
from insights.publications.results_page import build_results_page
from insights.releases.actions import (
    approve_quote,
    create_release,
    erase_quotes,
    publish_release,
    withdraw_quote_approval,
)
from insights.releases.models import Quote
from insights.releases.stored_figures import NO_ANSWER
from tests import factories
from tests.insights.decisions.conftest import said

pytestmark = pytest.mark.any_database

TODAY = date(2026, 11, 25)
WORDS = {"heard": "It is dark.\nYou want lights.", "heard_easy": "It is dark.", "next": "", "themes": {}}


@pytest.fixture
def release(answered, officer, colleague, no_noise):
    return publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)


@pytest.fixture
def draft(release, officer):
    made = actions.begin_results(release=release, by=officer, today=TODAY)
    return actions.write_results(made, by=officer, words=WORDS)


@pytest.fixture
def published(draft, colleague):
    return actions.publish_results(draft, by=colleague, today=TODAY)


def test_words_that_are_pasted_with_tags_lose_them(draft, officer):
    pasted = WORDS | {"heard": "<p>It is <b>dark</b>.</p><script>alert(1)</script>", "themes": {"1": "<i>Lights</i>"}}
    kept = actions.write_results(draft, by=officer, words=pasted).words["en"]
    assert kept["heard"] == "It is dark.alert(1)" and kept["themes"] == {"1": "Lights"}


def test_nobody_publishes_without_the_right_and_nothing_without_words(release, officer, colleague):
    with pytest.raises(PermissionDenied):
        actions.begin_results(release=release, by=factories.staff("nobody@example.org"))
    made = actions.begin_results(release=release, by=officer)
    with pytest.raises(ValidationError, match="no words"):
        actions.publish_results(made, by=colleague)
    with pytest.raises(ValidationError, match="draft already"):
        actions.begin_results(release=release, by=colleague)


def test_what_is_published_keeps_its_words_and_the_next_edition_brings_new_ones(
    published, release, officer, colleague
):
    with pytest.raises(ValidationError, match="is published"):
        actions.write_results(published, by=officer, words=WORDS | {"heard": "It is bright."})
    following = actions.begin_results(release=release, by=officer)
    assert (following.number, following.words) == (2, published.words)
    with pytest.raises(ValidationError, match="stays"):
        actions.discard_results(published, by=officer)
    seen = following.state_hash
    following = actions.write_results(following, by=colleague, words=WORDS | {"next": "We look in May."})
    with pytest.raises(ValidationError, match="after you opened it"):
        actions.discard_results(following, by=officer, seen_state=seen)
    actions.discard_results(following, by=officer, seen_state=following.state_hash)
    with pytest.raises(ValidationError, match="discarded it"):
        actions.write_results(following, by=colleague, words=WORDS)


def test_a_name_that_is_loud_over_a_shoulder_needs_short_words_first(draft, release, officer, colleague):
    entry = release.codebook_version.entries.get(theme__slug="lights")
    type(entry).objects.filter(pk=entry.pk).update(label="Criminal exploitation")
    with pytest.raises(ValidationError, match="shoulder"):
        actions.publish_results(draft, by=colleague)
    actions.write_results(draft, by=officer, words=WORDS | {"themes": {str(entry.theme_id): "Lights"}})
    assert actions.publish_results(draft, by=colleague)


def test_it_shows_people_and_hides_small_themes(published):
    shown = build_results_page(published)
    assert shown.people == 120
    assert [(theme.label.text, theme.people) for theme in shown.themes] == [("Lights", 50), ("Staff", 26)]
    assert shown.any_hidden_theme
    [yes, no, *apart] = shown.questions[0].rows
    assert (yes.label.text, yes.people, yes.tenths, no.people) == ("Yes", 70, 6, 45)
    assert [row.people for row in apart] == [5]
    assert shown.questions[0].most == yes


def say_lights_instead_of_staff():
    Code.objects.by_people().filter(text__text__startswith="staff").update(theme=Theme.objects.get(slug="lights"))


def test_what_nearly_everyone_said_comes_first_wherever_everyone_reads(client, answered, officer, colleague):
    """76 of 80 wrote of lights, and all 120 ticked them: neither has a number, and neither is "some people"."""
    say_lights_instead_of_staff()
    made = publish_release(release=create_release(consultation=answered, by=officer, today=TODAY), by=colleague)
    results = actions.write_results(
        actions.begin_results(release=made, by=officer, today=TODAY), by=officer, words=WORDS
    )
    results = actions.publish_results(results, by=colleague, today=TODAY)
    decision = decisions.record_decision(by=officer, consultations=[answered], **said())
    decisions.cite_theme(decision=decision, by=officer, release=made, theme=Theme.objects.get(slug="lights"))
    cite_figure(decision=decision, by=officer, figure=made.figures.get(kind="question", title="Question b?"))
    decisions.publish_decision(decision=decision, by=colleague, today=TODAY)
    shown = build_results_page(results)
    [theme] = shown.themes
    assert (theme.label.text, theme.people, theme.nearly_all, theme.width) == ("Lights", None, True, "100.0%")
    most = {one.title.text: one.most for one in shown.questions}["Question b?"]
    assert (most.label.text, most.people, most.tenths, most.hidden) == ("Lights", None, None, False)
    context = build_results_context(answered, results, "en")
    pages = {
        "results": client.get("/en/have-your-say/parks/results/").content.decode(),
        "paper": render_to_string("cms/site/pages/results_paper.html", context),
        "poster": render_to_string("cms/site/pages/results_poster.html", context | {"themes": shown.themes}),
        "card": client.get("/en/you-said-we-did/").content.decode(),
        "decision": client.get(f"/en/you-said-we-did/{decision.slug}/").content.decode(),
    }
    client.force_login(officer)
    pages["briefing"] = client.get("/insights/briefings/parks/").content.decode()
    for name, html in pages.items():
        told = " ".join(html.split())
        assert ("nearly everyone" if name == "briefing" else "Nearly all people said this.") in told, name
        assert "Some people said this" not in told, name
    briefing = BeautifulSoup(pages["briefing"], "html.parser")
    assert briefing.table.tbody.tr.text.split() == ["Lights", "nearly", "everyone"]
    assert "Lights: nearly everyone." in " ".join(briefing.text.split()) and "Staff:" not in briefing.main.text
    figures = (
        BeautifulSoup(pages["results"], "html.parser")
        .find("caption", string=re.compile("Question b"))
        .find_parent("figure")
    )
    assert figures.figcaption.text.split() == ["Lights:", "Nearly", "all", "people", "said", "this."]


def test_words_show_when_two_people_said_yes_and_go_at_once(published, release, officer, colleague):
    def quotes():
        return [quote.text for theme in build_results_page(published).themes for quote in theme.quotes]

    for by in ("insights.approve_quote",) * 2:
        reader = factories.staff(f"reader{len(AuditEntry.objects.all())}@example.org", by)
        first, second = release.quotes.filter(theme__slug="lights").order_by("pk")[:2]
        assert quotes() == []
        approve_quote(quote=first, by=reader)
        approve_quote(quote=second, by=reader)
    assert sorted(quotes()) == sorted([first.text, second.text])
    withdraw_quote_approval(quote=first, by=reader)
    assert quotes() == [second.text]
    erase_quotes(text=second.source_text)
    assert quotes() == []


POLISH = {"heard": "Jest ciemno.", "heard_easy": "Jest ciemno.", "machine": True}


def test_a_translation_shows_when_someone_else_has_confirmed_it_in_their_own_name(published, officer, colleague):
    actions.translate_results(published, by=officer, language="pl", words=POLISH | {"checked_by": "Any Name"})
    published.refresh_from_db()
    assert build_results_page(published, "pl").heard.in_english, "no name that someone types puts words live"
    assert build_results_page(published, "pl", preview=True).heard.text == "Jest ciemno."
    with pytest.raises(ValidationError, match="You wrote in this"):
        actions.confirm_results_translation(published, by=officer, language="pl")
    kept = actions.confirm_results_translation(published, by=colleague, language="pl", speaker="Ola")
    shown = build_results_page(kept, "pl")
    assert (shown.heard.text, shown.heard.in_english, shown.machine) == ("Jest ciemno.", False, True)
    assert shown.next.in_english
    assert kept.words["pl"]["checked_by"] == f"{colleague}, with Ola"


def test_who_corrects_a_checked_word_takes_it_back_to_the_english(published, officer, colleague):
    actions.translate_results(published, by=officer, language="pl", words=POLISH)
    kept = actions.confirm_results_translation(published, by=colleague, language="pl")
    assert actions.translate_results(kept, by=officer, language="pl", words=POLISH).words == kept.words, "nothing new"
    changed = actions.translate_results(kept, by=colleague, language="pl", words=POLISH | {"heard": "Ciemno."})
    assert build_results_page(changed, "pl").heard.in_english
    with pytest.raises(ValidationError, match="You wrote in this"):
        actions.confirm_results_translation(changed, by=colleague, language="pl")


def test_only_words_that_are_there_and_were_looked_at_are_confirmed(published, officer, colleague):
    with pytest.raises(ValidationError, match="no words here"):
        actions.confirm_results_translation(published, by=colleague, language="pl")
    actions.translate_results(published, by=officer, language="pl", words=POLISH)
    with pytest.raises(ValidationError, match="after you opened it"):
        actions.confirm_results_translation(published, by=colleague, language="pl", seen_state="another look")
    with pytest.raises(ValidationError, match="no words here"):
        actions.confirm_results_translation(published, by=colleague, language="en")
    with pytest.raises(ValidationError, match="not a language"):
        actions.translate_results(published, by=officer, language="en", words=POLISH)


def test_words_that_nobody_checked_against_the_new_english_do_not_speak_for_it(published, release, officer, colleague):
    actions.translate_results(published, by=officer, language="pl", words=POLISH)
    checked = actions.confirm_results_translation(published, by=colleague, language="pl").words["pl"]
    following = actions.begin_results(release=release, by=officer)
    assert following.words["pl"] == checked | {"checked_by": ""}, "kept, and to be checked"
    following = actions.confirm_results_translation(following, by=colleague, language="pl")
    following = actions.write_results(following, by=officer, words=WORDS | {"heard": "It is bright now."})
    assert build_results_page(following, "pl").heard.text == "It is bright now."
    published.refresh_from_db()
    assert build_results_page(published, "pl").heard.text == "Jest ciemno."


def test_a_no_to_words_is_a_no_in_every_theme_and_release(published, release):
    first = release.quotes.filter(theme__slug="lights").order_by("pk").first()
    staff = release.quotes.filter(theme__slug="staff").first().theme
    twin = Quote.objects.create(**{
        name: getattr(first, name) for name in ("release", "source_text", "question", "version", "audience", "text")
    }, theme=staff)  # fmt: skip
    readers = [factories.staff(f"reader{n}@example.org", "insights.approve_quote") for n in range(2)]
    for quote in (first, twin):
        for reader in readers:
            approve_quote(quote=quote, by=reader)
    withdraw_quote_approval(quote=first, by=readers[0])
    assert not any(theme.quotes for theme in build_results_page(published).themes)
    assert AuditEntry.objects.filter(verb="quote approval taken back").count() == 2


def test_people_stand_under_the_words_that_they_answered(published, answered, officer):
    """A later version says “Yes” otherwise; the figures are of what was asked."""
    version = answered.versions.get()
    content = json.loads(json.dumps(version.content))
    asked = content["items"][0]
    asked["text"]["en"], asked["options"][0]["text"]["en"] = "Something else?", "Never"
    type(version).objects.create(page=answered, number=2, content=content, published_at=version.published_at)
    shown = build_results_page(published).questions[0]
    figure = published.release.figures.get(kind="question", key=asked["id"])
    assert (shown.title.text, shown.rows[0].label.text) == (figure.title, "Yes")
    assert build_results_page(published, "ur").questions[0].title.in_english


def test_a_day_that_was_moved_while_it_was_open_is_told_with_its_reason_after_the_close(client, answered, officer):
    """Two moves that lead to the day that stands, and one of an earlier time that does not."""
    first, then, now = (date(2026, 10, day) for day in (5, 12, 19))
    for was, to, why in ((date(2026, 9, 1), date(2026, 9, 2), "Old"), (first, then, "Half"), (then, now, "Ill.")):
        DateChange.objects.create(
            page=answered, kind="answer", was=was, now=to, why={"en": why}, made_on=date(2026, 9, 1), made_by=officer
        )
    answered.closes, answered.feedback_date = date(2026, 9, 30), now
    answered.save()
    running = answer_clock_lookup.answer_clock_of(answered, today=date(2026, 10, 15))
    assert (running.promised, running.due, running.late, running.move.why) == (first, now, False, {"en": "Ill."})
    assert running.said() == [("late.moved", {"was": first, "date": now})]
    assert answer_clock_lookup.answer_clock_of(answered, today=now + timedelta(days=1)).late
    html = client.get("/en/have-your-say/parks/").content.decode()
    assert "Ill." in html and "We said we would tell you by 19 October 2026." in html


def test_a_day_off_that_is_set_afterwards_moves_no_promise(answered):
    answered.closes, answered.feedback_date = date(2026, 12, 18), None
    answered.save()
    DayOff.objects.create(day=date(2027, 1, 11), name="Closed")
    working_week.cached_week.clear()
    assert answer_clock_lookup.answer_clock_of(answered, date(2027, 1, 21)).late


def test_a_decision_that_is_public_becomes_no_answer_to_another_consultation(answered, home, officer, colleague):
    """Else one from long ago would make a late answer look like one in time."""
    other, _ = factories.consultation(home, slug="buses", title="Buses")
    made = decisions.record_decision(by=officer, consultations=[other], **said())
    decisions.publish_decision(decision=made, by=colleague, today=TODAY)
    for consultations in ([other, answered], [answered], []):
        with pytest.raises(ValidationError, match="what it answers stays"):
            decisions.change_decision(decision=made, by=colleague, consultations=consultations, title="Other words")
    assert decisions.change_decision(decision=made, by=colleague, consultations=[other], due=made.decided).due


def test_the_clock_counts_working_days_without_bank_holidays_where_no_day_was_promised(answered):
    answered.closes, answered.feedback_date = date(2026, 12, 18), None
    answered.save()
    assert answer_clock_lookup.answer_clock_of(answered, date(2026, 12, 18)) is None
    # Christmas Day, Boxing Day's Monday and New Year's Day do not count.
    assert answer_clock_lookup.answer_clock_of(answered, date(2026, 12, 21)).due == date(2027, 1, 20)


def test_moving_the_day_is_on_record_with_its_reason(answered, officer):
    answered.closes, answered.feedback_date = date(2026, 10, 1), date(2026, 10, 28)
    answered.save()
    with pytest.raises(ValidationError, match="reason"):
        actions.move_answer_day(
            consultation=answered, by=officer, to=date(2026, 11, 9), why={}, today=date(2026, 10, 20)
        )
    why = {"en": "The person who decides is ill."}
    actions.move_answer_day(consultation=answered, by=officer, to=date(2026, 11, 9), why=why, today=date(2026, 10, 20))
    entry = AuditEntry.objects.filter(verb="answer moved").latest("seq")
    assert (entry.data["was"], entry.data["until"], entry.data["reason"]) == ("2026-10-28", "2026-11-09", why["en"])
    assert answer_clock_lookup.answer_clock_of(answered, date(2026, 11, 2)).due == date(2026, 11, 9)
    late = answer_clock_lookup.answer_clock_of(answered, date(2026, 11, 9) + timedelta(days=1))
    assert late.late and [key for key, _ in late.said()] == ["late.notice"]


def test_what_was_published_is_looked_at_again_every_three_years(published):
    from insights.publications.erasures import PublishedResults

    [group] = PublishedResults().groups()
    assert (group.obj, group.on.month, group.on.day) == (published, TODAY.month, TODAY.day)
    assert (group.on.year - TODAY.year) % 3 == 0 and group.on > timezone.localdate()


def test_the_page_leads_to_each_language_and_offers_nobody_to_publish_their_own(client, draft, officer, colleague):
    """The list of languages was empty, and whoever had written was offered to publish."""
    there = f"/insights/manage/results/of/{draft.consultation.slug}/"
    client.force_login(officer)
    own = client.get(there).content.decode()
    assert f"/insights/manage/results/{draft.pk}/words/ur/" in own
    assert "Publish it" not in own and "Begin the next edition" not in own
    client.force_login(colleague)
    assert "Publish it" in client.get(there).content.decode()


def test_nobody_writes_over_words_that_they_have_not_seen(client, draft, colleague):
    """Two officers, or two tabs: what was saved meanwhile is shown, and what was written is not lost."""
    there = f"/insights/manage/results/{draft.pk}/"
    client.force_login(colleague)
    opened = client.get(there).context["form"].opened
    actions.write_results(draft, by=colleague, words=WORDS | {"heard": "Paths are dark."})
    mine = {"heard": "You want lights.", "heard_easy": "It is dark.", "opened": opened}
    refused = client.post(there, mine)
    page = refused.content.decode()
    assert "Someone saved this after you opened it" in page and "What people told us: “Paths are dark.”" in page
    assert "You want lights.</textarea>" in page
    draft.refresh_from_db()
    assert draft.words["en"]["heard"] == "Paths are dark."
    knowing = client.post(there, mine | {"opened": refused.context["form"].opened})
    again = client.post(there, mine)  # the same press once more: there is nothing to write over
    draft.refresh_from_db()
    assert (knowing.status_code, again.status_code, draft.words["en"]["heard"]) == (302, 302, "You want lights.")


def test_a_translation_is_not_saved_beside_an_english_that_was_changed_meanwhile(client, draft, colleague):
    there = f"/insights/manage/results/{draft.pk}/words/ur/"
    client.force_login(colleague)
    opened = client.get(there).context["form"].opened
    actions.write_results(draft, by=colleague, words=WORDS | {"heard": "Paths are dark."})
    refused = client.post(there, {"heard": "اندھیرا ہے۔", "opened": opened}).content.decode()
    assert "Someone saved this" in refused and "Paths are dark." in refused and "اندھیرا ہے۔" in refused


def test_words_above_the_reading_age_are_published_for_a_reason_alone(client, draft, officer, colleague):
    hard = "Considerable apprehension characterises the accessibility of public transportation infrastructure."
    actions.write_results(draft, by=officer, words=WORDS | {"heard": hard})
    client.force_login(colleague)
    there = f"/insights/manage/results/of/{draft.consultation.slug}/"
    html = client.get(there).content.decode()
    assert "Hard to read." in html and 'name="hard_because" maxlength="300" required' in html
    with pytest.raises(ValidationError, match="9 is the most"):
        actions.publish_results(draft, by=colleague, hard_because=" ")
    actions.publish_results(draft, by=colleague, hard_because="It is the name of a law.")
    assert AuditEntry.objects.get(verb="results published").data["hard_because"] == "It is the name of a law."


def test_those_who_gave_no_answer_are_named_in_the_language_of_the_page(published):
    """ "No answer given" stood in English on every page of another language."""
    for language, key, words in (("ur", "check.none", ""), ("en", "", "No answer given")):
        rows = [row for one in build_results_page(published, language).questions for row in one.rows]
        silent = [row.label for row in rows if row.id.removeprefix("apart-") == NO_ANSWER]
        assert silent and all(label == DisplayText(words, key=key) for label in silent)
