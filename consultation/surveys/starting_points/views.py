"""Pages of "Start a consultation" (from a template, a past one, or blank), and the guide from draft to publication."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation.access import NotAllowed, staff_view
from consultation.surveys.consultation_state import find_states
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points import actions, publishing_guide
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.starting_points.last_published import last_published_page
from consultation.surveys.starting_points.publishing_guide import EDIT
from consultation.surveys.starting_points.question_bank import list_choice_texts, list_past_consultations
from consultation.surveys.type_registry import type_of

HOME = "consultations:home"
SENT = "It is sent for approval. Whoever checks it is told, and so are you when it is done."


@staff_view(EDIT, method="GET")
def show_starting_points(request):
    past = list(list_past_consultations().defer("body")[:50])
    states = find_states(past)
    context = {
        "templates": [one for one in load_templates().values() if not one.rounds],
        "evaluations": [one for one in load_templates().values() if one.rounds],
        "past": [(page, states[page.pk]) for page in past],
        "drafts": publishing_guide.list_draft_progress(request.user),
    }
    return render(request, "consultation/surveys/starting_points/start.html", context | {"here": "start"})


@staff_view(EDIT)
def start_from_template(request, name):
    template = load_templates().get(name)
    if template is None:
        raise Http404
    context = {"template": template, "asked": describe_blocks(template.blocks()), "title": template.title}
    template_name = "consultation/surveys/starting_points/template.html"
    drafts = len(template.rounds) or 1
    return _start_draft(request, template_name, context, actions.start_from_template, drafts, template=template)


@staff_view(EDIT)
def start_from_past(request, pk):
    page = get_object_or_404(list_past_consultations().defer("body"), pk=pk)
    title = f"{page.title} ({timezone.localdate().year})"
    context = {"past": page, "asked": describe_blocks(last_published_page(page).body.raw_data), "title": title}
    context["wave"] = "wave" in request.POST
    template_name = "consultation/surveys/starting_points/past.html"
    return _start_draft(
        request, template_name, context, actions.start_from_past, past=page, wave="wave" in request.POST
    )


@staff_view(EDIT)
def start_blank_draft(request):
    return _start_draft(request, "consultation/surveys/starting_points/blank.html", {"title": ""}, actions.start_blank)


def _start_draft(request, template_name, context, begin, drafts=1, **what):
    """Show the title form, or create the draft, or as many `drafts`, and go to the guide of the first."""
    error = ""
    if request.method == "POST":
        context["title"] = request.POST.get("title", "")
        try:
            page = begin(title=context["title"], by=request.user, **what)
        except NotAllowed as refused:
            error = str(refused)
        else:
            made = f"is the first of {drafts} drafts" if drafts > 1 else "is a draft"
            messages.success(request, f"“{page.title}” {made} now. The steps below lead to its first answer.")
            return redirect(HOME, page.slug)
    return render(request, template_name, context | {"error": error}, status=422 if error else 200)


def describe_blocks(blocks):
    """Raw blocks prepared for display: text, easy read and choices of each question."""
    return [
        {
            "is_part": not type_of(block).is_question,
            "value": block["value"],
            "choices": list_choice_texts(block),
            "rows": [row["value"]["text"] for row in block["value"].get("rows") or ()],
        }
        for block in blocks
    ]


def _get_draft_or_404(pk):
    return get_object_or_404(ConsultationPage.objects.sources(), pk=pk)


@staff_view(EDIT, method="POST")
def send_for_approval(request, pk):
    """The last of the publishing steps, which stand on the consultation's home."""
    return _run_step(request, pk, actions.send_for_approval, SENT)


@staff_view(EDIT, method="POST")
def take_over_questions(request, pk):
    return _run_step(request, pk, actions.take_over_questions, "It asks what “{page.wave_of.title}” asked.")


def _run_step(request, pk, verb, done):
    page = _get_draft_or_404(pk)
    try:
        verb(page=page, by=request.user)
        messages.success(request, done.format(page=page))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect(HOME, page.slug)


@staff_view(EDIT, method="GET")
def show_guide_steps(request, pk):
    """The step list of the page editor, reloaded after a save."""
    steps = publishing_guide.build_steps(_get_draft_or_404(pk))
    return render(request, "consultation/surveys/starting_points/steps.html", {"steps": steps})


@staff_view(EDIT, method="POST")
def save_guide_visibility(request, pk):
    """Hides or shows the guide for this user on all pages."""
    publishing_guide.set_guide_hidden(request.user, request.POST.get("do") != "show")
    page = _get_draft_or_404(pk)
    if request.POST.get("from") == "editor":
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect(HOME, page.slug)
