"""All erasures and all kept data, rule by rule of the retention table (domain/controls.yaml, G3)."""

from cms.operations.backups.erasures import OldBackups
from consultation.audit.erasure_types import Erasure, RequestedErasure, RetentionNote
from consultation.audit.erasures import AuditLogErasure
from consultation.channels.imports.erasures import SavedMapsErasure, WaitingImportsErasure
from consultation.channels.invitation_codes.erasures import InvitationCodesErasure
from consultation.channels.web.erasures import ON_REQUEST
from consultation.emergency_access.erasures import EmergencyAccessErasure
from consultation.reading.erasures import ClearedTextErasure, RawTextErasure, WordingErasure
from consultation.reading.panel_words.erasures import PanelWordsErasure
from consultation.receipts.erasures import ReceiptErasure
from consultation.receipts.heard_back.erasures import HeardAnswerErasure
from consultation.responses.erasures import DeletionMarkerErasure, EqualityErasure, ResponseErasure
from consultation.safeguarding.erasures import (
    CaseErasure,
    CaseSearchErasure,
    ContactRequestErasure,
    WithdrawnTextErasure,
)
from consultation.safeguarding.mailbox.erasures import MailboxErasure
from consultation.surveys.youth_panel.erasures import PanelCodesErasure
from insights.coding.discovery.erasures import SuggestionErasure
from insights.commitments.erasures import SentOfferErasure
from insights.decisions.erasures import PublishedOutcomes, PublishedRecords
from insights.exports.erasures import Recalls
from insights.publications.erasures import PublishedResults
from insights.releases import equality_pictures
from insights.releases.erasures import RedactedTexts, first_results_day


class UnsentDraft(RetentionNote):
    slug = "draft"
    line, keep = "sealed draft field", "never stored"
    removes = "Nothing: what is typed stays in the page until Send, and is cleared when the page is left."
    keeps = "Nothing."
    why = "Someone else may use the device next."


class ServerLogs(RetentionNote):
    slug = "logs"
    line, keep = "server logs", "7 days, by the system that collects them"
    removes = (
        "Nothing here: processes write to their standard output and keep no file. Set 7 days where it is collected."
    )
    keeps = "The day, and for a failure its class and its view. No address, no path, no time."
    why = "A fault should be found within a week."


ERASURES: tuple[Erasure, ...] = (
    WithdrawnTextErasure(),
    RawTextErasure(first_results_day),
    WordingErasure(),
    WaitingImportsErasure(),
    SavedMapsErasure(),
    ClearedTextErasure(),
    RedactedTexts(),
    SuggestionErasure(),
    Recalls(),
    ResponseErasure(),
    EqualityErasure(equality_pictures.take_last_picture),
    InvitationCodesErasure(),
    PanelCodesErasure(),
    PanelWordsErasure(),
    ReceiptErasure(),
    HeardAnswerErasure(),
    ContactRequestErasure(),
    MailboxErasure(),
    SentOfferErasure(),
    CaseErasure(),
    CaseSearchErasure(),
    EmergencyAccessErasure(),
    AuditLogErasure(),
    OldBackups(),
    DeletionMarkerErasure(),
)
KEPT: tuple[RetentionNote, ...] = (
    UnsentDraft(),
    PublishedRecords(),
    PublishedResults(),
    PublishedOutcomes(),
    ServerLogs(),
)
REQUESTED: tuple[RequestedErasure, ...] = ON_REQUEST
