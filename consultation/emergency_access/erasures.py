from consultation.emergency_access.models import EmergencyAccess
from consultation.safeguarding.erasures import LeadRecordErasure


class EmergencyAccessErasure(LeadRecordErasure):
    slug, name, moment = "emergencies", "Records of emergency access", "reviewed_at"
    keep = "6 years after it was reviewed"
    removes = "Who had emergency access to which consultation, why, and what a colleague made of it."
    why = "It shows that nobody looked without a reason, for as long as somebody may ask."
    covers = frozenset({"consultation.EmergencyAccess"})
    records = EmergencyAccess.objects
