"""Redaction: proposes spans of personal data, and replaces spans with tags."""

from consultation.reading.redaction.propose import propose
from consultation.reading.redaction.spans import TYPES, Span, redact

__all__ = ["TYPES", "Span", "propose", "redact"]
