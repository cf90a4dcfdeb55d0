"""Translating pages string by string, with named checkers."""
