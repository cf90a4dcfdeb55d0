"""Staff pages of imports: upload a file, map its columns, start a dry run, accept it, undo it."""

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from consultation.access import NotAllowed, staff_view
from consultation.audit.audit_log import record_event
from consultation.channels.imports import actions
from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.column_targets import build_map_parts, targets_by_key
from consultation.channels.imports.file_sealing import MAX_ROWS
from consultation.channels.imports.forms import AnswerFileForm, ImportActionForm
from consultation.channels.imports.import_preview import list_preview_columns, sample_people
from consultation.channels.imports.late_imports import explain_why_closed
from consultation.channels.imports.models import AnswerImport, ImportState, SavedMap
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.channels.imports.survey_tool_formats import KNOWN_TOOLS, TOOLS_BY_SLUG
from consultation.channels.imports.upload_handlers import MemoryOnlyUploadHandler
from consultation.channels.web.staff_consultations import published_consultations
from consultation.file_output.spreadsheets import deliver_table
from consultation.responses.vault import can_open_sealed
from consultation.surveys.questionnaire_schema import Questionnaire, can_choose_several

S = ImportState
MAX_REFRESHES, REFRESH_SECONDS = 60, 5  # a waiting page reloads itself at most LOOKS times, every EVERY seconds
TWO_COLUMNS_ONE_QUESTION = (
    "“{first}” and “{second}” answer the same question. Choose for one of them what it is, or leave it out."
)


@staff_view("consultation.enter_answers")
@require_safe
def show_import_consultations(request):
    rows = [{"page": page, "says": _describe_file_count(page)} for page in published_consultations()]
    return render(request, "consultation/channels/imports/consultations.html", {"rows": rows, "tools": KNOWN_TOOLS})


def _describe_file_count(page):
    count = _imports_of_consultation(page).count()
    return "No file yet" if not count else "One file" if count == 1 else f"{count} files"


def _imports_of_consultation(page):
    return (
        AnswerImport.objects.filter(version__page=page)
        .defer("problems", "headings")
        .order_by("-made_on", "name", "pk")
    )


@csrf_exempt  # the upload handler must be set before anything reads the form; _consultation then checks the token
def show_or_upload_import(request, page):
    request.upload_handlers = [MemoryOnlyUploadHandler(request)]
    return _show_or_save_upload(request, page)


