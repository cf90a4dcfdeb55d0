"""Pages of the question bank: search, choose and order questions, and add them to a draft."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from wagtail.models import Revision

from consultation.access import NotAllowed, staff_view
from consultation.domain import strategy_points
from consultation.surveys.models import Audience, ConsultationPage
from consultation.surveys.question_blocks import QuestionStreamBlock
from consultation.surveys.starting_points import actions, question_bank
from consultation.surveys.starting_points.publishing_guide import EDIT
from consultation.surveys.starting_points.question_bank import find_response_rates

ENTRIES_A_PAGE = 20
FILTERS = ("words", "strand", "theme", "type", "audience")
SESSION_KEY = "chosen_questions"
MOST_CHOSEN = 40


@staff_view(EDIT)
def show_question_bank(request):
    known = question_bank.build_question_bank()
    if request.method == "POST":
        change_chosen_questions(request, known)
        return redirect(f"{reverse('start:bank')}?{request.GET.urlencode()}#chosen")
    return render(request, "consultation/surveys/starting_points/bank.html", _build_bank_context(request, known))


def _build_bank_context(request, known, error=""):
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = question_bank.search_question_bank(
        known.values(), words=asked["words"], strand=asked["strand"], theme=asked["theme"], type_=asked["type"],
        audience=asked["audience"],
    )  # fmt: skip
    page = Paginator(found, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    kept = [known[key] for key in list_chosen_keys(request, known)]
    query = request.GET.copy()
    query.pop("page", None)
    blocks = QuestionStreamBlock().child_blocks
    labels = {name: str(block.label) for name, block in blocks.items() if name != "section"}
    themes = sorted({theme for entry in known.values() for theme in entry.themes})
    newest = ConsultationPage.objects.sources().defer("body").order_by("-latest_revision_created_at", "-pk")[:100]
    return {
        "asked": asked,
        "page": page,
        "rows": [
            {"entry": entry, "type": labels.get(entry.type, entry.type), "uses": find_response_rates(entry.uses)}
            for entry in page
        ],
        "count": len(found),
        "chosen": kept,
        "kept": {entry.key for entry in kept},
        "lists": {
            "strand": [(str(strand["id"]), strand["label"]) for strand in strategy_points.list_strands()],
            "theme": [(theme, theme.replace("-", " ")) for theme in themes],
            "type": list(labels.items()),
            "audience": Audience.choices,
        },
        "query": query.urlencode(),
        # The newest pages that the user may edit, live or draft.
        "drafts": [draft for draft in newest if draft.permissions_for_user(request.user).can_edit()][:30],
        "error": error,
        "here": "bank",
    }


@staff_view(EDIT, method="POST")
def save_questions_into_draft(request):
    """Adds the chosen questions to an existing page or a new draft."""
    known = question_bank.build_question_bank()
    questions = [known[key].block for key in list_chosen_keys(request, known)]
    where, added = request.POST.get("draft", ""), None
    try:
        if not questions:
            raise NotAllowed(actions.NOTHING)
        if where.isdecimal() and len(where) < 10:
            page = get_object_or_404(ConsultationPage.objects.sources(), pk=int(where))
            added = actions.add_questions(page=page, questions=questions, by=request.user)
        else:
            title = request.POST.get("title", "")
            page = actions.start_blank(title=title, by=request.user, questions=questions)
    except NotAllowed as refused:
        context = _build_bank_context(request, known, str(refused))
        return render(request, "consultation/surveys/starting_points/bank.html", context, status=422)
    request.session[SESSION_KEY] = []
    said = f"{len(questions)} question{'s' if len(questions) != 1 else ''} put into “{page.title}”."
    if added is not None:
        url = f"{reverse('start:undo', args=[page.pk])}?added={added.pk}"
        said = format_html('{} <a href="{}">Take them out again</a>', said, url)
    messages.success(request, said)
    return redirect("consultations:home", page.slug)


@staff_view(EDIT)
def undo_added_questions(request, pk):
    page, error = get_object_or_404(ConsultationPage.objects.sources(), pk=pk), ""
    number = request.GET.get("added", "")
    added = get_object_or_404(page.revisions, pk=int(number) if number.isdecimal() and len(number) < 10 else 0)
    if request.method == "POST":
        try:
            actions.undo_added_questions(page=page, added=Revision.objects.get(pk=added.pk), by=request.user)
        except NotAllowed as refused:
            error = str(refused)
        else:
            messages.success(request, "They are out again. The draft is as it was before.")
            return redirect("consultations:home", page.slug)
    context = {"page": page, "error": error}
    status = 422 if error else 200
    return render(request, "consultation/surveys/starting_points/undo.html", context, status=status)


def list_chosen_keys(request: Any, known: dict[str, Any]) -> list[str]:
    return [key for key in request.session.get(SESSION_KEY, []) if key in known]


def change_chosen_questions(request: Any, known: dict[str, Any]) -> None:
    """Apply the pressed button: choose:<key>, drop:<key>, up:<key>, down:<key>, or empty."""
    what, _, key = request.POST.get("do", "").partition(":")
    found = list_chosen_keys(request, known)
    if what == "choose" and key in known and key not in found and len(found) < MOST_CHOSEN:
        found.append(key)
    elif what == "drop" and key in found:
        found.remove(key)
    elif what in ("up", "down") and key in found:
        place = found.index(key)
        found.insert(max(place + (-1 if what == "up" else 1), 0), found.pop(place))
    elif what == "empty":
        found = []
    request.session[SESSION_KEY] = found
