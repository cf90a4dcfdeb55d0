"""Pages beside the editor: path map, comparison of formats, changes between drafts, and measures of typed texts."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import PageLogEntry

from consultation.access import staff_view
from consultation.surveys.editor import draft_difference, path_map
from consultation.surveys.editor.questionnaire_outline import (
    build_outline,
    capitalise_first,
    estimate_minutes,
    estimate_seconds,
    name_entry,
    round_up_minutes,
)
from consultation.surveys.models import ConsultationPage
from consultation.surveys.readability import CHILDREN, PARENTS, grade_text, is_label, list_hard_words, reading_age
from consultation.surveys.type_registry import type_of
from consultation.surveys.validation.linted_draft import EASY
from consultation.surveys.validation.policies import may_view_findings
from consultation.surveys.validation.readability_linters import ABOVE, is_easy_read

HERE = "consultation/surveys/editor"
# The text fields of a block, each with its easy-read field.
SAID = (("text", "easy"), ("hint", "hint_easy"), ("body", "body_easy"))
GAP, SAME, SILENT = "gap", "same", "machine"
MOST_TEXTS, MOST_LETTERS, MOST_ENTRIES = 60, 4_000, 400


def _get_source_page(pk: int) -> Any:
    return get_object_or_404(ConsultationPage, pk=pk).source


@staff_view(may_view_findings, method="GET")
def show_path_map(request, pk):
    page = _get_source_page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/map.html", {"page": page, **path_map.build_path_map(draft)})


@staff_view(may_view_findings, method="GET")
def show_format_comparison(request, pk):
    page = _get_source_page(pk)
    draft = page.get_latest_revision_as_object()
    return render(request, f"{HERE}/voices.html", {"page": page, **build_comparison_table(draft)})


@staff_view(may_view_findings, method="GET")
def show_changes(request, pk):
    """Works for translations too, which have texts of their own."""
    page = get_object_or_404(ConsultationPage, pk=pk)
    kept = list_draft_revisions(page)
    chosen = choose_revision_pair(page, kept, request.GET.get("from"), request.GET.get("to"))
    context = {"page": page, "kept": kept, "chosen": chosen}
    if chosen:
        old, new = (one.revision.as_object() for one in chosen)
        context |= {"changes": draft_difference.list_draft_changes(old, new), "old": chosen[0], "new": chosen[1]}
    return render(request, f"{HERE}/changes.html", context)


def compare_revisions(request, pk, revision_id_a, revision_id_b):
    """Redirect Wagtail's revision comparison to the changes in words; `?fields` shows Wagtail's own."""
    in_words = may_view_findings(request.user) and "fields" not in request.GET
    if in_words and ConsultationPage.objects.filter(pk=pk).exists():
        return redirect(f"{reverse('editor:changes', args=[pk])}?from={revision_id_a}&to={revision_id_b}")
    return _compare_by_fields(request, pk=pk, revision_id_a=revision_id_a, revision_id_b=revision_id_b)


_compare_by_fields = require_admin_access(page_viewset_registry.as_view("revisions_compare", page_id_kwarg="pk"))


@staff_view(may_view_findings, method="POST")
def measure_typed_text(request):
    """Measures posted texts and stores nothing."""
    try:
        asked = json.loads(request.body)
        return JsonResponse(measure_texts(asked))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Http404 from error


@dataclass(frozen=True)
class DraftRevision:
    revision: Any
    published: bool
    live: bool
    newest: bool

    @property
    def name(self) -> str:
        what = ", live now" if self.live else ", was published" if self.published else ""
        at = timezone.localtime(self.revision.created_at)
        return f"{at:%-d %B %Y, %H:%M}{', newest draft' if self.newest else ''}{what}"


def list_draft_revisions(page: Any) -> list[DraftRevision]:
    """All revisions, newest first. There may be hundreds, so their content is loaded for the compared ones only."""
    published = set(
        PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").values_list("revision_id", flat=True)
    )
    return [
        DraftRevision(one, one.pk in published, one.pk == page.live_revision_id, one.pk == page.latest_revision_id)
        for one in page.revisions.select_related("user").defer("content").order_by("-created_at", "-pk")
    ]


def choose_revision_pair(
    page: Any, kept: list[DraftRevision], first: str | None, second: str | None
) -> tuple[DraftRevision, DraftRevision] | None:
    """(older, newer) of the requested revisions. Default: the live or previous one, and the newest."""
    if len(kept) < 2:
        return None
    to = _find_requested(kept, second) or kept[0]
    before = next((one for one in kept if one.live and one is not to), None)
    from_ = _find_requested(kept, first) or before or next(one for one in kept if one is not to)
    older, newer = sorted((from_, to), key=kept.index, reverse=True)
    return older, newer


def _find_requested(kept: list[DraftRevision], wanted: str | None) -> DraftRevision | None:
    named = {"latest": kept[0], "earliest": kept[-1], "live": next((one for one in kept if one.live), None)}
    return (named | {str(one.revision.pk): one for one in kept}).get(wanted or "")


def build_comparison_table(page: Any) -> dict[str, Any]:
    """Rows: the page's own texts first, then each block with its choices."""
    rows = []
    for field in ("summary", "can_change", "cannot_change"):
        if said := getattr(page, field):
            label = capitalise_first(page._meta.get_field(field).verbose_name)
            pair = _build_text_pair(said, getattr(page, EASY[field]))
            rows.append({"name": label, "block": "", "field": EASY[field], "pairs": [pair], "recorded": False})
    recorded = {child.id: bool(child.value.get("audio")) for child in page.body}
    for entry in build_outline(page):
        words = entry["words"]
        texts = [(words[field], words.get(easy, "")) for field, easy in SAID if words.get(field)]
        inner = (*entry["lines"].values(), *entry["choices"].values())
        texts += [(one["text"], one.get("easy", "")) for one in inner if one.get("text")]
        pairs = [_build_text_pair(*text) for text in texts]
        own = {"name": capitalise_first(name_entry(entry)), "block": entry["id"], "field": ""}
        rows.append(own | {"pairs": pairs, "recorded": recorded.get(entry["id"], False)})
    return {
        "rows": rows,
        "gaps": sum(pair["state"] == GAP for row in rows for pair in row["pairs"]),
        "silent": sum(not row["recorded"] for row in rows if row["block"]),
        "minutes": estimate_minutes(page),
    }


