"""The demo's monthly audit sample of screening, half done."""

from consultation.reading.audit_sample import actions

LOOKED_AT = 20


def audit_last_month(staff, today):
    """Draw last month's sample; each reader audits answers that the other one read."""
    audit = actions.draw_audit_sample(today)
    readers = [staff["reader1"], staff["reader2"]]
    looks = audit.looks.select_related("answer__reading").order_by("answer")[:LOOKED_AT] if audit else ()
    for look in looks:
        by = next(reader for reader in readers if reader.pk != look.answer.reading.reader_id)
        actions.open_audit_text(answer=look.answer, by=by)
        actions.record_audit_result(answer=look.answer, by=by, missed=False)
    return audit
