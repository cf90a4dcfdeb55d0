from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.releases.models import EqualityPicture
from insights.representation.models import Benchmark, ReachPicture
from insights.representation.policies import may_see_representation


@provides_for(
    "understand-vulnerable-groups",
    "reach",
    "Who was heard is compared with who is there",
    start="insights:representation",
    may_start=may_see_representation,
    opens_with=may_see_representation,
)
def find_compared_pictures() -> Iterator[Proof]:
    """With a number beside a benchmark of the same groups."""
    known = set(Benchmark.objects.values_list("consultation", "about"))
    for picture in ReachPicture.objects.select_related("consultation"):
        counted = {one["key"] for one in picture.figures if one["total"] is not None}
        if known & {(of, key) for of in (None, picture.consultation_id) for key in counted}:
            url = reverse("insights:representation-of", args=[picture.consultation.slug])
            yield Proof(picture, picture.consultation.title, url)


@provides_for(
    "understand-vulnerable-groups",
    "groups",
    "Groups that are kept apart are counted",
    opens_with=may_see_representation,
)
def find_equality_pictures() -> Iterator[Proof]:
    for picture in EqualityPicture.objects.exclude(figures=[]).select_related("consultation"):
        url = reverse("insights:representation-of", args=[picture.consultation.slug])
        yield Proof(picture, picture.consultation.title, url)
