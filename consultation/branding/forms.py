from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm


class ColourInput(forms.TextInput):
    input_type = "color"


class AppearanceForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        widgets = {"main_colour": ColourInput(), "second_colour": ColourInput()}
