"""Codebooks: versions, acts on themes, and the record of recoded texts."""

from insights.coding.codebooks.actions import approve, load_codebook
from insights.coding.codebooks.reading import themes_from_csv, themes_from_taxonomy

__all__ = ["approve", "load_codebook", "themes_from_csv", "themes_from_taxonomy"]
