"""Pages of discovery: suggested themes and decisions on them. They show redacted texts and no exact numbers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation import handover
from consultation.access import staff_view
from insights.access import require_consultation
from insights.coding.codebooks.models import MarkedPhrase, PhraseOrigin
from insights.coding.discovery import actions, suggestion_overview
from insights.coding.discovery.forms import (
    AcceptForm,
    DismissSuggestionForm,
    JoinForm,
    MergeSuggestionsForm,
    NewWordForm,
    WordForm,
)
from insights.coding.discovery.models import DiscoveryRun, Suggestion, SuggestionState
from insights.coding.discovery.new_words import find_new_words
from insights.forms import render_form, run_action, save_form


@staff_view("insights.propose_codebook")
def show_discovery_overview(request):
    rows = [suggestion_overview.build_discovery_summary(page) for page in handover.list_consultations()]
    return render(request, "insights/coding/discovery/overview.html", {"section": "coding", "rows": rows})


@staff_view("insights.propose_codebook")
def show_suggestions(request, slug):
    return _render_suggestions(request, require_consultation(slug))


def _render_suggestions(request, page, merging=None, status=200):
    states = [state for state in SuggestionState.values if state != SuggestionState.SPLIT]
    rows = suggestion_overview.list_suggestion_rows(page, states)
    context = {
        "section": "coding",
        "consultation": page,
        "open": [row for row in rows if row.suggestion.is_open],
        "decided": [row for row in rows if not row.suggestion.is_open],
        "run": suggestion_overview.last_discovery_run(page),
        "at_work": DiscoveryRun.objects.of(page).unfinished().exists(),
        "unread": suggestion_overview.count_people(suggestion_overview.missed_texts_in_unknown_languages(page)),
        "missed": suggestion_overview.missed_texts(page).exists(),
        "merging": merging,
    }
    return render(request, "insights/coding/discovery/consultation.html", context, status=status)


@staff_view("insights.propose_codebook", method="POST")
def save_discovery_request(request, slug):
    page = require_consultation(slug)
    actions.ask_for_discovery(consultation=page, by=request.user)
    messages.success(request, "The machine will look through the answers. You can leave this page.")
    return redirect("insights:discovery-of", slug)


@staff_view("insights.propose_codebook", method="POST")
def save_merge(request, slug):
    page = require_consultation(slug)
    form = MergeSuggestionsForm(request.POST, consultation=page)
    if into := save_form(request, form, _merge_into_largest, "Merged. You can undo this for each of them below."):
        return redirect("insights:suggestion", into.pk)
    return _render_suggestions(request, page, form, status=422)


def _merge_into_largest(*, chosen, by):
    sizes = {one.pk: suggestion_overview.build_suggestion_row(one).people for one in chosen}
    into = max(chosen, key=lambda one: (sizes[one.pk], -one.pk))
    actions.merge_suggestions(suggestions=chosen, into=into, by=by)
    return into


@staff_view("insights.propose_codebook")
def edit_new_words(request, slug):
    """New words of a consultation; a coder takes each into a theme of the draft, or declines it."""
    page = require_consultation(slug)
    form = NewWordForm(request.POST or None, consultation=page)
    done = "The word is in the draft codebook. Two people approve it there."
    if save_form(request, form, actions.take_new_word, done, consultation=page):
        return redirect("insights:new-words", slug)
    declined = MarkedPhrase.objects.filter(codebook__slug=page.specific.codebook, origin=PhraseOrigin.DECLINED)
    context = {
        "section": "coding",
        "consultation": page,
        "words": [one.word for one in find_new_words(page)],
        "declined": declined.order_by("phrase"),
    }
    return render_form(request, form, "insights/coding/discovery/new_words.html", **context)


@staff_view("insights.propose_codebook", method="POST")
def decline_new_word(request, slug):
    return _save_word(request, slug, actions.decline_new_word, "Declined. It is not proposed again.")


@staff_view("insights.propose_codebook", method="POST")
def propose_word_again(request, slug):
    return _save_word(request, slug, actions.propose_again, "It is proposed again.")


def _save_word(request, slug, verb, done):
    page, given = require_consultation(slug), WordForm(request.POST).given_values()
    run_action(request, verb, done, consultation=page, **given)
    return redirect("insights:new-words", slug)


def _get_suggestion(pk):
    related = ("consultation", "into", "entry__version", "theme", "decided_by", "parent")
    return get_object_or_404(Suggestion.objects.select_related(*related), pk=pk)


@staff_view("insights.propose_codebook")
def show_suggestion(request, pk):
    return _render_suggestion(request, _get_suggestion(pk))


def _render_suggestion(request, found, status=200, **forms):
    splitting = DiscoveryRun.objects.unfinished().filter(splits=found).exists()
    last, row = found.cuts.last(), suggestion_overview.build_suggestion_row(found)
    typical, atypical = suggestion_overview.typical_and_atypical_texts(found, request.user)
    context = {
        "section": "coding",
        "suggestion": found,
        "consultation": found.consultation,
        "row": row,
        "typical": typical,
        "atypical": atypical,
        "splitting": splitting,
        "not_split": last if found.is_open and last is not None and not last.is_unfinished else None,
        "accept": AcceptForm(initial={"label": row.name, "phrases": found.phrases}),
        "join": JoinForm(suggestion=found),
        "dismiss": DismissSuggestionForm(),
        **forms,
        "wrong": next(iter(forms.values()), None),
        "which": next(iter(forms), ""),
    }
    return render(request, "insights/coding/discovery/suggestion.html", context, status=status)


def _save_decision(request, pk, which, form, action, done):
    """Save one decision from its form; on an error show the page again with the input."""
    found = _get_suggestion(pk)
    form = form(request.POST, **({"suggestion": found} if form is JoinForm else {}))
    if save_form(request, form, action, suggestion=found):
        messages.success(request, done.format(**form.cleaned_data))
        return redirect("insights:discovery-of", found.consultation.slug)
    return _render_suggestion(request, found, status=422, **{which: form})


@staff_view("insights.propose_codebook", method="POST")
def save_acceptance(request, pk):
    done = "“{label}” is a theme of the draft codebook. Two people approve it there."
    return _save_decision(request, pk, "accept", AcceptForm, actions.accept_suggestion, done)


@staff_view("insights.propose_codebook", method="POST")
def save_join(request, pk):
    done = "The theme has these phrases in the draft codebook. Two people approve it there."
    return _save_decision(request, pk, "join", JoinForm, actions.join_suggestion, done)


@staff_view("insights.propose_codebook", method="POST")
def save_dismissal(request, pk):
    done = "Dismissed. It stays so when the machine looks again."
    return _save_decision(request, pk, "dismiss", DismissSuggestionForm, actions.dismiss_suggestion, done)


@staff_view("insights.propose_codebook", method="POST")
def save_split_request(request, pk):
    return _save_formless_decision(request, pk, actions.ask_for_split, "A worker looks for two groups in it.")


@staff_view("insights.propose_codebook", method="POST")
def save_undo(request, pk):
    return _save_formless_decision(request, pk, actions.undo_decision, "It is open again.")


def _save_formless_decision(request, pk, verb, done):
    """Save a decision that needs no form."""
    run_action(request, verb, done, suggestion=_get_suggestion(pk))
    return redirect("insights:suggestion", pk)
