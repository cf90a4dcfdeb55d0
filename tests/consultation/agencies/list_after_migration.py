"""The same rows once agencies are a list, as JSON: read by the shell of a scratch site."""

import json

from cms.accounts.agreements import Agreement
from cms.accounts.models import User
from consultation.agencies.models import KnownAgency
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.referrals.models import CaseReferral

people = User.objects.order_by("pk")
found = {
    "agencies": {
        each.key: [each.name, each.status, each.other_names.splitlines()] for each in KnownAgency.objects.all()
    },
    "people": [person.agency_id for person in people],
    "agreements": list(Agreement.objects.values_list("agency_id", flat=True)),
    "told": sorted(CaseReferral.objects.values_list("agency_id", flat=True)),
    "hidden": [[case.agency_id for case in TriageCase.objects.hidden_from(person)] for person in people[:3]],
}
print("FOUND", json.dumps(found))  # noqa: T201
