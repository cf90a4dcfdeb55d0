"""Recording a decision, citing its evidence, and the page that walks from it to the words and back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from insights.coding.models import Theme
from insights.decisions import actions, checking, graph, policies, trace
from insights.decisions.forms import CiteForm, ConfirmForm, DecisionForm, ProgressForm, ReleaseForm, WordsForm
from insights.decisions.models import Citation, Decision, DecisionStatus, LedgerEntry, Outcome, ProposedCitation
from insights.reports.models import Release

PROPOSED = "It is proposed. A colleague who may publish confirms it on this page; until then nobody outside sees it."


def needs(permission):
    return lambda view: never_cache(login_required(permission_required(permission, raise_exception=True)(view)))


def for_writers(view):
    """Planners and officers; which of them now, the verbs say."""

    def asked(request, *args, **kwargs):
        if not any(request.user.has_perm(f"insights.{verb}_decision") for verb in ("draft", "publish")):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return needs("insights.view_reports")(asked)


@needs("insights.view_reports")
def decisions(request):
    outcome = request.GET.get("outcome", "")
    found = Decision.objects.all()
    if outcome == "late":
        found = found.published().late(timezone.localdate())
    elif outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {"section": "decisions", "page": page, "outcome": outcome, "outcomes": Outcome.choices}
    return render(request, "insights/decisions/decisions.html", context)


@needs("insights.view_reports")
def decision(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    evidence = trace.forward(found, reader=request.user)
    context = {
        "section": "decisions",
        "decision": found,
        "evidence": evidence,
        "graph": graph.draw(found, evidence),
        "entry": LedgerEntry.objects.filter(decision=slug).order_by("-seq").first(),
        "challenged": any(e.citation.bearing == "challenges" for e in evidence),
        "proposed": found.proposed_citations.select_related("theme", "release__consultation", "quote", "made_by"),
        "languages": list(_languages(found)),
        "may_change": policies.may_change(request.user, found),
        "may_translate": policies.may_translate(request.user, found),
        "may_publish": request.user.has_perm("insights.publish_decision") and not actions.wrote(found, request.user),
        "look": actions.content_hash(found),
    }
    return render(request, "insights/decisions/decision.html", context)


@needs("insights.draft_decision")
def record(request):
    """A new decision; `?release=&theme=` comes from a theme's page and is cited at once."""
    initial = {"decided": timezone.localdate()}
    release = Release.objects.published().filter(pk=_number(request.GET.get("release"))).first()
    theme = Theme.objects.filter(pk=_number(request.GET.get("theme"))).first()
    if release is not None:
        initial["consultations"] = [release.consultation_id]
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = _record(request.user, form, release, theme)
        if saved is not None:
            messages.success(request, "The draft is saved. Cite what it rests on, then ask a colleague to publish it.")
            return redirect("insights:decision", saved.slug)
    context = {
        "section": "decisions",
        "form": form,
        "heading": "Record a decision",
        "release": release,
        "theme": theme,
    }
    return render(request, "insights/decisions/form.html", context)


def _record(user, form, release, theme):
    data = dict(form.cleaned_data)
    consultations = data.pop("consultations")
    try:
        with transaction.atomic():
            saved = actions.record(by=user, consultations=consultations, slug=_free_slug(data["title"]), **data)
            if release is not None and theme is not None:
                actions.cite(decision=saved, by=user, release=release, theme=theme)
    except ValidationError as error:
        _add(form, error)
        return None
    return saved


def _add(form, error):
    """The domain's errors at the fields that they are about."""
    for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


def _free_slug(title):
    base = slugify(title)[:70] or "decision"
    taken = set(Decision.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)


def _number(text):
    return int(text) if text and text.isdigit() else None


