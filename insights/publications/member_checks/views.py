"""Pages on which officers write, translate and publish member checks and see the replies."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from consultation import handover
from consultation.access import staff_view
from insights.coding.models import ThemeEntry
from insights.decisions.translations.forms import ConfirmTranslationForm
from insights.decisions.translations.views import build_confirmation_context, get_language_name_or_404
from insights.forms import LookedAtForm, PublishForm, run_action, save_form
from insights.publications.member_checks import actions, member_check_replies
from insights.publications.member_checks.forms import SOURCE, MemberCheckForm, MemberCheckWordsForm
from insights.publications.member_checks.models import Check
from insights.publications.publication_wording import PUBLISH_PERMISSION
from insights.releases.models import Release

SECTION = {"section": "member-checks"}
USUAL_DAYS = 21


@staff_view(PUBLISH_PERMISSION)
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
            "languages": [
                (code, get_language_info(code)["name_local"], check.words.get(code) or {})
                for code, _ in settings.LANGUAGES
                if code != SOURCE
            ],
        }
        for check in found
    ]
    return render(request, "insights/publications/member_checks/overview.html", SECTION | {"rows": rows})


def _grade_summary(check):
    """The reading age of the summary with the highest allowed, and whether it is too hard."""
    found, most = handover.grade_readability(check.words.get(SOURCE, {}).get("summary", ""), check.consultation)
    return {"says": handover.describe_reading_age(found, most), "too": found > most}


@staff_view(PUBLISH_PERMISSION)
def begin_member_check(request, release, slug):
    found = get_object_or_404(Release.objects.published().select_related("consultation"), pk=release)
    entry = get_object_or_404(ThemeEntry, version=found.codebook_version_id, theme__slug=slug)
    today = timezone.localdate()
    form = MemberCheckForm(
        request.POST or None, initial={"opens": today, "closes": today + timedelta(days=USUAL_DAYS)}
    )
    done = "The draft is there. Look at it, then ask a colleague to publish it."
    if save_form(request, form, actions.begin_member_check, done, release=found, theme=entry.theme):
        return redirect("insights:member-checks")
    heading = f"Did we hear people right about “{entry.label}”?"
    return _render_member_check_form(request, form, heading, entry=entry, consultation=found.consultation)


@staff_view(PUBLISH_PERMISSION)
def edit_member_check(request, pk):
    check = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    initial = check.words.get(SOURCE, {}) | {"opens": check.opens, "closes": check.closes}
    form = MemberCheckForm(request.POST or None, initial=initial)
    done = "Saved. Ask a colleague who wrote none of it to publish it."
    if save_form(request, form, actions.write_member_check, done, check=check):
        return redirect("insights:member-checks")
    return _render_member_check_form(
        request, form, f"Did we hear people right about “{check.name}”?", consultation=check.consultation
    )


def _render_member_check_form(request, form, heading, **more):
    context = SECTION | {"form": form, "heading": heading} | more
    return render(
        request, "insights/publications/member_checks/form.html", context, status=422 if form.errors else 200
    )


@staff_view(PUBLISH_PERMISSION)
def edit_member_check_translation(request, pk, language):
    check = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    name = get_language_name_or_404(language)
    english, stored = check.words.get(SOURCE) or {}, check.words.get(language) or {}
    form = MemberCheckWordsForm(request.POST or None, initial=stored, english=english)
    done = f"The words in {name} are saved. They show when a colleague has checked them."
    if save_form(request, form, actions.translate_member_check, done, check=check, language=language):
        return redirect("insights:member-checks")
    url = reverse("insights:confirm-member-check-words", args=[pk, language])
    more = {
        "consultation": check.consultation,
        "check": build_confirmation_context(stored, english, request.user, url),
    }
    return _render_member_check_form(request, form, f"“{check.name}” in {name}", **more)


@require_POST
@staff_view(PUBLISH_PERMISSION)
def save_member_check_confirmation(request, pk, language):
    check = get_object_or_404(Check, pk=pk)
    done = f"The words in {get_language_name_or_404(language)} show now, checked by you."
    given = ConfirmTranslationForm(request.POST).given_values()
    return _run_and_return(
        request, actions.confirm_member_check_translation, done, check=check, language=language, **given
    )


def _run_and_return(request, action, done, **arguments):
    run_action(request, action, done, **arguments)
    return redirect("insights:member-checks")


@require_POST
@staff_view(PUBLISH_PERMISSION)
def publish_member_check(request, pk):
    check = get_object_or_404(Check, pk=pk)
    given = PublishForm(request.POST).given_values()
    done = "Published. Everyone can answer it from its first day on."
    return _run_and_return(request, actions.publish_member_check, done, check=check, **given)


@require_POST
@staff_view(PUBLISH_PERMISSION)
def discard_member_check(request, pk):
    check = get_object_or_404(Check, pk=pk)
    given = LookedAtForm(request.POST).given_values()
    return _run_and_return(request, actions.discard_member_check, "The draft is gone.", check=check, **given)
