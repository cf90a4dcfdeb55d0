"""Under each disclosure convention, no way out of a release names another convention's threshold or rounding."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.surveys.models import ConsultationPage
from insights.disclosure.disclosure_presets import PRESETS, serialise_preset
from insights.exports.pdf import assessment_paper as assessment
from insights.exports.pdf import release_report_paper
from insights.publications import actions as results
from insights.releases.models import Figure, Release
from tests import factories
from tests.house.planners_crawl import crawl, text_of
from tests.insights import released

pytestmark = pytest.mark.any_database

PLACES = "understand-locations"
FEW = re.compile(r"(?:fewer than|less than|number under|mniejszych niż) (\d+)", re.I)  # Polish stands for all others
ROUND = re.compile(r"(?:rounded to|closest|nearest|zaokrąglamy do) (\d+)", re.I)
OWN = (
    "/insights/representation/",
)  # live pictures, under our own rules (disclosure.live_tables), whatever a release's are
MAY = ["insights.publish_release", "insights.publish_decision", "insights.view_reports"]


def test_no_page_says_that_most_spoke_of_what_a_minority_spoke_of():
    """75 of 345 are not most: “with the most people”, “more than about anything else”."""
    says = re.compile(r"\bmost\s+(?:people\s+)?(?:spoke|speak|said|gave|mention)", re.I)
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    assert [page.name for page in templates if says.search(page.read_text())] == []


@pytest.fixture
def release(home):
    links = [{"strand": 1, "sub_point": PLACES}]
    version = released.codebook(lights={"gravity": 1, "links": links}, rare={"gravity": 3, "links": links})
    split = {"young": (60, {"lights": 30}), "old": (40, {"lights": 20})}
    made = released.release(released.asked(home), version, {"lights": 50, "rare": None}, split=split)
    rows = [{"id": "a-1", "label": "Yes", **released.cell(80)}, {"id": "a-2", "label": "No", **released.cell(None)}]
    table = {"base": 100, "several": False, "rows": rows, "columns": [], "column_totals": []}
    released.recount_percents(table)
    Figure.objects.create(release=made, kind="question", key="q-a", title="Question a?", table=table)
    today = timezone.localdate()
    Release.objects.update(made_on=today, published_on=today)
    made.refresh_from_db()
    one, other = (factories.staff(f"{name}@example.org", *MAY) for name in ("one", "other"))
    edition = results.begin_results(release=made, by=one)
    results.write_results(
        edition, by=one, words={"heard": "It is dark.", "heard_easy": "Dark.", "next": "", "themes": {}}
    )
    results.publish_results(edition, by=other)
    return made


@pytest.fixture
def everything(release, client, person):
    """everything(paths): {place: text} of every way out; of the planners' pages only these paths, if given."""
    caches["limits"].clear()
    today = timezone.localdate()
    factories.agreement(agency=factories.agency("Riverside"), starts=today, ends=today + timedelta(days=99))
    _, token = factories.api_client(
        name="Dashboard", agency=factories.agency("Riverside"), scopes=["releases", "themes", "quotes"],
        expires_on=today + timedelta(days=30), by=person("administrator"),
    )  # fmt: skip
    client.force_login(person("planner"))
    quarter = Quarter.of(today).slug

    def look(paths=None):
        caches["frozen_reports"].clear()  # the rules of a release never change elsewhere
        samples = {"slug": "parks", "question": "q-a", "pk": release.pk, "quarter": quarter, "point": PLACES}
        found = {} if paths else {path: page.body for path, page in crawl(client, samples, alike=1).items()}
        for path in paths or (
            f"/insights/compare/?release={release.pk}&by=q-age",
            "/en/have-your-say/parks/results/", "/pl/have-your-say/parks/results/",
        ):  # fmt: skip
            found[path] = text_of(client.get(path))
        for path in ("releases", f"releases/{release.pk}", f"releases/{release.pk}/figures", "dictionary"):
            asked = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
            assert asked.status_code == 200
            found[f"api {path}"] = asked.content.decode()
        for name, room, subject in (
            ("report", release_report_paper, str(release.pk)),
            ("assessment", assessment, quarter),
        ):
            context = room.context_of(subject, for_all=True, mark="")
            found[f"{name} on paper"] = render_to_string(room.TEMPLATE, context)
        return found

    return look


def known_numbers(rules, where):
    """What a page may name under these rules; by cell keys also 5 and 10, which the description of the sheet names as signs
    whatever the rules."""
    signs = {5, 10} if rules.perturb or where.endswith("metadata.json") else set()
    return {rules.threshold, rules.min_base} | signs


@pytest.mark.slow
def test_no_way_out_names_the_threshold_or_the_rounding_of_another_convention(everything):
    """All is looked at under our own; under each other what then spoke of rules."""
    explained, paths = {}, None
    for slug, preset in PRESETS.items():
        rules = preset.rules
        Release.objects.update(rules=serialise_preset(preset))
        found = {where: words for where, words in everything(paths).items() if not where.startswith(OWN)}
        speaks = (where for where, words in found.items() if FEW.search(words) or "ound" in words)
        paths = paths or [where for where in speaks if where.startswith("/")]
        for where, words in found.items():
            assert {int(n) for n in FEW.findall(words)} <= known_numbers(rules, where), (slug, where)
            assert {int(n) for n in ROUND.findall(words)} <= ({5} if rules.round_to > 1 else set()), (slug, where)
        explained[slug] = {where for where, words in found.items() if str(rules.threshold) in FEW.findall(words)}
    says = explained["dfe"]
    assert says == explained["nhs"] == explained["ons"]
    for part in ("/themes/rare/", "figures.xlsx", "metadata.json", "release.json", "data-dictionary/", "api dictionary",
                 "report on paper", "assessment on paper", "/en/have-your-say/parks/results/", "/pl/"):  # fmt: skip
        assert any(part in where for where in says), part


def test_pages_over_releases_of_two_conventions_say_what_is_true_of_both(release, home, client, person):
    version = release.codebook_version
    released.release(released.asked(home, "buses"), version, {"lights": 20, "rare": None}, day=date.today())
    Release.objects.filter(pk=release.pk).update(rules=serialise_preset(PRESETS["dfe"]))
    client.force_login(person("planner"))
    both = "fewer than 6 or 10 people, by the rules of each report"
    for path in ("themes/", "data-dictionary/", "assessment/"):
        html = client.get(f"/insights/{path}", follow=True).content.decode()
        assert both in html, path
        assert "Hidden: fewer than 10 people, or" not in html and "rounded to 5" not in html, path


def test_a_theme_over_time_speaks_by_the_rules_of_each_release_in_the_picture(release, home, client, person):
    earlier = released.asked(home, "lanes")
    ConsultationPage.objects.filter(pk=release.consultation_id).update(wave_of=earlier)
    released.release(earlier, release.codebook_version, {"lights": None, "rare": None}, day=timezone.localdate())
    Release.objects.filter(pk=release.pk).update(rules=serialise_preset(PRESETS["nhs"]))
    client.force_login(person("planner"))
    html = client.get(f"/insights/releases/{release.pk}/themes/lights/").content.decode()
    assert "is a hidden number: fewer than 8 or 10 people, by the rules of each report" in html
