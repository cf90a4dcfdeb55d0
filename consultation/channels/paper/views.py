"""Staff pages of paper forms: typists enter completed forms, officers print blank ones."""

import json
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.channels.paper import actions, form_pdf, paper_references
from consultation.channels.paper.paper_entry import HELPED, NOTHING_TYPED, PaperFormEntry
from consultation.channels.paper.paper_sheet import SHEET_KINDS
from consultation.channels.web import form_tokens
from consultation.channels.web.form_parsing import MAY_QUOTE
from consultation.channels.web.staff_consultations import (
    languages_of_consultation,
    published_consultations,
)
from consultation.channels.web.withdrawal import TooLateToWithdraw
from consultation.file_output.file_responses import send_file
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.respondent_pages.error_pages import log_failure
from consultation.responses.models import Channel
from consultation.surveys.consultation_state import find_states

PURPOSE = "paper undo"
UNDO_SECONDS = 10 * 60
PAPER_REFERRAL = form_tokens.FormReferral(channel=Channel.PAPER)
REFERENCE_NOT_FOUND = (
    "No form has this reference. Look at each letter and figure at the foot of the page, and type it again."
)
FORM_EXPIRED = "This page was open for a long time. Everything is still here: press Save once more."
SAVE_FAILED = "It did not work. That is our fault. Everything is still here: wait a minute, and press Save once more."
SENT_TWICE = "This form was sent twice. It is saved, and counts once."
TAKEN_BACK_BEFORE = "This form was taken back before. Nothing is saved yet: press Save to keep it now."
NEXT_FORM_BEGUN = "You have begun to type the next form. Empty it first, then press Undo."
TOO_LATE = "It is too late to undo: a report counts this form, or ten minutes are over."
UNDONE = "Taken back. Here is the form again, as you typed it. Change it and press Save, or empty it."


@staff_view("consultation.enter_answers", method="GET")
def choose_paper_form(request):
    """Choose the form to type: by its reference, or by its consultation and language."""
    typed = request.GET.get("reference", "").strip()
    found = paper_references.find_version_by_reference(typed) if typed else None
    if found:
        return redirect("paper:enter", reference=paper_references.make_form_reference(*found).text)
    problem = REFERENCE_NOT_FOUND if typed else ""
    rows = []
    pages = list(published_consultations())
    states = find_states(pages)
    for page in pages:
        version, forms = page.versions.order_by("-number").first(), []
        for code, name in languages_of_consultation(page):
            reference = paper_references.make_form_reference(version, code).text
            forms.append({"language": name, "reference": reference})
        rows.append({"page": page, "state": states[page.pk], "forms": forms})
    context = {"typed": typed[:40], "problem": problem, "rows": rows}
    return render(request, "consultation/channels/paper/choose.html", context, status=422 if problem else 200)


@staff_view("consultation.enter_answers")
def type_paper_form(request, reference):
    found = paper_references.find_version_by_reference(reference)
    if found is None:
        raise Http404
    typing = PaperFormTyping(request, *found)
    if request.method != "POST":
        return typing.shown(PaperFormEntry(*found))
    return typing.undo() if request.POST.get("do") == "undo" else typing.save()


