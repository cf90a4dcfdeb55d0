"""Staff pages of shared tablets: set up, change PIN, switch off. Only the response to the POST shows a PIN."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.answering.kiosk import actions
from consultation.answering.kiosk.models import Kiosk
from consultation.answering.staff import asked_consultations, languages_asked, officers


class KioskForm(forms.Form):
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
        self.fields["languages"].choices = choices = languages_asked(page)
        self.initial = {"until": page.closes, "languages": [code for code, _ in choices]} | self.initial

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose today or a later day.")
        return until


@officers
@require_safe
def tablets(request):
    pages = asked_consultations().prefetch_related("kiosks")
    rows = [
        {"page": page, "says": _counted(sum(kiosk.works for kiosk in page.kiosks.all()))}
        for page in pages
    ]  # fmt: skip
    return render(request, "consultation/answering/kiosk/consultations.html", {"rows": rows})


def _counted(working):
    return "No tablet" if not working else "One tablet" if working == 1 else f"{working} tablets"


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    form = KioskForm(request.POST if request.method == "POST" else None, page=page)
    if not form.is_bound or not form.is_valid():
        return _listed(request, page, form, status=422 if form.is_bound else 200)
    kiosk, pin = actions.set_up(page=page, by=request.user, **form.cleaned_data)
    return _listed(request, page, KioskForm(page=page), told=(kiosk, pin))


@officers
@require_POST
def change(request, page, pk):
    kiosk = get_object_or_404(Kiosk.objects.select_related("page"), pk=pk, page_id=page)
    if request.POST.get("do") == "off":
        actions.switch_off(kiosk=kiosk, by=request.user)
        messages.success(request, f"{kiosk.name} is off. What is being typed on it can still be sent.")
        return redirect("tablets:consultation", page=page)
    pin = actions.change_pin(kiosk=kiosk, by=request.user)
    return _listed(request, kiosk.page, KioskForm(page=kiosk.page), told=(kiosk, pin))


def _address():
    """The kiosk's address on the public host, without the scheme, to type into the tablet."""
    return f"{settings.SITE_URL.partition('://')[2].rstrip('/')}/en/kiosk/"


def _listed(request, page, form, *, told=None, status=200):
    context = {"page": page, "kiosks": page.kiosks.all(), "form": form, "told": told, "address": _address()}
    return render(request, "consultation/answering/kiosk/consultation.html", context, status=status)
