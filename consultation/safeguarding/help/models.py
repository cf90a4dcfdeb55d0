"""New numbers of help entries that wait for a second person."""

from django.conf import settings
from django.db import models

from consultation.safeguarding.models import HelpEntry


class ContactField(models.TextChoices):
    """How a place that helps is reached: the fields of an entry that two people change."""

    CALL = "call", "Telephone"
    TEXT = "text", "Text message"
    WEB = "web", "Page on the web"
    CHAT = "chat", "Chat"


class HelpNumberChange(models.Model):
    """A new number or address of an entry. Until a second person has tried it, pages show the last one."""

    entry = models.ForeignKey(HelpEntry, on_delete=models.CASCADE, related_name="number_changes")
    field = models.CharField(max_length=4, choices=ContactField)
    value = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="one_new_number_of_a_field")]
        ordering = ["asked_on", "entry__name", "field"]

    def __str__(self):
        return f"{self.entry}: {self.get_field_display()}"

    @property
    def last_value(self):
        return getattr(self.entry, self.field)
