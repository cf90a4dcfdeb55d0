"""The register of commitments: list, file, one commitment with its buttons, and what groups sent in."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation.access import require_permission, staff_view
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.commitments import actions
from insights.commitments.forms import (
    CommitmentForm,
    CommitmentNoteForm,
    ContactReasonForm,
    PrinciplesForm,
    ShowForm,
)
from insights.commitments.models import Commitment, CommitmentKind, CommitmentNote, SentOffer
from insights.decisions.models import Decision
from insights.decisions.policies import may_change, may_draft_or_publish
from insights.decisions.views import build_form_context as build_decision_form_context
from insights.forms import render_form, run_action, save_form
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.views import PublishingPages

SECTION = {"section": "commitments"}
COLUMNS = (
    "Kind",
    "Name",
    "What",
    "Language",
    "From",
    "Due",
    "State",
    "Published",
    "Progress",
    "Newest note",
    "Day of note",
)
NOTED = "Saved. Ask a colleague to publish it."
SAVED = "Saved. Ask a colleague who wrote none of it to publish it."


@staff_view(VIEW_REPORTS, method="GET")
def show_commitments(request):
    show = _read_filters(request)
    found = _select_commitments(request.user, show)
    context = SECTION | {
        "page": Paginator(found, 30).get_page(request.GET.get("page")),
        "kinds": CommitmentKind.choices,
        "filters": ShowForm(initial=show),
        "filtered": any(show.values()),
        "may_write": may_draft_or_publish(request.user),
        "offers": SentOffer.objects.waiting() if request.user.has_perm(PUBLISH_PERMISSION) else (),
    }
    return render(request, "insights/commitments/commitments.html", context)


def _read_filters(request):
    form = ShowForm(request.GET)
    form.full_clean()
    return {name: form.cleaned_data.get(name, "") for name in form.fields}


def _select_commitments(reader, show):
    """Drafts only for those who write or publish."""
    found = Commitment.objects.prefetch_related("notes", "decisions")
    if not may_draft_or_publish(reader):
        found = found.published()
    if show["kind"]:
        found = found.filter(kind=show["kind"])
    for word in show["q"].split():
        found = found.filter(Q(name__icontains=word) | Q(what__icontains=word))
    if show["state"] == "late":
        return found.list_late(timezone.localdate())
    if show["state"] == "retired":
        return found.filter(retired_on__isnull=False)
    return found.filter(status=show["state"], retired_on__isnull=True) if show["state"] else found


@staff_view(VIEW_REPORTS, may_draft_or_publish, method="GET")
def download_commitments(request):
    """What the list shows, without contacts."""
    found = _select_commitments(request.user, _read_filters(request))
    return deliver_table(
        by=request.user, kind="commitments", name="commitments", columns=COLUMNS, rows=map(_build_row, found)
    )


def _build_row(one):
    note = one.newest_note
    told = (note.get_progress_display(), note.words, note.day) if note else ("", "", "")
    return (
        one.get_kind_display(),
        one.name,
        one.what,
        one.language,
        one.begins,
        one.due,
        one.state,
        one.published_on,
        *told,
    )


@staff_view(VIEW_REPORTS, method="GET")
def show_commitment(request, pk):
    return _render_commitment(request, _get_visible(request.user, pk), CommitmentNoteForm())


def _get_visible(reader, pk):
    visible = Commitment.objects.all() if may_draft_or_publish(reader) else Commitment.objects.published()
    return get_object_or_404(visible.select_related("made_by", "published_by", "results__consultation"), pk=pk)


def _render_commitment(request, found, form):
    officer = request.user.has_perm(PUBLISH_PERMISSION)
    notes = found.notes.all() if officer else found.public_notes
    context = SECTION | {
        "one": found,
        "officer": officer,
        "notes": [(note, NOTE_PAGES.build_panel(note, request.user)) for note in notes],
        "panel": PAGES.build_panel(found, request.user),
        "may_write": may_draft_or_publish(request.user) and not found.retired_on and (officer or not found.is_public),
        "sent": SentOffer.objects.filter(commitment=found).first() if officer else None,
    }
    return render_form(request, form, "insights/commitments/commitment.html", **context)


@staff_view(VIEW_REPORTS, may_draft_or_publish)
def draft_commitment(request, kind):
    if kind not in CommitmentKind.values:
        raise Http404
    form = CommitmentForm(request.POST or None, kind=kind)
    if made := save_form(request, form, actions.draft_commitment, SAVED, kind=kind):
        return redirect("insights:commitment", made.pk)
    return _render_form(request, form, f"Write down: {CommitmentKind(kind).label}")


@staff_view(VIEW_REPORTS, may_draft_or_publish)
def edit_commitment(request, pk):
    found = get_object_or_404(Commitment, pk=pk, retired_on__isnull=True)
    form = CommitmentForm(request.POST or None, initial=CommitmentForm.initial_of(found), kind=found.kind)
    if save_form(request, form, actions.change_commitment, SAVED, commitment=found):
        return redirect("insights:commitment", pk)
    return _render_form(request, form, f"Change “{found}”", one=found)


def _render_form(request, form, heading, one=None, **more):
    crumbs = [
        ("Promises in public", reverse("insights:commitments")),
        *([(one, one.get_absolute_url())] if one else []),
    ]
    return render_form(
        request, form, "insights/commitments/form.html", **SECTION, heading=heading, crumbs=crumbs, **more
    )


class CommitmentPages(PublishingPages):
    lifecycle, model, name, shown_with = actions.COMMITMENTS, Commitment, "commitment", ("writers",)

    def get_address(self, held):
        return held.get_absolute_url()

    def get_address_without(self, held):
        return reverse("insights:commitments")


class NotePages(PublishingPages):
    lifecycle, model, name = actions.NOTES, CommitmentNote, "commitment-note"
    shown_with = ("commitment",)

    def get_address(self, held):
        return held.commitment.get_absolute_url()


PAGES, NOTE_PAGES = CommitmentPages(), NotePages()


@staff_view(PUBLISH_PERMISSION, method="POST")
def retire_commitment(request, pk):
    found = get_object_or_404(Commitment, pk=pk)
    run_action(request, actions.retire_commitment, "It is off the public pages.", commitment=found)
    return redirect("insights:commitment", pk)


@staff_view(PUBLISH_PERMISSION, method="POST")
def save_note(request, pk):
    found, form = _get_visible(request.user, pk), CommitmentNoteForm(request.POST)
    if save_form(request, form, actions.note_progress, NOTED, commitment=found):
        return redirect("insights:commitment", pk)
    return _render_commitment(request, found, form)


@staff_view(PUBLISH_PERMISSION, method="POST")
def take_note_back(request, pk):
    note = get_object_or_404(CommitmentNote, pk=pk)
    run_action(request, actions.take_note_back, "It is off the public pages.", note=note)
    return redirect("insights:commitment", note.commitment_id)


@staff_view(VIEW_REPORTS, may_draft_or_publish)
def edit_principles(request, slug):
    decision = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, may_change, decision)
    form = PrinciplesForm(request.POST or None, initial={"principles": decision.commitments.principles()})
    if save_form(request, form, actions.choose_principles, "The principles are saved.", decision=decision):
        return redirect("insights:decision", slug)
    return render_form(request, form, **build_decision_form_context("The principles that it serves", decision))


@staff_view(PUBLISH_PERMISSION)
def take_offer(request, pk):
    offer = get_object_or_404(SentOffer.objects.waiting(), pk=pk)
    initial = {"name": offer.name, "what": offer.what, "language": offer.language}
    form = CommitmentForm(request.POST or None, initial=initial, kind=CommitmentKind.OFFER)
    if made := save_form(request, form, actions.take_offer, SAVED, offer=offer):
        return redirect("insights:commitment", made.pk)
    return _render_form(request, form, "What a group sent in", offer=offer)


@staff_view(PUBLISH_PERMISSION)
def open_contact(request, pk):
    """How to reach a group, once an officer has said why."""
    offer = get_object_or_404(SentOffer.objects.screened().select_related("commitment"), pk=pk)
    form = ContactReasonForm(request.POST or None)
    context = SECTION | {
        "offer": offer,
        "contact": save_form(request, form, actions.open_contact, offer=offer),
        "heading": f"How to reach “{offer.name}”",
        "crumbs": [("Promises in public", reverse("insights:commitments"))],
        "lead": "Who opens it, and why, goes on record.",
        "save": "Show how to reach them",
    }
    return render_form(request, form, "insights/commitments/contact.html", **context)


@staff_view(PUBLISH_PERMISSION, method="POST")
def decline_offer(request, pk):
    offer = get_object_or_404(SentOffer.objects.waiting(), pk=pk)
    run_action(request, actions.decline_offer, "It is erased, with the contact.", offer=offer)
    return redirect("insights:commitments")
