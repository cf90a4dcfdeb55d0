"""Append-only, hash-chained records: the shape that the audit log (G4) and the ledger of decisions share."""

import hashlib
import json

from django.db import connection, models, transaction
from django.utils import timezone

GENESIS = "0" * 64


def canonical(data):
    """One spelling for one content: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


class ChainQuerySet(models.QuerySet):
    def append(self, **fields):
        """Add one entry after the last one. Serialised by a lock, so that no two entries share a predecessor."""
        with transaction.atomic(using=self.db):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [self.model.CHAIN_LOCK])
            last = self.order_by("-seq").first()
            entry = self.model(seq=(last.seq + 1 if last else 1), prev=(last.hash if last else GENESIS), **fields)
            entry.hash = entry.compute_hash()
            entry.save(force_insert=True)
        return entry

    def first_break(self):
        """(seq, reason) of the first altered, dropped, reordered or inserted entry; None when the chain is whole."""
        expected_seq, prev = 1, GENESIS
        for entry in self.order_by("seq").iterator():
            if entry.seq != expected_seq:
                return expected_seq, "an entry is missing"
            if entry.prev != prev:
                return entry.seq, "it does not follow the entry before it"
            if entry.hash != entry.compute_hash():
                return entry.seq, "its content was changed"
            expected_seq, prev = entry.seq + 1, entry.hash
        return None


class ChainedEntry(models.Model):
    """An entry whose hash covers its content and the hash before it. Database triggers refuse update and delete."""

    CHAIN_LOCK = 0
    HASHED: tuple[str, ...] = ()

    seq = models.BigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        abstract = True

    def compute_hash(self):
        content = {name: getattr(self, name) for name in self.HASHED}
        return hashlib.sha256(f"{self.seq}|{self.prev}|{canonical(content)}".encode()).hexdigest()


class AuditEntry(ChainedEntry):
    """Who did what to which object: ids only, never words (G4). What respondents cause holds the day alone."""

    CHAIN_LOCK = 7001
    HASHED = ("day", "minute", "actor", "verb", "object_type", "object_id", "data")

    day = models.CharField(max_length=10)
    minute = models.CharField(max_length=5, blank=True)
    actor = models.CharField(
        max_length=40, blank=True, help_text="user id, or empty for the system and for respondents"
    )
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]
        verbose_name_plural = "audit entries"

    def __str__(self):
        return f"{self.seq} {self.day} {self.verb}"


def now_parts():
    local = timezone.localtime()
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
