"""The public page of one decision: answer, evidence, outcome, and a poll on whether it changed anything.

Figures come from releases, after disclosure control, as cited; quotes were approved by two people.
"""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from cms.site.pages.decision_cards import (
    IN_ENGLISH,
    SOURCE,
    MarkedText,
    build_decision_cards,
    cited_theme_name,
    has_changed_numbers,
    list_public_quotes,
    newest_results_by_consultation,
    public_decisions,
    titles_in,
)
from cms.site.pages.results_pages import results_path
from consultation.interface_text import get_text
from consultation.receipts.heard_back.views import build_poll_context as form_of
from consultation.receipts.heard_back.views import save_poll_reply
from consultation.receipts.objections.views import (
    ObjectionForm,
    build_objection_context,
    find_objection_consultation,
    find_objection_problem,
    save_objection_reply,
)
from consultation.respondent_pages.language_picker import repeat_posted_page
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from insights.decisions import trace
from insights.decisions.outcomes import change_polls, objection_replies
from insights.releases.models import Figure
from insights.releases.stored_figures import is_nearly_all, is_reported


class DecisionEvidence:
    """All evidence of a decision in one language. Survey titles are fetched in one query."""

    def __init__(self, decision, language, shown):
        self.language, self.shown = language, shown
        self.citations = sorted(decision.citations.all(), key=lambda each: each.pk)  # prefetched
        self.figures = list(decision.figure_citations.select_related("release__consultation"))
        updates = decision.outcome_updates.published()
        self.updates = list(
            updates.prefetch_related("evidence__release__consultation", "evidence__before__consultation")
        )
        self._titles = titles_in([release.consultation for release in self.list_releases()], language)

    def list_releases(self):
        measured = [one for update in self.updates for one in update.evidence.all()]
        releases = [one.release for one in (*self.citations, *self.figures, *measured)]
        return [*releases, *(one.before for one in measured if one.before)]

    def describe_source(self, release, part=""):
        """The release behind a figure: survey, number, date, and public address if there is one."""
        title, in_english = self._titles[release.consultation_id]
        results = self.shown.get(release.consultation_id)
        same = results is not None and results.release_id == release.pk and release.consultation.live
        url = f"{results_path(release.consultation, self.language)}{part}" if same else ""
        return {"title": title, "in_english": in_english, "number": release.number, "day": release.made_on, "url": url}


@respondent_view
def show_decision(request, slug):
    decision = public_decisions().filter(slug=slug).first()
    if decision is None:
        raise Http404
    language, shown, today = get_language(), newest_results_by_consultation(), timezone.localdate()
    backing = DecisionEvidence(decision, language, shown)
    replies = DecisionReplies(request, decision, today)
    context = {
        "decision": decision,
        "card": build_decision_cards([decision], language, shown)[0],
        "backing": sorted(
            [*_iterate_cited_themes(backing), *_iterate_cited_figures(backing)], key=lambda one: one["against"]
        ),
        "changed": has_changed_numbers(backing.list_releases()),
        "came": {  # by update: later figures, with comparable earlier ones
            update.pk: [_describe_evidence(one, backing) for one in update.evidence.all()]
            for update in backing.updates
        },
        **replies.build_context(),
        "page_path": request.path_info,
        **(repeat_posted_page(request, form="objection") if replies.is_open_objection else {}),
        "replied": _summarise_replies(decision, today),
        "here": f"you-said-we-did/{slug}/",
    }
    return render_public_page(request, "cms/site/pages/decided.html", context, status=422 if replies.problem else 200)


