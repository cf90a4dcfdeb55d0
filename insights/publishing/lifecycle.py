"""The one way by which words become public: someone writes a draft, another person publishes what they saw, and a draft
may be thrown away. Each act is on record in its transaction. Translations: `translated_words`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation import handover
from consultation.access import Permission, has_permission, require_permission
from consultation.audit.audit_log import record_event
from insights.publishing.records import GONE, SOURCE, lock_record
from insights.publishing.translation_confirmation import uncheck_translations

PUBLISH_PERMISSION = "insights.publish_decision"  # "publish a decision or feedback page"
LEAST_REASON = 5  # different words in the sentence that says why words above the reading age stay


class Lifecycle[T]:
    """What is alike in every kind of record. A subclass says who may act, what must hold, and what is recorded."""

    name = ""  # begins its audit events: "check published"
    begins, written = "begun", "written"  # end the events of a new and of a changed draft
    may_write: Permission = PUBLISH_PERMISSION
    may_publish = PUBLISH_PERMISSION
    approvals = 1  # people who must agree that it is public; where more than one, the record has `approved_by`
    gone = GONE
    begun = "There is a draft already. Finish that one, or discard it."
    stays = "What is public stays."
    public_already = "This is public already."
    two_people = "Two people publish this. Ask a colleague who did not write any of it."

    def validate_draft(self, held: Any) -> None:
        """Raise ValidationError where the changed draft may not be saved."""

    def validate_publication(self, held: Any, today: date) -> None:
        """Raise ValidationError where the draft may not be public yet."""

    def list_readings(self, held: Any) -> Iterable[tuple[float, float]]:
        """(school grade, highest grade allowed) of each text that must keep a reading age (X6). The record of a kind that
        has any keeps `hard_because`."""
        return ()

    def record(self, verb: str, held: Any, by: Any, **data: Any) -> None:
        """Record an act, in its transaction."""
        record_event(f"{self.name} {verb}", by=by, obj=held, **data)

    def record_publication(self, held: Any, by: Any) -> None:
        because = getattr(held, "hard_because", "")
        self.record("published", held, by, **({"hard_because": because} if because else {}))

    def lock(self, of: T, /) -> Any:
        return lock_record(of, self.gone)

    def lock_draft(self, of: T) -> Any:
        held = self.lock(of)
        if not held.is_draft:
            raise ValidationError(self.stays)
        return held

    def get_state_hash(self, held: Any, /) -> str:
        """A hash of what becomes public: whoever publishes or throws it away must have seen this state."""
        return str(held.state_hash)

    def list_writer_ids(self, held: Any) -> set[int]:
        """Ids of those who wrote any of it, and so may not publish it."""
        ids: set[int] = held.list_writer_ids()
        return ids

    def may_be_published_by(self, held: Any, person: Any) -> bool:
        """Whether it waits for this person, for the button of its page."""
        return (
            held.is_draft and has_permission(person, self.may_publish) and person.pk not in self.list_writer_ids(held)
        )

    def measure_grade(self, held: T) -> tuple[float, float]:
        """The reading that is furthest above what is allowed; (0, 0) where none is set."""
        return max(self.list_readings(held), key=lambda each: each[0] - each[1], default=(0.0, 0.0))

    @transaction.atomic
    def begin(self, made: Any, *, by: Any, **data: Any) -> Any:
        """Save a first draft; `data` goes into its audit event."""
        require_permission(by, self.may_write)
        try:
            with transaction.atomic():  # a constraint also stops two who begin at once
                made.save(force_insert=True)
        except IntegrityError as error:
            raise ValidationError(self.begun) from error
        made.writers.add(by)
        self.record(self.begins, made, by, **data)
        return made

    @transaction.atomic
    def write(self, of: T, *, by: Any, english: Any, **fields: Any) -> Any:
        """Save the English of a draft, and other fields. Where the English changes, translations need confirming again.
        `by` becomes a writer, and writers may not publish."""
        require_permission(by, self.may_write)
        held = self.lock_draft(of)
        if held.english != english:
            fields["words"] = uncheck_translations(held.words) | {SOURCE: dict(english)}
        changed = [name for name, value in fields.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, fields[name])
        self.validate_draft(held)
        if changed:
            held.save(update_fields=changed)
            self.record_writing(held, by)
        return held

    def record_writing(self, held: Any, by: Any) -> None:
        held.writers.add(by)
        self.record(self.written, held, by)

    @transaction.atomic
    def publish(
        self, of: T, *, by: Any, seen_state: str | None = None, hard_because: str = "", today: date | None = None
    ) -> Any:
        """Publish as a person who wrote none of it. `seen_state`: the record’s `state_hash` on their screen; code without a
        screen leaves it out. `hard_because`: the reason, a sentence of `LEAST_REASON` words, for words above the
        audience's reading age (X6)."""
        require_permission(by, self.may_publish)
        held, today, because = self.lock(of), today or timezone.localdate(), hard_because.strip()
        if not held.is_draft:
            raise ValidationError(self.public_already)
        if by.pk in self.list_writer_ids(held):
            raise ValidationError(self.two_people)
        self._require_seen(held, seen_state, "publish it")
        self.validate_publication(held, today)
        grade, most = self.measure_grade(held)
        if grade > most and len(set(because.split())) < LEAST_REASON:
            too = handover.describe_reading_age(grade, most)
            raise ValidationError(
                f"{too}. Write it shorter, or say why it stays, in a sentence of at least five words."
            )
        if self.approvals > 1 and not self._add_last_approval(held, by):
            return held
        held.mark_published(by, today, **({"hard_because": because} if grade > most else {}))
        self.record_publication(held, by)
        return held

    def _add_last_approval(self, held: Any, by: Any) -> bool:
        held.approved_by.add(by)
        self.record("approved", held, by, approvals=held.approved_by.count())
        return bool(held.approved_by.count() >= self.approvals)

    @transaction.atomic
    def discard(self, of: T, *, by: Any, seen_state: str | None = None) -> None:
        """Delete a draft. `seen_state` as in `publish`: nobody throws away what they did not see."""
        require_permission(by, self.may_write)
        held = self.lock_draft(of)
        self._require_seen(held, seen_state, "discard it")
        self.record("discarded", held, by)
        self.delete(held)

    def delete(self, held: Any) -> None:
        held.delete()

    def _require_seen(self, held: Any, seen_state: str | None, act: str) -> None:
        if seen_state is not None and seen_state != self.get_state_hash(held):
            raise ValidationError(f"Someone wrote in this after you opened it. Look at it again, and {act} then.")
