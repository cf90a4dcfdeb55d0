"""Consultations as officers write them: questions, routing, promises, approval, and published versions."""
