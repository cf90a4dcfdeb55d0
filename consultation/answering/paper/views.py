"""Staff pages of paper forms: typists enter completed forms, officers print blank ones."""

import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consultation.answering import tokens
from consultation.answering.paper import actions, press, references
from consultation.answering.paper.entry import NOTHING, Entry
from consultation.answering.paper.sheet import KINDS
from consultation.answering.staff import asked_consultations, languages_asked, officers, with_permission
from consultation.answering.withdrawal import TooLate
from consultation.respondents.errors import note
from consultation.respondents.references import disclose, enclose
from consultation.responses.models import Channel

typists = with_permission("consultation.enter_answers")
PURPOSE = "paper undo"
UNDO_SECONDS = 10 * 60
PAPER = tokens.Way(channel=Channel.PAPER)
NOT_FOUND = "No form has this reference. Look at each letter and figure at the foot of the page, and type it again."
OLD = "This page was open for a long time. Everything is still here: press Save once more."
BROKEN = "It did not work. That is our fault. Everything is still here: wait a minute, and press Save once more."
TWICE = "This form was sent twice. It is saved, and counts once."
TAKEN_BACK_BEFORE = "This form was taken back before. Nothing is saved yet: press Save to keep it now."
BEGUN = "You have begun to type the next form. Empty it first, then press Undo."
TOO_LATE = "It is too late to undo: a report counts this form, or ten minutes are over."
UNDONE = "Taken back. Here is the form again, as you typed it. Change it and press Save, or empty it."


@typists
@require_safe
def choose(request):
    """Choose the form to type: by its reference, or by its consultation and language."""
    typed = request.GET.get("reference", "").strip()
    found = references.find(typed) if typed else None
    if found:
        return redirect("paper:enter", reference=references.reference_of(*found).text)
    problem = NOT_FOUND if typed else ""
    rows = [{"page": page, "forms": _forms(page)} for page in asked_consultations()]
    context = {"typed": typed[:40], "problem": problem, "rows": rows}
    return render(request, "consultation/answering/paper/choose.html", context, status=422 if problem else 200)


def _forms(page):
    version = page.versions.order_by("-number").first()
    return [
        {"language": name, "reference": references.reference_of(version, code).text}
        for code, name in languages_asked(page)
    ]


@typists
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, reference):
    found = references.find(reference)
    if found is None:
        raise Http404
    typing = Typing(request, *found)
    if request.method != "POST":
        return typing.shown(Entry(*found))
    return typing.undo() if request.POST.get("do") == "undo" else typing.save()


