"""Refuses passwords that guessers try first: from breaches, rows of keys, names, words of the site. Nothing leaves the
machine: zxcvbn carries its lists."""

from django.conf import settings
from django.core.exceptions import ValidationError

LEAST_SCORE = 3  # of 0 to 4: more than 10**8 guesses
MOST_LETTERS = 72  # that zxcvbn looks at


class GuessedPasswordValidator:
    def validate(self, password, user=None):
        from zxcvbn import zxcvbn  # its lists take 11 MB, which only a process that sets passwords needs

        found = zxcvbn(password[:MOST_LETTERS], user_inputs=list_known_words(user))
        if found["score"] < LEAST_SCORE:
            raise ValidationError(
                "This password is among those that are tried first. Take four words that have nothing to do with each "
                "other, or let a password manager make one.",
                code="password_too_easy",
            )

    def get_help_text(self):
        return "It is none that was found in a breach, and none that is easy to guess."


def list_known_words(user):
    """Words that somebody who guesses knows: of the site, and of the person."""
    texts = [settings.WAGTAIL_SITE_NAME, settings.DISTRICT, settings.PARTNERSHIP]
    if user is not None:
        texts += [user.get_full_name(), *user.email.split("@")]
    return [word for text in texts for word in text.split()]
