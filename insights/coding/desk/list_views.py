"""Pages around the coding desk: consultations, the line of texts, bulk acceptance, saved sets, undo, single keys."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consultation import handover
from insights.coding.codebooks.waiting import still_open
from insights.coding.current import codebook_version, question_texts
from insights.coding.desk import actions, policies, together, wording
from insights.coding.desk.filters import MACHINE, SHOW, UNREAD, Filter
from insights.coding.desk.line import Line
from insights.coding.desk.models import SavedSet
from insights.coding.desk.views import BLIND, GONE, KEYS_OFF, for_coders, frame
from insights.coding.models import Nothing, Stance
from insights.intake.models import Text

A_PAGE = 25


@for_coders
@require_safe
def coding(request):
    rows = [{"consultation": page, "progress": progress(page)} for page in handover.consultations()]
    return render(request, "insights/coding/desk/consultations.html", frame(request, rows=rows))


def progress(consultation) -> dict[str, Any]:
    texts = Text.objects.of(consultation)
    total, waiting = texts.count(), still_open(texts).count()
    return {"some": total > 0, "words": wording.progress(total - waiting, total)}


@for_coders
@require_safe
def desk(request, slug):
    """The desk line of one consultation, grouped by question and likeliest proposal."""
    page = get_object_or_404(handover.consultations(), slug=slug)
    version, chosen = codebook_version(page), Filter.read(request.GET)
    line = Line(page, chosen, request.user)
    rows, earlier, later = _part(line, request.GET)
    prefetch_related_objects(rows, "status__coder", "codes__theme", "place__lead")
    entries = list(version.entries.select_related("theme")) if version else []
    labels = {entry.theme_id: entry.label for entry in entries}
    context = frame(
        request, consultation=page, filter=chosen, entries=entries, labels=labels,
        groups=_groups(rows, question_texts(page), labels), earlier=earlier, later=later, progress=progress(page),
        first=rows[0] if rows else None, sets=_sets(request.user, page), choose=_to_choose(page),
        shows=SHOW, machines=MACHINE, stances=Stance.choices, nothings=Nothing.choices,
    )  # fmt: skip
    return render(request, "insights/coding/desk/desk.html", context)


def _part(line: Line, given) -> tuple[list[Text], Text | None, Text | None]:
    """(texts of one page, the text before which the previous page ends, the first text of the next page)."""
    at = next((name for name in ("from", "until") if given.get(name)), None)
    text = _text(given.get(at, "")) if at else None
    if at == "until" and text is not None:
        rows = line.before(text, A_PAGE) or line.after(None, A_PAGE)
    else:
        rows = line.after(text, A_PAGE, inclusive=True)
    earlier = line.before(rows[0], 1) if rows else []
    later = line.after(rows[-1], 1) if len(rows) == A_PAGE or at == "until" and rows else []
    return rows, rows[0] if earlier else None, later[0] if later else None


def _text(value: str) -> Text | None:
    try:
        return Text.objects.select_related("place").filter(pk=UUID(value)).first()
    except ValueError:
        return None


def _groups(rows, questions, labels) -> list[dict[str, Any]]:
    """Neighbours with the same question and likeliest proposal as one group."""
    found: list[dict[str, Any]] = []
    for row in rows:
        place = getattr(row, "place", None)
        kind = (row.question, place.lead_id if place else 0, bool(place and place.unread) and row.language)
        if not found or found[-1]["kind"] != kind:
            found.append(
                {
                    "kind": kind,
                    "question": questions.get(row.question, ""),
                    "question_id": row.question,
                    "lead": place.lead if place else None,
                    "label": labels.get(place.lead_id, "") if place else "",
                    "unread": wording.language_name(row.language) if place and place.unread else "",
                    "rows": [],
                }
            )
        found[-1]["rows"].append({"text": row, "direction": wording.direction(row.text)})
    for group in found:
        group["together"] = any(together.fits(row["text"]) for row in group["rows"])
    return found


def _to_choose(page) -> dict[str, Any]:
    """The filter's options: free-text questions, languages, and languages that people must code."""
    questions: dict[str, str] = {}
    languages: set[str] = set()
    for version in handover.versions(page):
        asked = handover.Questionnaire(version.content)
        questions |= {item["id"]: handover.said(item["text"], "en") for item in asked.texts}
        languages |= set(version.content["languages"])
    named = sorted((wording.language_name(code), code) for code in languages)
    unread = Text.objects.filter(place__consultation=page, place__unread=True).order_by()
    waiting = {code: wording.language_name(code) for code in unread.values_list("language", flat=True).distinct()}
    foreign = [(name, Filter(machine=UNREAD, language=code).query) for code, name in sorted(waiting.items())]
    return {"questions": questions, "languages": named, "foreign": foreign}


