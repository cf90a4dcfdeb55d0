"""Pages on which officers write, translate and publish member checks and see the replies."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultation import handover
from insights.coding.models import ThemeEntry
from insights.decisions.translations.forms import ConfirmTranslationForm
from insights.decisions.translations.views import build_confirmation_context
from insights.publications.member_checks import actions, member_check_replies
from insights.publications.member_checks.forms import SOURCE, MemberCheckForm, MemberCheckTranslationForm
from insights.publications.member_checks.models import Check
from insights.publications.publication_wording import PUBLISH_PERMISSION
from insights.releases.models import Release

SECTION = {"section": "member-checks"}
USUAL_DAYS = 21


def for_officers(view):
    return never_cache(login_required(permission_required(PUBLISH_PERMISSION, raise_exception=True)(view)))


@for_officers
def show_member_checks(request):
    today = timezone.localdate()
    of = ("consultation__locale", "made_by", "published_by", "picture")
    found = Check.objects.select_related(*of).defer("consultation__body").prefetch_related("writers")
    rows = [
        {
            "check": check,
            "open": check.is_open(today),
            "over": check.is_over(today),
            "replied": member_check_replies.describe_reply_picture(getattr(check, "picture", None)),
            "hard": _grade_summary(check),
            "mine": request.user in check.writers.all(),
            "languages": _list_translations(check),
        }
        for check in found
    ]
    return render(request, "insights/publications/member_checks/overview.html", SECTION | {"rows": rows})


def _grade_summary(check):
    """Reading grade of the summary, the highest grade allowed, and whether it is too hard."""
    found, most = handover.grade_readability(check.words.get(SOURCE, {}).get("summary", ""), check.consultation)
    return {"grade": found, "most": most, "too": found > most}


def _list_translations(check):
    others = [code for code, _ in settings.LANGUAGES if code != SOURCE]
    return [(code, get_language_info(code)["name_local"], check.words.get(code) or {}) for code in others]


@for_officers
def begin_member_check(request, release, slug):
    found = get_object_or_404(Release.objects.published().select_related("consultation"), pk=release)
    entry = get_object_or_404(ThemeEntry, version=found.codebook_version_id, theme__slug=slug)
    today = timezone.localdate()
    form = MemberCheckForm(
        request.POST or None, initial={"opens": today, "closes": today + timedelta(days=USUAL_DAYS)}
    )
    verb = {"verb": actions.begin_member_check, "release": found, "theme": entry.theme}
    if _save_if_valid(request, form, **verb):
        messages.success(request, "The draft is there. Look at it, then ask a colleague to publish it.")
        return redirect("insights:member-checks")
    heading = f"Did we hear people right about “{entry.label}”?"
    return _render_member_check_form(request, form, heading, entry=entry, consultation=found.consultation)


@for_officers
def edit_member_check(request, pk):
    check = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    initial = check.words.get(SOURCE, {}) | {"opens": check.opens, "closes": check.closes}
    form = MemberCheckForm(request.POST or None, initial=initial)
    if _save_if_valid(request, form, verb=actions.write_member_check, check=check):
        messages.success(request, "Saved. Ask a colleague who wrote none of it to publish it.")
        return redirect("insights:member-checks")
    return _render_member_check_form(
        request, form, f"Did we hear people right about “{check.name}”?", consultation=check.consultation
    )


def _save_if_valid(request, form, *, verb, **arguments):
    if request.method != "POST" or not form.is_valid():
        return False
    more = form.days() if isinstance(form, MemberCheckForm) else {}
    try:
        verb(by=request.user, words=form.words(), **more, **arguments)
    except ValidationError as error:
        for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)
        return False
    return True


def _render_member_check_form(request, form, heading, **more):
    context = SECTION | {"form": form, "heading": heading} | more
    return render(
        request, "insights/publications/member_checks/form.html", context, status=422 if form.errors else 200
    )


@for_officers
def edit_member_check_translation(request, pk, language):
    check = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    name = _get_language_name(language)
    english, stored = check.words.get(SOURCE) or {}, check.words.get(language) or {}
    form = MemberCheckTranslationForm(request.POST or None, initial=stored, english=english)
    if _save_if_valid(request, form, verb=actions.translate_member_check, check=check, language=language):
        messages.success(request, f"The words in {name} are saved. They show when a colleague has checked them.")
        return redirect("insights:member-checks")
    url = reverse("insights:confirm-member-check-words", args=[pk, language])
    more = {
        "consultation": check.consultation,
        "check": build_confirmation_context(stored, english, request.user, url),
    }
    return _render_member_check_form(request, form, f"“{check.name}” in {name}", **more)


def _get_language_name(language):
    if language not in dict(settings.LANGUAGES) or language == SOURCE:
        raise Http404
    return get_language_info(language)["name"]


@require_POST
@for_officers
def save_member_check_confirmation(request, pk, language):
    check = get_object_or_404(Check, pk=pk)
    done = f"The words in {_get_language_name(language)} show now, checked by you."
    given = ConfirmTranslationForm(request.POST).as_given()
    return _run_member_check_action(
        request, actions.confirm_member_check_translation, done, check=check, language=language, **given
    )


def _run_member_check_action(request, verb, done, **arguments):
    try:
        verb(by=request.user, **arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("insights:member-checks")


@require_POST
@for_officers
def publish_member_check(request, pk):
    check = get_object_or_404(Check, pk=pk)
    given = {name: request.POST.get(name, "") for name in ("looked_at", "hard_because")}
    done = "Published. Everyone can answer it from its first day on."
    return _run_member_check_action(request, actions.publish_member_check, done, check=check, **given)


@require_POST
@for_officers
def discard_member_check(request, pk):
    check = get_object_or_404(Check, pk=pk)
    looked_at = request.POST.get("looked_at", "")
    return _run_member_check_action(
        request, actions.discard_member_check, "The draft is gone.", check=check, looked_at=looked_at
    )
