"""The data subject of every model field. A field missing here fails tests/house/test_fields.py.

The record of processing (DPIA) is built from this table; each capability erases its own models.
"""

from enum import StrEnum


class DataSubject(StrEnum):
    RESPONDENT = "a respondent, or people a respondent wrote about"
    STAFF = "a member of staff"
    NOBODY = "nobody"


RESPONDENT, STAFF, NOBODY = DataSubject

FIELDS = {
    "cms.User": {
        STAFF: "password last_login is_superuser first_name last_name is_staff is_active date_joined email agency "
        "groups user_permissions"
    },
    "cms.Suspension": {STAFF: "person suspended_by since"},
    "cms.PasswordLinkRequest": {STAFF: "person asked_at"},
    "cms.Agreement": {STAFF: "added_by confirmed_by", NOBODY: "agency reference starts ends confirmed_on replaces"},
    "cms.AgreedRelease": {STAFF: "released_by", NOBODY: "release agreement released_on"},
    "cms.ApiClient": {
        STAFF: "made_by confirmed_by",
        NOBODY: "name agency scopes per_minute expires_on token_hash made_on confirmed_on revoked_on",
    },
    "cms.ApiUse": {NOBODY: "client day requests"},
    "cms.ApiMinute": {NOBODY: "client minute requests"},
    "cms.RoleRequest": {STAFF: "person role asked_by asked_on as_of"},
    "cms.LaunchTick": {STAFF: "checker note ticked_by undone_by", NOBODY: "item checked_on undone_on"},
    "cms.Launch": {NOBODY: "live_since looked_at"},
    "cms.HomePage": {NOBODY: "intro"},
    "cms.InformationPage": {NOBODY: "intro body easy"},
    "cms.NewsIndexPage": {NOBODY: "intro"},
    "cms.NewsPage": {NOBODY: "day summary audience themes body"},
    "cms.CampaignPage": {NOBODY: "starts ends consultations"},
    "cms.CampaignEvaluation": {NOBODY: "campaign consultation"},
    "cms.NewsApprovalTask": {NOBODY: "groups"},
    "cms.SelfAssessment": {NOBODY: "indicator stage words evidence assessed_on", STAFF: "assessed_by"},
    "cms.DigestReader": {STAFF: "person told_on", NOBODY: "told"},
    "cms.Heartbeat": {NOBODY: "worker seen_at sweep since"},
    "cms.SweepRun": {NOBODY: "name due_at worker finished_at caught_up_at failures error"},
    "cms.ToldAlarm": {NOBODY: "key told_at"},
    "consultation.Appearance": {NOBODY: "site main_colour second_colour logo logo_text exit_url"},
    "consultation.Correction": {
        NOBODY: "language key english english_easy text easy_read written_on",
        STAFF: "written_by confirmed_by",
    },
    "consultation.ProposedCorrection": {
        NOBODY: "language key english english_easy text easy_read written_on",
        STAFF: "written_by checker",
    },
    "consultation.WordCheck": {NOBODY: "language checked_on digests", STAFF: "checker noted_by"},
    "consultation.Wording": {NOBODY: "stamp"},
    "consultation.ConsultationIndexPage": {NOBODY: "intro"},
    "consultation.ConsultationPage": {
        NOBODY: "summary summary_easy audience lowest_age highest_age minutes opens closes level decision_role "
        "look_date help_first can_change can_change_easy cannot_change cannot_change_easy decision_date feedback_date "
        "codebook body paper_offered paper_runner paper_address paper_desk free_text_closed code_only machine_words "
        "groups_invited groups_missing ways answer_phone designed_with formats seen_how promise_read told_how wave_of "
        "evaluation_round",
        STAFF: "words_checked_by safe_checked_by",
    },
    "consultation.StringVerdict": {NOBODY: "page language path digest source text right day", STAFF: "note by"},
    "consultation.LanguageCheck": {NOBODY: "page language sent_on waits governs", STAFF: "checker speaker sent_by"},
    "consultation.TranslatorsFile": {NOBODY: "page language changes machine day", STAFF: "by undone_by"},
    "consultation.LetThrough": {NOBODY: "page linter digest day", STAFF: "reason by"},
    "consultation.SafetyCheckTask": {NOBODY: "groups"},
    "consultation.ApprovalTask": {NOBODY: "groups"},
    "consultation.DateChange": {NOBODY: "page kind was now why made_on", STAFF: "made_by"},
    "consultation.PanelRound": {
        RESPONDENT: "codes",
        NOBODY: "id consultation questions marks sent words_since made_on changed told_on agreed_on",
        STAFF: "made_by told_by agreed_by",
    },
    "consultation.PanelWords": {
        RESPONDENT: "id language sealed text",
        NOBODY: "settled panel_round question screened",
    },
    "consultation.PublishedVersion": {NOBODY: "page number content published_at", STAFF: "published_by"},
    "consultation.AuditEntry": {STAFF: "actor", NOBODY: "seq prev hash day minute verb object_type object_id data"},
    "consultation.ChainHead": {NOBODY: "chain seq hash seal"},
    "consultation.WaitingEvent": {STAFF: "actor", NOBODY: "settled id day verb object_type object_id data"},
    "consultation.Tombstone": {RESPONDENT: "digest keep_until", NOBODY: "settled"},
    "consultation.Response": {
        RESPONDENT: "id language day closed channel link sealed_equality may_quote",
        NOBODY: "settled version excluded_from_figures counted leaving withdrawn",
    },
    "consultation.EqualityRow": {RESPONDENT: "id answers", NOBODY: "settled consultation excluded_from_figures"},
    "consultation.CodeBatch": {
        NOBODY: "id consultation label number off made_on used_about used_frozen counted_on",
        STAFF: "made_by",
    },
    "consultation.InvitationCode": {RESPONDENT: "digest used", NOBODY: "settled batch"},
    "consultation.Answer": {RESPONDENT: "id response sealed soon", NOBODY: "settled question state"},
    "consultation.AnswerImport": {
        RESPONDENT: "headings problems",
        NOBODY: "id version name tool state made_on leave_same rows unsent found people texts again not_taken stays",
        STAFF: "made_by",
    },
    "consultation.ImportChunk": {RESPONDENT: "sealed ready", NOBODY: "id source rows"},
    "consultation.ImportedResponse": {RESPONDENT: "response", NOBODY: "settled source"},
    "consultation.SavedMap": {RESPONDENT: "sealed", NOBODY: "consultation name", STAFF: "saved_by"},
    "consultation.GroupSession": {RESPONDENT: "id response size", NOBODY: "settled"},
    "consultation.Kiosk": {NOBODY: "page name number pin until languages off sessions_ended"},
    "consultation.PrintedLink": {NOBODY: "name page label channel language off answers counted_on"},
    "consultation.HeardAnswer": {RESPONDENT: "id choice", NOBODY: "settled consultation about excluded_from_figures"},
    "consultation.Receipt": {RESPONDENT: "digest response shown", NOBODY: "settled"},
    "consultation.Screening": {
        RESPONDENT: "answer order clock reasons spans alike copy",
        NOBODY: "settled engine reported read_counted",
    },
    "consultation.FirstWording": {RESPONDENT: "digest answer", NOBODY: "settled"},
    "consultation.HeldCopy": {RESPONDENT: "response", NOBODY: "settled counted_in"},
    "consultation.FirstReadTally": {NOBODY: "quarter priority steps late answers"},
    "consultation.UrgentNotices": {STAFF: "told", NOBODY: "id"},
    "consultation.NotificationChoice": {STAFF: "person phone", NOBODY: "by_email by_text quiet_from quiet_until"},
    "consultation.Reading": {
        RESPONDENT: "answer spans text identifying_story was_triaged note language",
        STAFF: "reader colleague_asked_by",
        NOBODY: "decision quotable decided_at release_at released together",
    },
    "consultation.Draft": {RESPONDENT: "answer marks note uncovered", STAFF: "reader", NOBODY: "later"},
    "consultation.PracticeSet": {NOBODY: "id name consultation planted_on ended_on", STAFF: "planted_by"},
    "consultation.PracticeAnswer": {NOBODY: "id practice_set answer words wanted names outcome"},
    "consultation.KnownWords": {NOBODY: "kind words consultation"},
    "consultation.OriginalOpened": {RESPONDENT: "answer reason", STAFF: "by", NOBODY: "day"},
    "consultation.ScreenAudit": {NOBODY: "month drawn_on flagged_told unflagged_told unflagged_rest"},
    "consultation.DroppedFlagAudit": {NOBODY: "week drawn_on dropped"},
    "consultation.SecondLook": {RESPONDENT: "answer", NOBODY: "audit dropped_audit result", STAFF: "looked_by"},
    "consultation.ScreenModel": {
        NOBODY: "number fitted_on artefact digest texts told figures in_use used_on refit_due",
        STAFF: "fitted_by used_by",
    },
    "consultation.KnownAgency": {NOBODY: "key name kind reach new_reach status other_names", STAFF: "new_reach_by"},
    "consultation.Leave": {STAFF: "person stand_in", NOBODY: "first_day last_day"},
    "consultation.NamedReader": {STAFF: "reader", NOBODY: "page first_day last_day"},
    "consultation.ReaderLanguages": {STAFF: "reader languages"},
    "consultation.LateWarning": {NOBODY: "page warned_on"},
    "consultation.Lease": {RESPONDENT: "answer", STAFF: "reader", NOBODY: "until"},
    "consultation.TriageCase": {
        RESPONDENT: "id answer priority category outcome sealed_reason reporting_duty sealed_reference",
        STAFF: "opened_by claimed_by first_view_by second_view_by decided_by agency",
        NOBODY: "state opened_at due_at moved_at closed_at alerted",
    },
    "consultation.SampledCase": {RESPONDENT: "case result sealed_note", STAFF: "looked_by", NOBODY: "week drawn_on"},
    "consultation.CaseReferral": {
        RESPONDENT: "id case agency sealed_reference sealed_decision",
        STAFF: "sealed_phone_name sent_by",
        NOBODY: "sent_at chase_on told_late decided_at",
    },
    "consultation.CaseLink": {
        RESPONDENT: "id one other kind sealed_note sealed_end_reason",
        STAFF: "made_by ended_by",
        NOBODY: "made_at ended_at",
    },
    "consultation.NamedPlace": {
        RESPONDENT: "id sealed sealed_reason case place_type",
        STAFF: "author",
        NOBODY: "written_at",
    },
    "consultation.CaseSearch": {RESPONDENT: "sealed_reason", STAFF: "by", NOBODY: "id searched_at opened found"},
    "consultation.CaseNote": {RESPONDENT: "id sealed case", STAFF: "author", NOBODY: "kind written_at"},
    "consultation.ContactRequest": {
        RESPONDENT: "id sealed language day",
        STAFF: "claimed_by",
        NOBODY: "settled due state closed_on alerted",
    },
    "consultation.ContactNote": {RESPONDENT: "id sealed contact", STAFF: "author", NOBODY: "after written_at"},
    "consultation.Mailbox": {
        RESPONDENT: "id digest public_key language entered sealed_handover clock alerted",
        STAFF: "claimed_by agency",
        NOBODY: "settled state",
    },
    "consultation.MailboxMessage": {
        RESPONDENT: "id mailbox number sealed sealed_to_words day",
        STAFF: "author",
        NOBODY: "settled screened",
    },
    "consultation.WithdrawnText": {
        RESPONDENT: "id sealed language case sealed_handover",
        STAFF: "read_by agency",
        NOBODY: "settled question due keep_until alerted",
    },
    "consultation.EmergencyAccess": {
        RESPONDENT: "sealed_reason sealed_review",
        STAFF: "opened_by reviewed_by",
        NOBODY: "id consultation opened_at ends_at due_at reviewed_at verdict alerted",
    },
    "consultation.OpenHours": {NOBODY: "weekday opens closes"},
    "consultation.DayOff": {NOBODY: "day name"},
    "consultation.DutyDay": {STAFF: "lead backup", NOBODY: "day"},
    "consultation.HelpEntry": {
        NOBODY: "slug name for_whom call text web hours leaves_trace needs languages chat is_free no_name on_bill order "
        "checked_on",
        STAFF: "owner",
    },
    "consultation.HelpNumberChange": {NOBODY: "entry field value asked_on", STAFF: "asked_by"},
    "insights.Text": {RESPONDENT: "id respondent language audience text", NOBODY: "version question quotable draw"},
    "insights.Codebook": {NOBODY: "slug name"},
    "insights.CodebookVersion": {
        NOBODY: "codebook number label status based_on why approved_on created_at",
        STAFF: "drafted_by approved_by",
    },
    "insights.Theme": {NOBODY: "codebook slug"},
    "insights.ThemeEntry": {
        NOBODY: "version theme parent label family definition include exclude examples keywords links gravity online "
        "place_types place"
    },
    "insights.Code": {
        RESPONDENT: "text theme because stance spans",
        STAFF: "coder",
        NOBODY: "version source confidence engine",
    },
    "insights.CodingStatus": {RESPONDENT: "text memo nothing", STAFF: "coder", NOBODY: "version manner"},
    "insights.ConfirmationRound": {NOBODY: "consultation version size below half_width drawn_on", STAFF: "drawn_by"},
    "insights.DeskPlace": {RESPONDENT: "text key lead sure unread", NOBODY: "consultation looked upto"},
    "insights.SavedSet": {STAFF: "owner choices", NOBODY: "consultation name shared"},
    "insights.Undoable": {RESPONDENT: "text before after", STAFF: "coder", NOBODY: "step"},
    "insights.MarkedPhrase": {NOBODY: "codebook phrase origin"},  # in five people's answers at least
    "insights.ThemeAct": {NOBODY: "version kind theme into before", STAFF: "why by"},
    "insights.Recoding": {RESPONDENT: "text theme became more", STAFF: "coder", NOBODY: "coded_with version kind"},
    "insights.DoubleCoding": {
        STAFF: "second drawn_by",
        NOBODY: "consultation version size drawn_on ended_on measured figures",
    },
    "insights.SampledText": {RESPONDENT: "text", NOBODY: "study extra weight disputed"},
    "insights.CodersChoice": {RESPONDENT: "sampled themes stances note", STAFF: "coder", NOBODY: "turn"},
    "insights.Settlement": {RESPONDENT: "sampled themes reason", STAFF: "settled_by", NOBODY: "kept"},
    "insights.DiscoveryRun": {
        NOBODY: "consultation splits status stage asked_on done_on tries left",
        STAFF: "asked_by",
    },
    "insights.Suggestion": {
        RESPONDENT: "name phrases centre",
        NOBODY: "consultation reach overlap state parent into entry theme added reason note decided_on",
        STAFF: "decided_by",
    },
    "insights.Placement": {RESPONDENT: "text near", NOBODY: "suggestion"},
    "insights.MachineReading": {RESPONDENT: "text polarity sentiment readable", NOBODY: "version engine"},
    "insights.LearnedModel": {
        RESPONDENT: "learned_from artefact",
        STAFF: "asked_by",
        NOBODY: "codebook version state engine digest texts people_a_term figures why chosen made_on",
    },
    "insights.ModelMove": {STAFF: "by reason", NOBODY: "model instead_of day"},
    "insights.Release": {
        NOBODY: (
            "consultation number codebook_version status rules secret_fingerprint people verification agreement coding "
            "made_on published_on"
        ),
        STAFF: "made_by published_by",
    },
    "insights.Figure": {NOBODY: "release kind key order title table"},
    "insights.ReleaseOrder": {
        NOBODY: "consultation preset status stage done total asked_on why_not release",
        STAFF: "asked_by agreed_by",
    },
    "insights.MergedGroups": {NOBODY: "consultation question groups declared_on", STAFF: "declared_by"},
    "insights.EqualityPicture": {NOBODY: "consultation rows made_on figures"},
    "insights.QuarterCounts": {NOBODY: "subject quarter figures made_on"},
    "insights.ReachPicture": {NOBODY: "consultation as_of final rows figures"},
    "insights.Benchmark": {STAFF: "set_by", NOBODY: "consultation about name basis source dated groups set_on"},
    "insights.ReportSummary": {
        NOBODY: "release lines written_on signed_on",  # an answer's words are refused; a quote is held by its id
        STAFF: "written_by signed_by",
    },
    "insights.MinorityVoice": {
        RESPONDENT: "words rests_on",
        NOBODY: "release theme status made_on published_on",
        STAFF: "made_by writers approved_by published_by",
    },
    "insights.Quote": {
        RESPONDENT: "source_text text audience language disagrees",
        NOBODY: "release theme question version erased confirmed featured place fold alike",
        STAFF: "public_approved_by",
    },
    "insights.Decision": {
        NOBODY: "slug title question we_asked you_said outcome we_did reason alternative lead_role agency partners decided "
        "due next_update progress measure easy translations links online audiences follows follows_how status published_on "
        "consultations hard_because",
        STAFF: "created_by published_by",
    },
    "insights.Option": {NOBODY: "decision order words chosen why"},
    "insights.Measure": {NOBODY: "decision order what unit baseline baseline_on target by consultation question"},
    "insights.Agency": {NOBODY: "name slug list_key"},
    "insights.ActionItem": {NOBODY: "decision agency order what lead_role due status"},
    "insights.ItemUpdate": {NOBODY: "item day status words due_was due", STAFF: "written_by"},
    "insights.FigureCitation": {NOBODY: "decision release figure question version row bearing seen"},
    "insights.ProposedCitation": {NOBODY: "decision release theme figure row quote bearing made_on", STAFF: "made_by"},
    "insights.ProgressNote": {NOBODY: "decision day progress words", STAFF: "written_by"},
    "insights.Results": {
        NOBODY: "consultation number release words picked hard_because status made_on published_on",
        STAFF: "made_by writers published_by",
    },
    "insights.AnswerMoved": {NOBODY: "consultation was now why made_on", STAFF: "made_by"},
    "insights.HeardPicture": {NOBODY: "consultation rows made_on table"},
    "insights.Check": {
        NOBODY: "consultation release theme words hard_because opens closes status made_on published_on",
        STAFF: "made_by writers published_by",
    },
    "insights.Commitment": {
        NOBODY: "kind name what language results decisions begins due status made_on published_on retired_on",
        STAFF: "made_by published_by writers",
    },
    "insights.CommitmentNote": {
        NOBODY: "commitment day progress words status published_on",
        STAFF: "written_by published_by",
    },
    "insights.SentOffer": {RESPONDENT: "name what begins contact language", NOBODY: "id day screened commitment"},
    "insights.CheckPicture": {NOBODY: "check_of rows made_on table"},
    "insights.OutcomeUpdate": {
        NOBODY: "decision verdict words reached hard_because status made_on published_on",
        STAFF: "made_by writers published_by",
    },
    "insights.OutcomeEvidence": {NOBODY: "update release theme question option before bearing seen"},
    "insights.ObjectionPicture": {NOBODY: "decision rows made_on table"},
    "insights.ChangePoll": {
        NOBODY: "decision consultation opens closes status made_on published_on counted_on replies table",
        STAFF: "made_by published_by",
    },
    "insights.Citation": {NOBODY: "decision release theme codebook_version quote question bearing seen"},
    "insights.KeptPage": {STAFF: "owner name", NOBODY: "address shared kept_on"},
    "insights.Note": {STAFF: "owner words", NOBODY: "release theme shared written_on"},
    "insights.Recall": {
        RESPONDENT: "text",
        STAFF: "exports done_by",
        NOBODY: "id consultation recalled_on releases decisions was_public done_on",
    },
    "insights.Paper": {
        RESPONDENT: "content",
        NOBODY: "kind form subject for_all mark withheld digest trouble wanted_on",
    },
    "insights.QuoteKey": {NOBODY: "quote key"},
    "insights.Dismissal": {NOBODY: "decision release theme day", STAFF: "reason by"},
    "insights.LedgerHead": {NOBODY: "day seq hash key signature"},
    "insights.LedgerEntry": {STAFF: "actor", NOBODY: "seq prev hash day verb decision data"},
}
