"""A report in short: its draft is true by the database, a wrong number is refused, and it tells of nobody who is gone."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from consultation.audit.models import AuditEntry
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Code, CodingStatus, Theme
from insights.corpus.models import Text
from insights.releases.actions import create_release
from insights.releases.minority_views.actions import MINORITY_VIEWS, stop_minority_view, write_minority_view
from insights.releases.models import Quote, Release
from insights.summaries import actions
from insights.summaries.drafted_lines import draft_lines
from insights.summaries.line_check import find_wrong_number
from insights.summaries.linked_figures import find_named_rows, list_linkable_rows
from insights.summaries.models import SLOTS, ReportSummary
from tests import factories

GOOD = "About 50 of 80 (62%) spoke about Lights."


def drafted(release):
    return {line["slot"]: line["words"] for line in draft_lines(release)}


def write(release, by, words=GOOD, quote=None, slot="message-1"):
    return actions.write_summary(release=release, by=by, lines={slot: (words, quote)})


def report(client, release):
    """The report's words, without the markup in its sentences."""
    html = client.get(reverse("insights:report", args=[release.pk])).content.decode()
    return re.sub(r"</?a\b[^>]*>", "", html)


def sign(release, by):
    return actions.sign_summary(release=release, by=by, seen=actions.fingerprint_lines(actions.lines_of(release)))


@pytest.fixture
def as_planner(client, db):
    client.force_login(factories.staff("another@example.org", "insights.view_reports", "insights.draft_decision"))
    return client


@pytest.fixture
def voice(release, officer):
    people = [factories.staff(f"{n}@example.org", "insights.approve_quote") for n in ("ann", "ben")]
    words = "It is frightening to be followed."
    made = write_minority_view(release=release, theme=Theme.objects.get(slug="rare"), words=words, by=officer)
    for person in people:
        MINORITY_VIEWS.publish(made, by=person)
    return made


def test_each_number_of_a_draft_is_what_the_database_counts(release):
    codes = {
        theme.slug: len(set(current_codes_by_theme(release.consultation)[theme.pk].values()))
        for theme in Theme.objects.all()
    }
    everyone = len({p for texts in current_codes_by_theme(release.consultation).values() for p in texts.values()})
    lines = drafted(release)
    first, second = (re.findall(r"\d+", lines[f"message-{n}"]) for n in (1, 2))
    assert [int(n) for n in first[:3]] == [codes["lights"], everyone, round(100 * codes["lights"] / everyone)]
    assert [int(n) for n in second[:3]] == [codes["staff"], everyone, round(100 * codes["staff"] / everyone)]
    assert lines["message-1"].startswith("More spoke about Lights than about anything else")
    assert "About 120 people answered" in lines["who"]
    assert list(lines) == ["who", "message-1", "message-2", "open"] and len(SLOTS) == 5
    assert lines["open"] == "No decision answers yet: Lights; Staff."


def test_a_draft_passes_its_own_check_and_links_each_theme(release):
    rows = list_linkable_rows(release)
    for line in draft_lines(release):
        named = find_named_rows(line["words"], rows.values())
        assert find_wrong_number(line["words"], rows.values(), release) == ""
        assert line["links"] == [row.id for row in named]
        assert line["links"] or line["slot"] == "who"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("About 51 of 80 spoke about Lights.", "“51” is not the number of Lights. The report says: Lights: 50 of 80"),
        ("70 said yes.", "“70” is in no figure"),
        ("Rare is what weighs.", "The report does not say whether anybody spoke about Rare"),
        ("Lights. " * 50, "This is too long for one line. Take out"),
    ],
)
def test_a_line_that_does_not_match_the_report_is_refused_and_says_why(release, officer, words, says):
    with pytest.raises(ValidationError) as refused:
        write(release, officer, words)
    assert says in refused.value.message_dict["message-1"][0]
    assert not ReportSummary.objects.exists()


def test_tags_that_were_pasted_with_a_line_are_taken_off(release, officer):
    assert write(release, officer, f"<p onclick=x>{GOOD}</p>").lines[0]["words"] == GOOD


def test_a_quote_stands_under_a_line_about_its_theme_and_goes_when_it_is_erased(release, officer, as_planner):
    quotes = {quote.theme.slug: quote for quote in Quote.objects.filter(featured=True)}
    with pytest.raises(ValidationError, match="another theme"):
        write(release, officer, quote=quotes["staff"].pk)
    with pytest.raises(ValidationError, match="Choose the quote below"):
        quotes["lights"].text = "it is far too dark near the canal"
        quotes["lights"].save()
        write(release, officer, "They say that it is far too dark near Lights.")
    write(release, officer, quote=quotes["lights"].pk)
    assert quotes["lights"].text in report(as_planner, release)
    Quote.objects.filter(pk=quotes["lights"].pk).update(text="", erased=True)
    assert quotes["lights"].text not in report(as_planner, release)
    assert GOOD in report(as_planner, release)