class DecisionReplies:
    """The two forms of a decision's page: “Did this change anything for you?” while a poll is open, and “Do you think we
    got this wrong?”. A request sends one of them; `sent` is the id of its section."""

    def __init__(self, request, decision, today):
        self.decision = decision
        self.poll = next((poll for poll in decision.polls.all() if poll.is_open(today)), None)
        self.asked = find_objection_consultation(decision.consultations.all())
        self.form, self.sent, self.problem = None, "", ""
        self.repeated = "again" in request.POST  # in another language, and not sent again
        if request.method == "POST" and "wrong" in request.POST and self.asked:
            self.form, self.sent = ObjectionForm.of(request), "wrong"
            self.problem = find_objection_problem(self.form, self.asked, self._poll_key)
            if not self.problem and not self.repeated:
                save_objection_reply(
                    request, self.form, consultation=self.asked, about=self._poll_key, decision=decision.slug
                )
        elif request.method == "POST" and "wrong" not in request.POST and self.poll:
            self.sent, problem = "change", save_poll_reply(request, self.poll.consultation, self.poll.about)
            self.problem = get_text(problem) if problem else ""

    @property
    def is_open_objection(self):
        """Whether a form with a reason comes back."""
        return self.sent == "wrong" and bool(self.problem or self.repeated)

    @property
    def _poll_key(self):
        return objection_replies.name_replies(self.decision)

    def build_context(self):
        taken = "" if self.problem or self.repeated else self.sent
        wrong = (
            build_objection_context(self.asked, self._poll_key, self.form) if self.asked and taken != "wrong" else None
        )
        return {
            "poll": form_of(self.poll.consultation, self.poll.about) if self.poll and taken != "change" else None,
            "wrong": wrong,
            "objections": objection_replies.build_public_figure(self.decision),
            "sent": self.sent,
            "problem": self.problem,
            "taken": taken,
        }


def _summarise_replies(decision, today):
    """Poll replies if enough people replied; and whether there was a poll at all."""
    begun = [poll for poll in decision.polls.all() if poll.is_open(today) or poll.is_over(today)]
    figures = (change_polls.build_public_figure(poll) for poll in begun)
    return {"asked": bool(begun), "shown": next(filter(None, figures), None)}


def _iterate_cited_themes(backing):
    """Each cited theme of each release, for and against apart, with its figure as cited and its quotes' questions."""
    by_theme = {}
    releases = {citation.release_id for citation in backing.citations}
    figures = Figure.objects.filter(release__in=releases, kind="themes", key="all")
    bases = {release: table.get("base") for release, table in figures.values_list("release_id", "table")}
    asked = trace.find_asked_questions(
        (quote.version_id, quote.question) for quote in list_public_quotes(backing.citations)
    )
    for citation in backing.citations:
        place = (citation.is_against, citation.release_id, citation.theme_id)
        by_theme.setdefault(place, []).append(citation)
    for cited in by_theme.values():
        first = cited[0]
        yield {
            "anchor": f"e-{first.pk}",
            "name": cited_theme_name(first, backing.language, backing.shown),
            "people": first.seen.get("people"),
            "nearly_all": is_nearly_all(first.seen),
            "base": bases.get(first.release_id),
            "against": first.is_against,
            "questions": _list_quoted_questions(cited, asked),
            "quotes": list_public_quotes(cited),
            "source": backing.describe_source(first.release, f"#t-{first.theme_id}"),
        }


def _list_quoted_questions(citations, asked):
    """Questions of public quotes only: a question without an approved quote would reveal what was answered."""
    quotes = list_public_quotes(citations)
    found = (asked[quote.version_id, quote.question] for quote in quotes)
    return list({question.id: question.text for question in found if question}.values())


def _iterate_cited_figures(backing):
    for citation in backing.figures:
        yield {
            "anchor": f"f-{citation.pk}",
            "name": MarkedText(citation.seen.get("asked", ""), _english_mark(backing.language)),
            "base": citation.seen.get("base"),
            "rows": [
                row | {"nearly_all": is_nearly_all(row)} for row in citation.seen.get("rows", []) if is_reported(row)
            ],
            "against": citation.is_against,
            "source": backing.describe_source(citation.release),
        }


def _english_mark(language):
    return "" if language == SOURCE else IN_ENGLISH


def _describe_evidence(one, backing):
    seen, change, mark = one.seen, one.change, _english_mark(backing.language)
    return {
        "id": one.pk,
        "label": MarkedText(seen["label"], mark),
        "asked": MarkedText(seen.get("asked", ""), mark),
        "seen": seen,
        "verdict": f"came.{one.bearing}",
        "direction": f"came.{_change_direction(change)}" if change else "",
        "why_not": f"came.why.{seen['why_not']}" if seen.get("why_not") else "",
        "source": backing.describe_source(one.release),
        "before": backing.describe_source(one.before) if one.before and (change or seen.get("why_not")) else None,
    }


def _change_direction(change):
    return "more" if change["low"] > 0 else "fewer" if change["high"] < 0 else "same"
