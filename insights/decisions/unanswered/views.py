"""The page of unanswered voices with its filters, and the form to dismiss an alert."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.access import staff_view
from consultation.domain.strategy_points import list_strands
from insights.access import VIEW_REPORTS
from insights.decisions.evidence_answers import answers_by_theme
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.unanswered import actions, contradicted_decisions, unanswered_themes
from insights.decisions.unanswered.models import Dismissal
from insights.disclosure.rules_wording import wording_of
from insights.forms import render_form, save_form
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence

A_PAGE = 30
SECTIONS = (
    ("waiting", "Themes without a decision"),
    ("strands", "The strategy"),
    ("late", "Promises past their day"),
    ("stale", "Newer evidence against a decision"),
    ("audiences", "Who never moved a decision"),
)


class UnansweredFilterForm(forms.Form):
    way = forms.ChoiceField(required=False, label="Show", choices=[("", "Everything"), *SECTIONS])
    consultation = forms.ChoiceField(required=False, label="Consultation")
    strand = forms.ChoiceField(required=False, label="Strand of the strategy")
    gravity = forms.ChoiceField(
        required=False,
        label="Gravity",
        choices=[("", "Every theme"), ("2", "Some worry, and serious"), ("3", "Serious")],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pages = [(page.slug, page.title) for page in handover.list_consultations()]
        self.fields["consultation"].choices = [("", "All"), *pages]
        self.fields["strand"].choices = [("", "All"), *((str(one["id"]), one["label"]) for one in list_strands())]

    @property
    def chosen(self):
        """The filters that are set and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def fits(self, spoken):
        chosen = self.chosen
        return (
            chosen.get("consultation", spoken.release.consultation.slug) == spoken.release.consultation.slug
            and (not chosen.get("strand") or chosen["strand"] in spoken.strands)
            and spoken.entry.gravity >= int(chosen.get("gravity", 1))
        )


class DismissAlertForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why does the decision stand?",
        help_text="It is kept with your name, and the ledger has it. A still newer release can raise the alert again.",
    )


@staff_view(VIEW_REPORTS, method="GET")
def show_unanswered(request):
    form = UnansweredFilterForm(request.GET)
    chosen = form.chosen
    releases = list_newest_releases()
    themes = [one for one in list_theme_evidence(releases, views=True) if form.fits(one)]
    decided, page = answers_by_theme(), chosen.get("consultation")
    waiting, drafts = (
        unanswered_themes.list_unanswered_themes(themes, decided),
        unanswered_themes.map_drafts_by_theme(),
    )
    rows = [(one, drafts.get(one.place)) for one in waiting]
    context = {
        "section": "unanswered",
        "form": form,
        "ways": [way for way, _ in SECTIONS if chosen.get("way", way) == way],
        "waiting": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "hidden": unanswered_themes.list_hidden_themes(themes, decided),
        "unread": unanswered_themes.list_waiting_themes(themes, decided),
        "rules": wording_of(*(release.rules for release in releases)),
        "strands": unanswered_themes.count_themes_by_strand(themes, waiting),
        "late": unanswered_themes.list_overdue_promises(timezone.localdate()),
        "alerts": [
            one
            for one in contradicted_decisions.list_alerts(releases)
            if page in (None, one.release.consultation.slug)
        ],
        "dismissals": Dismissal.objects.select_related("decision", "release__consultation", "by")[:10],
        "audiences": unanswered_themes.count_decisions_by_audience(releases),
        "may_dismiss": may_draft_or_publish(request.user),
    }
    return render(request, "insights/decisions/unanswered/unanswered.html", context)


@staff_view(VIEW_REPORTS, may_draft_or_publish)
def dismiss_alert(request, slug, release, theme):
    alerts = {(one.decision.slug, one.release.pk, one.theme_id): one for one in contradicted_decisions.list_alerts()}
    alert = alerts.get((slug, release, theme))
    if alert is None:
        raise Http404
    form = DismissAlertForm(request.POST or None)
    if save_form(request, form, actions.dismiss_alert, "The reason is kept, and the ledger has it.", alert=alert):
        return redirect("insights:unanswered")
    context = {
        "section": "unanswered",
        "heading": "The decision stands",
        "crumbs": [("Not answered yet", reverse("insights:unanswered"))],
        "lead": f"{alert.decision.title}: {alert.reason}",
        "aside": (alert.label, alert.release),
        "save": "Keep the reason",
    }
    return render_form(request, form, **context)
