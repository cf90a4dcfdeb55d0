"""Closing free text or a whole survey at once."""
