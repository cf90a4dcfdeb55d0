"""Pages on which officers write, translate and publish results, and move the day of our answer."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultation import handover
from insights.decisions.models import Decision
from insights.decisions.translating.forms import ConfirmForm
from insights.decisions.translating.views import checking_of
from insights.reports.models import Release
from insights.results import actions, current
from insights.results.forms import MoveForm, ResultsForm, TranslationForm
from insights.results.heard import picture_of
from insights.results.models import AnswerMoved, Results, ResultsStatus
from insights.results.showing import page_of
from insights.results.wording import MAY, hard

SECTION = {"section": "results"}


def for_officers(view):
    return never_cache(login_required(permission_required(MAY, raise_exception=True)(view)))


@for_officers
def overview(request):
    """Every consultation with its clock and its results."""
    pages = list(handover.consultations())
    clocks = current.clocks_of(pages)
    editions = {}
    for found in Results.objects.order_by("consultation", "-number"):
        editions.setdefault(found.consultation_id, []).append(found)
    rows = [{"page": page, "clock": clocks.get(page.pk), "editions": editions.get(page.pk, [])} for page in pages]
    return render(request, "insights/results/overview.html", SECTION | {"rows": rows})


def _page(slug):
    return get_object_or_404(handover.consultations(), slug=slug)


@for_officers
def consultation(request, slug):
    page = _page(slug)
    editions = [
        (edition, hard(edition.english, page), edition.is_written_by(request.user)) for edition in _editions(page)
    ]
    context = SECTION | {
        "page": page,
        "clock": current.clock_of(page),
        "moves": AnswerMoved.objects.filter(consultation=page).select_related("made_by"),
        "editions": editions,
        "drafting": any(edition.status == ResultsStatus.DRAFT for edition, _, _ in editions),
        "unanswered": _unanswered(page),
        "release": Release.objects.published().filter(consultation=page).order_by("-number").first(),
        "decisions": Decision.objects.of(page),
        "heard": picture_of(page),
    }
    return render(request, "insights/results/consultation.html", context)


def _editions(page):
    return (
        Results.objects.filter(consultation=page)
        .select_related("release", "made_by", "published_by")
        .prefetch_related("writers")
    )


def _unanswered(page):
    """Public themes that no published decision cites: each is owed a reply, "no" included (P4)."""
    newest = Results.objects.newest_of(page)
    if newest is None:
        return []
    public = Decision.objects.published().of(page)
    answered = set(public.values_list("citations__theme", flat=True))
    return [theme for theme in page_of(newest).themes if theme.id not in answered]


def _attempt(request, verb, done, **arguments):
    """Run an action, message its outcome, and return whether it succeeded."""
    try:
        verb(by=request.user, **arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True


@require_POST
@for_officers
def begin(request, slug):
    page = _page(slug)
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    if release is None:
        messages.error(request, "There is no published release yet. Make one first, and have it published.")
        return redirect("insights:results-of", slug)
    if _attempt(request, actions.begin, "The draft is there. Write what people told you.", release=release):
        return redirect("insights:write-results", Results.objects.get(consultation=page, status="draft").pk)
    return redirect("insights:results-of", slug)


def _add(form, error):
    for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


@for_officers
def write(request, pk):
    found = get_object_or_404(Results, pk=pk)
    form = ResultsForm(request.POST or None, results=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(results=found, by=request.user, words=form.words())
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, "Saved. Look at it as a child would, then ask a colleague to publish it.")
            return redirect("insights:results-of", found.consultation.slug)
    heading = f"Results of “{found.consultation.title}”"
    return render(
        request, "insights/results/form.html", SECTION | {"form": form, "results": found, "heading": heading}
    )


@for_officers
def translate(request, pk, language):
    found = get_object_or_404(Results, pk=pk)
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    name = get_language_info(language)["name"]
    form = TranslationForm(request.POST or None, results=found, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate(results=found, by=request.user, language=language, words=form.words())
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, f"The words in {name} are saved. They show when a colleague has checked them.")
            return redirect("insights:results-of", found.consultation.slug)
    url = reverse("insights:confirm-results-words", args=[pk, language])
    context = SECTION | {
        "form": form,
        "results": found,
        "heading": f"Results of “{found.consultation.title}” in {name}",
        "check": checking_of(
            found.words.get(language) or {}, found.words.get(settings.LANGUAGE_CODE) or {}, request.user, url
        ),
    }
    return render(request, "insights/results/form.html", context)


@require_POST
@for_officers
def confirm(request, pk, language):
    found = get_object_or_404(Results, pk=pk)
    form = ConfirmForm(request.POST)
    done = f"The words in {get_language_info(language)['name']} show now, checked by you."
    if _attempt(request, actions.confirm, done, results=found, language=language, **form.as_given()):
        return redirect("insights:results-of", found.consultation.slug)
    return redirect("insights:translate-results", pk, language)


@require_POST
@for_officers
def publish(request, pk):
    found = get_object_or_404(Results, pk=pk)
    given = {name: request.POST.get(name, "") for name in ("looked_at", "hard_because")}
    _attempt(request, actions.publish, "Published. Everyone can read it now.", results=found, **given)
    return redirect("insights:results-of", found.consultation.slug)


@require_POST
@for_officers
def discard(request, pk):
    found = get_object_or_404(Results, pk=pk)
    slug = found.consultation.slug
    looked_at = request.POST.get("looked_at", "")
    _attempt(request, actions.discard, "The draft is gone.", results=found, looked_at=looked_at)
    return redirect("insights:results-of", slug)


@for_officers
def move(request, slug):
    page = _page(slug)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = {settings.LANGUAGE_CODE: form.cleaned_data["why"]}
        try:
            actions.move_answer(consultation=page, by=request.user, to=form.cleaned_data["to"], why=why)
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, "The new day stands on the public page, with its reason.")
            return redirect("insights:results-of", slug)
    context = SECTION | {"form": form, "page": page, "clock": current.clock_of(page)}
    return render(request, "insights/results/move.html", context)
