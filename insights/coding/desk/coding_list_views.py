"""Pages around the coding desk: consultations, the queue of texts, bulk acceptance, saved sets, undo, single keys."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from consultation import handover
from consultation.access import staff_view
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.access import require_consultation
from insights.coding.codebook_in_force import codebook_version, question_texts
from insights.coding.codebooks.coding_backlog import is_awaiting_coder, texts_awaiting_coder
from insights.coding.confirmation.blind_texts import blind_texts
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_overview import sample_progress
from insights.coding.desk import actions, bulk_acceptance, desk_phrases
from insights.coding.desk.coding_queue import CodingQueue, UsefulQueue, open_coding_queue
from insights.coding.desk.desk_filters import MACHINE, SHOW, UNREAD, DeskFilter
from insights.coding.desk.forms import CodingKeysForm, CodingSetForm
from insights.coding.desk.models import SavedSet
from insights.coding.desk.policies import may_remove_set
from insights.coding.desk.views import BLIND, GONE, KEYS_OFF, address_without_text, build_desk_context
from insights.coding.models import NoThemeReason, Stance
from insights.corpus.models import Text
from insights.forms import SeenForm, run_action

A_PAGE = 25


@staff_view("insights.code_themes", method="GET")
def show_coding_consultations(request):
    progress, sampled = _count_by_consultation(), ConfirmationRound.objects.limits_by_consultation()
    rows = [
        {
            "consultation": page,
            "progress": _describe_progress(*progress.get(page.pk, (0, 0))),
            "sample": sample_progress(page) if page.pk in sampled else None,
        }
        for page in handover.list_consultations()
    ]
    return render(request, "insights/coding/desk/consultations.html", build_desk_context(request, rows=rows))


def _count_by_consultation() -> dict[int, tuple[int, int]]:
    """{consultation: (its texts, those that await a coder)}, of those that have any; one query for all."""
    found = Text.objects.order_by().values_list("version__page")
    counted = found.annotate(total=Count("pk"), waiting=Count("pk", filter=is_awaiting_coder()))
    return {page: (total, waiting) for page, total, waiting in counted}


def _describe_progress(total: int, waiting: int) -> dict[str, Any]:
    return {"some": total > 0, "words": desk_phrases.progress_in_words(total - waiting, total)}


def build_progress(consultation) -> dict[str, Any]:
    texts = Text.objects.of(consultation)
    return _describe_progress(texts.count(), texts_awaiting_coder(texts).count())


@staff_view("insights.code_themes", method="GET")
def show_coding_desk(request, slug):
    """The coding queue of one consultation, grouped by question and likeliest proposal."""
    page = require_consultation(slug)
    version, chosen = codebook_version(page), DeskFilter.read(request.GET)
    queue = open_coding_queue(page, chosen, request.user)
    rows, earlier, later = _get_queue_page(queue, request.GET)
    prefetch_related_objects(rows, "status__coder", "codes__theme", "place__lead")
    entries = list(version.entries.select_related("theme")) if version else []
    labels = {entry.theme_id: entry.label for entry in entries}
    context = build_desk_context(
        request,
        consultation=page,
        filter=chosen,
        entries=entries,
        labels=labels,
        groups=_group_neighbours(queue, rows, question_texts(page), labels),
        earlier=earlier,
        later=later,
        progress=build_progress(page),
        sample=sample_progress(page),
        first=rows[0] if rows else None,
        sets=[
            {
                "set": saved,
                "query": DeskFilter.read(saved.choices).query,
                "mine": may_remove_set(request.user, saved.owner_id),
            }
            for saved in SavedSet.objects.for_coder(request.user, page)
        ],
        choose=_list_filter_options(page),
        shows=SHOW,
        machines=MACHINE,
        stances=Stance.choices,
        nothings=NoThemeReason.choices,
    )
    return render(request, "insights/coding/desk/desk.html", context)


def _get_queue_page(queue: CodingQueue | UsefulQueue, given) -> tuple[list[Text], Text | None, Text | None]:
    """(texts of one page, the text before which the previous page ends, the first text of the next page)."""
    at = next((name for name in ("from", "until") if given.get(name)), None)
    text = None
    with suppress(ValueError):
        text = Text.objects.select_related("place").filter(pk=UUID(given[at])).first() if at else None
    if at == "until" and text is not None:
        rows = queue.before(text, A_PAGE) or queue.after(None, A_PAGE)
    else:
        rows = queue.after(text, A_PAGE, inclusive=True)
    earlier = queue.before(rows[0], 1) if rows else []
    later = queue.after(rows[-1], 1) if len(rows) == A_PAGE or at == "until" and rows else []
    return rows, rows[0] if earlier else None, later[0] if later else None


def _group_neighbours(queue, rows, questions, labels) -> list[dict[str, Any]]:
    """Neighbours with the same question and likeliest proposal as one group; of a sample, with the same question."""
    sample = [row.pk for row in rows if queue.is_in_sample(row)]
    blind = set(blind_texts().filter(pk__in=sample).values_list("pk", flat=True))
    found: list[dict[str, Any]] = []
    for row in rows:
        place = None if row.pk in sample else getattr(row, "place", None)
        language = desk_phrases.language_name(row.language) if place and place.unread else ""
        kind = (row.question, row.pk in sample, place.lead_id if place else 0, language)
        if not found or found[-1]["kind"] != kind:
            label = labels.get(place.lead_id, "") if place else ""
            found.append(
                {
                    "kind": kind,
                    "heading": "In the sample" if row.pk in sample else _name_group(label, language),
                    "question": questions.get(row.question, ""),
                    "question_id": row.question,
                    "lead": place.lead if place else None,
                    "label": label,
                    "rows": [],
                }
            )
        direction = desk_phrases.text_direction(row.text)
        found[-1]["rows"].append({"text": row, "direction": direction, "blind": row.pk in blind})
    for group in found:
        several = any(bulk_acceptance.may_accept_together(row["text"]) for row in group["rows"])
        group["together"] = several and group["lead"] is not None
    return found


def _name_group(label: str, language: str) -> str:
    return label or (f"For people who read {language}" if language else "Nothing proposed")


def _list_filter_options(page) -> dict[str, Any]:
    """The filter's options: free-text questions, languages, and languages that people must code."""
    questions: dict[str, str] = {}
    languages: set[str] = set()
    for version in handover.list_versions(page):
        asked = Questionnaire(version.content)
        questions |= {item["id"]: localised_text(item["text"], "en") for item in asked.texts}
        languages |= set(version.content["languages"])
    named = sorted((desk_phrases.language_name(code), code) for code in languages)
    unread = Text.objects.filter(place__consultation=page, place__unread=True).order_by()
    waiting = {code: desk_phrases.language_name(code) for code in unread.values_list("language", flat=True).distinct()}
    foreign = [(name, DeskFilter(machine=UNREAD, language=code).query) for code, name in sorted(waiting.items())]
    return {"questions": questions, "languages": named, "foreign": foreign}