class Typing:
    """One typist's request about one version and language."""

    def __init__(self, request, version, language):
        self.request, self.version, self.language = request, version, language

    def shown(self, entry, *, notice="", said="", last="", token=None, status=200):
        closes = self.version.page.closes
        context = {
            "entry": entry,
            "blocks": entry.questions(),
            "total": len(entry.sheet.questions),
            "reference": references.reference_of(self.version, self.language).text,
            "language": self.language,
            "language_name": dict(settings.LANGUAGES).get(self.language, self.language),
            "page": self.version.page,
            "closed": closes if closes and closes < timezone.localdate() else None,
            "token": token or tokens.issue(self.version.pk, way=PAPER),
            "notice": notice,
            "said": said,
            "last": last,
            "wrong": [block for block in entry.sheet.questions if self._has_problem(entry, block)],
        }
        return render(self.request, "consultation/answering/paper/enter.html", context, status=status)

    @staticmethod
    def _has_problem(entry, block):
        return any(name == block["key"] or name.startswith(f"{block['key']}.") for name in entry.problems)

    def save(self):
        entry = Entry(self.version, self.language, self.request.POST)
        token = tokens.read(self.request.POST.get("token", ""))
        ours = token is not None and token.version_id == self.version.pk and token.way.channel == Channel.PAPER
        if self.request.POST.get("do") != "save":  # the Enter key without a script: show it, store nothing yet
            return self.shown(entry, token=token.text if ours else None)
        if not ours or token.expired:
            fresh = tokens.issue(self.version.pk, token.nonce if ours else None, PAPER)
            return self.shown(entry, notice=OLD, token=fresh, status=422)
        if entry.problems or entry.empty:
            notice = "" if entry.problems else NOTHING
            return self.shown(entry, notice=notice, token=token.text, status=422)
        return self._keep(entry, token)

    def _keep(self, entry, token):
        """The response is the next empty form; a reload sends the same form again, which counts once."""
        try:
            submitted = actions.enter(
                version=self.version, nonce=token.nonce, language=self.language, closed=entry.closed,
                texts=entry.texts, apart=entry.apart, by=self.request.user,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
            note(type(error), "paper:enter")
            return self.shown(entry, notice=BROKEN, token=token.text, status=503)
        if submitted.response.withdrawn:
            return self.shown(entry, notice=TAKEN_BACK_BEFORE, status=422)
        said = _saved(entry) if submitted.created else TWICE
        return self.shown(Entry(self.version, self.language), said=said, last=self._enclosed(submitted, entry))

    def _enclosed(self, submitted, entry):
        """The data for undo, encrypted in the page: the server stores no typed text in clear."""
        typed = {name: value for name, value in entry.values.items() if value}
        parts = [submitted.response.pk.hex, self.request.user.pk, self.version.pk, self.language, typed]
        return enclose(PURPOSE, json.dumps(parts).encode())

    def undo(self):
        """Withdraw the last form and show it as it was typed. It does not count until it is saved again."""
        sealed = self.request.POST.get("last", "")
        current = Entry(self.version, self.language, self.request.POST)
        if current.begun:
            return self.shown(current, notice=BEGUN, last=sealed, token=self.request.POST.get("token"), status=422)
        opened = disclose(PURPOSE, sealed, max_age=UNDO_SECONDS)
        response, user, version, language, typed = json.loads(opened) if opened else (None,) * 5
        if (user, version, language) != (self.request.user.pk, self.version.pk, self.language):
            return self.shown(Entry(self.version, self.language), notice=TOO_LATE, status=422)
        try:
            actions.take_back(response_id=UUID(response), by=self.request.user)
        except TooLate:
            return self.shown(Entry(self.version, self.language), notice=TOO_LATE, status=422)
        return self.shown(Entry(self.version, self.language, typed), said=UNDONE)


def _saved(entry):
    """The message after Save; it is not stored."""
    said = "Saved."
    if entry.unclear:
        said += f" Not clear, so kept as not answered: {_numbers(entry.unclear)}."
    if entry.left_out:
        said += f" Left out, because by their other answers it was not for this person: {_numbers(entry.left_out)}."
    return said


def _numbers(numbers):
    return f"question{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


@officers
@require_safe
def consultations(request):
    rows = [{"page": page, "says": _in_words(languages_asked(page))} for page in asked_consultations()]
    return render(request, "consultation/answering/paper/consultations.html", {"rows": rows})


def _in_words(languages):
    return f"{len(languages)} language{'s' if len(languages) > 1 else ''}"


@officers
@require_safe
def consultation(request, pk):
    """The printable forms of one consultation: languages by kinds."""
    page = get_object_or_404(asked_consultations(), pk=pk)
    version = page.versions.order_by("-number").first()
    rows = [
        {
            "code": code,
            "language": name,
            "reference": references.reference_of(version, code).text,
            "unchecked": press.is_unchecked(version, code),
            "missing": version.content.get("missing", {}).get(code, 0),
        }
        for code, name in languages_asked(page)
    ]
    context = {"page": page, "version": version, "rows": rows, "kinds": KINDS}
    return render(request, "consultation/answering/paper/consultation.html", context)


@officers
@require_safe
def form(request, pk, language, kind):
    page = get_object_or_404(asked_consultations(), pk=pk)
    version = page.versions.select_related("page").order_by("-number").first()
    if kind not in KINDS or language not in version.content["languages"]:
        raise Http404
    try:
        made = press.form_pdf(version, language, kind)
    except press.NoPress:
        context = {"page": page, "back": reverse("paper:consultation", args=[pk])}
        return render(request, "consultation/answering/paper/no_press.html", context, status=503)
    return pdf(made, press.file_name(version, language, kind))


def pdf(made, name):
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
