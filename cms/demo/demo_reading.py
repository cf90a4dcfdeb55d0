"""Readers and leads of the demo process answers through the product's own actions, at plausible working hours."""

import random
import re
from datetime import datetime, time, timedelta

from django.utils import timezone

from cms.demo.demo_respondents import SEED
from consultation.agencies.first_agencies import find_outcome
from consultation.agencies.models import KnownAgency
from consultation.reading import actions as reading
from consultation.reading.models import ReadingDecision
from consultation.responses.models import Answer
from consultation.responses.response_ids import derive_answer_id
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.clocks import LONDON, next_working_moment
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.referrals import actions as referring

SETTLED = "A settled matter or a figure of speech; nobody is at risk now."
ASKED = "Is this a story or something that happened? Please look."
WORRIED = "A person may be harmed, and someone could tell who."
# States of the worrying answers of an open consultation, newest first; each names a method below.
FATES = (
    *("unread",) * 4, *("held",) * 2, "new", "staff", "claimed", "second view", "referred", "contacted", "learning",
    "no concern", "reopened", "late", "false alarm", *("closed",) * 4,
)  # fmt: skip
# What readers hide because it names a shop or a place that everyone there can find. A town and the number of a bus stay.
PREMISES = re.compile(
    r"\b(?:(?:the )?(?:big )?(?:tesco|co-op|asda|morrisons|greggs|mcdonald’?'?s|maccies|kfc|nando’?'?s|premier inn)"
    r"|(?:the )?interchange|lister park|forster square)\b",
    re.IGNORECASE,
)
# No child shall read the first on a page that anyone can open; the others are stories whose teller a neighbour knows.
NEVER_QUOTED = re.compile(
    r"\braped?\b|im 16 i play left back|every swimming baths in|I've driven since 2004|My sister drives that route"
    r"|three days' warning of a new cereal|Conductor thirty years|drone club is for kids like me"
)
# Cases without a decision are only hours old.
THIS_MORNING = ("new", "staff", "claimed", "second view")


def _hide_premises(voice):
    """The spans of personal data that the author marked, and the premises that the text names beside them."""
    found = ({"start": one.start(), "end": one.end(), "type": "PLACE"} for one in PREMISES.finditer(voice.text))
    free = (one for one in found if all(one["end"] <= of["start"] or of["end"] <= one["start"] for of in voice.spans))
    return [*voice.spans, *free]