@staff_view("insights.code_themes", method="GET")
def show_first_text(request, slug):
    """Redirect to the first text that the filter selects."""
    page = require_consultation(slug)
    chosen = DeskFilter.read(request.GET)
    first = open_coding_queue(page, chosen, request.user).after(None, 1)
    if first and codebook_version(page):
        return redirect(chosen.address("insights:code-text", first[0].pk, "answer"))
    return redirect(address_without_text(slug, chosen))


@staff_view("insights.code_themes")
def edit_bulk_acceptance(request, slug):
    """A list of similar texts with likely proposals, accepted in one step."""
    page = require_consultation(slug)
    version = codebook_version(page)
    asked = bulk_acceptance.AcceptanceRequest.read(request.GET)
    if request.method == "POST" and version:
        taken = request.POST.getlist("take")
        choices, changed = bulk_acceptance.select_still_proposed(page, version, taken, request.user)
        done = run_action(request, actions.accept_proposals, consultation=page, choices=choices)
        if done is not None:
            messages.success(request, _acceptance_message(done, changed or done < len(choices)))
        return redirect(asked.filter.address("insights:coding-desk", slug))
    rows = bulk_acceptance.list_acceptance_offers(page, version, asked, request.user) if version else []
    labels = dict(version.entries.values_list("theme_id", "label")) if version else {}
    context = build_desk_context(
        request, consultation=page, asked=asked, rows=rows, labels=labels, froms=bulk_acceptance.THRESHOLDS,
        question=question_texts(page).get(asked.question, ""),
        label=next((entry.label for entry in version.entries.filter(theme__slug=asked.lead)), "") if version else "",
    )  # fmt: skip
    return render(request, "insights/coding/desk/together.html", context)


def _acceptance_message(done: int, left: bool) -> str:
    if not done:
        return "Nothing was accepted: tick what you agree with."
    more = " Some were left as they are: a colleague coded them, or the machine changed its mind." if left else ""
    return "Accepted. You can undo it as one step." + more


@staff_view("insights.code_themes", method="POST")
def save_undo_of_last_choice(request):
    """Undo the coder's last step and show its text."""
    undone = actions.undo_last_choice(by=request.user)
    if undone is None:
        messages.info(request, "There is nothing left to undo.")
        return redirect("insights:coding")
    if not undone.texts:
        messages.warning(request, "Someone has changed it since, or the words are gone. Nothing was undone.")
        return redirect("insights:coding")
    changed = " Some had been changed since, and stay." if undone.changed else ""
    messages.success(request, "Undone. This is how it stood before." + changed)
    return redirect(DeskFilter.read(request.POST).address("insights:code-text", undone.texts[0], "answer"))


@staff_view("insights.code_themes", method="POST")
def save_undo_of_choice(request, pk):
    try:
        actions.undo_confirmed_codes(text=Text(pk=pk), by=request.user, **SeenForm(request.POST).given_values())
    except Text.DoesNotExist:
        messages.warning(request, GONE)
        return redirect("insights:coding")
    except actions.WithheldForBlindCoding:
        messages.warning(request, BLIND)
        return redirect("insights:agreement")
    except actions.CodedMeanwhile:
        said = "It was changed while you had it open. Nothing was taken away: this is how it stands."
        messages.warning(request, said)
    else:
        messages.success(request, "The choice is taken away. The proposals count again.")
    return redirect(DeskFilter.read(request.POST).address("insights:code-text", pk, "answer"))


@staff_view("insights.code_themes", method="POST")
def save_coding_set(request, slug):
    page = require_consultation(slug)
    chosen = DeskFilter.read(request.POST)
    given = CodingSetForm(request.POST).given_values()
    run_action(request, actions.save_set, "The set is saved.", consultation=page, choices=chosen.choices, **given)
    return redirect(chosen.address("insights:coding-desk", slug))


@staff_view("insights.code_themes", method="POST")
def remove_coding_set(request, pk):
    saved = get_object_or_404(SavedSet.objects.select_related("consultation"), pk=pk)
    actions.remove_set(saved=saved, by=request.user)
    messages.success(request, "The set is removed. No code was changed.")
    return redirect("insights:coding-desk", saved.consultation.slug)


@staff_view("insights.code_themes", method="POST")
def save_single_key_setting(request):
    """Turn single keys on or off (WCAG 2.1.4)."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(CodingKeysForm(request.POST).given_values()["back"] or "insights:coding")
