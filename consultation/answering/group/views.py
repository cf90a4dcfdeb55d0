"""Staff pages of group sessions: the opening text to read out, the facilitator's form and the list of sessions.

Staff with `enter_answers` open and send a session; staff with `read_cleared` see the list.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from consultation.answering import tokens
from consultation.answering.group import actions, entry
from consultation.answering.group.models import GroupSession, Size
from consultation.answering.staff import asked_consultations, languages_asked, with_permission
from consultation.questionnaires.schema import said
from consultation.respondents.errors import note
from consultation.responses.models import Channel
from consultation.words import direction

may_see = with_permission("consultation.read_cleared")
may_enter = with_permission("consultation.enter_answers")


@may_see
@require_safe
def sessions(request):
    rows = [{"page": page, "says": _counted(page)} for page in asked_consultations()]
    return render(request, "consultation/answering/group/consultations.html", {"rows": rows})


def _counted(page):
    count = _of(page).count()
    return "No session yet" if not count else "One session" if count == 1 else f"{count} sessions"


def _of(page):
    return GroupSession.objects.filter(response__version__page=page, response__withdrawn=False)


@may_see
@require_safe
def of_consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    found = _of(page).select_related("response__version").order_by("-response__day", "pk")
    listed = [
        {"session": each, "agreed": entry.agreed_words(each.response.version.content, each.response.closed)}
        for each in found
    ]
    context = {"page": page, "sessions": listed, "form": OpeningForm(page=page)}
    return render(request, "consultation/answering/group/consultation.html", context)


class OpeningForm(forms.Form):
    """Details of the opening text: printed and read out, but not stored."""

    language = forms.ChoiceField()
    role = forms.CharField(
        label="Who stays to talk afterwards",
        max_length=60,
        required=False,
        help_text="A job, such as “a youth worker”.",
    )
    time = forms.CharField(label="Until when", max_length=30, required=False, help_text="Such as “half past six”.")

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_asked(page)


@may_enter
@require_safe
def opening(request, page):
    """The text to read out before the first question."""
    page = get_object_or_404(asked_consultations(), pk=page)
    form = OpeningForm({"language": settings.LANGUAGE_CODE} | request.GET.dict(), page=page)
    chosen = form.cleaned_data if form.is_valid() else {"language": settings.LANGUAGE_CODE, "role": "", "time": ""}
    context = {"page": page, "form": form, "chosen": chosen, "direction": direction(chosen["language"])}
    with override(chosen["language"]):
        content = _newest(page).content
        context["title"] = said(content["title"], chosen["language"], content["source"])
        return render(request, "consultation/answering/group/opening.html", context)


def _newest(page):
    return page.versions.order_by("-number").select_related("page").first()


@may_enter
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    if request.method == "POST":
        return _sent(request, page)
    version = _newest(page)
    return _form(request, version, _language(request.GET, page), _token(version))


def _language(data, page):
    return next((code for code, _ in languages_asked(page) if code == data.get("language")), settings.LANGUAGE_CODE)


def _token(version, nonce=None):
    return tokens.issue(version.pk, nonce, tokens.Way(Channel.GROUP))


def _sent(request, page):
    """After any error the form comes back with all of its input."""
    token = tokens.read(request.POST.get("token", ""))
    version = page.versions.select_related("page").filter(pk=token.version_id).first() if token else None
    filled = entry.read((version or _newest(page)).content, request.POST)
    language = _language(request.POST, page)
    if version is None or token.expired or token.way.channel != Channel.GROUP:
        filled.problems["page"] = "This page was open for long. Press Send once more: what you wrote is still here."
        version = version or _newest(page)
        return _form(request, version, language, _token(version, token and token.nonce), filled)
    if filled.problems:
        return _form(request, version, language, token.text, filled)
    try:
        actions.enter(version=version, nonce=token.nonce, language=language, entry=filled, by=request.user)
    except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
        note(type(error), "group:enter")
        filled.problems["ours"] = "It did not work. That is our fault. Wait a minute and press Send again."
        return _form(request, version, language, token.text, filled, status=503)
    messages.success(request, "Sent. A reader reads each note before anyone plans with it. It is counted as nobody.")
    return redirect("group:consultation", page=page.pk)


def _form(request, version, language, token, filled=None, *, status=None):
    context = {
        "page": version.page,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "direction": direction(language),
        "languages": languages_asked(version.page),
        "sizes": Size.choices,
        "turns": entry.turns(version.content, language, filled),
        "token": token,
        "filled": filled,
        "problems": filled.problems if filled else {},
    }
    return render(
        request, "consultation/answering/group/enter.html", context, status=status or (422 if filled else 200)
    )
