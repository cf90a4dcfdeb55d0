"""Approval of a consultation in two steps, by two persons."""
