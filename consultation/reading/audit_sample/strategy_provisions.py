"""What the audit sample of reading provides for the strategy."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.reading.audit_sample.models import ScreenAudit
from consultation.strategy_provisions import Proof, provides_for


@provides_for(
    "lead-quality-assurance",
    "second-reading",
    "A second person reads a share again",
    start="reading:audit-sample",
    may_start="consultation.read_raw",
    seen_with="consultation.read_raw",
)
def find_audited_months() -> Iterator[Proof]:
    for audit in ScreenAudit.objects.all():
        yield Proof(audit, f"Answers of {audit}", reverse("reading:audit-sample"))
