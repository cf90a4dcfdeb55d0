"""Staff pages of imports: upload a file, map its columns, start a dry run, accept it, undo it."""

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from consultation.answering.imports import actions
from consultation.answering.imports.after_close import why_closed
from consultation.answering.imports.bringing import MOST_BYTES, MOST_ROWS
from consultation.answering.imports.mapping import BadMap
from consultation.answering.imports.models import AnswerImport, ImportState, SavedMap
from consultation.answering.imports.seeing import columns_of, sample
from consultation.answering.imports.shapes import BY_SLUG, TOOLS
from consultation.answering.imports.sheets import UnreadableSheet
from consultation.answering.imports.targets import by_key, to_parts
from consultation.answering.imports.uploads import InMemory
from consultation.answering.staff import asked_consultations, with_permission
from consultation.audit.log import record
from consultation.audit.sheets import deliver
from consultation.questionnaires.schema import Questionnaire, takes_several
from consultation.responses.vault import can_open

readers = with_permission("consultation.enter_answers")
S = ImportState
LOOKS, EVERY = 60, 5  # a waiting page reloads itself at most LOOKS times, every EVERY seconds
NO_FILE = "Choose a file first: a CSV or an XLSX file, of {most} MB at most."
TWICE = "“{first}” and “{second}” answer the same question. Choose for one of them what it is, or leave it out."
KEY = "The map needs a name."


@readers
@require_safe
def consultations(request):
    rows = [{"page": page, "says": _counted(page)} for page in asked_consultations()]
    return render(request, "consultation/answering/imports/consultations.html", {"rows": rows, "tools": TOOLS})


def _counted(page):
    count = _of(page).count()
    return "No file yet" if not count else "One file" if count == 1 else f"{count} files"


def _of(page):
    return (
        AnswerImport.objects.filter(version__page=page)
        .defer("problems", "headings")
        .order_by("-made_on", "name", "pk")
    )


@csrf_exempt  # the upload handler must be set before anything reads the form; _consultation then checks the token
def consultation(request, page):
    request.upload_handlers = [InMemory(request)]
    return _consultation(request, page)


