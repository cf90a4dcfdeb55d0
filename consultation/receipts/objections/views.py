"""The form "Do you think we got this wrong?" on a decision's page: a tap, and a reason for whoever wants to give one."""

from django import forms
from django.utils.translation import get_language

from consultation.action_forms import PostedForm
from consultation.interface_text import get_text
from consultation.receipts.heard_back.actions import decrypt_poll_token, is_poll_open
from consultation.receipts.heard_back.models import HeardBackChoice
from consultation.receipts.heard_back.views import build_poll_context, poll_flood_limit
from consultation.receipts.objections import actions

MAX_LETTERS = 1000


class ObjectionForm(PostedForm):
    """Nothing typed is cut: what is too long comes back with its problem."""

    token = forms.CharField()
    heard = forms.ChoiceField(choices=HeardBackChoice.choices)
    reason = forms.CharField(required=False)
    soon = forms.BooleanField(required=False)

    def clean(self):
        if self.cleaned_data.get("soon") and not self.typed("reason").strip():
            self.add_error("reason", get_text("error.soon"))

    def clean_reason(self):
        reason = self.cleaned_data["reason"].replace("\r\n", "\n")
        if len(reason) > MAX_LETTERS:
            raise forms.ValidationError(get_text("error.long", n=len(reason) - MAX_LETTERS))
        return reason


def find_objection_consultation(consultations):
    """The first of the consultations that a decision answers whose replies still count; None once none takes any."""
    asked = (page for page in consultations if is_poll_open(page) and page.versions.exists())
    return next(asked, None)


def build_objection_context(consultation, about, form=None):
    """Context of the form, with what was typed and chosen."""
    made = build_poll_context(consultation, about)
    if made is None or form is None:
        return made
    return made | {
        "reason": form.typed("reason"),
        "chosen": form.typed("heard"),
        "soon": bool(form.typed("soon")),
        "token": form.typed("token")
        if decrypt_poll_token(form.typed("token"), consultation, about)
        else made["token"],
    }


def find_objection_problem(form, consultation, about):
    """The words of what is wrong with the submitted form, or ""."""
    if decrypt_poll_token(form.typed("token"), consultation, about) is None:
        return get_text("heard.again")
    if not form.is_valid():
        return form.errors["reason"][0] if "reason" in form.errors else get_text("heard.none")
    return ""


def save_objection_reply(request, form, *, consultation, about, decision):
    """Save a form without a problem."""
    nonce = decrypt_poll_token(form.typed("token"), consultation, about)
    actions.save_objection(
        consultation=consultation,
        decision=decision,
        about=about,
        nonce=nonce,
        choice=form.cleaned_data["heard"],
        reason=form.cleaned_data["reason"],
        soon=form.cleaned_data["soon"],
        language=get_language(),
        flood=poll_flood_limit.is_limit_reached(request),
    )
    poll_flood_limit.add(request)
