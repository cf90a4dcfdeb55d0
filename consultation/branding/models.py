"""Branding settings: colours and logo. Where "Leave this site" goes is the operator's alone (EXIT_URL)."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from consultation.branding import colours

HEX_COLOUR = RegexValidator(
    r"^#[0-9a-fA-F]{6}\Z", "Write a colour as # and six of 0 to 9 and a to f, such as #0b4f5a."
)


class ColourInput(forms.TextInput):
    input_type = "color"


class AppearanceForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        widgets = {"main_colour": ColourInput(), "second_colour": ColourInput()}


@register_setting(icon="view", order=500)
class Appearance(BaseSiteSetting):
    """Branding of the public pages. Every shade is derived from the two colours and kept readable."""

    main_colour = models.CharField(
        max_length=7,
        default=colours.DEFAULT_MAIN,
        validators=[HEX_COLOUR],
        help_text="Buttons, links, and what we say. It must be dark enough to read as words.",
    )
    second_colour = models.CharField(
        max_length=7,
        default=colours.DEFAULT_SECOND,
        validators=[HEX_COLOUR],
        help_text="What people say. The pages use a light wash of it.",
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown at the foot of public pages. The page with the questions shows none: someone may be watching.",
    )
    logo_text = models.CharField(
        "what the logo says",
        max_length=120,
        blank=True,
        help_text="For people who cannot see it, such as “Bradford Council”.",
    )
    exit_url = models.URLField(blank=True, db_default="", editable=False)  # of 0.2.0 alone, until its code is gone

    panels = [
        MultiFieldPanel([FieldPanel("main_colour"), FieldPanel("second_colour")], heading="Colours"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_text")], heading="Logo"),
    ]
    base_form_class = AppearanceForm

    class Meta:
        verbose_name = "look of the public pages"
        verbose_name_plural = "look of the public pages"

    def clean(self):
        super().clean()
        problems = {
            **self._find_contrast_errors(),
            **({"logo_text": "Say what the logo says."} if self.logo_id and not self.logo_text.strip() else {}),
        }
        if problems:
            raise ValidationError(problems)

    def _find_contrast_errors(self):
        """Refuse an unreadable main colour instead of silently replacing it with another shade."""
        if not HEX_COLOUR.regex.match(self.main_colour):
            return {}
        has = min(colours.contrast_ratio(self.main_colour, ground) for ground in (colours.PAPER, colours.CARD))
        if has >= colours.TEXT_CONTRAST:
            return {}
        nearest = colours.nearest_readable_shade(self.main_colour, [colours.PAPER, colours.CARD])
        return {
            "main_colour": f"Words in this colour are hard to read: {has:.1f} to 1, and {colours.TEXT_CONTRAST:.0f} to 1 is "
            f"needed. The nearest shade that works is {nearest}."
        }
