from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    template = "peers/form.html"
    landing_page_template = "peers/thanks.html"


class Row(models.Model):
    """All that the bare view keeps."""

    answers = models.JSONField()
