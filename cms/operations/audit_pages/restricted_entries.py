"""Entries about a concern about staff: an auditor of that agency sees that there is an entry, and nothing of it (D7).

The rule is the leads': an auditor without an agency sees none. Number and hashes stay, so the chain verifies for all.
"""

from django.db.models import Q

from consultation.audit.models import AuditEntry
from consultation.safeguarding.models import TriageCase, WithdrawnText

RESTRICTED = "restricted entry"


def find_restricted_entries(auditor):
    """The query of entries about cases hidden from this person, their answers and their withdrawn texts."""
    hidden = TriageCase.objects.hidden_from(auditor)
    cases = {str(key) for key in hidden.values_list("pk", flat=True)}
    answers = {str(key) for key in hidden.values_list("answer_id", flat=True) if key}
    # The answer of a case may be gone, but it was named when the case was opened.
    named = AuditEntry.objects.filter(object_id__in=cases, data__answer__isnull=False)
    answers |= {answer for answer in named.values_list("data__answer", flat=True) if answer}
    texts = {str(key) for key in WithdrawnText.objects.hidden_from(auditor).values_list("pk", flat=True)}
    return Q(object_id__in=cases | answers | texts) | Q(data__answer__in=answers) | Q(data__other__in=cases)


def select_seen_entries(auditor):
    """All entries that this person may read."""
    return AuditEntry.objects.exclude(seq__in=AuditEntry.objects.filter(find_restricted_entries(auditor)))


def mask_restricted_entries(entries, auditor):
    """The entries, one by one; of restricted ones only number and hashes are left. Does not save."""
    restricted = set(AuditEntry.objects.filter(find_restricted_entries(auditor)).values_list("seq", flat=True))
    for entry in entries:
        yield _mask_entry(entry) if entry.seq in restricted else entry


def _mask_entry(entry):
    entry.day = entry.minute = entry.actor = entry.object_type = entry.object_id = ""
    entry.verb, entry.data = RESTRICTED, {}
    return entry