@for_writers
def edit(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    if not policies.may_change(request.user, found):
        raise PermissionDenied
    form = DecisionForm(
        request.POST or None,
        instance=found,
        initial={"consultations": found.consultations.values_list("pk", flat=True)},
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            actions.change(decision=found, by=request.user, **data)
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, "The change is saved, and the ledger has it.")
            return redirect("insights:decision", slug)
    return render(
        request,
        "insights/decisions/form.html",
        {"section": "decisions", "form": form, "heading": "Change this decision", "decision": found},
    )


@needs("insights.draft_decision")
def cite(request, slug):
    """Choose a release, then a theme and its words. Each step is a plain form that works without script."""
    found = get_object_or_404(Decision, slug=slug)
    release = Release.objects.published().filter(pk=_number(request.GET.get("release"))).first()
    theme = Theme.objects.filter(pk=_number(request.GET.get("theme"))).first()
    form = CiteForm(request.POST or None, release=release, theme=theme) if release else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _cite(request.user, found, release, form.cleaned_data)
        except ValidationError as error:
            _add(form, error)
        else:
            public = found.status == DecisionStatus.PUBLISHED
            messages.success(request, PROPOSED if public else "The evidence is cited, as it stands today.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "decision": found, "release": release, "theme": theme, "form": form}
    return render(
        request, "insights/decisions/cite.html", context | {"releases": ReleaseForm().fields["release"].queryset}
    )


@transaction.atomic
def _cite(user, decision, release, data):
    verb = actions.propose if decision.status == DecisionStatus.PUBLISHED else actions.cite
    for quote in data["quotes"] or [None]:
        verb(decision=decision, by=user, release=release, theme=data["theme"], quote=quote, bearing=data["bearing"])


@require_POST
@needs("insights.publish_decision")
def accept(request, pk):
    return _settle(request, pk, actions.accept, "The evidence stands on the public page now.")


@require_POST
@for_writers
def turn_down(request, pk):
    return _settle(request, pk, actions.turn_down, "The proposal is gone.")


def _settle(request, pk, verb, done):
    proposed = get_object_or_404(ProposedCitation.objects.select_related("decision"), pk=pk)
    slug = proposed.decision.slug
    try:
        verb(proposed=proposed, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("insights:decision", slug)


@require_POST
@needs("insights.draft_decision")
def remove_citation(request, pk):
    citation = get_object_or_404(Citation.objects.select_related("decision"), pk=pk)
    slug = citation.decision.slug
    try:
        actions.remove_citation(citation=citation, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("insights:decision", slug)


@require_POST
@needs("insights.publish_decision")
def publish(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    try:
        actions.publish(decision=found, by=request.user, looked_at=request.POST.get("looked_at", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Published. It is on “You said, we did” now.")
    return redirect("insights:decision", slug)


def _languages(decision):
    """(code, name, how far) of each language but English."""
    for code, _ in settings.LANGUAGES:
        stored = decision.translations.get(code)
        if code != settings.LANGUAGE_CODE:
            yield code, get_language_info(code)["name"], _how_far(stored)


def _how_far(stored):
    if not stored:
        return "English stands there"
    if stored.get("checked_by"):
        return f"Checked by {stored['checked_by']}"
    who = "a computer" if stored.get("machine", True) else "a person"
    return f"Written by {who}: not shown before someone else has checked it"


@needs("insights.publish_decision")
def progress(request, slug):
    found = get_object_or_404(Decision.objects.published(), slug=slug)
    form = ProgressForm(request.POST or None, initial={"progress": found.progress})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(decision=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, "It stands on the public page now, with today’s date.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": "Say how it goes", "decision": found}
    return render(request, "insights/decisions/form.html", context)


@for_writers
def translate(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    if not policies.may_translate(request.user, found):
        raise PermissionDenied
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    name = get_language_info(language)["name"]
    form = WordsForm(request.POST or None, decision=found, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate(decision=found, by=request.user, language=language, words=form.words())
        except ValidationError as error:
            _add(form, error)
        else:
            messages.success(request, f"The words in {name} are saved. They show when a colleague has checked them.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": f"This decision in {name}", "decision": found}
    words = actions.words_in(found, language)
    url = reverse("insights:confirm-decision-words", args=[slug, language])
    check = checking_of(words, actions.english_of(found), request.user, url)
    return render(request, "insights/decisions/form.html", context | {"check": check})


def checking_of(words, english, user, url):
    """How a translation stands, for the page on which it is written, and the form of whoever may confirm it."""
    return {
        "words": any(checking.said(words).values()),
        "by": words.get("checked_by", ""),
        "refused": checking.why_not_confirm(words, english, by=user, looked_at=None),
        "form": ConfirmForm(initial={"looked_at": checking.look(words, english)}),
        "url": url,
    }


@require_POST
@for_writers
def confirm(request, slug, language):
    found = get_object_or_404(Decision, slug=slug)
    form = ConfirmForm(request.POST)
    try:
        actions.confirm(decision=found, by=request.user, language=language, **form.as_given())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("insights:translate-decision", slug, language)
    messages.success(request, f"The words in {get_language_info(language)['name']} show now, checked by you.")
    return redirect("insights:decision", slug)
