from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.coding.blind_samples.models import DoubleCoding


@provides_for(
    "lead-quality-assurance",
    "coded-twice",
    "Answers are coded twice, and agreement is told",
    start="insights:agreement",
    may_start="insights.code_themes",
    opens_with="insights.code_themes",
)
def find_measured_agreement() -> Iterator[Proof]:
    for study in DoubleCoding.objects.filter(measured=True).select_related("consultation"):
        yield Proof(study, study.consultation.title, reverse("insights:double-coding", args=[study.pk]))
