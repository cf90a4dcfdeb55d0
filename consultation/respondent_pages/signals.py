"""Questions of the respondents' pages to the site above."""

from django.dispatch import Signal

live_state_asked = Signal()  # -> bool: whether the site is live
