"""Exclusion of withdrawn responses and recalled texts from later imports.

After an undo no row is left, so the deletion markers tell. Once they expire, such a text is imported as unread, like
any other.
"""

from collections.abc import Iterable
from uuid import UUID

from consultation.responses.deletion_markers import DeletionKind, digest_deletion
from consultation.responses.models import Tombstone


def find_erased_keys(taken: DeletionKind, keys: Iterable[UUID]) -> set[UUID]:
    """The keys that have a deletion marker of this kind."""
    digests = {digest_deletion(taken, key): key for key in keys}
    found = Tombstone.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
    return {digests[one] for one in found}
