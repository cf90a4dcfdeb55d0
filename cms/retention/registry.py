"""All erasures and all kept data, rule by rule of the retention table (controls.yaml, G3)."""

from cms.backups.erasures import OldBackups
from consultation.answering.codes.erasures import InvitationCodes
from consultation.answering.erasures import ON_REQUEST
from consultation.answering.imports.erasures import SavedMaps, WaitingFiles
from consultation.audit.erasure import Erasure, Kept, OnRequest
from consultation.audit.erasures import AuditLog
from consultation.reading.erasures import ClearedTexts, RawWords
from consultation.receipts.erasures import Receipts
from consultation.receipts.heard.erasures import HeardAnswers
from consultation.responses.erasures import EqualityAnswers, PeoplesRows, Tombstones
from consultation.safeguarding.erasures import CaseRecords, ContactRequests, EmergencyRecords, WithdrawnWords
from insights.coding.discovery.erasures import Suggestions
from insights.decisions.erasures import Published
from insights.exports.erasures import Recalls
from insights.outcomes.erasures import PublishedOutcomes
from insights.reports import equality
from insights.reports.erasures import Ledgers, RedactedTexts, results_on
from insights.results.erasures import PublishedResults


class Draft(Kept):
    slug = "draft"
    line, keep = "sealed draft field", "never stored"
    removes = "Nothing: what is typed stays in the page until Send, and is cleared when the page is left."
    keeps = "Nothing."
    why = "Someone else may use the device next."


class ServerLogs(Kept):
    slug = "logs"
    line, keep = "server logs", "7 days, by the system that collects them"
    removes = (
        "Nothing here: processes write to their standard output and keep no file. Set 7 days where it is collected."
    )
    keeps = "The day, and for a failure its class and its view. No address, no path, no time."
    why = "A fault should be found within a week."


ERASURES: tuple[Erasure, ...] = (
    WithdrawnWords(),
    RawWords(results_on),
    WaitingFiles(),
    SavedMaps(),
    ClearedTexts(),
    RedactedTexts(),
    Ledgers(),
    Suggestions(),
    Recalls(),
    PeoplesRows(),
    EqualityAnswers(equality.take_last_picture),
    InvitationCodes(),
    Receipts(),
    HeardAnswers(),
    ContactRequests(),
    CaseRecords(),
    EmergencyRecords(),
    AuditLog(),
    OldBackups(),
    Tombstones(),
)
KEPT: tuple[Kept, ...] = (Draft(), Published(), PublishedResults(), PublishedOutcomes(), ServerLogs())
REQUESTED: tuple[OnRequest, ...] = ON_REQUEST
