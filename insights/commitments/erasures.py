from datetime import timedelta

from consultation.audit.erasure_types import AfterDayErasure
from insights.commitments.models import SentOffer

KEPT_DAYS = 365


class SentOfferErasure(AfterDayErasure):
    slug = "sent-offers"
    line, keep = "offers of groups as they were sent, with a contact", "a year; at once when declined or retired"
    removes = "What a group sent in by the public form, and how to reach it."
    keeps = "The commitment that an officer made of it, without a contact."
    why = "After a year we ask the group anew, by its public address."
    covers = frozenset({"insights.SentOffer"})
    name, rows, day = "Offers of groups", SentOffer.objects, "day"
    KEPT = timedelta(days=KEPT_DAYS)
