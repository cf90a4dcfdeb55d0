"""Pages of the question bank: search, choose and order questions, and add them to a draft."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Revision

from cms.starting import chosen
from cms.starting.answered import by_use
from cms.starting.views import officers, pages
from consultation.questionnaires import strategy
from consultation.questionnaires.blocks import QuestionStreamBlock
from consultation.questionnaires.models import Audience
from consultation.questionnaires.starting import actions, bank

ON_A_PAGE = 20
FILTERS = ("words", "strand", "theme", "type", "audience")


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def question_bank(request):
    known = bank.entries()
    if request.method == "POST":
        chosen.change(request, known)
        return redirect(f"{reverse('start:bank')}?{request.GET.urlencode()}#chosen")
    return render(request, "cms/starting/bank.html", _context(request, known))


def _context(request, known, error=""):
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = bank.search(
        known.values(), words=asked["words"], strand=asked["strand"], theme=asked["theme"], type_=asked["type"],
        audience=asked["audience"],
    )  # fmt: skip
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    kept = [known[key] for key in chosen.keys(request, known)]
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "asked": asked, "page": page, "rows": [_row(entry) for entry in page], "count": len(found), "chosen": kept,
        "kept": {entry.key for entry in kept}, "lists": _lists(known.values()), "query": query.urlencode(),
        "drafts": _drafts(request.user), "error": error, "here": "bank",
    }  # fmt: skip


def _row(entry):
    return {"entry": entry, "type": types().get(entry.type, entry.type), "uses": by_use(entry.uses)}


def types():
    blocks = QuestionStreamBlock().child_blocks
    return {name: str(block.label) for name, block in blocks.items() if name != "section"}


def _lists(entries):
    themes = sorted({theme for entry in entries for theme in entry.themes})
    return {
        "strand": [(str(strand["id"]), strand["label"]) for strand in strategy.strands()],
        "theme": [(theme, theme.replace("-", " ")) for theme in themes],
        "type": list(types().items()),
        "audience": Audience.choices,
    }


def _drafts(user):
    """The newest pages that the user may edit, live or draft."""
    found = pages().defer("body").order_by("-latest_revision_created_at", "-pk")[:100]
    return [page for page in found if page.permissions_for_user(user).can_edit()][:30]


@officers
@require_POST
def put(request):
    """Adds the chosen questions to an existing page or a new draft."""
    known = bank.entries()
    questions = [known[key].block for key in chosen.keys(request, known)]
    try:
        page, added = _put(request, questions)
    except actions.NotAllowed as refused:
        return render(request, "cms/starting/bank.html", _context(request, known, str(refused)), status=422)
    request.session[chosen.KEY] = []
    _say(request, page, added, len(questions))
    return redirect("start:guide", page.pk)


def _put(request, questions):
    where = request.POST.get("draft", "")
    if not questions:
        raise actions.NotAllowed(actions.NOTHING)
    if where.isdecimal() and len(where) < 10:
        page = get_object_or_404(pages(), pk=int(where))
        return page, actions.add_questions(page=page, questions=questions, by=request.user)
    return actions.start_blank(title=request.POST.get("title", ""), by=request.user, questions=questions), None


def _say(request, page, added, count):
    said = f"{count} question{'s' if count != 1 else ''} put into “{page.title}”."
    if added is None:
        messages.success(request, said)
        return
    url = f"{reverse('start:undo', args=[page.pk])}?added={added.pk}"
    messages.success(request, format_html('{} <a href="{}">Take them out again</a>', said, url))


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request, pk):
    page, error = get_object_or_404(pages(), pk=pk), ""
    number = request.GET.get("added", "")
    added = get_object_or_404(page.revisions, pk=int(number) if number.isdecimal() and len(number) < 10 else 0)
    if request.method == "POST":
        try:
            actions.take_out_again(page=page, added=Revision.objects.get(pk=added.pk), by=request.user)
        except actions.NotAllowed as refused:
            error = str(refused)
        else:
            messages.success(request, "They are out again. The draft is as it was before.")
            return redirect("start:guide", page.pk)
    return render(request, "cms/starting/undo.html", {"page": page, "error": error}, status=422 if error else 200)
