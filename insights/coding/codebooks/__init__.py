"""Codebooks: versions, acts on themes, and the record of recoded texts."""

from insights.coding.codebooks.actions import approve_version, load_codebook
from insights.coding.codebooks.codebook_parsing import themes_from_csv, themes_from_taxonomy

__all__ = ["approve_version", "load_codebook", "themes_from_csv", "themes_from_taxonomy"]
