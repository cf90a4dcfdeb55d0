"""Redaction: proposes spans of personal data, and replaces spans with tags."""

from consultation.domain.personal_data_types import TYPES
from consultation.reading.redaction.personal_data_spans import Span, replace_with_tags
from consultation.reading.redaction.span_proposals import propose_spans

__all__ = ["TYPES", "Span", "propose_spans", "replace_with_tags"]
