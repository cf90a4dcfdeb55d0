from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from consultation import handover
from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.coding.codebooks.models import MarkedPhrase, PhraseOrigin
from insights.coding.codebooks.policies import may_see_codebooks
from insights.coding.models import CodebookVersionStatus, ThemeEntry
from insights.decisions.models import Decision, DecisionOutcome
from insights.decisions.outcomes.models import OutcomeUpdate
from insights.releases.models import Release
from insights.releases.theme_evidence import ThemeEvidence, list_newest_releases, list_theme_evidence
from insights.workspace.group_comparison.theme_pairs import list_releases_with_pairs, list_theme_pairs
from insights.workspace.place_summary.place_tables import list_place_tables, list_releases_by_group

METHODS, EMERGING, NIGHT = "understand-methods", "understand-emerging-threats", "prevent-industry-night-time"
YOUNG = "children-young-people"


def _list_shown_themes(point: str, releases: list[Release]) -> list[ThemeEvidence]:
    """Themes of this point with a number."""
    shown = list_theme_evidence(releases)
    return [one for one in shown if one.people is not None and point in one.points]


@provides_for(
    METHODS,
    "defined",
    "Each theme of methods has a definition, what it includes and excludes, and a version",
    start="insights:codebooks",
    may_start="insights.propose_codebook",
    opens_with=may_see_codebooks,
)
def find_defined_methods() -> Iterator[Proof]:
    """The themes of methods in force; none while one of them lacks any of it."""
    entries = ThemeEntry.objects.filter(version__status=CodebookVersionStatus.APPROVED)
    methods = [
        one
        for one in entries.select_related("version__codebook").order_by("label")
        if any(link["sub_point"] == METHODS for link in one.links)
    ]
    if not entries.without_a_note().filter(pk__in=[one.pk for one in methods]).exists():
        for entry in methods:
            place = [entry.version.codebook.slug, entry.version.number]
            yield Proof(entry, f"{entry.label} ({entry.version})", reverse("insights:codebook-version", args=place))


@provides_for(
    EMERGING,
    "together",
    "Themes that the same people spoke of, one of them of this point, after disclosure control",
    start="insights:said-together",
    over=list_releases_with_pairs,
)
def find_themes_together(releases: list[Release]) -> Iterator[Proof]:
    for one in list_theme_pairs(releases, EMERGING):
        for pair in (pair for pair in one.pairs if pair.is_shown):
            url = f"{reverse('insights:said-together')}?point={EMERGING}#r{one.release.pk}"
            yield Proof(one.release, f"{' with '.join(pair.labels)} ({one.release})", url)


@provides_for(
    EMERGING,
    "new-words",
    "Coders decide about new words that several people use",
    start="insights:discovery",
    may_start="insights.propose_codebook",
    seen_with="insights.propose_codebook",
)
def find_decided_words() -> Iterator[Proof]:
    decided = MarkedPhrase.objects.exclude(origin=PhraseOrigin.MARKED).select_related("codebook").order_by("phrase")
    for one in decided[:MOST_PROOFS]:
        yield Proof(one, f"“{one.phrase}”: {one.get_origin_display().lower()}", reverse("insights:discovery"))


@provides_for(
    NIGHT,
    "beside",
    "People at work at night stand beside young people on the same themes",
    start="insights:themes",
    over=list_newest_releases,
)
def find_night_time_themes(releases: list[Release]) -> Iterator[Proof]:
    """At work are those whom a consultation asks where they work, in the words of its template."""
    shown = _list_shown_themes(NIGHT, releases)
    versions = handover.load_newest_versions({one.release.consultation_id for one in shown if one.audience != YOUNG})
    by_theme: dict[int, tuple[list[ThemeEvidence], list[ThemeEvidence]]] = defaultdict(lambda: ([], []))
    for one in shown:
        version = versions.get(one.release.consultation_id)
        if one.audience == YOUNG:
            by_theme[one.theme][0].append(one)
        elif version and handover.asks_of_template(version, "night-time-staff", "work"):
            by_theme[one.theme][1].append(one)
    for young, at_work in by_theme.values():
        if young and at_work:
            told = "; ".join(str(one.release.consultation) for one in [*at_work, *young])
            url = f"{reverse('insights:themes')}?by=audience"
            yield Proof(at_work[0].release, f"{at_work[0].label}: {told}", url)


@provides_for(
    "disrupt-prevent-harm",
    "places",
    "Places by area and type for meetings",
    start="insights:places",
    over=list_releases_by_group,
)
def find_place_summaries(releases: list[Release]) -> Iterator[Proof]:
    for one in list_place_tables(releases)[0]:
        yield Proof(one.release, str(one.release), f"{reverse('insights:places')}#r{one.release.pk}")


@provides_for(
    "lead-best-practice", "worked", "Of a decision it is known whether it worked", start="insights:outcomes",
    may_start="insights.draft_decision",
)  # fmt: skip
def find_outcomes():
    found = OutcomeUpdate.objects.published().select_related("decision")
    return [Proof(one, str(one), reverse("insights:learning", query={"q": one.decision.title})) for one in found]


@provides_for(
    "lead-best-practice", "refusals", "A “no” is kept with its reason", start="insights:decisions",
    may_start="insights.draft_decision",
)  # fmt: skip
def find_refusals():
    found = Decision.objects.published().filter(outcome=DecisionOutcome.NO).exclude(reason="")
    return [Proof(one, one.title, reverse("insights:learning", query={"q": one.title})) for one in found]
