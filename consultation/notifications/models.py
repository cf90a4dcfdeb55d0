"""How a member of staff wants to be told that something waits."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class NotificationChoice(models.Model):
    """Whoever has chosen nothing gets an e-mail at any hour."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="notification_choice"
    )
    by_email = models.BooleanField(default=True)
    by_text = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)  # +447700900123
    # No message between these times; what waits then is told at the end. May run over midnight.
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(by_email=True) | Q(by_text=True), name="a_person_is_told_somehow"),
            models.CheckConstraint(condition=Q(by_text=False) | ~Q(phone=""), name="a_text_message_needs_a_phone"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self):
        return f"how {self.person} is told"
