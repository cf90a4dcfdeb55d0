"""Export a decision's trace as a file. Each export is an audit entry, so that a recall of words can find it."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.decisions.models import Decision, DecisionStatus, LedgerEntry
from insights.decisions.provenance import prov_graph, prov_json, prov_o
from insights.decisions.tracing.views import build_decision_trace

STYLE = Path(__file__).with_name("paper.css")
FORMS = {
    "prov-json": ("json", "application/json"),
    "prov-o": ("jsonld", "application/ld+json"),
    "html": ("html", "text/html; charset=utf-8"),
}


def may_export_trace(by: Any, decision: Decision) -> bool:
    if not by.has_perm("insights.export"):
        return False
    writes = by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision")
    return bool(decision.status == DecisionStatus.PUBLISHED or writes)


@dataclass(frozen=True)
class ProvenanceFile:
    name: str
    content_type: str
    content: bytes


def export_trace(*, decision: Decision, form: str, by: Any = None) -> ProvenanceFile:
    """Build the file and record the export. `form`: a key of FORMS. `by` None: run from the command line."""
    if by is not None:
        require_permission(by, may_export_trace, decision)
    ending, content_type = FORMS[form]
    if form == "html":
        content = _build_board_paper(decision, timezone.localdate())
    else:
        writer, namespace = (
            prov_json if form == "prov-json" else prov_o,
            f"{settings.SITE_URL.rstrip('/')}/provenance#",
        )
        document = writer.write_document(prov_graph.build_prov_graph(decision), namespace)
        content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    digest = hashlib.sha256(content).hexdigest()
    record_event("export made", by=by, obj=decision, kind="decision with its trace", form=form, rows=1, hash=digest)
    return ProvenanceFile(f"{decision.slug}.{ending}", content_type, content)


def _build_board_paper(decision: Decision, today: date) -> bytes:
    """A self-contained HTML file; its content security policy allows its own style sheet by hash and nothing else."""
    style = STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context = {
        "decision": decision,
        "today": today,
        "style": mark_safe(style),
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'",
        "entry": LedgerEntry.objects.filter(decision=decision.slug).order_by("-seq").first(),
    }
    return render_to_string(
        "insights/decisions/provenance/paper.html", context | build_decision_trace(decision, prov_graph.EVERYONE)
    ).encode()
