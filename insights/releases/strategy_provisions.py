"""Frozen figures that serve points of the strategy."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for
from insights.releases import service_pairs
from insights.releases.models import Figure, Release


def _find_figures(**of: str) -> Iterator[Proof]:
    """Without those of releases that the reader may not see."""
    shown = Figure.objects.filter(release__in=Release.objects.published(), **of).exclude(table__has_key="refused")
    rows = shown.select_related("release__consultation").defer("table", "release__consultation__body")
    for figure in rows.order_by("-release", "order")[:MOST_PROOFS]:
        yield Proof(figure, f"{figure.title} ({figure.release})", reverse("insights:report", args=[figure.release_id]))


@provides_for("understand-victims-gender-age", "split", "A report is split by one question about the person")
def find_split_reports() -> Iterator[Proof]:
    return _find_figures(kind="question-by")


@provides_for("safeguard-coordinated-services", "pairs", "A report shows whether pairs of services joined up")
def find_service_pairs() -> Iterator[Proof]:
    return _find_figures(kind=service_pairs.KIND)
