"""Append-only, hash-chained records: the base of the audit log (G4) and of the ledger of decisions."""

import hashlib
import json
import uuid

from django.db import connection, models, transaction
from django.utils import timezone

from consultation.audit import hash_chain
from consultation.audit.hash_chain import CHAIN_BEGINNING, GENESIS, ChainEnd, ChainLink
from consultation.domain.key_order import KeyOrderedModel, build_key_order_index


def canonical_json(data):
    """Canonical JSON: sorted keys, no spaces, not escaped to ASCII."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


VERIFY_ATTEMPTS = 5


class ChainHead(models.Model):
    """The last entry of each chain, sealed under a key that the database does not hold."""

    chain = models.CharField(max_length=60, primary_key=True)  # the model's label
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    def __str__(self):
        return self.chain


class ChainQuerySet(models.QuerySet):
    def append(self, **fields):
        """Add one entry after the last one. Serialised by a lock, so that no two entries share a predecessor."""
        with transaction.atomic(using=self.db):
            self.lock()
            last = self.order_by("-seq").first()
            entry = self.model(seq=(last.seq + 1 if last else 1), prev=(last.hash if last else GENESIS), **fields)
            entry.hash = entry.compute_hash()
            entry.save(force_insert=True)
            self.seal_head(ChainEnd(entry.seq, entry.hash))
        return entry

    def lock(self):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [self.model.CHAIN_LOCK])

    def seal_head(self, end):
        label = self.model._meta.label
        sealed = {"seq": end.seq, "hash": end.hash, "seal": hash_chain.seal_chain_end(label, end)}
        if not ChainHead.objects.using(self.db).filter(pk=label).update(**sealed):
            ChainHead.objects.using(self.db).create(chain=label, **sealed)

    def sealed_head(self):
        """The sealed End; None when there is none or its seal is forged."""
        row = ChainHead.objects.using(self.db).filter(pk=self.model._meta.label).first()
        end = ChainEnd(row.seq, row.hash) if row else None
        return end if end and hash_chain.is_seal_valid(row.chain, end, row.seal) else None

    def links(self):
        for entry in self.order_by("seq").iterator(chunk_size=2000):
            yield ChainLink(entry.seq, entry.prev, entry.hash, entry.hash == entry.compute_hash())

    def problems(self):
        """Altered, dropped, inserted or reordered entries (hash_chain.ChainProblem), by number; empty when the chain
        is whole.

        Retried when entries were appended meanwhile, so that a new entry is not taken for an inserted one.
        """
        for _ in range(VERIFY_ATTEMPTS):
            head = self.sealed_head()
            found = self._find_chain_problems(head)
            if not found or self.sealed_head() == head:
                return found
        with transaction.atomic(using=self.db):
            self.lock()
            return self._find_chain_problems(self.sealed_head())

    def _find_chain_problems(self, head):
        start = self.model.chain_start()
        if hash_chain.is_chain_whole(self.links(), head, start):
            return []
        return hash_chain.find_chain_problems(self.links(), head, start)

    def first_break(self):
        """(seq, reason) of the first problem; None when the chain is whole."""
        return next(((problem.seq, problem.words) for problem in self.problems()), None)


class ChainedEntry(models.Model):
    """An entry whose hash covers its content and the hash before it. Database triggers refuse update and delete."""

    CHAIN_LOCK = 0
    HASHED: tuple[str, ...] = ()
    YEARS_KEPT = 0  # 0: for ever

    seq = models.BigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        abstract = True

    def compute_hash(self):
        content = {name: getattr(self, name) for name in self.HASHED}
        return hashlib.sha256(f"{self.seq}|{self.prev}|{canonical_json(content)}".encode()).hexdigest()

    @classmethod
    def chain_start(cls):
        """The End after which the chain begins."""
        return CHAIN_BEGINNING


SHORTENED = "audit log shortened"


class AuditEntry(ChainedEntry):
    """Who did what to which object: ids only, never words (G4). Respondents' acts hold the day alone.

    Entries older than six years are removed (erasures.py). A SHORTENED entry, the chain's new beginning, holds
    the number and hash of the last removed entry, so the rest stays verifiable.
    """

    CHAIN_LOCK = 7001
    HASHED = ("day", "minute", "actor", "verb", "object_type", "object_id", "data")
    YEARS_KEPT = 6

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

    @classmethod
    def chain_start(cls):
        shortened = cls.objects.filter(verb=SHORTENED).order_by("-seq").first()
        if shortened is None or shortened.hash != shortened.compute_hash():
            return CHAIN_BEGINNING
        return ChainEnd(shortened.data["through"], shortened.data["hash"])


class WaitingEvent(KeyOrderedModel):
    """A respondent's act of today. Its place among staff entries, which have minutes, would tell its time; so it waits
    until the day is over, and the day's events are appended in random order (audit_log.append_waiting_events)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.CharField(max_length=10)
    actor = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [build_key_order_index("waiting_events")]

    def __str__(self):
        return f"{self.day} {self.verb}"


def current_day_and_minute():
    local = timezone.localtime()
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
