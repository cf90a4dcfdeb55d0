"""The permissions of insights, one for each action of the roles table; cms/accounts/roles.py grants them to roles."""

from django.db import models


class InsightsAction(models.Model):
    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("code_themes", "Code themes"),
            ("propose_codebook", "Propose codebook changes"),
            ("approve_codebook", "Approve a codebook version"),
            ("view_reports", "View reports"),
            ("export", "Export disclosure-controlled figures"),
            ("draft_decision", "Draft a decision"),
            ("publish_decision", "Publish a decision or feedback page"),
            ("update_action", "Say how an action of one's own agency goes"),
            ("publish_release", "Publish a release"),
            ("approve_quote", "Approve a quote for the public"),
        ]