@readers
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    problem = ""
    if request.method == "POST":
        uploaded = request.FILES.get("file")
        if uploaded:
            try:
                return redirect(actions.bring(page=page, file=uploaded.file, name=uploaded.name, by=request.user))
            except (UnreadableSheet, BadMap) as error:
                problem = str(error)
        problem = problem or NO_FILE.format(most=MOST_BYTES // 1_000_000)
    context = {
        "page": page,
        "closed": why_closed(page),
        "files": _of(page),
        "problem": problem,
        "tools": TOOLS,
        "most": f"{MOST_ROWS:,}",
    }
    status = 422 if problem else 200
    return render(request, "consultation/answering/imports/consultation.html", context, status=status)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def file(request, pk):
    source = get_object_or_404(AnswerImport.objects.select_related("version__page"), pk=pk)
    if request.method != "POST":
        return _shown(request, source)
    try:
        return DO.get(request.POST.get("do"), _unknown)(request, source)
    except (BadMap, actions.NotNow) as error:
        source.refresh_from_db()
        return _shown(request, source, problem=str(error))


def _shown(request, source, *, problem="", chosen=None, values=None):
    context = {
        "source": source,
        "page": source.version.page,
        "tool": BY_SLUG[source.tool],
        "problem": problem,
        "locked": not can_open(),
        "closed": why_closed(source.version.page),
        **SHOWN.get(source.state, _nothing)(request, source, chosen, values),
    }
    status = 422 if problem else 200
    response = render(request, "consultation/answering/imports/file.html", context, status=status)
    if context.get("again"):  # without a script; a link stops it
        response["Refresh"] = f"{EVERY}; url=?look={context['again']}"
    return response


def _nothing(request, source, chosen, values):
    return {}


def _mapping(request, source, chosen, values):
    record("import viewed", by=request.user, obj=source)
    return {
        "columns": list(columns_of(source, Questionnaire(source.version.content), chosen, values)),
        "maps": SavedMap.objects.filter(consultation=source.version.page),
    }


def _checked(request, source, chosen, values):
    record("import viewed", by=request.user, obj=source)
    return {"sample": sample(source), "problems": source.problems_by_heading[:20]}


def _working(request, source, chosen, values):
    look = request.GET.get("look", "1")
    number = int(look) if look.isdecimal() and len(look) < 4 else LOOKS
    again = 0 if "still" in request.GET or number >= LOOKS else number + 1
    return {"again": again} | _progress(source)


def _progress(source):
    if source.state == S.UNDOING:
        return {
            "total": max(source.people, 1),
            "done": max(source.people - source.responses.count(), 0),
            "of": "people",
        }
    waiting = source.chunks.filter(ready=None) if source.state == S.CHECKING else source.chunks.all()
    left = waiting.aggregate(left=Sum("rows"))["left"] or 0
    return {"total": max(source.rows, 1), "done": source.rows - left, "of": "rows"}


SHOWN = {
    S.MAPPING: _mapping,
    S.CHECKED: _checked,
    S.CHECKING: _working,
    S.TAKING: _working,
    S.UNDOING: _working,
}


def _read_map(request, source):
    """({column: Target}, {column: {cell: option id}}) of the posted form."""
    offered, chosen, values = by_key(Questionnaire(source.version.content)), {}, {}
    for number, column in enumerate(source.columns):
        if target := offered.get(request.POST.get(f"c-{number}", "")):
            chosen[column] = target
        for cell, means in zip(request.POST.getlist(f"w-{number}"), request.POST.getlist(f"v-{number}"), strict=False):
            if means:
                values.setdefault(column, {})[cell] = "" if means == "none" else means
    return chosen, values


def _try(request, source):
    chosen, values = _read_map(request, source)
    try:
        _refuse_twice(chosen, Questionnaire(source.version.content))
        kept = actions.keep_map(source=source, parts=to_parts(chosen, values))
    except BadMap as error:
        return _shown(request, source, problem=str(error), chosen=chosen, values=values)
    if request.POST["do"] == "map":
        return redirect(source)
    actions.ask_try(source=kept, leave_same="leave_same" in request.POST, by=request.user)
    return redirect(source)


def _refuse_twice(chosen, questionnaire):
    """Raise BadMap when two columns have the same target; only texts may come from several columns."""
    seen = {}
    for column, target in chosen.items():
        if target.kind != "text" and target in seen:
            raise BadMap(TWICE.format(first=seen[target], second=column))
        seen[target] = column
    whole = {target.question: column for column, target in chosen.items() if target.kind == "closed"}
    for column, target in chosen.items():
        several = target.kind == "option" and takes_several(questionnaire.by_id(target.question))
        if target.kind in ("option", "place") and target.question in whole and not several:
            raise BadMap(TWICE.format(first=whole[target.question], second=column))


def _again(request, source):
    actions.map_again(source=source)
    return redirect(source)


def _take(request, source):
    actions.ask_take(source=source, by=request.user, knows_closed="knows_closed" in request.POST)
    return redirect(source)


def _stop(request, source):
    actions.stop(source=source, by=request.user)
    messages.success(request, "It is stopped.")
    return redirect(source)


def _drop(request, source):
    actions.drop(source=source, by=request.user)
    messages.success(request, "The file is thrown away. Nothing of it was taken in.")
    return redirect("imports:consultation", page=source.version.page_id)


def _undo(request, source):
    actions.ask_undo(source=source, by=request.user)
    return redirect(source)


def _save(request, source):
    name = request.POST.get("name", "").strip()
    if not name:
        raise BadMap(KEY)
    actions.save_map(source=source, name=name, by=request.user)
    messages.success(request, f"The map is saved as “{name[:60]}”.")
    return redirect(source)


def _saved(request, source):
    number = request.POST.get("saved", "")
    wanted = int(number) if number.isdecimal() and len(number) < 10 else 0
    saved = SavedMap.objects.filter(consultation=source.version.page, pk=wanted).first()
    if saved is None:
        raise BadMap("Choose a saved map first.")
    return saved


def _forget(request, source):
    saved = _saved(request, source)
    actions.forget_map(saved=saved, by=request.user)
    messages.success(request, f"The map “{saved.name}” is gone. What it brought in stays.")
    return redirect(source)


def _use(request, source):
    saved = _saved(request, source)
    actions.use_map(source=source, saved=saved)
    messages.success(request, f"The map “{saved.name}” is used. Look at each column.")
    return redirect(source)


def _unknown(request, source):
    raise BadMap("Choose what to do.")


DO = {
    "map": _try, "try": _try, "again": _again, "take": _take, "drop": _drop, "undo": _undo, "save": _save, "use": _use,
    "forget": _forget, "stop": _stop,
}  # fmt: skip


@readers
@require_safe
def problems(request, pk):
    """Download the problems by row: row numbers, headings and messages, without cell texts."""
    source = get_object_or_404(AnswerImport, pk=pk)
    if not source.problems:
        raise Http404
    rows = ([row, column, words] for row, column, words in source.problems_by_heading)
    columns = ["Row in the file", "Column", "What is wrong"]
    return deliver(by=request.user, kind="import problems", name="rows-to-look-at", columns=columns, rows=rows)