def test_a_person_signs_what_was_read_and_a_change_takes_the_name_away(release, officer, as_planner):
    assert "Drafted by fixed rules" in report(as_planner, release)
    with pytest.raises(ValidationError, match="have changed"):
        actions.sign_summary(release=release, by=officer, seen="older")
    signed = sign(release, officer)
    assert signed.lines == draft_lines(release)
    assert f"Signed by {officer}" in report(as_planner, release)
    write(release, officer)
    assert "Nobody has signed it yet" in report(as_planner, release)
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))[-2:] == [
        "report summary signed",
        "report summary written",
    ]


def test_a_line_on_few_people_goes_with_the_approval_that_it_rests_on(release, officer, voice, as_planner):
    line = "Few people spoke about this, and it weighs much: Rare."
    assert drafted(release)["open"] == f"{line} No decision answers yet: Lights; Staff; and more."
    sign(release, officer)
    assert line in report(as_planner, release)
    stop_minority_view(voice=voice, by=voice.approved_by.first())
    assert line not in report(as_planner, release)
    assert drafted(release)["open"] == "No decision answers yet: Lights; Staff."


def test_nobody_writes_or_signs_without_the_permission(release, planner, as_planner):
    with pytest.raises(PermissionDenied):
        write(release, planner)
    with pytest.raises(PermissionDenied):
        actions.sign_summary(release=release, by=planner, seen="")
    assert as_planner.get(reverse("insights:write-summary", args=[release.pk])).status_code == 403
    assert "Change these lines" not in report(as_planner, release)


def test_the_page_keeps_what_was_typed_beside_its_mistake(release, officer, client):
    client.force_login(officer)
    page = reverse("insights:write-summary", args=[release.pk])
    shown = client.get(page).content.decode()
    assert "More spoke about Lights than about anything else" in shown
    answer = client.post(page, {"message-1": "About 99 spoke about Lights.", "who": "About 120 people answered."})
    assert answer.status_code == 422
    assert "About 99 spoke about Lights." in answer.content.decode()
    assert "“99” is not the number of Lights" in answer.content.decode()
    answer = client.post(page, {"message-1": GOOD, "message-1-quote": ""}, follow=True)
    assert GOOD in re.sub(r"</?a\b[^>]*>", "", answer.content.decode())
    seen = actions.fingerprint_lines(ReportSummary.objects.get().lines)
    client.post(reverse("insights:sign-summary", args=[release.pk]), {"seen": seen})
    assert ReportSummary.objects.get().signed_by == officer


def test_the_paper_begins_with_the_same_lines(release, officer):
    from insights.exports.pdf.paper_making import render_paper

    sign(release, officer)
    html = render_paper(kind="report", subject=str(release.pk), for_all=True, mark="")
    assert html.index("In short") < html.index("More spoke about Lights") < html.index('id="themes"')
    assert f"Signed by {officer}" in html


def test_a_theme_that_is_hardly_ahead_or_behind_is_not_called_the_first(release):
    figure = release.figures.get(kind="themes")
    rows = {row["label"]: row for row in figure.table["rows"]}
    rows["Staff"]["value"] = rows["Lights"]["value"] - 2
    figure.save()
    assert drafted(release)["message-1"].startswith("About 50 of 80")
    rows["Staff"] |= {"value": None, "symbol": "nearly all", "percent": None, "low": None, "high": None}
    figure.save()
    first, second = (drafted(release)[f"message-{n}"] for n in (1, 2))
    assert first == "Nearly all of about 80 people spoke about Staff." and second.startswith("About 50 of 80")
    test_a_draft_passes_its_own_check_and_links_each_theme(Release.objects.get(pk=release.pk))


def test_each_name_in_a_line_leads_to_its_figure(release, officer, client):
    write(release, officer, "lights: about 50, and “Yes”: about 70.")
    client.force_login(officer)
    html = client.get(reverse("insights:report", args=[release.pk])).content.decode()
    short = BeautifulSoup(html, "html.parser").find("ol", class_="short")
    assert {a.get_text(): a["href"] for a in short.find_all("a")} == {
        "lights": reverse("insights:theme", args=[release.pk, "lights"]),
        "Yes": "#q-q-a",
    }


def test_a_quote_that_only_the_machine_put_under_a_theme_is_not_drafted(release):
    assert all(line["quote"] for line in draft_lines(release) if line["slot"].startswith("message"))
    Quote.objects.update(confirmed=False)
    assert not any(line["quote"] for line in draft_lines(release))


def test_the_report_features_first_the_texts_in_which_a_person_found_the_theme(answered, officer):
    texts = list(Text.objects.filter(text__startswith="lights").order_by("text"))
    machine = [text.pk for text in texts[3:]]
    Code.objects.filter(text__in=machine).update(source="model", coder=None, confidence=0.9)
    CodingStatus.objects.filter(text__in=machine).delete()
    made = create_release(consultation=answered, by=officer)
    quotes = made.quotes.filter(theme__slug="lights")
    assert set(quotes.filter(confirmed=True).values_list("source_text", flat=True)) <= {text.pk for text in texts[:3]}
    confirmed = quotes.filter(confirmed=True).count()
    assert quotes.filter(featured=True, confirmed=True).count() == min(3, confirmed)
