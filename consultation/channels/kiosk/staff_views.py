"""Staff pages of shared tablets: set up, change PIN, switch off. Only the response to the POST shows a PIN."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.channels.kiosk import actions
from consultation.channels.kiosk.models import Kiosk
from consultation.channels.web.staff_consultations import (
    describe_count,
    languages_of_consultation,
    published_consultations,
)


class KioskForm(PostedForm):
    name = forms.CharField(max_length=60, help_text="Where it stands, such as “Youth club tablet”. Only staff see it.")
    until = forms.DateField(
        label="Works until",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day on which it starts.",
    )
    languages = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, help_text="The first of them is where the tablet begins."
    )

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = choices = languages_of_consultation(page)
        self.initial = {"until": page.closes, "languages": [code for code, _ in choices]} | self.initial

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose today or a later day.")
        return until


def may_run_tablets(user):
    return user.has_perm("consultation.edit_consultation") or user.has_perm("consultation.run_sessions")


def describe_kiosks(page):
    return describe_count(sum(kiosk.works for kiosk in page.kiosks.all()), "tablet")


@staff_view(may_run_tablets)
def edit_kiosks(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    form = KioskForm.of(request, page=page)
    if not form.is_valid():
        return _render_kiosk_list(request, page, form, status=422 if form.is_bound else 200)
    try:
        told = actions.set_up_kiosk(page=page, by=request.user, **form.cleaned_data)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return _render_kiosk_list(request, page, form, status=422)
    return _render_kiosk_list(request, page, KioskForm(page=page), told=told)


@staff_view(may_run_tablets, method="POST")
def save_kiosk_change(request, page, pk):
    kiosk = get_object_or_404(Kiosk.objects.select_related("page"), pk=pk, page_id=page)
    if request.POST.get("do") == "off":
        actions.switch_off_kiosk(kiosk=kiosk, by=request.user)
        messages.success(request, f"{kiosk.name} is off. What is being typed on it can still be sent.")
        return redirect("tablets:consultation", page=page)
    pin = actions.change_kiosk_pin(kiosk=kiosk, by=request.user)
    return _render_kiosk_list(request, kiosk.page, KioskForm(page=kiosk.page), told=(kiosk, pin))


def _render_kiosk_list(request, page, form, *, told=None, status=200):
    # On the public host, without the scheme, to type into the tablet.
    address = f"{settings.SITE_URL.partition('://')[2].rstrip('/')}/en/kiosk/"
    context = {"page": page, "kiosks": page.kiosks.all(), "form": form, "told": told, "address": address}
    return render(request, "consultation/channels/kiosk/consultation.html", context, status=status)
