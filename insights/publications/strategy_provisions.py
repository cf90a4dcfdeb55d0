from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from consultation import handover
from consultation.strategy_provisions import MOST_PROOFS, START_A_SURVEY, Proof, provides_for
from insights.publications.models import Results
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.records import SOURCE


@provides_for(
    "engage-internal-comms",
    "briefing",
    "A published result has its staff briefing, as page and sheet",
    start="insights:results",
    may_start="insights.publish_decision",
)
def find_briefings() -> Iterator[Proof]:
    published = Results.objects.published().select_related("consultation").defer("consultation__body")
    for one in published.order_by("consultation", "-number")[:MOST_PROOFS]:
        yield Proof(one, str(one), reverse("insights:briefing", args=[one.consultation.slug]))


AWARENESS, FOR_ALL = "prevent-awareness-communities", "engage-awareness-all"


def list_newest_results() -> list[Results]:
    """What the public sees, newest first."""
    found = Results.objects.published().select_related("consultation").defer("consultation__body").order_by("number")
    newest = {one.consultation_id: one for one in found}
    return sorted(newest.values(), key=lambda one: -one.pk)


def list_awareness_results() -> list[Results]:
    newest = list_newest_results()
    versions = handover.load_newest_versions({one.consultation_id for one in newest})
    return [
        one
        for one in newest
        if one.consultation_id in versions
        and handover.asks_of_template(versions[one.consultation_id], "awareness-check", "heard-of", "signs", "know")
    ]


ASK: dict[str, Any] = START_A_SURVEY | {"over": list_awareness_results}
WRITE: dict[str, Any] = {"start": "insights:results", "may_start": PUBLISH_PERMISSION, "over": list_newest_results}


@provides_for(AWARENESS, "awareness-results", "An awareness check has its results, for each audience apart", **ASK)
def find_awareness_results(checks: list[Results]) -> Iterator[Proof]:
    return (_build_proof(one) for one in checks)


@provides_for(AWARENESS, "awareness-languages", "An awareness check is live in another language", **ASK)
def find_awareness_translations(checks: list[Results]) -> Iterator[Proof]:
    for results in checks:
        for page in results.consultation.get_translations().live().select_related("locale"):
            yield Proof(page, f"{page.title} ({page.locale.language_code})", page.get_url())


@provides_for(FOR_ALL, "results-in-easy-read", "Results are published in standard and easy read", **WRITE)
def find_easy_results(newest: list[Results]) -> Iterator[Proof]:
    return (_build_proof(one) for one in newest if one.words.get(SOURCE, {}).get("heard_easy"))


@provides_for(FOR_ALL, "results-for-others", "Results have words for another audience", **WRITE)
def find_results_for_others(newest: list[Results]) -> Iterator[Proof]:
    return (_build_proof(one) for one in newest if one.words.get(SOURCE, {}).get("for"))


def _build_proof(results: Results) -> Proof:
    page = results.consultation
    return Proof(results, page.title, f"/{SOURCE}/have-your-say/{page.slug}/results/")
