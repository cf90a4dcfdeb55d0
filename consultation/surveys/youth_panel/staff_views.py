"""Officers' pages of the youth panel: begin a round, see the ticks beside the draft, say what changed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import ActionForm
from consultation.file_output.spreadsheets import deliver_table
from consultation.respondent_pages.code_spelling import format_code
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.youth_panel import actions
from consultation.surveys.youth_panel.models import SHOWN_FROM, PanelMark, PanelRound

PURPOSE = "youth panel codes"
COLUMNS = ("Consultation", "Begun on", "Begun by", "Members who sent", "What changed", "Told by", "Agreed by")
GOOD_FOR = 30 * 60
PAGE_TOO_OLD = "This page was open for too long. Nothing was made. Press the button again."


class PanelRoundForm(ActionForm):
    verbs = ("begin", "end", "tell", "agree", "take-back")
    number = forms.IntegerField(
        required=False,
        min_value=SHOWN_FROM,
        max_value=actions.MOST,
        label="How many members",
        help_text=f"From {SHOWN_FROM} to {actions.MOST}. Each gets a code of their own.",
    )
    changed = forms.CharField(
        required=False,
        max_length=600,
        label="What changed because of them",
        help_text="One to three short sentences, also in their words. Children read this. If nothing changed, say why.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seed = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)  # which the colleague has read


@staff_view(actions.EDIT, method="GET")
def show_panels(request):
    """Drafts first: they can still change."""
    pages = ConsultationPage.objects.sources().defer("body").prefetch_related("panel_rounds")
    pages = pages.order_by("live", "-latest_revision_created_at")
    return render(request, "consultation/surveys/youth_panel/panels.html", {"pages": pages})


@staff_view(actions.EDIT, method="GET")
def download_panels(request):
    """Every round as a file, with its numbers once they show."""
    found = PanelRound.objects.select_related("consultation", "made_by", "told_by", "agreed_by")
    rows = (
        (
            one.consultation.title, one.made_on, one.made_by, one.sent if one.marks_show else "", one.changed,
            one.told_by or "", one.agreed_by or "",
        )
        for one in found
    )  # fmt: skip
    return deliver_table(by=request.user, kind="youth panel", name="youth-panel", columns=COLUMNS, rows=rows)


@staff_view(actions.EDIT)
def edit_panel(request, pk):
    page = get_object_or_404(ConsultationPage.objects.sources(), pk=pk)
    form, error = PanelRoundForm.of(request), ""
    rounds = page.panel_rounds.all()
    newest = rounds.exclude(codes={}).first() or rounds.first()
    if form.is_bound:
        try:
            return _run_verb(request, page, newest, form.chosen())
        except NotAllowed as refused:
            error = str(refused)
    context = {
        "page": page,
        "round": newest,
        "earlier": rounds.exclude(pk=newest.pk) if newest else (),
        "marked": list_marked_questions(newest, actions.read_draft(page)) if newest else (),
        "fewest": SHOWN_FROM,
        "awaits_reader": newest is not None and newest.words.exclude(sealed=None).exists(),
        "form": form,
        "error": error,
        "seed": encrypt_reference(PURPOSE, secrets.token_bytes(16)),
    }
    status = 422 if error else 200
    return render(request, "consultation/surveys/youth_panel/panel_of.html", context, status=status)


def _run_verb(request, page, newest, chosen):
    if chosen["do"] == "tell":
        if newest is None:
            raise NotAllowed(actions.NOBODY_SENT)
        actions.tell_changes(panel_round=newest, by=request.user, changed=chosen["changed"])
        messages.success(request, "A colleague reads it now. Once they agree, the public page says so.")
        return redirect("panel:of", page.pk)
    held = None if chosen["do"] == "begin" else get_object_or_404(page.panel_rounds, pk=newest and newest.pk)
    if chosen["do"] == "agree":
        actions.agree_to_changes(panel_round=held, by=request.user, words=chosen["words"].replace("\r\n", "\n"))
        messages.success(request, "The consultation’s public page says so, once it is published.")
        return redirect("panel:of", page.pk)
    if chosen["do"] == "take-back":
        actions.take_back_changes(panel_round=held, by=request.user)
        messages.success(request, "Taken back. Nobody outside reads it.")
        return redirect("panel:of", page.pk)
    if chosen["do"] == "end":
        actions.end_round(panel_round=held, by=request.user)
        messages.success(request, "The round is over: its codes stop working.")
        return redirect("panel:of", page.pk)
    seed = decrypt_reference(PURPOSE, chosen["seed"], max_age=GOOD_FOR)
    if seed is None:
        raise NotAllowed(PAGE_TOO_OLD)
    _, codes = actions.begin_round(consultation=page, number=chosen["number"] or 0, by=request.user, seed=seed)
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL.rstrip("/") + reverse("youth-panel")
    context = {"page": page, "codes": [format_code(code) for code in codes], "address": address.partition("//")[2]}
    return render(request, "consultation/surveys/youth_panel/codes.html", context)


@dataclass(frozen=True)
class MarkedQuestion:
    """`now`: the words of the draft where they differ; None where the question is gone. `words`: those that a reader has
    cleared, in the order of the alphabet."""

    seen: str
    now: str | None
    marks: list[tuple[str, int]]
    words: list[str]


def list_marked_questions(panel_round: PanelRound, draft: Iterable[dict[str, Any]]) -> list[MarkedQuestion]:
    """Without numbers and words while the round runs, and where so few sent that members could be told apart."""
    now = {item["id"]: localised_text(item["text"], settings.LANGUAGE_CODE) for item in draft}
    cleared = panel_round.words.filter(sealed=None).order_by("text") if panel_round.marks_show else ()
    said: dict[str, list[str]] = {}
    for one in cleared:
        said.setdefault(one.question, []).append(one.text)
    return [
        _mark_question(panel_round, item, now.get(item["id"]), said.get(item["id"], []))
        for item in panel_round.questions
    ]


def _mark_question(panel_round: PanelRound, item: dict[str, Any], now: str | None, words: list[str]) -> MarkedQuestion:
    seen = localised_text(item["text"], settings.LANGUAGE_CODE)
    counts = panel_round.marks.get(item["id"], {}) if panel_round.marks_show else {}
    marks = [(mark.label, counts[mark]) for mark in PanelMark if counts.get(mark)]
    return MarkedQuestion(seen, "" if now == seen else now, marks, words)
