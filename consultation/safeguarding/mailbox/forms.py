from django import forms

from consultation.action_forms import ActionForm


class MailboxActionForm(ActionForm):
    verbs = ("claim", "back", "write", "close", "tell")
    note = forms.CharField(required=False)
    seen = forms.IntegerField(required=False)  # number of the last message on the page
