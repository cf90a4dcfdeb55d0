"""The page "How soon we act": figures of a quarter, and what the sample of closed cases found."""

from contextlib import suppress

from django.shortcuts import render
from django.utils import timezone

from consultation.access import is_head_of_service, staff_view
from consultation.domain.calendar_quarters import Quarter
from consultation.reading.response_times.case_figures import list_case_times
from consultation.reading.response_times.policies import SEE_TRIAGE, may_see_figures
from consultation.reading.response_times.read_figures import MIN_BASE, find_read_share, list_first_reads
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.case_sample.actions import count_samples, list_sample_findings
from consultation.safeguarding.models import TriageCase


@staff_view(may_see_figures, hidden=True, method="GET")
def show_figures(request):
    today = timezone.localdate()
    quarter = Quarter.read(request.GET.get("quarter"), today)
    # Of concerns about staff only those that this person may know of: a count, too, would tell of the others (D7).
    is_head = is_head_of_service(request.user)
    cases = TriageCase.objects.all() if is_head else TriageCase.objects.seen_by(request.user)
    context = {
        "quarter": quarter,
        "is_head": is_head,
        "is_running": quarter.last >= today,
        "earlier": quarter.before,
        "later": quarter.next if quarter.last < today else None,
        "reads": list_first_reads(quarter),
        "steps": _list_steps(list_case_times(quarter, cases)),
        "share": find_read_share(quarter),
        "min_base": MIN_BASE,
        "samples": count_samples(quarter.first, quarter.last, cases),
        "findings": _open_findings(quarter, cases) if request.user.has_perm(SEE_TRIAGE) else [],
    }
    return render(request, "consultation/reading/response_times/figures.html", context)


def _list_steps(times):
    """What leads do with a case, each with its waits by priority."""
    seen = {"key": "seen", "heading": "Until a lead sees the words", "done": "Seen"}
    referred = {"key": "referred", "heading": "Until an agency is told", "done": "Referred"}
    return [
        seen | {"rows": [(each, each.first_view) for each in times]},
        referred | {"rows": [(each, each.referral) for each in times]},
    ]


def _open_findings(quarter, cases):
    """[(sample, note)] for leads; nothing where this process cannot open the notes."""
    with suppress(VaultLocked):
        return [(one, one.note) for one in list_sample_findings(quarter.first, quarter.last, cases)]
    return []