@staff_view("consultation.enter_answers")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _show_or_save_upload(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    form, problem = AnswerFileForm.of(request), ""
    if form.is_bound:
        try:
            sent = form.chosen()["file"]
            return redirect(actions.import_answer_file(page=page, file=sent.file, name=sent.name, by=request.user))
        except (NotAllowed, UnreadableSheet, BadColumnMap) as error:
            problem = str(error)
    context = {
        "page": page,
        "closed": explain_why_closed(page),
        "files": _imports_of_consultation(page),
        "problem": problem,
        "tools": KNOWN_TOOLS,
        "most": f"{MAX_ROWS:,}",
    }
    status = 422 if problem else 200
    return render(request, "consultation/channels/imports/consultation.html", context, status=status)


@staff_view("consultation.enter_answers")
@require_http_methods(["GET", "HEAD", "POST"])
def show_or_change_import(request, pk):
    source = get_object_or_404(AnswerImport.objects.select_related("version__page"), pk=pk)
    form = ImportActionForm.of(request, source=source)
    if not form.is_bound:
        return _render_import_file(request, source)
    try:
        chosen = form.chosen()
        return IMPORT_ACTIONS[chosen["do"]](request, source, chosen)
    except (NotAllowed, BadColumnMap, actions.WrongImportState) as error:
        source.refresh_from_db()
        return _render_import_file(request, source, problem=str(error))


def _render_import_file(request, source, *, problem="", chosen=None, values=None):
    context = {
        "source": source,
        "page": source.version.page,
        "tool": TOOLS_BY_SLUG[source.tool],
        "problem": problem,
        "locked": not can_open_sealed(),
        "closed": explain_why_closed(source.version.page),
        **CONTEXT_BY_STATE.get(source.state, _no_extra_context)(request, source, chosen, values),
    }
    status = 422 if problem else 200
    response = render(request, "consultation/channels/imports/file.html", context, status=status)
    if context.get("again"):  # without a script; a link stops it
        response["Refresh"] = f"{REFRESH_SECONDS}; url=?look={context['again']}"
    return response


def _no_extra_context(request, source, chosen, values):
    return {}


def _mapping_context(request, source, chosen, values):
    record_event("import viewed", by=request.user, obj=source)
    return {
        "columns": list(list_preview_columns(source, Questionnaire(source.version.content), chosen, values)),
        "maps": SavedMap.objects.filter(consultation=source.version.page),
    }


def _dry_run_context(request, source, chosen, values):
    record_event("import viewed", by=request.user, obj=source)
    return {"sample": sample_people(source), "problems": source.problems_by_heading[:20]}


def _progress_context(request, source, chosen, values):
    look = request.GET.get("look", "1")
    number = int(look) if look.isdecimal() and len(look) < 4 else MAX_REFRESHES
    again = 0 if "still" in request.GET or number >= MAX_REFRESHES else number + 1
    return {"again": again} | _measure_progress(source)


def _measure_progress(source):
    if source.state == S.UNDOING:
        return {
            "total": max(source.people, 1),
            "done": max(source.people - source.responses.count(), 0),
            "of": "people",
        }
    waiting = source.chunks.filter(ready=None) if source.state == S.CHECKING else source.chunks.all()
    left = waiting.aggregate(left=Sum("rows"))["left"] or 0
    return {"total": max(source.rows, 1), "done": source.rows - left, "of": "rows"}


CONTEXT_BY_STATE = {
    S.MAPPING: _mapping_context,
    S.CHECKED: _dry_run_context,
    S.CHECKING: _progress_context,
    S.TAKING: _progress_context,
    S.UNDOING: _progress_context,
}


def _parse_posted_map(request, source):
    """({column: Target}, {column: {cell: option id}}) of the posted form."""
    offered, chosen, values = targets_by_key(Questionnaire(source.version.content)), {}, {}
    for number, column in enumerate(source.columns):
        if target := offered.get(request.POST.get(f"c-{number}", "")):
            chosen[column] = target
        for cell, means in zip(request.POST.getlist(f"w-{number}"), request.POST.getlist(f"v-{number}"), strict=False):
            if means:
                values.setdefault(column, {})[cell] = "" if means == "none" else means
    return chosen, values


def _save_map_and_try(request, source, action):
    chosen, values = _parse_posted_map(request, source)
    try:
        _refuse_duplicate_targets(chosen, Questionnaire(source.version.content))
        kept = actions.keep_column_map(source=source, parts=build_map_parts(chosen, values))
    except BadColumnMap as error:
        return _render_import_file(request, source, problem=str(error), chosen=chosen, values=values)
    if action["do"] == "try":
        actions.request_dry_run(source=kept, leave_same=action["leave_same"], by=request.user)
    return redirect(source)


def _refuse_duplicate_targets(chosen, questionnaire):
    """Raise BadMap when two columns have the same target; only texts may come from several columns."""
    seen = {}
    for column, target in chosen.items():
        if target.kind != "text" and target in seen:
            raise BadColumnMap(TWO_COLUMNS_ONE_QUESTION.format(first=seen[target], second=column))
        seen[target] = column
    whole = {target.question: column for column, target in chosen.items() if target.kind == "closed"}
    for column, target in chosen.items():
        several = target.kind == "option" and can_choose_several(questionnaire.by_id(target.question))
        if target.kind in ("option", "place") and target.question in whole and not several:
            raise BadColumnMap(TWO_COLUMNS_ONE_QUESTION.format(first=whole[target.question], second=column))


def _reopen_mapping(request, source, chosen):
    actions.reopen_mapping(source=source)
    return redirect(source)


def _request_acceptance(request, source, chosen):
    actions.request_acceptance(source=source, by=request.user, knows_closed=chosen["knows_closed"])
    return redirect(source)


def _stop_work(request, source, chosen):
    actions.stop_import_work(source=source, by=request.user)
    messages.success(request, "It is stopped.")
    return redirect(source)


def _discard_file(request, source, chosen):
    actions.discard_import(source=source, by=request.user)
    messages.success(request, "The file is thrown away. Nothing of it was taken in.")
    return redirect("imports:consultation", page=source.version.page_id)


def _request_undo(request, source, chosen):
    actions.request_undo_import(source=source, by=request.user)
    return redirect(source)


def _save_map(request, source, chosen):
    actions.save_column_map(source=source, name=chosen["name"], by=request.user)
    messages.success(request, f"The map is saved as “{chosen['name'][:60]}”.")
    return redirect(source)


def _forget_map(request, source, chosen):
    actions.forget_column_map(saved=chosen["saved"], by=request.user)
    messages.success(request, f"The map “{chosen['saved'].name}” is gone. What it brought in stays.")
    return redirect(source)


def _use_map(request, source, chosen):
    actions.use_column_map(source=source, saved=chosen["saved"])
    messages.success(request, f"The map “{chosen['saved'].name}” is used. Look at each column.")
    return redirect(source)


IMPORT_ACTIONS = {
    "map": _save_map_and_try,
    "try": _save_map_and_try,
    "again": _reopen_mapping,
    "take": _request_acceptance,
    "drop": _discard_file,
    "undo": _request_undo,
    "save": _save_map,
    "use": _use_map,
    "forget": _forget_map,
    "stop": _stop_work,
}


@staff_view("consultation.enter_answers")
@require_safe
def download_import_problems(request, pk):
    """Download the problems by row: row numbers, headings and messages, without cell texts."""
    source = get_object_or_404(AnswerImport, pk=pk)
    if not source.problems:
        raise Http404
    rows = ([row, column, words] for row, column, words in source.problems_by_heading)
    columns = ["Row in the file", "Column", "What is wrong"]
    return deliver_table(by=request.user, kind="import problems", name="rows-to-look-at", columns=columns, rows=rows)