def _build_text_pair(standard: str, easy: str) -> dict[str, Any]:
    """`state`: own easy text, standard text that is easy enough (SAME), or missing (GAP)."""
    state = "own" if easy else SAME if is_easy_read(standard) else GAP
    age = None if is_label(standard) else reading_age(grade_text(standard))
    return {"standard": standard, "easy": easy, "state": state, "age": age}


def measure_texts(asked: dict[str, Any]) -> dict[str, Any]:
    """`asked`: {"children": bool, "texts": {name: text}, "entries": [{"type", "text", "bands", "rows": int}]}.

    Returns {"texts": {name: sentence}, "minutes": int}.
    """
    children = bool(asked["children"])
    texts = dict(list(asked["texts"].items())[:MOST_TEXTS])
    most = (CHILDREN if children else PARENTS) + ABOVE
    entries = [_build_entry(one) for one in asked["entries"][:MOST_ENTRIES]]
    return {
        "texts": {name: _describe_reading_age(str(text)[:MOST_LETTERS], most) for name, text in texts.items()},
        "minutes": round_up_minutes(sum(estimate_seconds(entry, children) for entry in entries)),
    }


def _build_entry(one: dict[str, Any]) -> dict[str, Any]:
    """An outline entry with only the fields that the estimate needs."""
    own = type_of(one)
    prepared = own.prepared_choices(one) if own else {}  # of standard scales and bands
    return {
        "type": str(one["type"]),
        "words": {"text": str(one["text"])[:MOST_LETTERS]},
        "choices": {id_: {"text": text} for id_, text in prepared.items()},
        "lines": dict.fromkeys(range(min(int(one["rows"]), 100)), {}),
    }


def _describe_reading_age(text: str, most: float) -> str:
    """The sentence below a field; "" for a label, whose reading age means nothing."""
    if is_label(text):
        return ""
    if (found := grade_text(text)) <= most:
        return f"Reads like for {reading_age(found)} years."
    begin = f" Begin with: {', '.join(hard)}." if (hard := list_hard_words(text)[:4]) else ""
    return f"Reads like for {reading_age(found)} years; {reading_age(most)} is the most for one text.{begin}"
