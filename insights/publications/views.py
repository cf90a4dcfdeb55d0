"""Pages on which officers write, translate and publish results, and move the day of our answer."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from consultation import handover
from consultation.access import staff_view
from insights.access import require_consultation
from insights.decisions.models import Decision
from insights.decisions.translations.forms import ConfirmTranslationForm
from insights.decisions.translations.views import build_confirmation_context, get_language_name_or_404
from insights.forms import LookedAtForm, PublishForm, run_action, save_form
from insights.publications import actions, answer_clock_lookup
from insights.publications.forms import MoveAnswerDayForm, ResultsForm, ResultsTranslationForm
from insights.publications.heard_back_figures import heard_back_picture_of
from insights.publications.models import AnswerMoved, Results, ResultsStatus
from insights.publications.publication_wording import PUBLISH_PERMISSION, describe_excess_reading_age
from insights.publications.results_page import build_results_page
from insights.releases.models import Release

SECTION = {"section": "results"}


@staff_view(PUBLISH_PERMISSION)
def show_results_overview(request):
    """Every consultation with its clock and its results."""
    pages = handover.list_consultations()
    clocks = answer_clock_lookup.answer_clocks_of(pages)
    editions = {}
    for found in Results.objects.order_by("consultation", "-number"):
        editions.setdefault(found.consultation_id, []).append(found)
    states = handover.find_states(pages)
    rows = [
        {"page": page, "state": states[page.pk], "clock": clocks.get(page.pk), "editions": editions.get(page.pk, [])}
        for page in pages
    ]
    return render(request, "insights/publications/overview.html", SECTION | {"rows": rows})


@staff_view(PUBLISH_PERMISSION)
def show_consultation_results(request, slug):
    page = require_consultation(slug)
    found = Results.objects.filter(consultation=page).select_related("release", "made_by", "published_by")
    editions = [
        (edition, describe_excess_reading_age(edition.english, page), edition.is_written_by(request.user))
        for edition in found.prefetch_related("writers")
    ]
    context = SECTION | {
        "page": page,
        "state": page.state,
        "clock": answer_clock_lookup.answer_clock_of(page),
        "moves": AnswerMoved.objects.filter(consultation=page).select_related("made_by"),
        "editions": editions,
        "drafting": any(edition.status == ResultsStatus.DRAFT for edition, _, _ in editions),
        "unanswered": _unanswered_themes(page),
        "release": Release.objects.published().filter(consultation=page).order_by("-number").first(),
        "decisions": Decision.objects.of(page),
        "heard": heard_back_picture_of(page),
    }
    return render(request, "insights/publications/consultation.html", context)


def _unanswered_themes(page):
    """Public themes that no published decision cites: each is owed a reply, "no" included (P4)."""
    newest = Results.objects.newest_of(page)
    if newest is None:
        return []
    public = Decision.objects.published().of(page)
    answered = set(public.values_list("citations__theme", flat=True))
    return [theme for theme in build_results_page(newest).themes if theme.id not in answered]


@require_POST
@staff_view(PUBLISH_PERMISSION)
def begin_results(request, slug):
    page = require_consultation(slug)
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    if release is None:
        messages.error(request, "There is no published release yet. Make one first, and have it published.")
        return redirect("insights:results-of", slug)
    if run_action(request, actions.begin_results, "The draft is there. Write what people told you.", release=release):
        return redirect("insights:write-results", Results.objects.get(consultation=page, status="draft").pk)
    return redirect("insights:results-of", slug)


@staff_view(PUBLISH_PERMISSION)
def edit_results(request, pk):
    found = get_object_or_404(Results, pk=pk)
    form = ResultsForm(request.POST or None, results=found)
    done = "Saved. Look at it as a child would, then ask a colleague to publish it."
    if save_form(request, form, actions.write_results, done, results=found):
        return redirect("insights:results-of", found.consultation.slug)
    heading = f"Results of “{found.consultation.title}”"
    return render(
        request, "insights/publications/form.html", SECTION | {"form": form, "results": found, "heading": heading}
    )


@staff_view(PUBLISH_PERMISSION)
def edit_results_translation(request, pk, language):
    found = get_object_or_404(Results, pk=pk)
    name = get_language_name_or_404(language)
    form = ResultsTranslationForm(request.POST or None, results=found, language=language)
    done = f"The words in {name} are saved. They show when a colleague has checked them."
    if save_form(request, form, actions.translate_results, done, results=found, language=language):
        return redirect("insights:results-of", found.consultation.slug)
    url = reverse("insights:confirm-results-words", args=[pk, language])
    context = SECTION | {
        "form": form,
        "results": found,
        "heading": f"Results of “{found.consultation.title}” in {name}",
        "check": build_confirmation_context(
            found.words.get(language) or {}, found.words.get(settings.LANGUAGE_CODE) or {}, request.user, url
        ),
    }
    return render(request, "insights/publications/form.html", context)


@require_POST
@staff_view(PUBLISH_PERMISSION)
def save_results_confirmation(request, pk, language):
    found = get_object_or_404(Results, pk=pk)
    done = f"The words in {get_language_info(language)['name']} show now, checked by you."
    given = ConfirmTranslationForm(request.POST).given_values()
    if run_action(request, actions.confirm_results_translation, done, results=found, language=language, **given):
        return redirect("insights:results-of", found.consultation.slug)
    return redirect("insights:translate-results", pk, language)


@require_POST
@staff_view(PUBLISH_PERMISSION)
def publish_results(request, pk):
    found = get_object_or_404(Results, pk=pk)
    given = PublishForm(request.POST).given_values()
    run_action(request, actions.publish_results, "Published. Everyone can read it now.", results=found, **given)
    return redirect("insights:results-of", found.consultation.slug)


@require_POST
@staff_view(PUBLISH_PERMISSION)
def discard_results(request, pk):
    found = get_object_or_404(Results, pk=pk)
    slug = found.consultation.slug
    given = LookedAtForm(request.POST).given_values()
    run_action(request, actions.discard_results, "The draft is gone.", results=found, **given)
    return redirect("insights:results-of", slug)


@staff_view(PUBLISH_PERMISSION)
def edit_answer_day(request, slug):
    page = require_consultation(slug)
    form = MoveAnswerDayForm(request.POST or None)
    done = "The new day stands on the public page, with its reason."
    if save_form(request, form, actions.move_answer_day, done, consultation=page):
        return redirect("insights:results-of", slug)
    context = SECTION | {"form": form, "page": page, "clock": answer_clock_lookup.answer_clock_of(page)}
    return render(request, "insights/publications/move.html", context)