class DemoReadingTeam:
    """Two readers and two leads who share the answers and cases."""

    def __init__(self, staff):
        self.readers = [staff["reader1"], staff["reader2"]]
        self.leads = [staff["lead1"], staff["lead2"]]
        self.rng = random.Random(f"{SEED} desk")  # noqa: S311
        self.now, self.ago = timezone.now(), None

    def read(self, sent, *, open_until=None):
        """With `open_until`, the newest calm answers stay unread and worrying ones get the states of FATES."""
        worrying = sorted(
            (one for one in sent if one.voice and one.voice.worrying), key=lambda one: one.day, reverse=True
        )
        fates = FATES if open_until else ("closed",) * len(worrying)
        for one, fate in zip(worrying, fates, strict=False):
            self.ago = self._choose_age(fate) if open_until else None
            getattr(self, "_" + fate.replace(" ", "_"))(one)
        self.ago = None
        for one in sent:
            if one.voice and not one.voice.worrying and not self._too_new(one, open_until):
                self._clear_calm_answer(one)

    def _choose_age(self, fate):
        if fate in THIS_MORNING:
            return timedelta(minutes=self.rng.randrange(5, 75))
        return timedelta(days=3) if fate == "late" else None

    def _too_new(self, one, open_until):
        return bool(open_until) and (open_until - one.day).days < 2 and self.rng.random() < 0.85

    def _choose_reading_time(self, one):
        """Next working morning after the answer, at most now; or `ago` before now if set."""
        if self.ago:
            return self.now - self.ago
        morning = datetime.combine(one.day + timedelta(days=1), time(9, 30), LONDON)
        started = next_working_moment(morning, get_working_week()) + timedelta(minutes=self.rng.randrange(150))
        return min(started, self.now - timedelta(minutes=20))

    def _fetch_answer(self, one):
        return Answer.objects.get(pk=derive_answer_id(one.nonce, one.question, one.voice.text))

    def _decide_answer(self, one, decision, by, **more):
        answer = self._fetch_answer(one)
        reading.open_answer_text(answer=answer, by=by)
        said = {
            "answer": answer,
            "by": by,
            "decision": decision,
            "spans": _hide_premises(one.voice),
            "language": one.voice.language.partition("-")[0],
            "now": self._choose_reading_time(one),
        }
        try:
            return reading.decide_answer(**said, **more)
        except reading.NeedsReason:
            return reading.decide_answer(**said, **more | {"note": SETTLED})

    def _clear_calm_answer(self, one):
        identifying = len(one.voice.spans) > 2
        quotable = not identifying and not NEVER_QUOTED.search(one.voice.text)
        decision = ReadingDecision.CLEAR if quotable else ReadingDecision.NEVER_QUOTE
        self._decide_answer(one, decision, self.rng.choice(self.readers), identifying_story=identifying)

    def _open_case(self, one):
        self._decide_answer(one, ReadingDecision.TRIAGE, self.rng.choice(self.readers), note=WORRIED)
        return self._fetch_answer(one).case

    def _unread(self, one):
        """Leave it unread."""

    def _held(self, one):
        self._decide_answer(one, ReadingDecision.ASK_COLLEAGUE, self.readers[0], note=ASKED)

    _new = _late = _open_case  # nobody claims it; the late one is past its deadline

    def _staff(self, one):
        """A concern about a member of staff, hidden from that person's agency."""
        case = self._open_case(one)
        safeguarding.hide_from_agency(
            case=case, by=self.leads[0], agency=self.leads[1].agency, why="It is about a worker there."
        )
        return case

    def _claimed(self, one):
        return safeguarding.claim_case(case=self._open_case(one), by=self.rng.choice(self.leads))

    def _decide_case(self, one, case, by, to, reason):
        """The lead opens the words, then moves the case."""
        now = self._choose_later_time(one, 1)
        safeguarding.view_case_texts(case=case, by=by, reason="To decide.", now=now)
        return safeguarding.move_case(case=case, by=by, to=to, reason=reason, now=now)

    def _second_view(self, one):
        case = safeguarding.claim_case(case=self._open_case(one), by=self.leads[0])
        return self._decide_case(one, case, self.leads[0], CaseState.SECOND_VIEW, "Please look as well.")

    def _choose_later_time(self, one, hours):
        return min(self._choose_reading_time(one) + timedelta(hours=hours), self.now)

    def _referred(self, one):
        case, now = self._claimed(one), self._choose_later_time(one, 1)
        safeguarding.view_case_texts(case=case, by=case.claimed_by, reason="To decide.", now=now)
        referring.refer_case(
            case=case, by=case.claimed_by, agency=KnownAgency.objects.get(key="frontdoormash"),
            reference=f"DEMO-{self.rng.randrange(1000, 9999)}",
            chase_on=timezone.localdate(now) + timedelta(days=2), reason="Sent to the front door.", now=now,
        )  # fmt: skip
        return case

    def _contacted(self, one):
        case = self._claimed(one)
        said = "Spoke with the school's safeguarding lead."
        return self._decide_case(one, case, case.claimed_by, CaseState.CONTACTED, said)

    def _learning(self, one):
        """Decided by two leads, as a T1 case requires."""
        said = "Nobody can be found. The help page should name the night line."
        return self._decide_case(one, self._second_view(one), self.leads[1], CaseState.LEARNING_ONLY, said)

    def _no_concern(self, one):
        """Two leads agree; the case is not closed yet."""
        case = self._second_view(one)
        return self._decide_case(one, case, self.leads[1], CaseState.NO_CONCERN, "A scene from a film.")

    def _closed(self, one):
        case, now = self._referred(one), self._choose_later_time(one, 3)
        referral = case.referrals.get()
        referring.record_referral_decision(
            referral=referral, by=case.claimed_by, decision="They took it over.", now=now
        )
        return safeguarding.close_case(
            case=case, by=case.claimed_by, outcome=find_outcome(referral.agency), reason="They have taken it over.",
            reporting_duty="yes", reference=referral.reference, now=now,
        )  # fmt: skip

    def _reopened(self, one):
        return safeguarding.reopen_case(case=self._closed(one), by=self.leads[1], why="The front door asks for more.")

    def _false_alarm(self, one):
        """Two leads find no concern: a reader clears the answer, and it is never quoted."""
        case = self._no_concern(one)
        safeguarding.close_case(
            case=case, by=self.leads[1], outcome="false positive", reason="Agreed by two.", reporting_duty="not-applicable"
        )  # fmt: skip
        self._decide_answer(one, ReadingDecision.CLEAR, self.readers[1], note="The leads looked at it.")
