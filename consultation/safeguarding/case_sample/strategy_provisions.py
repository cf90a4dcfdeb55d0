"""What the sample of closed cases provides for the strategy. Leads alone see that there are cases (D8)."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.duty_rota.lead_rota import SEE_TRIAGE
from consultation.strategy_provisions import MOST_PROOFS, Proof, provides_for


@provides_for(
    "lead-quality-assurance", "closed-items", "A lead who did not decide looks at closed items again",
    start="safeguarding:sample", may_start=SEE_TRIAGE, seen_with=SEE_TRIAGE,
)  # fmt: skip
def find_sampled_cases() -> Iterator[Proof]:
    for one in SampledCase.objects.filter(case__agency=None).exclude(result="")[:MOST_PROOFS]:
        yield Proof(one, f"Closed in the week of {one.week:%-d %B %Y}", reverse("safeguarding:sample"))
