"""The page of one text on the coding desk: question, text, proposals and choice; nothing about the writer."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.coding.blind_samples.models import SampledText
from insights.coding.codebook_in_force import codebook_version
from insights.coding.codebooks.models import Recoding
from insights.coding.confirmation.blind_texts import is_blind, is_in_sample
from insights.coding.confirmation.sample_overview import sample_progress
from insights.coding.desk import actions, current_codes, desk_phrases, text_segments
from insights.coding.desk.coding_choice import CannotMarkWords, CodingChoice, build_theme_choice_rows
from insights.coding.desk.coding_queue import CodingQueue, UsefulQueue, open_coding_queue
from insights.coding.desk.desk_filters import SAMPLE, SHOW, DeskFilter
from insights.coding.desk.forms import CodingButtonForm
from insights.coding.desk.models import Undoable
from insights.coding.models import Code, CodeSource, NoThemeReason, Stance, Theme
from insights.corpus.models import Text

# Shared with the reading desk: whoever reads and codes switches single keys off once.
KEYS_OFF = "desk_keys_off"
GONE = "Those words are no longer here: they were taken back, or are read again. Nothing else was changed."
BLIND = "That answer is being coded twice. You may be its second coder, so what others chose is not shown to you yet."
RECODED = (
    "A new version of the codebook was approved while you had this open, and it recoded this answer. Nothing was "
    "overwritten, and what you chose is still here, but for themes that are gone."
)
TAKEN_AWAY = "A colleague took the choice away meanwhile. Nothing was overwritten, and what you chose is still here."
MEANWHILE = "{who} coded this while you had it open. Nothing was overwritten, and what you chose is still here."


def build_desk_context(request, **more) -> dict[str, Any]:
    return {
        "section": "coding",
        "keys_off": request.session.get(KEYS_OFF, False),
        "can_undo": Undoable.objects.filter(coder=request.user).exists(),
        **more,
    }


def address_without_text(slug: str, chosen: DeskFilter) -> str:
    """Where a coder goes when no text is left: to the list, or to the page that says how far the sample is read."""
    if chosen.show == SAMPLE:
        return reverse("insights:confirmation-sample", args=[slug])
    return chosen.address("insights:coding-desk", slug)


@dataclass
class OpenedText:
    """The state of the page of one text for one coder."""

    request: Any
    text: Text
    consultation: Any
    version: Any
    filter: DeskFilter
    choice: CodingChoice = field(default_factory=CodingChoice)
    seen: str = ""
    blind: bool = False  # this coder chooses without the machine
    error: str = ""
    theirs: dict[str, Any] | None = None  # the choice of a colleague in the meantime

    @cached_property
    def queue(self) -> CodingQueue | UsefulQueue:
        return open_coding_queue(self.consultation, self.filter, self.request.user)

    def redirect_to(self, text: Text | None) -> Any:
        if text is None:
            return redirect(address_without_text(self.consultation.slug, self.filter))
        return redirect(self.filter.address("insights:code-text", text.pk, "answer"))


@staff_view("insights.code_themes")
def edit_text_codes(request, pk):
    found = Text.objects.select_related("version__page", "status__coder", "place").filter(pk=pk).first()
    if found is None:
        messages.warning(request, GONE)
        return redirect("insights:coding")
    if SampledText.objects.blind_for(request.user).filter(text=found).exists():
        messages.warning(request, BLIND)
        return redirect("insights:agreement")
    consultation = found.version.page
    version = codebook_version(consultation)
    if version is None:
        raise Http404
    desk = OpenedText(request, found, consultation, version, DeskFilter.read(request.GET))
    stands = current_codes.current_choice_of(found)
    if request.method == "POST":
        given = CodingButtonForm(request.POST).given_values()
        desk.seen = given["seen"]
        desk.blind = _is_chosen_blind(desk)
        return _handle_button(desk, given["do"] or "save")
    desk.choice, desk.seen = _choice_to_show(desk, stands), current_codes.compute_choice_mark(stands)
    desk.blind = _is_chosen_blind(desk)
    return _render_text_page(desk)


def _is_chosen_blind(desk: OpenedText) -> bool:
    """Whether the text belongs to the sample: then its page never shows proposals, also when it is coded again."""
    return Text.objects.filter(is_in_sample(), pk=desk.text.pk).exists()


def _choice_to_show(desk: OpenedText, stands: dict[str, Any] | None) -> CodingChoice:
    """The current choice; none where it was made with the machine's proposals in view, and is made once more without."""
    again = stands is not None and Text.objects.filter(is_blind(), pk=desk.text.pk).exists()
    return CodingChoice.standing(None if again else stands)


def _handle_button(desk: OpenedText, do: str):
    """Handle a pressed button: mark words, remove a mark, or save the choice."""
    verb, _, value = do.partition(":")
    form, length = desk.request.POST, len(desk.text.text)
    try:
        desk.choice = CodingChoice.read_posted_form(form, length)
        if verb == "mark":
            desk.choice.mark(form.get("mark-theme", ""), [value] if value else form.getlist("sentence"), length)
        elif verb == "unmark":
            desk.choice.remove_mark(value)
    except CannotMarkWords as refused:
        desk.error = str(refused)
        return _render_text_page(desk, 422)
    return _save_choice(desk) if verb == "save" else _render_text_page(desk)


