"""Pages of discovery: suggested themes and decisions on them. They show redacted texts and no exact numbers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultation import handover
from insights.coding.discovery import actions, reading
from insights.coding.discovery.forms import AcceptForm, DismissForm, JoinForm, MergeForm
from insights.coding.discovery.models import DiscoveryRun, State, Suggestion


def for_proposers(view):
    """Proposers only, and never cached: texts may be withdrawn."""
    return never_cache(login_required(permission_required("insights.propose_codebook", raise_exception=True)(view)))


@for_proposers
def overview(request):
    rows = [reading.state_of(page) for page in handover.consultations()]
    return render(request, "insights/discovery/overview.html", {"section": "coding", "rows": rows})


def _page(slug):
    return get_object_or_404(handover.consultations(), slug=slug)


@for_proposers
def consultation(request, slug):
    return _consultation(request, _page(slug))


def _consultation(request, page, merging=None, status=200):
    rows = reading.rows(page, [state for state in State.values if state != State.SPLIT])
    context = {
        "section": "coding",
        "consultation": page,
        "open": [row for row in rows if row.suggestion.is_open],
        "decided": [row for row in rows if not row.suggestion.is_open],
        "run": reading.last_run(page),
        "at_work": reading.is_at_work(page),
        "unread": reading.people(reading.missed_by_engine(page)),
        "missed": reading.missed(page).exists(),
        "merging": merging,
    }
    return render(request, "insights/discovery/consultation.html", context, status=status)


@require_POST
@for_proposers
def look(request, slug):
    page = _page(slug)
    actions.ask(consultation=page, by=request.user)
    messages.success(request, "The machine will look through the answers. You can leave this page.")
    return redirect("insights:discovery-of", slug)


@require_POST
@for_proposers
def merge(request, slug):
    page = _page(slug)
    form = MergeForm(request.POST, consultation=page)
    if not form.is_valid():
        return _consultation(request, page, form, status=422)
    chosen = form.cleaned_data["chosen"]
    sizes = {one.pk: reading.row(one).people for one in chosen}
    into = max(chosen, key=lambda one: (sizes[one.pk], -one.pk))
    try:
        actions.merge(suggestions=chosen, into=into, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _consultation(request, page, form, status=422)
    messages.success(request, "Merged. You can undo this for each of them below.")
    return redirect("insights:suggestion", into.pk)


def _suggestion(pk):
    related = ("consultation", "into", "entry__version", "theme", "decided_by", "parent")
    return get_object_or_404(Suggestion.objects.select_related(*related), pk=pk)


@for_proposers
def suggestion(request, pk):
    return _show(request, _suggestion(pk))


def _forms(found):
    return {
        "accept": AcceptForm(initial={"label": reading.row(found).name, "phrases": found.phrases}),
        "join": JoinForm(suggestion=found),
        "dismiss": DismissForm(),
    }


def _show(request, found, status=200, **forms):
    splitting = DiscoveryRun.objects.unfinished().filter(splits=found).exists()
    last = found.cuts.last()
    typical, atypical = reading.examples(found, request.user)
    context = {
        "section": "coding",
        "suggestion": found,
        "consultation": found.consultation,
        "row": reading.row(found),
        "typical": typical,
        "atypical": atypical,
        "splitting": splitting,
        "not_split": last if found.is_open and last is not None and not last.is_unfinished else None,
        **_forms(found),
        **forms,
        "wrong": next(iter(forms.values()), None),
        "which": next(iter(forms), ""),
    }
    return render(request, "insights/discovery/suggestion.html", context, status=status)


def _decide(request, pk, which, form, act):
    """Save one decision from its form; on an error show the page again with the input."""
    found = _suggestion(pk)
    form = form(request.POST, **({"suggestion": found} if form is JoinForm else {}))
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("insights:discovery-of", found.consultation.slug)
    return _show(request, found, status=422, **{which: form})


@require_POST
@for_proposers
def accept(request, pk):
    def act(found, said):
        actions.accept(suggestion=found, by=request.user, **said)
        messages.success(request, f"“{said['label']}” is a theme of the draft codebook. Two people approve it there.")

    return _decide(request, pk, "accept", AcceptForm, act)


@require_POST
@for_proposers
def join(request, pk):
    def act(found, said):
        actions.join(suggestion=found, by=request.user, **said)
        messages.success(request, "The theme has these phrases in the draft codebook. Two people approve it there.")

    return _decide(request, pk, "join", JoinForm, act)


@require_POST
@for_proposers
def dismiss(request, pk):
    def act(found, said):
        actions.dismiss(suggestion=found, by=request.user, **said)
        messages.success(request, "Dismissed. It stays so when the machine looks again.")

    return _decide(request, pk, "dismiss", DismissForm, act)


@require_POST
@for_proposers
def split(request, pk):
    return _at_once(request, pk, actions.ask_split, "A worker looks for two groups in it.")


@require_POST
@for_proposers
def undo(request, pk):
    return _at_once(request, pk, actions.undo, "It is open again.")


def _at_once(request, pk, verb, done):
    """Save a decision that needs no form."""
    found = _suggestion(pk)
    try:
        verb(suggestion=found, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("insights:suggestion", pk)
