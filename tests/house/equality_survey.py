"""`python -m tests.house.equality_survey`: 400 sealed equality answers and as many used codes on a migrated database; and
the sweep that separates them in many small batches, for tests that kill it."""

import random
from datetime import timedelta

PEOPLE = 400
SWEEP = """
from consultation.channels.invitation_codes.actions import CODE_USE
from consultation.responses import equality_monitoring
equality_monitoring.MAX_BATCH = 20
write = equality_monitoring._write_batch
def tell(*arguments):
    written = write(*arguments)
    print("a batch", flush=True)
    return written
equality_monitoring._write_batch = tell
print("begin", flush=True)
print(equality_monitoring.write_batches(CODE_USE), flush=True)
"""
LEFT = """
import json
from consultation.channels.invitation_codes.models import InvitationCode
from consultation.responses.models import EqualityRow, Response
print(json.dumps({
    "rows": [row["b"] for row in EqualityRow.objects.values_list("answers", flat=True)],
    "waiting": Response.objects.filter(sealed_equality__isnull=False).count(),
    "used": InvitationCode.objects.filter(used=True).count(),
    "held": Response.objects.filter(excluded_from_figures=True).count(),
    "people": Response.objects.count(),
}))
"""


def make():
    from django.utils import timezone

    from cms.site.pages.site_setup import ensure_site
    from consultation.channels.invitation_codes.actions import make_code_batch
    from consultation.channels.web import form_tokens
    from consultation.responses import equality_monitoring
    from consultation.responses.submission import submit_response
    from tests.factories import consultation, question

    items = [question("a", options=["Yes", "No"]), question("b", options=["One", "Two", "Three"], apart=True)]
    yesterday = timezone.localdate() - timedelta(days=1)
    page, version = consultation(ensure_site(("en",)), items=items, closes=yesterday)
    batch, _ = make_code_batch(consultation=page, label="All", number=PEOPLE, by=None, seed=b"sixteen bytes ok")
    chance = random.Random(11)
    for digest in batch.codes.values_list("pk", flat=True):
        sealed = equality_monitoring.seal_equality_and_code(version.content, {"b": str(chance.randint(1, 3))}, digest)
        fields = {"closed": {"a": "1"}, "texts": {}, "sealed_equality": sealed}
        submit_response(version=version, nonce=form_tokens.make_nonce(), language="en", **fields)


def given():
    """The answers of the 400 people."""
    chance = random.Random(11)
    return [str(chance.randint(1, 3)) for _ in range(PEOPLE)]


if __name__ == "__main__":
    import django

    django.setup()
    make()