class PaperFormTyping:
    """One typist's request about one version and language."""

    def __init__(self, request, version, language):
        self.request, self.version, self.language = request, version, language

    def shown(self, entry, *, notice="", said="", last="", token=None, status=200):
        context = {
            "entry": entry,
            "blocks": entry.questions(),
            "total": len(entry.sheet.questions),
            "reference": paper_references.make_form_reference(self.version, self.language).text,
            "language": self.language,
            "language_name": dict(settings.LANGUAGES).get(self.language, self.language),
            "page": self.version.page,
            "closed": self.version.page.state.closed_on,
            "token": token or form_tokens.issue_form_token(self.version.pk, way=PAPER_REFERRAL),
            "notice": notice,
            "said": said,
            "last": last,
            "wrong": [block for block in entry.sheet.questions if self._has_problem(entry, block)],
        }
        return render(self.request, "consultation/channels/paper/enter.html", context, status=status)

    @staticmethod
    def _has_problem(entry, block):
        return any(name == block["key"] or name.startswith(f"{block['key']}.") for name in entry.problems)

    def save(self):
        entry = PaperFormEntry(self.version, self.language, self.request.POST)
        token = form_tokens.read_form_token(self.request.POST.get("token", ""))
        ours = token is not None and token.version_id == self.version.pk and token.way.channel == Channel.PAPER
        if self.request.POST.get("do") != "save":  # the Enter key without a script: show it, store nothing yet
            return self.shown(entry, token=token.text if ours else None)
        if not ours or token.expired:
            fresh = form_tokens.issue_form_token(self.version.pk, token.nonce if ours else None, PAPER_REFERRAL)
            return self.shown(entry, notice=FORM_EXPIRED, token=fresh, status=422)
        if entry.problems or entry.empty:
            notice = "" if entry.problems else NOTHING_TYPED
            return self.shown(entry, notice=notice, token=token.text, status=422)
        return self._keep(entry, token)

    def _keep(self, entry, token):
        """The response is the next empty form; a reload sends the same form again, which counts once."""
        try:
            submitted = actions.enter_paper_form(
                version=self.version, nonce=token.nonce, language=self.language, closed=entry.closed,
                texts=entry.texts, equality_answers=entry.equality_answers, may_quote=entry.may_quote,
                channel=entry.entry_channel, by=self.request.user,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
            log_failure(error, "paper:enter")
            return self.shown(entry, notice=SAVE_FAILED, token=token.text, status=503)
        if submitted.response.withdrawn:
            return self.shown(entry, notice=TAKEN_BACK_BEFORE, status=422)
        said = _describe_saved_form(entry) if submitted.created else SENT_TWICE
        # The data for undo, encrypted in the page: the server stores no typed text in clear.
        typed = {name: value for name, value in entry.values.items() if value}
        typed |= {MAY_QUOTE: "1"} if entry.may_quote else {}
        typed |= {HELPED: "1"} if entry.helped else {}
        parts = [submitted.response.pk.hex, self.request.user.pk, self.version.pk, self.language, typed]
        last = encrypt_reference(PURPOSE, json.dumps(parts).encode())
        return self.shown(PaperFormEntry(self.version, self.language), said=said, last=last)

    def undo(self):
        """Withdraw the last form and show it as it was typed. It does not count until it is saved again."""
        sealed = self.request.POST.get("last", "")
        current = PaperFormEntry(self.version, self.language, self.request.POST)
        if current.begun:
            return self.shown(
                current, notice=NEXT_FORM_BEGUN, last=sealed, token=self.request.POST.get("token"), status=422
            )
        opened = decrypt_reference(PURPOSE, sealed, max_age=UNDO_SECONDS)
        response, user, version, language, typed = json.loads(opened) if opened else (None,) * 5
        if (user, version, language) != (self.request.user.pk, self.version.pk, self.language):
            return self.shown(PaperFormEntry(self.version, self.language), notice=TOO_LATE, status=422)
        try:
            actions.undo_paper_form(response_id=UUID(response), by=self.request.user)
        except TooLateToWithdraw:
            return self.shown(PaperFormEntry(self.version, self.language), notice=TOO_LATE, status=422)
        return self.shown(PaperFormEntry(self.version, self.language, typed), said=UNDONE)


def _describe_saved_form(entry):
    """The message after Save; it is not stored."""
    said = "Saved."
    if entry.unclear:
        said += f" Not clear, so kept as not answered: {_join_question_numbers(entry.unclear)}."
    if entry.left_out:
        numbers = _join_question_numbers(entry.left_out)
        said += f" Left out, because by their other answers it was not for this person: {numbers}."
    return said


def _join_question_numbers(numbers):
    return f"question{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def describe_languages(page):
    if page.missing_paper_details:
        return "Nothing to print yet"
    count = len(languages_of_consultation(page))
    return f"{count} language{'s' if count > 1 else ''}"


@staff_view("consultation.edit_consultation", method="GET")
def show_paper_forms(request, pk):
    """The printable forms of one consultation: languages by kinds."""
    page = get_object_or_404(published_consultations(), pk=pk)
    version = page.versions.order_by("-number").first()
    rows = [
        {
            "code": code,
            "language": name,
            "reference": paper_references.make_form_reference(version, code).text,
            "unchecked": form_pdf.has_unreviewed_translation(version, code),
            "missing": version.content.get("missing", {}).get(code, 0),
        }
        for code, name in languages_of_consultation(page)
    ]
    kinds = () if page.missing_paper_details else SHEET_KINDS
    context = {"page": page, "version": version, "rows": rows, "kinds": kinds}
    return render(request, "consultation/channels/paper/consultation.html", context)


@staff_view("consultation.edit_consultation", method="GET")
def download_paper_form(request, pk, language, kind):
    page = get_object_or_404(published_consultations(), pk=pk)
    version = page.versions.select_related("page").order_by("-number").first()
    if kind not in SHEET_KINDS or language not in version.content["languages"]:
        raise Http404
    if page.missing_paper_details:
        return redirect("paper:consultation", pk)
    try:
        made = form_pdf.render_paper_form_pdf(version, language, kind)
    except PdfUnavailable:
        context = {"back": reverse("paper:consultation", args=[pk])}
        return render(request, "consultation/channels/no_press.html", context, status=503)
    return send_file(made, form_pdf.paper_form_file_name(version, language, kind), "application/pdf", inline=True)
