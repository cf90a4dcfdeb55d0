"""Redaction: proposals for spans of personal data, and the text with tags in their place."""

from consultation.reading.redaction.propose import propose
from consultation.reading.redaction.spans import TYPES, Span, redact

__all__ = ["TYPES", "Span", "propose", "redact"]
