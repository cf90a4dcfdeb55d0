"""Pages on which officers choose rules, order a release, and follow its progress."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from consultation.access import staff_view
from insights.access import require_consultation
from insights.coding.confirmation.sample_overview import sample_progress
from insights.disclosure.disclosure_presets import (
    list_loosened_rules,
    list_presets,
    parse_stored_rules,
    preset_of,
)
from insights.forms import render_form, run_action, save_form
from insights.releases.actions import find_newest_release
from insights.releases.policies import why_not_release_now
from insights.releases.release_builder import actions
from insights.releases.release_builder.models import ReleaseOrder


class ReleaseOrderForm(forms.Form):
    """The disclosure preset."""

    preset = forms.ChoiceField(
        choices=[(preset.slug, preset.name) for preset in list_presets()],
        error_messages={"required": "Choose the rules.", "invalid_choice": "Choose one of these rules."},
    )


@staff_view("insights.publish_release")
def edit_release_order(request, slug):
    page = require_consultation(slug)
    form = ReleaseOrderForm(request.POST or None)
    if save_form(request, form, actions.order_release, consultation=page):
        return redirect("insights:make-release", slug)
    orders = ReleaseOrder.objects.of(page).select_related("asked_by", "agreed_by", "release")
    previous = find_newest_release(page)
    context = {
        "section": "releases",
        "consultation": page,
        "previous": previous,
        "used": preset_of(previous.rules) if previous else None,
        "order": orders.last(),
        "against": why_not_release_now(page, previous, timezone.localdate()),
        "sample": sample_progress(page),
        "choices": [_build_preset_choice(preset, previous, form["preset"].value()) for preset in list_presets()],
    }
    return render_form(request, form, "insights/releases/release_builder/make_release.html", **context)


def _build_preset_choice(preset, previous, chosen):
    used = preset_of(previous.rules).slug if previous else "default"
    more = list_loosened_rules(preset.rules, parse_stored_rules(previous.rules)) if previous else []
    return {"preset": preset, "checked": preset.slug == (chosen or used), "looser": more}


def _run_order_action(request, pk, verb, done):
    order = get_object_or_404(ReleaseOrder.objects.select_related("consultation"), pk=pk)
    run_action(request, verb, done, order=order)
    return redirect("insights:make-release", order.consultation.slug)


@staff_view("insights.publish_release", method="POST")
def agree_to_rules(request, pk):
    return _run_order_action(request, pk, actions.agree_to_rules, "You agreed. The release is made now.")


@staff_view("insights.publish_release", method="POST")
def take_back_order(request, pk):
    return _run_order_action(request, pk, actions.take_back_order, "It is taken back. Nothing was made.")
