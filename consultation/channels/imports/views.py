"""Staff pages of imports: upload a file, map its columns, start a dry run, accept it, undo it."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from consultation.access import NotAllowed, staff_view
from consultation.audit.audit_log import record_event
from consultation.channels.imports import actions
from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.column_targets import BESIDE_OTHER, build_map_parts, list_rankings, targets_by_key
from consultation.channels.imports.forms import AnswerFileForm, ImportActionForm, MemoryOnlyUploadHandler, TakeOutForm
from consultation.channels.imports.import_preview import (
    describe_closed_answers,
    list_days_read,
    list_left_out,
    list_preview_columns,
    sample_people,
)
from consultation.channels.imports.import_undo import build_kept_condition
from consultation.channels.imports.late_imports import explain_why_closed
from consultation.channels.imports.models import AnswerImport, ImportState, SavedMap
from consultation.channels.imports.spreadsheet_parsing import MAX_ROWS, UnreadableSheet
from consultation.channels.imports.survey_tool_formats import KNOWN_TOOLS, TOOLS_BY_SLUG
from consultation.channels.web.staff_consultations import describe_count, published_consultations
from consultation.file_output.spreadsheets import deliver_table
from consultation.responses.models import AnswerState, Response
from consultation.responses.vault import can_open_sealed
from consultation.surveys.consultation_state import find_states
from consultation.surveys.questionnaire_schema import Questionnaire, can_choose_several

S = ImportState
PEOPLE_ON_A_PAGE = 50
NO_ANSWER = "no answer"  # no id of a choice, which has no space: “none” may be one
MAX_REFRESHES, REFRESH_SECONDS = 60, 5  # a waiting page reloads itself at most so often, every so many seconds
TWO_COLUMNS_ONE_QUESTION = (
    "“{first}” and “{second}” answer the same question. Choose for one of them what it is, or leave it out."
)


@staff_view("consultation.enter_answers", method="GET")
def show_import_consultations(request):
    counts = [(page, _imports_of_consultation(page).count()) for page in published_consultations()]
    states = find_states(page for page, _ in counts)
    rows = [
        {"page": page, "state": states[page.pk], "says": describe_count(count, "file", "No file yet")}
        for page, count in counts
    ]
    return render(request, "consultation/channels/imports/consultations.html", {"rows": rows, "tools": KNOWN_TOOLS})


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
def show_or_change_import(request, pk):
    source = get_object_or_404(AnswerImport.objects.select_related("version__page"), pk=pk)
    form = ImportActionForm.of(request, source=source)
    if not form.is_bound:
        return _render_import_file(request, source)
    try:
        chosen = form.chosen()
        return _perform_import_action(request, source, chosen)
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
        **_build_state_context(request, source, chosen, values),
    }
    status = 422 if problem else 200
    response = render(request, "consultation/channels/imports/file.html", context, status=status)
    if context.get("again"):  # without a script; a link stops it
        response["Refresh"] = f"{REFRESH_SECONDS}; url=?look={context['again']}"
    return response


def _build_state_context(request, source, chosen, values):
    if source.is_working:
        return _build_progress_context(request, source)
    if source.state in (S.MAPPING, S.CHECKED):
        record_event("import viewed", by=request.user, obj=source)
    if source.state == S.MAPPING:
        return {
            "columns": list(list_preview_columns(source, Questionnaire(source.version.content), chosen, values)),
            "days": list_days_read(source),
            "today": timezone.localdate(),
            "beside_other": BESIDE_OTHER,
            "no_answer": NO_ANSWER,
            "rankings": list(list_rankings(Questionnaire(source.version.content), source.parts)),
            "maps": SavedMap.objects.filter(consultation=source.version.page),
        }
    if source.state == S.CHECKED:
        columns, questions = list_left_out(source, Questionnaire(source.version.content))
        return {
            "sample": sample_people(source),
            "problems": source.problems_by_heading[:20],
            "left_out": (
                ("Columns that are left out", columns),
                ("Questions without an answer in this file", questions),
            ),
        }
    return {}


def _build_progress_context(request, source):
    look = request.GET.get("look", "1")
    number = int(look) if look.isdecimal() and len(look) < 4 else MAX_REFRESHES
    again = 0 if "still" in request.GET or number >= MAX_REFRESHES else number + 1
    if source.state == S.UNDOING:
        done = max(source.people - source.responses.count(), 0)
        return {"again": again, "total": max(source.people, 1), "done": done, "of": "people"}
    waiting = source.chunks.filter(ready=None) if source.state == S.CHECKING else source.chunks.all()
    left = waiting.aggregate(left=Sum("rows"))["left"] or 0
    return {"again": again, "total": max(source.rows, 1), "done": source.rows - left, "of": "rows"}


def _save_map_and_try(request, source, action):
    """Keep the posted map: a target for each column, and a meaning for cells that match no option."""
    questionnaire = Questionnaire(source.version.content)
    offered, chosen, values = targets_by_key(questionnaire), {}, {}
    for number, column in enumerate(source.columns):
        if target := offered.get(request.POST.get(f"c-{number}", "")):
            chosen[column] = target
        for cell, means in zip(request.POST.getlist(f"w-{number}"), request.POST.getlist(f"v-{number}"), strict=False):
            if means:
                values.setdefault(column, {})[cell] = "" if means == NO_ANSWER else means
    try:
        _refuse_duplicate_targets(chosen, questionnaire)
        parts = build_map_parts(chosen, values, first=request.POST.getlist("first"), day_order=action["day_order"])
        kept = actions.keep_column_map(source=source, parts=parts)
    except BadColumnMap as error:
        return _render_import_file(request, source, problem=str(error), chosen=chosen, values=values)
    if action["do"] == "try":
        actions.request_dry_run(source=kept, leave_same=action["leave_same"], by=request.user)
    return redirect(source)


def _refuse_duplicate_targets(chosen, questionnaire):
    """Raise BadColumnMap when two columns have the same target; only texts may come from several columns."""
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


def _perform_import_action(request, source, chosen):
    by, saved = request.user, chosen["saved"]
    match chosen["do"]:
        case "map" | "try":
            return _save_map_and_try(request, source, chosen)
        case "again":
            actions.reopen_mapping(source=source)
        case "take":
            actions.request_acceptance(source=source, by=by, knows_closed=chosen["knows_closed"])
        case "undo":
            actions.request_undo_import(source=source, by=by)
        case "stop":
            actions.stop_import_work(source=source, by=by)
            messages.success(request, "It is stopped.")
        case "drop":
            actions.discard_import(source=source, by=by)
            messages.success(request, "The file is deleted. Nothing of it was taken in.")
            return redirect("imports:consultation", page=source.version.page_id)
        case "save":
            actions.save_column_map(source=source, name=chosen["name"], by=by)
            messages.success(request, f"The map is saved as “{chosen['name'][:60]}”.")
        case "use":
            actions.use_column_map(source=source, saved=saved)
            messages.success(request, f"The map “{saved.name}” is used. Look at each column.")
        case "forget":
            actions.forget_column_map(saved=saved, by=by)
            messages.success(request, f"The map “{saved.name}” is gone. What it brought in stays.")
    return redirect(source)


@staff_view("consultation.enter_answers")
def show_or_take_out_people(request, pk):
    """Who came in by a file, to look at and to take out one by one."""
    source = get_object_or_404(
        AnswerImport.objects.select_related("version__page"), pk=pk, state__in=(S.DONE, S.UNDONE)
    )
    form, problem = TakeOutForm.of(request), ""
    if form.is_bound:
        try:
            actions.take_out_imported_person(source=source, person=form.chosen()["person"], by=request.user)
            messages.success(request, "This person is taken out. The same file does not bring them again.")
            return redirect(request.get_full_path())
        except (NotAllowed, actions.WrongImportState) as error:
            problem = str(error)
    record_event("import viewed", by=request.user, obj=source)
    # By their random keys, which are nobody's order of arrival.
    people = Response.objects.filter(imported__source=source, withdrawn=False).order_by("pk")
    people = people.only("pk", "day", "language", "closed").prefetch_related("answers")
    listed = Paginator(people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "page": listed,
        "people": list(describe_imported_people(source, listed.object_list)),
        "may_go": source.state == S.DONE,
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "consultation/channels/imports/people.html", context, status=status)


@staff_view("consultation.enter_answers", method="GET")
def download_import_problems(request, pk):
    """Download the problems by row: row numbers, headings and messages, without cell texts."""
    source = get_object_or_404(AnswerImport, pk=pk)
    if not source.problems:
        raise Http404
    columns, rows = ["Row in the file", "Column", "What is wrong"], source.problems_by_heading
    return deliver_table(by=request.user, kind="import problems", name="rows-to-look-at", columns=columns, rows=rows)


def describe_imported_people(source, people):
    """[{"pk", "day", "language", "answers": [(question, answer)], "texts": [(state, number)], "stays"}]"""
    questionnaire = Questionnaire(source.version.content)
    keys = [one.pk for one in people]
    staying = set(Response.objects.filter(build_kept_condition(), pk__in=keys).values_list("pk", flat=True))
    for one in people:
        states = Counter(AnswerState(answer.state).label for answer in one.answers.all())
        yield {
            "pk": one.pk,
            "day": one.day,
            "language": one.language,
            "answers": describe_closed_answers(questionnaire, one.closed),
            "texts": sorted(states.items()),
            "stays": one.pk in staying,
        }
