"""The coding desk: an officer confirms or changes the machine's proposals. Words and question only: nothing of who."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultation import handover
from insights.coding import actions
from insights.coding.codebooks.waiting import still_open
from insights.coding.forms import CodeForm
from insights.coding.models import Code
from insights.intake.models import Text

A_PAGE = 25


def for_coders(view):
    """No browser keeps words that may be taken back."""
    return never_cache(login_required(permission_required("insights.code_themes", raise_exception=True)(view)))


@for_coders
def coding(request):
    rows = [
        {"consultation": page, "some": Text.objects.of(page).exists(), "left": _uncoded(page).exists()}
        for page in handover.consultations()
    ]
    return render(request, "insights/coding/coding.html", {"section": "coding", "rows": rows})


def _uncoded(page):
    return still_open(Text.objects.of(page))


@for_coders
def desk(request, slug):
    """The texts of one consultation, by what was proposed, so that like stands by like. No counts of people."""
    page = get_object_or_404(handover.consultations(), slug=slug)
    version = actions.codebook_version(page)
    shown = request.GET.get("show", "open")
    texts = Text.objects.of(page).select_related("status").prefetch_related("codes__theme")
    if shown == "open":
        texts = still_open(texts)
    theme = request.GET.get("theme", "")
    if theme:
        texts = texts.filter(codes__theme__slug=theme).distinct()
    entries = list(version.entries.select_related("theme")) if version else []
    context = {
        "section": "coding",
        "consultation": page,
        "page": Paginator(texts.order_by("question", "pk"), A_PAGE).get_page(request.GET.get("page")),
        "entries": entries,
        "labels": {entry.theme_id: entry.label for entry in entries},
        "questions": actions.question_texts(page),
        "show": shown,
        "theme": theme,
    }
    return render(request, "insights/coding/desk.html", context)


@for_coders
def text(request, pk):
    found = get_object_or_404(Text.objects.select_related("version__page", "status"), pk=pk)
    page = found.version.page
    version = actions.codebook_version(page)
    if version is None:
        raise Http404
    proposals = list(Code.objects.proposals().filter(text=found).select_related("theme").order_by("-confidence"))
    form = CodeForm(request.POST or None, version=version, text=found, proposals=proposals)
    if request.method == "POST" and form.is_valid():
        actions.confirm(
            text=found, themes=form.cleaned_data["themes"], memo=form.cleaned_data["memo"], by=request.user
        )
        messages.success(request, "Saved.")
        following = _uncoded(page).exclude(pk=pk).order_by("question", "pk").first()
        return (
            redirect("insights:code-text", following.pk) if following else redirect("insights:coding-desk", page.slug)
        )
    context = {
        "section": "coding",
        "text": found,
        "consultation": page,
        "form": form,
        "proposals": proposals,
        "question": actions.question_texts(page).get(found.question, ""),
        "next": _uncoded(page).exclude(pk=pk).filter(pk__gt=pk).order_by("pk").first(),
    }
    return render(request, "insights/coding/text.html", context)


@require_POST
@for_coders
def undo(request, pk):
    found = get_object_or_404(Text, pk=pk)
    actions.undo_confirm(text=found, by=request.user)
    messages.success(request, "Your choice is undone. The proposals count again.")
    return redirect("insights:code-text", pk)
