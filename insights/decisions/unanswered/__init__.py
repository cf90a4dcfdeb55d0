"""Themes without a decision, overdue promises, and decisions that newer evidence contradicts."""
