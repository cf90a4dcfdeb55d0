from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.erasures import LeadRecordErasure


class CaseSearchErasure(LeadRecordErasure):
    slug, name, moment = "case-searches", "Records of searches", "searched_at"
    keep = "6 years after it was made"
    removes = "That a safeguarding lead searched, and why."
    why = "It shows that nobody looked without a reason, for as long as somebody may ask."
    covers = frozenset({"consultation.CaseSearch"})
    records = CaseSearch.objects
