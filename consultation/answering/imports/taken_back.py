"""What somebody took back, or a second pair of eyes recalled, comes in by no file: not by the same one, and not after it
was taken out and no row is left to say so. The tombstones say it, for as long as they stand; after that it comes in as
any other words do, to be read first."""

from collections.abc import Iterable
from uuid import UUID

from consultation.responses.models import Tombstone
from consultation.responses.tombstones import Taken, digest


def taken_back(taken: Taken, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys that were taken back."""
    digests = {digest(taken, key): key for key in keys}
    found = Tombstone.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
    return {digests[one] for one in found}
