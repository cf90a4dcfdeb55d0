"""Over random histories of answers, withdrawals, erased words, merged themes, stricter rules, discarded drafts and a next
wave, a release never changes on any way out, and no page says a number that the release it speaks of has hidden or never
had (promise 5)."""

import json
import random
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultation.channels.web.withdrawal import TooLateToWithdraw, erase_written_words, withdraw_response
from consultation.domain.confidence_intervals import wilson_interval
from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from insights.coding.codebook_in_force import codebook_version
from insights.coding.desk.actions import confirm_many_texts
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.disclosure.disclosure_presets import rules_for
from insights.exports.pdf.paper_making import render_paper
from insights.releases.actions import RELEASES, create_release, publish_release
from insights.releases.models import Release
from tests import factories
from tests.house.planners_crawl import crawl, text_of
from tests.house.test_one_number_everywhere import frozen_numbers, stray_numbers, stray_prose
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions.frozen_releases import merge

pytestmark = [pytest.mark.any_database, pytest.mark.slow]
ACTS = ("answer", "answer", "answer", "withdraw", "erase", "release", "release", "discard", "merge", "wave")
STEPS = 10
OF_A_RELEASE = re.compile(r"/releases/(\d+)/|[?&]release=(\d+)")


class History:
    """A consultation and its later waves, to which random things happen; what the rules do not allow does not."""

    def __init__(self, page, home, officer, colleague, seed):  # noqa: F811
        self.chance, self.pages, self.home = random.Random(seed), [page], home
        self.officer, self.colleague, self.day = officer, colleague, timezone.localdate() - timedelta(days=300)
        self.written = 100

    def draw_acts(self):
        """Random acts, and then enough answers for a second release."""
        for _ in range(STEPS):
            yield getattr(self, self.chance.choice(ACTS))
        for _ in range(5):
            if Release.objects.published().count() < 2:
                yield from (self.answer, self.answer, self.release)

    def answer(self):
        """Some speak of themes that few or nobody spoke of before."""
        version, people = self.pages[-1].versions.get(), []
        entries = {entry.theme.slug: entry.theme for entry in codebook_version(self.pages[-1]).entries.all()}
        for _ in range(self.chance.randint(12, 70)):
            slug = self.chance.choice(["lights", "lights", "lights", "staff", "rare"])
            self.written += 1
            words = {"q-c": f"{slug} number {self.written}"} if self.chance.random() < 0.7 else {}
            closed = {"a": self.chance.choice(["1", "1", "2", "dk"]), "d": self.chance.choice(["1", "1", "1", "2"])}
            people.append((closed | {"b": ["1"]}, words))
        factories.responses(version, people, reader=self.officer)
        take_released_texts()
        new = Text.objects.filter(version=version, status__isnull=True)
        themes = {text: entries.get(text.text.split()[0], entries["lights"]) for text in new}
        choices = [(text, [theme]) for text, theme in themes.items()]
        confirm_many_texts(consultation=self.pages[-1], choices=choices, by=self.officer)

    def withdraw(self):
        for response in self.chance.sample(list(Response.objects.filter(withdrawn=False).order_by("pk")), 3):
            with suppress(TooLateToWithdraw):
                withdraw_response(response=response)

    def erase(self):
        for response in self.chance.sample(list(Response.objects.filter(answers__isnull=False).order_by("pk")), 3):
            erase_written_words(response=response)

    def release(self):
        self.day += timedelta(days=40)
        page = self.chance.choice(self.pages)
        stricter = self.chance.random() < 0.3 and not Release.objects.filter(consultation=page).exists()
        preset = "strictest" if stricter else ""
        with suppress(ValidationError):
            made = create_release(consultation=page, by=self.officer, today=self.day, preset=preset)
            publish_release(release=made, by=self.colleague, today=self.day)

    def discard(self):
        with suppress(ValidationError):
            draft = create_release(consultation=self.pages[-1], by=self.officer, today=self.day)
            RELEASES.discard(draft, by=self.officer)

    def merge(self):
        version = codebook_version(self.pages[-1])
        if version.entries.filter(theme__slug="staff").exists():
            merge(version, "staff", "lights")

    def wave(self):
        number, items = len(self.pages) + 1, self.pages[0].versions.get().content["items"]
        page, _ = factories.consultation(
            self.home, slug=f"parks-{number}", title=f"Parks {'again ' * number}", items=items, by=self.officer
        )
        ConsultationPage.objects.filter(pk=page.pk).update(wave_of=self.pages[-1])
        self.pages.append(ConsultationPage.objects.get(pk=page.pk))


