"""Permissions of the consultation app, one for each action of the roles table (cms/accounts/roles.py grants them to
roles)."""

from django.db import models


class ConsultationAction(models.Model):
    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("edit_consultation", "Create or edit a consultation"),
            ("approve_consultation", "Approve a consultation for publication"),
            ("safety_check", "Make the safety check of a consultation"),
            ("read_raw", "Read raw free text before review"),
            ("read_cleared", "Read redacted, cleared text"),
            ("flag_to_triage", "Flag an answer to triage"),
            ("see_triage", "See the triage queue"),
            ("open_in_emergency", "Open answers outside of triage in an emergency"),
            ("switch_screen", "Fit the screen again, and take one into use"),
            ("decide_triage", "Decide a triage outcome"),
            ("read_contact_requests", "Read contact requests"),
            ("answer_mailbox", "Read and answer a mailbox of four words"),
            ("edit_help", "Edit help entries"),
            ("report_concern", "Report a concern or a name left in"),
            ("enter_answers", "Enter paper or group answers, import responses"),
            ("run_sessions", "Run group sessions and shared tablets"),
            ("close_survey", "Close free text or a survey at once"),
            ("read_audit", "Read the audit log"),
            ("manage_users", "Manage users, roles and agreements"),
        ]
