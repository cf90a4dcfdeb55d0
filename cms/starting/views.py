"""Pages of "Start a consultation" (from a template, a past one, or blank), and the guide from draft to publication."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.questionnaires.starting import actions, guide
from consultation.questionnaires.starting.asked import as_asked
from consultation.questionnaires.starting.bank import choices_of
from consultation.questionnaires.starting.templates import templates

BLANK = "blank"


def officers(view):
    guarded = permission_required("consultation.edit_consultation", raise_exception=True)(view)
    return never_cache(login_required(guarded))


def pages():
    return ConsultationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


def past():
    """Published consultations, latest first."""
    asked = PublishedVersion.objects.values("page_id")
    return pages().filter(pk__in=asked).defer("body").order_by("-first_published_at", "-pk")


@officers
@require_safe
def start(request):
    context = {"templates": templates().values(), "past": past()[:50], "drafts": guide.drafts_of(request.user)}
    return render(request, "cms/starting/start.html", context | {"here": "start"})


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def from_template(request, name):
    template = templates().get(name)
    if template is None:
        raise Http404
    context = {"template": template, "asked": _shown(template.blocks()), "title": template.title}
    return _begun(request, "cms/starting/template.html", context, actions.start_from_template, template=template)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def from_past(request, pk):
    page = get_object_or_404(past(), pk=pk)
    title = f"{page.title} ({timezone.localdate().year})"
    context = {"past": page, "asked": _shown(as_asked(page).body.raw_data), "title": title}
    return _begun(request, "cms/starting/past.html", context, actions.start_from_past, past=page)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def blank(request):
    return _begun(request, "cms/starting/blank.html", {"title": ""}, actions.start_blank)


def _begun(request, template_name, context, begin, **what):
    """Show the title form, or create the draft and go to its guide."""
    error = ""
    if request.method == "POST":
        context["title"] = request.POST.get("title", "")
        try:
            page = begin(title=context["title"], by=request.user, **what)
        except actions.NotAllowed as refused:
            error = str(refused)
        else:
            messages.success(request, f"“{page.title}” is a draft now. The steps below lead to its first answer.")
            return redirect("start:guide", page.pk)
    return render(request, template_name, context | {"error": error}, status=422 if error else 200)


def _shown(blocks):
    """Raw blocks prepared for display: text, easy read and choices of each question."""
    return [
        {
            "is_part": block["type"] == "section",
            "value": block["value"],
            "choices": choices_of(block),
            "rows": [row["value"]["text"] for row in block["value"].get("rows") or ()],
        }
        for block in blocks
    ]


def _draft_or_404(pk):
    return get_object_or_404(pages(), pk=pk)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def the_guide(request, pk):
    """The publishing steps of a draft; the last one, sending for approval, happens here."""
    page, error = _draft_or_404(pk), ""
    if request.method == "POST":
        try:
            actions.send_for_approval(page=page, by=request.user)
        except actions.NotAllowed as refused:
            error = str(refused)
        else:
            messages.success(
                request, "It is sent for approval. Whoever checks it is told, and so are you when it is done."
            )
            return redirect("start:guide", page.pk)
    page = _draft_or_404(pk)
    steps = guide.steps(page)
    context = {"page": page, "steps": steps, "error": error, "hidden": guide.is_hidden(request.user)}
    context["may_send"] = guide.may_send(page)
    return render(request, "cms/starting/guide.html", context, status=422 if error else 200)


@officers
@require_safe
def steps_now(request, pk):
    """The step list of the page editor, reloaded after a save."""
    steps = guide.steps(_draft_or_404(pk))
    return render(request, "consultation/questionnaires/starting/steps.html", {"steps": steps})


@officers
@require_POST
def hide(request, pk):
    """Hides or shows the guide for this user on all pages."""
    guide.set_hidden(request.user, request.POST.get("do") != "show")
    page = _draft_or_404(pk)
    return redirect("wagtailadmin_pages:edit" if request.POST.get("from") == "editor" else "start:guide", page.pk)
