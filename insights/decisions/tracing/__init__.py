"""Traces: from a decision to the words behind it, and from words, themes or questions to the decisions citing them."""
