"""404 look-ups for the pages of codebooks."""

from django.shortcuts import get_object_or_404

from insights.coding.models import Codebook, CodebookVersion, ThemeEntry


def get_codebook_or_404(slug):
    return get_object_or_404(Codebook, slug=slug)


def get_version_or_404(slug, number):
    versions = CodebookVersion.objects.select_related("codebook", "based_on", "drafted_by")
    return get_object_or_404(versions, codebook__slug=slug, number=number)


def get_entry_or_404(slug, number, theme):
    entries = ThemeEntry.objects.select_related("theme", "version__codebook", "version__based_on")
    return get_object_or_404(entries, version__codebook__slug=slug, version__number=number, theme__slug=theme)
