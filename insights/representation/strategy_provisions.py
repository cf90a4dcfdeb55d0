"""Who was heard, as what the product provides for vulnerable groups."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.releases.models import EqualityPicture
from insights.representation.models import Benchmark, ReachPicture
from insights.representation.policies import may_see_reach


@provides_for(
    "understand-vulnerable-groups",
    "reach",
    "Who was heard is compared with who is there",
    start="insights:representation",
    may_start=may_see_reach,
    opens_with=may_see_reach,
)
def find_compared_pictures() -> Iterator[Proof]:
    compared = set(Benchmark.objects.values_list("consultation", flat=True))
    for picture in ReachPicture.objects.select_related("consultation"):
        if None in compared or picture.consultation_id in compared:
            url = reverse("insights:representation-of", args=[picture.consultation.slug])
            yield Proof(picture, picture.consultation.title, url)


@provides_for(
    "understand-vulnerable-groups", "groups", "Groups that are kept apart are counted", opens_with=may_see_reach
)
def find_equality_pictures() -> Iterator[Proof]:
    for picture in EqualityPicture.objects.exclude(figures=[]).select_related("consultation"):
        url = reverse("insights:representation-of", args=[picture.consultation.slug])
        yield Proof(picture, picture.consultation.title, url)
