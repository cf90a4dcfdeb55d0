"""The page on which a summary is edited, and the button that signs it."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultation.access import staff_view
from insights.forms import SeenForm, render_form, run_action, save_form
from insights.releases.models import Release
from insights.summaries import actions
from insights.summaries.actions import LONGEST, lines_of
from insights.summaries.models import SLOTS, ReportSummary, quotes_to_choose, slot_takes_quote

PERMISSION = "insights.publish_release"
MOST_SHOWN = 90  # letters of a quote in the list


class SummaryForm(forms.Form):
    """Fields `<slot>` and, for messages, `<slot>-quote`."""

    def __init__(self, *args: Any, release: Release, **more: Any) -> None:
        lines = {line["slot"]: line for line in lines_of(release)}
        super().__init__(*args, **more)
        labels = dict(release.codebook_version.entries.values_list("theme", "label"))
        choices = [("", "No quote"), *_list_quotes_by_theme(release, labels)]
        for slot, label in SLOTS.items():
            line = lines.get(slot, {})
            self.fields[slot] = forms.CharField(
                required=False,
                label=label,
                initial=line.get("words", ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            if slot_takes_quote(slot):
                self.fields[f"{slot}-quote"] = forms.TypedChoiceField(
                    required=False,
                    label=f"Quote under the {label.lower()}",
                    choices=choices,
                    coerce=int,
                    empty_value=None,
                    initial=line.get("quote") or "",
                )

    def given_values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"lines": {slot: (given[slot], given.get(f"{slot}-quote")) for slot in SLOTS}}

    def blocks(self) -> list[tuple[Any, Any]]:
        """[(field of the words, field of the quote or None)]."""
        return [(self[slot], self[f"{slot}-quote"] if slot_takes_quote(slot) else None) for slot in SLOTS]


def _list_quotes_by_theme(release: Release, labels: dict[int, str]) -> list[tuple[str, list[tuple[int, str]]]]:
    by_theme: dict[int, list[tuple[int, str]]] = {}
    for quote in quotes_to_choose(release):
        text = quote.text if len(quote.text) <= MOST_SHOWN else f"{quote.text[:MOST_SHOWN].rstrip()}…"
        by_theme.setdefault(quote.theme_id, []).append((quote.pk, text))
    return [(labels.get(theme, ""), quotes) for theme, quotes in by_theme.items()]


HELP = (
    f"One sentence a line, {LONGEST} letters at most. Leave a line empty to leave it out. Call themes and groups what the "
    "report calls them: then a number is compared with theirs, and the line leads to them."
)


def _get_release(pk):
    return get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)


def _report_of(release):
    return f"{reverse('insights:report', args=[release.pk])}#short"


@staff_view(PERMISSION)
def edit_summary(request, pk):
    release = _get_release(pk)
    form = SummaryForm(request.POST or None, release=release)
    if save_form(request, form, actions.write_summary, "Saved. Read it once more, then sign it.", release=release):
        return redirect(_report_of(release))
    signed = ReportSummary.objects.filter(release=pk, signed_by__isnull=False).exists()
    context = {
        "section": "consultations",
        "heading": "In short",
        "lead": HELP,
        "crumbs": [(release, _report_of(release))],
        "hint": "Saving takes the signature away." if signed else "",
    }
    return render_form(request, form, "insights/summaries/write.html", **context)


@staff_view(PERMISSION, method="POST")
def save_signature(request, pk):
    release, given = _get_release(pk), SeenForm(request.POST).given_values()
    run_action(request, actions.sign_summary, "Signed with your name.", release=release, **given)
    return redirect(_report_of(release))