def _sets(user, page) -> list[dict[str, Any]]:
    return [
        {
            "set": saved,
            "query": Filter.read(saved.choices).query,
            "mine": policies.may_remove_set(user, saved.owner_id),
        }
        for saved in SavedSet.objects.for_coder(user, page)
    ]


@for_coders
@require_safe
def begin(request, slug):
    """Redirect to the first text that the filter selects."""
    page = get_object_or_404(handover.consultations(), slug=slug)
    chosen = Filter.read(request.GET)
    first = Line(page, chosen, request.user).after(None, 1)
    query = f"?{chosen.query}" if chosen.query else ""
    if first and codebook_version(page):
        return redirect(reverse("insights:code-text", args=[first[0].pk]) + query + "#answer")
    return redirect(reverse("insights:coding-desk", args=[slug]) + query)


@for_coders
def accept(request, slug):
    """A list of similar texts with likely proposals, accepted in one step."""
    page = get_object_or_404(handover.consultations(), slug=slug)
    version = codebook_version(page)
    asked = together.Asked.read(request.GET)
    if request.method == "POST" and version:
        chosen = together.chosen(page, version, request.POST.getlist("take"), request.user)
        done = actions.accept_together(consultation=page, choices=chosen.choices, by=request.user)
        messages.success(request, _accepted(done, chosen.changed or done < len(chosen.choices)))
        return redirect(reverse("insights:coding-desk", args=[slug]) + "?" + asked.filter.query)
    rows = together.preview(page, version, asked, request.user) if version else []
    labels = dict(version.entries.values_list("theme_id", "label")) if version else {}
    context = frame(
        request, consultation=page, asked=asked, rows=rows, labels=labels, froms=together.FROMS,
        question=question_texts(page).get(asked.question, ""),
        label=next((entry.label for entry in version.entries.filter(theme__slug=asked.lead)), "") if version else "",
    )  # fmt: skip
    return render(request, "insights/coding/desk/together.html", context)


def _accepted(done: int, left: bool) -> str:
    if not done:
        return "Nothing was accepted: tick what you agree with."
    more = " Some were left as they are: a colleague coded them, or the machine changed its mind." if left else ""
    return "Accepted. You can undo it as one step." + more


@require_POST
@for_coders
def undo_last(request):
    """Undo the coder's last step and show its text."""
    back = f"?{Filter.read(request.POST).query}"
    undone = actions.undo_last(by=request.user)
    if undone is None:
        messages.info(request, "There is nothing left to undo.")
        return redirect("insights:coding")
    if not undone.texts:
        messages.warning(request, "Someone has changed it since, or the words are gone. Nothing was undone.")
        return redirect("insights:coding")
    changed = " Some had been changed since, and stay." if undone.changed else ""
    messages.success(request, "Undone. This is how it stood before." + changed)
    return redirect(reverse("insights:code-text", args=[undone.texts[0]]) + back + "#answer")


@require_POST
@for_coders
def undo(request, pk):
    try:
        actions.undo_confirm(text=Text(pk=pk), by=request.user, seen=request.POST.get("seen", ""))
    except Text.DoesNotExist:
        messages.warning(request, GONE)
        return redirect("insights:coding")
    except actions.Blind:
        messages.warning(request, BLIND)
        return redirect("insights:agreement")
    except actions.CodedMeanwhile:
        messages.warning(
            request, "It was changed while you had it open. Nothing was taken away: this is how it stands."
        )
    else:
        messages.success(request, "The choice is taken away. The proposals count again.")
    query = Filter.read(request.POST).query
    return redirect(reverse("insights:code-text", args=[pk]) + (f"?{query}" if query else "") + "#answer")


@require_POST
@for_coders
def save_set(request, slug):
    page = get_object_or_404(handover.consultations(), slug=slug)
    chosen = Filter.read(request.POST)
    name, shared = request.POST.get("name", ""), request.POST.get("shared") == "1"
    try:
        actions.save_set(consultation=page, name=name, choices=chosen.choices, shared=shared, by=request.user)
        messages.success(request, "The set is saved.")
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect(reverse("insights:coding-desk", args=[slug]) + (f"?{chosen.query}" if chosen.query else ""))


@require_POST
@for_coders
def remove_set(request, pk):
    saved = get_object_or_404(SavedSet.objects.select_related("consultation"), pk=pk)
    if not (saved.shared or saved.owner_id == request.user.pk):
        raise PermissionDenied
    actions.remove_set(saved=saved, by=request.user)
    messages.success(request, "The set is removed. No code was changed.")
    return redirect("insights:coding-desk", saved.consultation.slug)


@require_POST
@for_coders
def keys(request):
    """Turn single keys on or off (WCAG 2.1.4)."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    back = str(request.POST.get("back"))
    return redirect(back if back.startswith("/insights/coding/") else "insights:coding")
