"""A draft with all its lines, recomputed from the database, and pages that follow what changes after they were opened."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from consultation.domain.confidence_intervals import wilson_interval
from insights.coding.codebooks import approve_version
from insights.coding.codebooks.actions import begin_draft
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.disclosure.disclosure_presets import rules_for
from insights.releases.actions import create_release, erase_quotes, publish_release
from insights.releases.models import Quote
from insights.representation.actions import refresh_representation
from insights.representation.models import Benchmark
from insights.summaries.drafted_lines import draft_lines
from tests.insights.conftest import answer_and_code
from tests.insights.decisions.conftest import said

TODAY = timezone.localdate()
SPOKE = {"lights": 50, "staff": 26, "rare": 20}


@pytest.fixture
def release(parks, codebook, officer, colleague, no_noise):
    """120 people; 96 wrote, of three themes. Two in three are 11 to 13."""
    page, version = parks
    words = [f"{slug} number {n:02}" for slug, people in SPOKE.items() for n in range(people)]
    people = [
        ({"a": "1", "d": "1" if n % 3 else "2"}, {"q-c": words[n]} if n < len(words) else {}) for n in range(120)
    ]
    answer_and_code(version, people, officer)
    return publish_release(release=create_release(consultation=page, by=officer), by=colleague)


@pytest.fixture
def open_page(client, planner):
    client.force_login(planner)

    def open_and_read(name, *args):
        html = client.get(reverse(f"insights:{name}", args=args)).content
        words = " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())
        return re.sub(r" (?=[;.])", "", words)

    return open_and_read


def name_missing_group(page):
    Benchmark.objects.create(
        consultation=page, about="age", name="School roll", source="The office", dated=TODAY, set_on=TODAY,
        groups=[{"label": "11 to 13", "number": 100}, {"label": "14 or 15", "number": 900}],
    )  # fmt: skip


def test_three_messages_have_number_interval_and_quote_and_the_first_line_says_who_is_missing(release):
    refresh_representation(TODAY)
    name_missing_group(release.consultation)
    lines = {line["slot"]: line for line in draft_lines(release)}
    assert list(lines) == ["who", "message-1", "message-2", "message-3", "open"]
    missing = "Not heard enough, beside those who live here or were asked: 14 or 15."
    assert lines["who"]["words"] == f"About 120 people answered. {missing}"
    codes = current_codes_by_theme(release.consultation)
    spoke = {theme: set(texts.values()) for theme, texts in codes.items()}
    everyone = len(set.union(*spoke.values()))
    ranked = sorted(Theme.objects.filter(pk__in=spoke), key=lambda theme: -len(spoke[theme.pk]))
    assert [theme.slug for theme in ranked] == list(SPOKE)
    for number, theme in enumerate(ranked, start=1):
        people, line = len(spoke[theme.pk]), lines[f"message-{number}"]
        low, high = wilson_interval(people, everyone, noise=rules_for().noise).percent()
        share = round(100 * people / everyone)
        assert f"bout {people} of {everyone} ({share}%, {low}% to {high}%)" in line["words"]
        quote = Quote.objects.get(pk=line["quote"])
        assert quote.theme == theme and quote.confirmed and quote.text.startswith(theme.slug)


@pytest.mark.slow
def test_what_changes_after_a_page_was_opened_stands_on_it_when_it_is_opened_again(
    release, open_page, planner, officer, colleague, codebook
):
    lights, page = Theme.objects.get(slug="lights"), release.consultation
    opened = [("report", release.pk), ("theme", release.pk, "lights"), ("consultation", page.slug)]
    before = [open_page(*one) for one in opened]
    refresh_representation(TODAY)
    name_missing_group(page)
    assert "Not heard enough" not in before[0] and "Not heard enough" in open_page(*opened[0])
    assert "No decision answers yet: Lights; Staff; and more." in before[0]
    made = record_decision(by=planner, consultations=[page], **said())
    cite_theme(decision=made, by=planner, release=release, theme=lights)
    publish_decision(decision=made, by=colleague)
    report, theme, consultation = (open_page(*one) for one in opened)
    assert "No decision answers yet: Staff; Rare." in report
    assert all(made.title in told for told in (report, theme, consultation))
    assert not any(made.title in told for told in before)
    quote = Quote.objects.get(pk=next(line["quote"] for line in draft_lines(release) if line["slot"] == "message-1"))
    assert quote.text in report and quote.text in theme
    erase_quotes(text=quote.source_text)
    report, theme, consultation = (open_page(*one) for one in opened)
    assert not any(quote.text in told for told in (report, theme, consultation))
    renamed = begin_draft(codebook=codebook.codebook, by=officer)
    renamed.entries.filter(theme=lights).update(label="Street lights")
    for one in (officer, colleague):
        approve_version(version=renamed, by=one)
    assert "Street lights" not in open_page(*opened[0]), "a report keeps the words of its own codebook"
    later = [({"a": "1", "d": "1"}, {"q-c": f"lights again {n:02}"}) for n in range(30)]
    answer_and_code(release.consultation.versions.get(), later, officer)
    after = TODAY + timedelta(days=40)
    newer = publish_release(release=create_release(consultation=page, by=officer, today=after), by=colleague)
    assert "Street lights" in open_page("report", newer.pk) and "Street lights" in open_page(*opened[2])
