"""Cite a question's figure, frozen as it was shown. `decisions.actions` cites themes and quotes."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from insights.decisions.actions import accept_theme, lock_evidence, lock_proposal, save_proposal
from insights.decisions.ledger_entries import append_ledger_entry
from insights.decisions.models import Bearing, Decision, FigureCitation, ProposedCitation
from insights.decisions.trace import find_asked_question
from insights.releases.models import Figure, ReleaseStatus
from insights.releases.tied_releases import refuse_tied_releases

KINDS = ("question", "about")
SHOWN = ("id", "label", "value", "symbol", "percent", "low", "high")


def list_citable_figures(release: Any) -> Any:
    """The figures of a release that belong to a question, in report order."""
    return release.figures.filter(kind__in=KINDS).order_by("order")


@transaction.atomic
def cite_figure(
    *, decision: Decision, by: Any, figure: Figure, row: str = "", bearing: str = Bearing.SUPPORTS
) -> FigureCitation:
    """Cite all answers to a question, or one (`row`)."""
    lock_evidence(decision, by)
    return _save_figure_citation(by, decision, figure, row, bearing)


def _save_figure_citation(by: Any, decision: Decision, figure: Figure, row: str, bearing: str) -> FigureCitation:
    seen, version = get_shown_question_figure(figure, row)
    citation = FigureCitation(
        decision=decision, release=figure.release, figure=figure, question=question_id_of(figure), version=version,
        row=row, bearing=bearing, seen=seen,
    )  # fmt: skip
    citation.validate_constraints()
    citation.save()
    data = {"release": figure.release_id, "question": citation.question, "row": row, "bearing": bearing, "seen": seen}
    data |= {"figure": figure.pk, "version": version.pk}
    append_ledger_entry("cited figure", decision, by, citation=citation.pk, **data)
    return citation


def question_id_of(figure: Figure) -> str:
    """The id of the figure's question; each row of a grid is a figure of its own."""
    return figure.key.partition(":")[0]


def get_shown_question_figure(figure: Figure, row: str = "") -> tuple[dict[str, Any], Any]:
    """({asked, number, version, base, rows}, published version): the figure as its release shows it."""
    if figure.kind not in KINDS or figure.release.status != ReleaseStatus.PUBLISHED:
        raise ValidationError("Only a question of a published release can be cited.")
    if "refused" in figure.table:
        raise ValidationError("That release shows no figure for this question.")
    rows = [{name: one.get(name) for name in SHOWN} for one in figure.table["rows"] if row in ("", one["id"])]
    if not rows:
        raise ValidationError("That answer is not in that figure.")
    version, question = _find_asking_version(figure)
    return {
        "asked": question.text if question and question.id == figure.key else figure.title,
        "number": question.number if question else None,
        "version": version.number,
        "base": figure.table["base"],
        "rows": rows,
    }, version


def _find_asking_version(figure: Figure) -> tuple[Any, Any]:
    """(version, question): the newest version up to the release that asks it, else (the newest of them, None)."""
    versions = handover.list_versions(figure.release.consultation)[::-1]
    known = [one for one in versions if one.published_at.date() <= figure.release.made_on] or versions
    found = ((one, find_asked_question(one, question_id_of(figure))) for one in known)
    return next(((one, question) for one, question in found if question), (known[0], None))


@transaction.atomic
def propose_figure(
    *, decision: Decision, by: Any, figure: Figure, row: str = "", bearing: str = Bearing.SUPPORTS,
    today: date | None = None,
) -> ProposedCitation:  # fmt: skip
    get_shown_question_figure(figure, row)
    if decision.figure_citations.filter(figure=figure, row=row).exists():
        raise ValidationError("This figure is cited already.")
    cited = {"decision": decision, "release": figure.release, "figure": figure, "row": row, "bearing": bearing}
    return save_proposal(by, today, {"question": question_id_of(figure)}, **cited)


@transaction.atomic
def accept_proposal(*, proposed: ProposedCitation, by: Any) -> Any:
    """Publish a proposed theme or figure as a second person, as its release shows it."""
    require_permission(by, "insights.publish_decision")
    found = lock_proposal(proposed)
    if found.made_by_id == by.pk:
        raise ValidationError("Two people change what is public. Ask a colleague to confirm what you proposed.")
    refuse_tied_releases([found.release_id])
    if found.figure is None:
        citation: Any = accept_theme(found, by)
    else:
        citation = _save_figure_citation(by, found.decision, found.figure, found.row, found.bearing)
    audit("decision published/changed", by=by, obj=found.decision, citation=citation.pk)
    found.delete()
    return citation


@transaction.atomic
def remove_figure_citation(*, citation: FigureCitation, by: Any) -> None:
    """Take a figure out of a draft."""
    lock_evidence(citation.decision, by)
    gone = {"citation": citation.pk, "release": citation.release_id, "question": citation.question}
    append_ledger_entry("figure removed", citation.decision, by, **gone)
    citation.delete()
