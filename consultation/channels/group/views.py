"""Staff pages of group sessions: the opening text to read out, the facilitator's form and the list of sessions.

Staff with `run_sessions` open and send a session; staff with `read_cleared` see what was sent. A facilitator, who has the
first alone, sees no words of others: the form is empty, and nothing that was sent comes back to it.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from consultation.access import may_see_sessions, staff_view
from consultation.channels.group import actions, group_form
from consultation.channels.group.models import GroupSession, GroupSize
from consultation.channels.web import form_tokens
from consultation.channels.web.staff_consultations import (
    LanguageForm,
    describe_count,
    languages_of_consultation,
    published_consultations,
)
from consultation.interface_text import text_direction
from consultation.respondent_pages.error_pages import log_failure
from consultation.responses.models import Channel
from consultation.surveys.consultation_state import find_states
from consultation.surveys.questionnaire_schema import localised_text

SIGNED_OUT = (
    "You are signed out. What you wrote is still here, on this page alone. Leave this page open, sign in on another one, "
    "and then press Send here."
)
SIGNED_IN_AGAIN = "You signed in again meanwhile. What you wrote is still here: press Send once more."


def _sessions_of_consultation(page):
    return GroupSession.objects.filter(response__version__page=page, response__withdrawn=False)


def describe_sessions(page):
    return describe_count(_sessions_of_consultation(page).count(), "session", "No session yet")


@staff_view(may_see_sessions, method="GET")
def show_group_consultations(request):
    """All consultations, those that are over folded below the others."""
    pages = list(published_consultations())
    states = find_states(pages)
    rows = [{"page": page, "state": states[page.pk], "says": describe_sessions(page)} for page in pages]
    context = {
        "rows": [row for row in rows if not row["state"].is_over],
        "over": [row for row in rows if row["state"].is_over],
    }
    return render(request, "consultation/channels/group/consultations.html", context)


@staff_view(may_see_sessions, method="GET")
def show_group_sessions(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    found = _sessions_of_consultation(page).select_related("response__version").order_by("-response__day", "pk")
    if not request.user.has_perm("consultation.read_cleared"):
        found = found.none()
    listed = [
        {
            "session": each,
            "agreed": group_form.describe_agreed_choices(each.response.version.content, each.response.closed),
        }
        for each in found
    ]
    context = {"page": page, "sessions": listed, "says": describe_sessions(page), "form": GroupOpeningForm(page=page)}
    return render(request, "consultation/channels/group/consultation.html", context)


class GroupOpeningForm(LanguageForm):
    """Details of the opening text: printed and read out, but not stored."""

    language = forms.ChoiceField()
    role = forms.CharField(
        label="Who stays to talk afterwards",
        max_length=60,
        required=False,
        help_text="A job, such as “a youth worker”.",
    )
    time = forms.CharField(label="Until when", max_length=30, required=False, help_text="Such as “half past six”.")


@staff_view("consultation.run_sessions", method="GET")
def show_group_opening(request, page):
    """The text to read out before the first question."""
    page = get_object_or_404(published_consultations(), pk=page)
    form = GroupOpeningForm({"language": settings.LANGUAGE_CODE} | request.GET.dict(), page=page)
    chosen = form.cleaned_data if form.is_valid() else {"language": settings.LANGUAGE_CODE, "role": "", "time": ""}
    context = {"page": page, "form": form, "chosen": chosen, "direction": text_direction(chosen["language"])}
    with override(chosen["language"]):
        content = _newest_version(page).content
        context["title"] = localised_text(content["title"], chosen["language"], content["source"])
        context["turns"] = group_form.list_group_questions(content, chosen["language"])
        return render(request, "consultation/channels/group/opening.html", context)


def _newest_version(page):
    return page.versions.order_by("-number").select_related("page").first()


@never_cache
def hand_notes_back(request, page):
    """The form with all that was typed, for whoever was signed out meanwhile, or signed in again on another page."""
    page = published_consultations().filter(pk=page).first()
    if page is None:
        return redirect_to_login(request.get_full_path())
    version, token = _find_posted_version(request, page)
    filled = group_form.parse_group_form(version.content, request.POST)
    filled.problems = {"signed": SIGNED_IN_AGAIN if request.user.is_authenticated else SIGNED_OUT} | filled.problems
    fresh = _issue_group_token(version, token and token.nonce)
    return _render_group_form(request, version, _chosen_language(request.POST, page), fresh, filled, status=403)


@staff_view("consultation.run_sessions", signed_out_post=hand_notes_back)
def show_or_save_group_form(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    if request.method == "POST":
        return _save_group_form(request, page)
    version = _newest_version(page)
    return _render_group_form(request, version, _chosen_language(request.GET, page), _issue_group_token(version))


def _chosen_language(data, page):
    asked = data.get("language")
    return asked if asked in dict(languages_of_consultation(page)) else settings.LANGUAGE_CODE


def _issue_group_token(version, nonce=None):
    return form_tokens.issue_form_token(version.pk, nonce, form_tokens.FormReferral(Channel.GROUP))


def _find_posted_version(request, page):
    """(the version that was asked, the form's token): the newest version where the token is not one of a group's form."""
    token = form_tokens.read_form_token(request.POST.get("token", ""))
    version = page.versions.select_related("page").filter(pk=token.version_id).first() if token else None
    return version or _newest_version(page), token if version else None


def _save_group_form(request, page):
    """After any error the form comes back with all of its input."""
    version, token = _find_posted_version(request, page)
    filled = group_form.parse_group_form(version.content, request.POST)
    language = _chosen_language(request.POST, page)
    if token is None or token.expired or token.way.channel != Channel.GROUP:
        filled.problems["page"] = "This page was open for long. Press Send once more: what you wrote is still here."
        return _render_group_form(
            request, version, language, _issue_group_token(version, token and token.nonce), filled
        )
    if filled.problems:
        return _render_group_form(request, version, language, token.text, filled)
    try:
        actions.enter_group_session(
            version=version, nonce=token.nonce, language=language, entry=filled, by=request.user
        )
    except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
        log_failure(error, "group:enter")
        filled.problems["ours"] = "It did not work. That is our fault. Wait a minute and press Send again."
        return _render_group_form(request, version, language, token.text, filled, status=503)
    messages.success(request, "Sent. A reader reads each note before anyone plans with it. It is counted as nobody.")
    return redirect("group:consultation", page=page.pk)


def _render_group_form(request, version, language, token, filled=None, *, status=None):
    context = {
        "page": version.page,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "languages": languages_of_consultation(version.page),
        "sizes": GroupSize.choices,
        "turns": group_form.list_group_questions(version.content, language, filled),
        "token": token,
        "filled": filled,
        "problems": filled.problems if filled else {},
    }
    return render(
        request, "consultation/channels/group/enter.html", context, status=status or (422 if filled else 200)
    )
