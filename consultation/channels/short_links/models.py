"""Printed links: a short address on a poster, a letter or a card, and about how many answers came by it."""

from django.conf import settings
from django.db import models
from django.utils.formats import date_format

from consultation.surveys.models import ConsultationPage


class Outlet(models.TextChoices):
    """Where a link is printed or posted, so that officers can compare channels."""

    POSTER = "poster", "Posters"
    TABLE_CARD = "card", "Table cards"
    SCHOOL = "school", "Schools"
    PARENTS = "parents", "Parents and carers"
    SOCIAL = "social", "Social media"
    WEBSITE = "website", "Other websites"
    OTHER = "other", "Something else"


class PrintedLink(models.Model):
    """`name` is the last part of the address. `answers` is what disclosure control lets out ("about 75"), as of
    `counted_on`; the number itself is not stored."""

    name = models.CharField(max_length=4, primary_key=True)
    page = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="printed_links")
    label = models.CharField(max_length=60)
    channel = models.CharField(max_length=7, choices=Outlet, default=Outlet.OTHER)
    language = models.CharField(max_length=5, default=settings.LANGUAGE_CODE)
    off = models.BooleanField(default=False)
    answers = models.CharField(max_length=20, blank=True)  # "": too few answered at all
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["off", "label", "name"]

    def __str__(self):
        return self.label

    @property
    def language_name(self):
        return dict(settings.LANGUAGES).get(self.language, self.language)

    @property
    def use_in_words(self):
        """About how many answers came by it, in a sentence."""
        if self.counted_on is None:
            return "Not counted yet."
        answers = f"{self.answers} answers" if self.answers else "too few answers to say"
        return f"{answers[0].upper()}{answers[1:]}, as of {date_format(self.counted_on, 'j F')}."

    @property
    def path(self):
        return f"/go/{self.name}/"

    @property
    def address(self):
        """The full URL."""
        return settings.SITE_URL.rstrip("/") + self.path

    @property
    def spoken(self):
        """The address to type: without scheme and last slash."""
        return self.address.partition("://")[2].rstrip("/")
