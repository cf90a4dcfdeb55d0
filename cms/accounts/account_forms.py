"""allauth's forms of one's own account in the product's words, without the placeholders that repeat the labels."""

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError

from cms.accounts.account_invitations import ask_for_password_link, site_sends_mail

NEW, AGAIN = "New password", "The new password again"


class PlainWords:
    """`words`: {field: (label, help text)}; an unnamed field keeps its own."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class PasswordChangeForm(PlainWords, account.ChangePasswordForm):
    words = {"oldpassword": ("Your password now", ""), "password1": (NEW, ""), "password2": (AGAIN, "")}


class PasswordSetForm(PlainWords, account.SetPasswordForm):
    words = {"password1": (NEW, ""), "password2": (AGAIN, "")}


class PasswordFromLinkForm(PlainWords, account.ResetPasswordKeyForm):
    words = PasswordSetForm.words


class PasswordLinkForm(PlainWords, account.ResetPasswordForm):
    words = {"email": ("E-mail address of your account", "")}
    sends_mail = staticmethod(site_sends_mail)

    def clean(self):
        if not site_sends_mail():
            raise ValidationError("This site sends no mail. Ask an administrator for a link.")
        return super().clean()

    def save(self, request, **kwargs):
        """Nothing is rendered or sent within the request, as allauth does for addresses that have an account."""
        ask_for_password_link(next(iter(self.users), None))
        return self.cleaned_data["email"]


class PasswordAgainForm(PlainWords, account.ReauthenticateForm):
    words = {"password": ("Your password", "")}


class PasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    words = {
        "name": ("Name", ""),
        "passwordless": ("Sign in with it alone", "Without a password. It then asks for a finger, a face or a PIN."),
    }
