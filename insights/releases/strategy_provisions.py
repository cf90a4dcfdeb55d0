"""Frozen figures that serve points of the strategy."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.releases import service_pairs
from insights.releases.models import Figure, Release


def _find_figures(**of: str) -> Iterator[Proof]:
    published = Release.objects.published()  # for a partner without what is released to another agency
    shown = Figure.objects.filter(release__in=published, **of).exclude(table__has_key="refused")
    for figure in shown.select_related("release__consultation").order_by("-release", "order"):
        yield Proof(figure, str(figure.release), reverse("insights:report", args=[figure.release_id]))


@provides_for("understand-victims-gender-age", "split", "A report is split by one question about the person")
def find_split_reports() -> Iterator[Proof]:
    return _find_figures(kind="question-by")


@provides_for("safeguard-coordinated-services", "pairs", "A report shows whether pairs of services joined up")
def find_service_pairs() -> Iterator[Proof]:
    return _find_figures(kind=service_pairs.KIND)
