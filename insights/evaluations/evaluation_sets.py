"""Evaluations: waves of one consultation that ask before, after and three months on, or once a year. What joins them is
the code of a group, which each round asks for, and never a person."""

from dataclasses import dataclass
from typing import Any

from consultation import handover
from insights.releases.models import Release


@dataclass(frozen=True)
class Round:
    """`page` is None while it was not asked yet, and `release` while there is no published report."""

    name: str
    page: Any = None
    release: Release | None = None
    state: Any = None


@dataclass(frozen=True)
class Evaluation:
    """`points` are those parts of the strategy that its questions speak to."""

    rounds: list[Round]
    points: frozenset[str]
    is_yearly: bool
    choices: frozenset[str]  # ids of all its choices
    version: Any  # the newest questions, as `handover` gives them

    @property
    def asked(self) -> list[Any]:
        return [each.page for each in self.rounds if each.page]

    @property
    def title(self) -> str:
        """Of the first round, without what tells it from the others."""
        first = self.asked[0]
        own = self.rounds[0].name if self.is_yearly else first.get_evaluation_round_display().lower()
        return str(first.title).removesuffix(f" ({own})")

    @property
    def slug(self) -> str:
        return str(self.asked[0].slug)

    @property
    def audience(self) -> str:
        return str(self.asked[0].get_audience_display())

    @property
    def releases(self) -> list[Release]:
        return [each.release for each in self.rounds if each.release]

    @property
    def numbered(self) -> list[Release]:
        """Reports with numbers: of a round in which too few answered there are words alone."""
        return [release for release in self.releases if release.people is not None]


def list_evaluations() -> list[Evaluation]:
    """Those of which a round was published, newest first; in a constant number of queries."""
    pages = handover.list_evaluation_rounds()
    versions = handover.load_newest_versions(page.pk for page in pages)
    of: dict[int, list[Any]] = {}
    before = handover.map_earlier_waves()
    for page in pages:
        of.setdefault(_find_first_round(page.pk, before), []).append(page)
    found = Release.objects.published().filter(consultation__in=[page.pk for page in pages]).order_by("number")
    newest = {release.consultation_id: release for release in found.select_related("consultation")}
    states = handover.find_states(pages)
    known = {page.pk: (newest.get(page.pk), states[page.pk]) for page in pages}
    return [_build_evaluation(rounds, known, versions) for rounds in reversed(of.values())]


def find_evaluation(slug: str) -> Evaluation | None:
    """The evaluation that one of its rounds' addresses names."""
    return next((one for one in list_evaluations() if slug in {page.slug for page in one.asked}), None)


def _find_first_round(page: int, before: dict[int, int]) -> int:
    seen = {page}
    while (earlier := before.get(page)) and earlier not in seen:
        page = earlier
        seen.add(page)
    return page


def _build_evaluation(
    pages: list[Any], known: dict[int, tuple[Release | None, Any]], versions: dict[int, Any]
) -> Evaluation:
    yearly = pages[0].evaluation_round == handover.YEARLY
    asked = {
        page.evaluation_round: Round(page.get_evaluation_round_display(), page, *known[page.pk]) for page in pages
    }
    in_turn = [asked.get(key, Round(name)) for key, name in handover.SESSION_ROUNDS]
    years = [Round(f"{page.opens or page.first_published_at:%Y}", page, *known[page.pk]) for page in pages]
    version = versions[pages[-1].pk]
    items = version.content["items"]
    return Evaluation(
        years if yearly else in_turn,
        frozenset(link["sub_point"] for item in items for link in item.get("links", ())),
        yearly,
        frozenset(option["id"] for item in items for option in item.get("options", ())),
        version,
    )
