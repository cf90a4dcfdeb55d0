"""The page on which a member of staff chooses how they are told, and tries it."""

import re

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import staff_view
from consultation.notifications.actions import choose_channels
from consultation.notifications.models import NotificationChoice
from consultation.notifications.notify import notify

TIME = {"type": "time"}
NOT_A_TIME = {"invalid": "Write a time as 22:00."}


class NotificationChoiceForm(forms.ModelForm):
    phone = forms.CharField(
        required=False, label="Mobile number", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    quiet_from = forms.TimeField(
        required=False,
        label="Quiet from",
        widget=forms.TimeInput(format="%H:%M", attrs=TIME),
        error_messages=NOT_A_TIME,
    )
    quiet_until = forms.TimeField(
        required=False,
        label="Quiet until",
        widget=forms.TimeInput(format="%H:%M", attrs=TIME),
        error_messages=NOT_A_TIME,
    )

    class Meta:
        model = NotificationChoice
        fields = ["by_email", "by_text", "phone", "quiet_from", "quiet_until"]
        labels = {"by_email": "By e-mail", "by_text": "By text message"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if not settings.SMS_GATEWAY_URL:
            del self.fields["by_text"], self.fields["phone"]

    def clean_phone(self):
        """A British or international number, stored as +447700900123."""
        typed = re.sub(r"[\s().-]", "", self.cleaned_data["phone"])
        number = re.sub(r"^(?:00)(?=[1-9])", "+", re.sub(r"^0(?=[1-9])", "+44", typed))
        if number and not re.fullmatch(r"\+[1-9]\d{6,14}", number):
            raise forms.ValidationError("Write a number such as 07700 900123.")
        return number

    def clean(self):
        given = super().clean()
        texts = given.get("by_text", False)
        if not given.get("by_email") and not texts:
            self.add_error("by_email", "Choose at least one way.")
        if texts and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Give the number for the text messages.")
        start, end = given.get("quiet_from"), given.get("quiet_until")
        if bool(start) != bool(end):
            self.add_error("quiet_until", "Give both times, or none.")
        elif start and start == end:
            self.add_error("quiet_until", "The two times are the same.")
        return given


@staff_view()
def edit_own_channels(request):
    own = NotificationChoice.objects.filter(person=request.user).first() or NotificationChoice(person=request.user)
    form = NotificationChoiceForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        choose_channels(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("notifications:own")
    context = {"form": form, "has_gateway": bool(settings.SMS_GATEWAY_URL)}
    status = 422 if form.errors else 200
    return render(request, "consultation/notifications/own.html", context, status=status)


@staff_view(method="POST")
def send_test_message(request):
    """Send the message that would come if something waited."""
    if notify(request.user.email):
        messages.success(request, "A message is on its way to you. It looks as a real one would.")
    else:
        messages.warning(request, "No message could be sent. In your quiet hours none is.")
    return redirect("notifications:own")