def _save_choice(desk: OpenedText):
    choice = desk.choice
    try:
        actions.confirm_codes(
            text=desk.text,
            themes=list(Theme.objects.filter(pk__in=choice.themes)),
            by=desk.request.user,
            memo=choice.memo,
            nothing=choice.nothing,
            stances=choice.stances,
            spans=choice.spans,
            seen=desk.seen,
        )
    except actions.CodedMeanwhile:
        return _render_conflict(desk)
    except Text.DoesNotExist:
        messages.warning(desk.request, GONE)
        return desk.redirect_to(None)
    except ValidationError as refused:
        desk.error = " ".join(refused.messages)
        return _render_text_page(desk, 422)
    messages.success(desk.request, "Saved." if choice.themes or choice.nothing else "Saved. It has no theme.")
    following = desk.queue.after(desk.text, 1)
    if not following and desk.queue.after(None, 1):
        messages.info(desk.request, "That was the end of this set. Some before it are left.")
    elif not following and desk.filter.show != SAMPLE:  # whose own page says it
        messages.info(desk.request, "That was the end of this set.")
    return desk.redirect_to(following[0] if following else None)


def _render_conflict(desk: OpenedText):
    """Show both choices side by side; saving again is then a deliberate decision."""
    desk.theirs = current_codes.current_choice_of(desk.text)
    desk.seen = current_codes.compute_choice_mark(desk.theirs)
    desk.text = Text.objects.select_related("version__page", "status__coder", "place").get(pk=desk.text.pk)
    chosen = desk.theirs is not None and desk.theirs["version"] == desk.version.pk
    if not chosen and Recoding.objects.filter(text=desk.text, version=desk.version).exists():
        desk.error = RECODED  # by the version in force, and nobody has coded it since
    else:
        desk.error = TAKEN_AWAY if desk.theirs is None else MEANWHILE.format(who=desk.text.status.coder)
    return _render_text_page(desk, 409)


def _render_text_page(desk: OpenedText, status: int = 200):
    found, words = desk.text, desk.text.text
    entries = list(desk.version.entries.select_related("theme"))
    machine = Code.objects.proposals().filter(text=found)
    machine = machine.filter(source=CodeSource.RULE) if desk.blind else machine  # after a split, by no machine
    proposals = list(machine.order_by("-confidence", "theme_id"))
    near, others = build_theme_choice_rows(entries, proposals, desk.choice, words)
    because = text_segments.find_cause_spans(words, [phrase for code in proposals for phrase in code.because])
    before, after = desk.queue.before(found, 1), desk.queue.after(found, 1)
    context = build_desk_context(
        desk.request,
        text=found,
        consultation=desk.consultation,
        filter=desk.filter,
        blind=desk.blind,
        sample=sample_progress(desk.consultation) if desk.blind else None,
        error=desk.error,
        asked=question_as_asked(found),
        direction=desk_phrases.text_direction(words),
        language=desk_phrases.language_name(found.language),
        pieces=text_segments.split_into_segments(words, because, desk.choice.spans),
        sentences=text_segments.split_into_sentences(words),
        because=because,
        near=near,
        others=others,
        choice=desk.choice,
        seen=desk.seen,
        entries=entries,
        labels={entry.theme_id: entry.label for entry in entries},
        numbers={row.entry.theme_id: row.key for row in near},
        stances=Stance.choices,
        nothings=NoThemeReason.choices,
        theirs=desk.theirs,
        mark_theme=_theme_to_mark(desk, near),
        earlier=before[0] if before else None,
        later=after[0] if after else None,
        showing=SHOW[desk.filter.show] + ("" if set(desk.filter.choices) <= {"show"} else ", of what you filtered"),
    )
    return render(desk.request, "insights/coding/desk/text.html", context, status=status)


def _theme_to_mark(desk: OpenedText, near: list[Any]) -> int:
    """Id of the theme for the next marked words: the one posted, else the first ticked, else the first row."""
    chosen = desk.request.POST.get("mark-theme", "")
    ticked = [row.entry.theme_id for row in near if row.ticked] or [row.entry.theme_id for row in near]
    return int(chosen) if chosen.isdecimal() and len(chosen) < 10 else next(iter(ticked), 0)


def question_as_asked(text: Text) -> dict[str, str]:
    """The question in the respondent's language, and in English where that differs."""
    questionnaire = Questionnaire(text.version.content)
    item = next((item for item in [*questionnaire.items, *questionnaire.texts] if item["id"] == text.question), None)
    if item is None:
        return {"text": "(this question is gone)", "english": "", "direction": "ltr", "language": "en"}
    said, english = localised_text(item["text"], text.language), localised_text(item["text"], "en")
    own = text.language if said != english else "en"
    return {
        "text": said,
        "english": english if english != said else "",
        "direction": desk_phrases.text_direction(said),
        "language": own,
    }
