"""Queries and rows for the pages of double coding."""

from consultation import handover
from insights.coding.agreement import actions
from insights.coding.blind_samples.models import DoubleCoding, SampledText
from insights.coding.codebook_in_force import codebook_version
from insights.coding.models import ThemeEntry


def list_consultation_samples(user):
    """A row for each consultation: its newest sample, and whether this person has texts to code in it."""
    waiting = set(SampledText.objects.for_second(user).waiting().values_list("study_id", flat=True))
    newest = {}
    for study in DoubleCoding.objects.select_related("second"):
        newest.setdefault(study.consultation_id, study)
    rows = []
    for page in handover.list_consultations():
        study = newest.get(page.pk)
        disputed = study is not None and study.sample.disputed().exists()
        rows.append({"page": page, "study": study, "mine": study and study.pk in waiting, "disputed": disputed})
    return rows


def count_texts_to_sample(page):
    """Number of texts from which a sample can be drawn. It decides the sizes offered and is never shown."""
    version = codebook_version(page)
    return len(actions.coded_themes_by_text(page, version)) if version else 0


def theme_labels_of(study):
    """{theme id: label} of all themes of the codebook, those of the study's version in its words."""
    entries = ThemeEntry.objects.filter(theme__codebook=study.version.codebook_id).order_by("version__number")
    return {
        **dict(entries.values_list("theme_id", "label")),
        **dict(study.version.entries.values_list("theme_id", "label")),
    }


def build_agreement_rows(study):
    """(rows of themes with a figure, lowest agreement first; labels of themes without one)."""
    kappas, machine = study.figures["themes"], study.figures["machine"]["themes"]
    rows = [
        {"entry": entry, "kappa": kappas.get(str(entry.theme_id)), "f1": machine.get(str(entry.theme_id))}
        for entry in study.version.entries.select_related("theme")
    ]
    said = [row for row in rows if row["kappa"] or row["f1"]]
    said.sort(key=lambda row: (row["kappa"]["value"] if row["kappa"] else 2, row["entry"].label))
    return said, [row["entry"].label for row in rows if not row["kappa"] and not row["f1"]]


def find_codebook_lessons(study):
    """(pairs of entries that coders confuse, entries whose definition is unclear)."""
    entries = {entry.theme_id: entry for entry in study.version.entries.select_related("theme")}
    pairs = [(entries[a], entries[b]) for a, b in study.figures["confused"] if a in entries and b in entries]
    return pairs, [entries[id_] for id_ in study.figures["unclear"] if id_ in entries]
