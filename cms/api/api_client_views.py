"""Page where administrators issue, confirm and revoke API tokens."""

from datetime import timedelta

from django import forms
from django.db.models import Max, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.api import actions
from cms.api.models import ApiClient, Scope
from consultation.access import staff_view
from consultation.agencies.models import KnownAgency
from insights.forms import run_action, save_form

DAYS = 30


class ProgramForm(forms.Form):
    name = forms.CharField(label="Name of the program", max_length=120, help_text="So that you know it again.")
    agency = forms.ModelChoiceField(
        queryset=KnownAgency.objects.none(),
        label="Agency",
        empty_label="Choose",
        help_text="Those with an agreement that is in date. With it, the token ends.",
    )
    scopes = forms.MultipleChoiceField(
        label="What it may read", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label="Works until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.localdate() + timedelta(days=180),
        help_text="Within a year.",
    )
    per_minute = forms.IntegerField(label="Requests a minute, at most", min_value=1, max_value=600, initial=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_date = Agreement.objects.in_date().values("agency")
        self.fields["agency"].queryset = KnownAgency.objects.filter(pk__in=in_date)


@staff_view("consultation.manage_users")
def edit_api_clients(request):
    form = ProgramForm(request.POST or None)
    if made := save_form(request, form, actions.create_api_client):
        return render(request, "cms/api/program_made.html", dict(zip(("client", "token"), made, strict=True)))
    lately = Q(uses__day__gt=timezone.localdate() - timedelta(days=DAYS))
    clients = ApiClient.objects.select_related("agency", "made_by").annotate(
        asked=Sum("uses__requests", filter=lately), last=Max("uses__day")
    )
    in_date = set(Agreement.objects.in_date().values_list("agency", flat=True))
    rows = [{"client": client, "shared": client.agency_id in in_date} for client in clients]
    return render(request, "cms/api/programs.html", {"rows": rows, "form": form, "days": DAYS})


@staff_view("consultation.manage_users", method="POST")
def save_api_client_confirmation(request, pk):
    client = get_object_or_404(ApiClient, pk=pk)
    run_action(request, actions.confirm_api_client, f"Confirmed. {client} reads from now on.", client=client)
    return redirect("people:programs")


@staff_view("consultation.manage_users", method="POST")
def save_api_client_revocation(request, pk):
    client = get_object_or_404(ApiClient, pk=pk)
    run_action(request, actions.revoke_api_client, f"Taken back. {client} reads nothing from now on.", client=client)
    return redirect("people:programs")
