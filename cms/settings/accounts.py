"""Sign-in policy (G2): allauth, no open sign-up, a second factor for all staff."""

import os

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/accounts/start/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A mail goes to a colleague's address alone: who asks for one to another address is told the same on the page.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Counted in the database, for all processes (cms/accounts/sign_in_limits.py). Behind a foreign proxy all of us have one
# address, so the limits by address are wide. `key` is account and address together: nobody locks a colleague out.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",  # by account: a stranger fills nobody's mailbox, and its links work a while
    "reset_password_from_key": "60/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": ""}  # a passkey cannot be guessed, and always opens
_FORMS = "cms.accounts.account_forms."
ACCOUNT_FORMS = {
    "change_password": f"{_FORMS}PasswordChangeForm",
    "set_password": f"{_FORMS}PasswordSetForm",
    "reset_password": f"{_FORMS}PasswordLinkForm",
    "reset_password_from_key": f"{_FORMS}PasswordFromLinkForm",
    "reauthenticate": f"{_FORMS}PasswordAgainForm",
}
MFA_FORMS = {"add_webauthn": f"{_FORMS}PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "cms.accounts.adapter.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Have your say"
# The code before and the one after count too (RFC 6238, 5.2): it may change while it is typed, and phones' clocks differ.
MFA_TOTP_TOLERANCE = 1
# An administrator vouches for the address, so it needs no confirmation before a second factor is set up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# All staff outside the demo need a second factor.
STAFF_NEED_MFA = os.environ.get("STAFF_NEED_MFA") != "0"  # nor does a slip of the pen turn it off
# Idle log-out, in minutes: those who read raw text, and others (G2).
IDLE_MINUTES_RAW = 15
IDLE_MINUTES = 30
# However busy: after this long in all they sign in again.
SESSION_HOURS = 12
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
# Staff are warned this long before the log-out, and can stay with one button.
IDLE_WARNING_SECONDS = 120
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_ADAPTER = "cms.accounts.adapter.WorkAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("OIDC_SERVER_URL"):
    # Single sign-on only opens accounts that an administrator created; it creates none and gives no role.
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "work",
                "name": os.environ.get("OIDC_NAME", "your work account"),
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_SECRET", ""),
                "settings": {
                    "server_url": os.environ["OIDC_SERVER_URL"],
                    # Identity comes from the signed token only.
                    "fetch_userinfo": False,
                    # For a provider that does not say `email_verified`: the domains that it gives out itself.
                    "verified_email": [
                        part.strip() for part in os.environ.get("OIDC_EMAIL_DOMAINS", "").split(",") if part.strip()
                    ],
                },
            }
        ],
    }
# Links to set a password go by mail to their owner alone; with an empty EMAIL_HOST administrators hand them over.
SENDS_MAIL = os.environ.get("EMAIL_HOST", "localhost") != ""
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