def ways_out(client, release):
    """{way: what it says of the release's figures}; quotes are left out, as whoever wrote one may erase it."""
    there = f"/insights/releases/{release.pk}"
    stored = json.loads(text_of(client.get(f"{there}/release.json")))
    return {
        "sheet": text_of(client.get(f"{there}/figures.csv")),
        "description": text_of(client.get(f"{there}/figures.csv-metadata.json")),
        "json": {name: told for name, told in stored.items() if name != "quotes"},
    }


@pytest.fixture
def history(request, answered, home, officer, colleague, monkeypatch):  # noqa: F811
    monkeypatch.undo()  # with noise
    return History(answered, home, officer, colleague, request.param)


def gather_frozen(release):
    """{label: every number that the release has of it}, with the intervals of groups, which tables over waves show."""
    found = frozen_numbers(release)
    for figure in release.figures.all():
        for row in figure.table["rows"]:
            for cell, total in zip(row.get("cells", ()), figure.table["column_totals"], strict=False):
                if cell["value"] is not None and total["value"] and cell["value"] <= total["value"]:
                    noise = rules_for().noise
                    found[row["label"]] |= {*wilson_interval(cell["value"], total["value"], noise=noise).percent()}
    return found


def join_frozen(several):
    return {label: set().union(*(one.get(label, ()) for one in several)) for label in set().union(*several)}


@pytest.mark.parametrize("history", range(3), indirect=True)
def test_over_random_histories_no_release_changes_and_no_page_tells_what_one_hides(history, client, person):
    client.force_login(person("planner"))
    history.release()
    kept = {}
    for act in history.draw_acts():
        act()
        for release in Release.objects.published():
            told = ways_out(client, release)
            assert kept.setdefault(release.pk, told) == told, release
    releases = {release.pk: release for release in Release.objects.published()}
    assert len(releases) >= 2
    frozen = {pk: gather_frozen(release) for pk, release in releases.items()}
    also = {one.people for one in releases.values()} | {
        figure.table["base"] for one in releases.values() for figure in one.figures.all()
    }
    samples = {"slug": history.pages[0].slug, "question": "q-a", "pk": max(releases), "IntConverter": max(releases)}
    pages = crawl(client, samples, ("/insights/",), alike=len(releases))
    bodies = {path: page.body for path, page in pages.items() if "<html" in page.body[:300]}
    bodies |= {
        f"/releases/{pk}/ on paper": render_paper(kind="report", subject=str(pk), for_all=True, mark="")
        for pk in releases
    }
    strays, told = {}, 0
    for path, body in bodies.items():
        if "/representation/" in path:
            continue  # a small freeze of its own
        pk = next((int(at) for pair in OF_A_RELEASE.findall(path) for at in pair if at), None)
        page = releases[pk].consultation_id if pk in releases else None
        # Beside its own numbers a page of a release has those of other waves, and of its own survey no other release's.
        may = [of for one, of in frozen.items() if one == pk or releases[one].consultation_id != page]
        if wrong := [*stray_numbers(body, join_frozen(may)), *stray_prose(body, join_frozen(may), also)]:
            strays[path] = wrong
        told += len(re.findall(r"[Aa]bout \d+", body))
    assert told > 20 and strays == {}
