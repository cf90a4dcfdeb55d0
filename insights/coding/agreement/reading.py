"""What the pages of double coding put together."""

from consultation import handover
from insights.coding.actions import codebook_version
from insights.coding.agreement import actions, sampling
from insights.coding.agreement.models import DoubleCoding, SampledText
from insights.coding.models import ThemeEntry


def overview(user):
    """Every consultation with its newest sample, and whether something waits there for this person."""
    mine = SampledText.objects.for_second(user).waiting()
    waiting = set(mine.values_list("study_id", flat=True))
    newest = {}
    for study in DoubleCoding.objects.select_related("second"):
        newest.setdefault(study.consultation_id, study)
    return [_row(page, newest.get(page.pk), waiting) for page in handover.consultations()]


def _row(page, study, waiting):
    disputed = study is not None and study.sample.disputed().exists()
    return {"page": page, "study": study, "mine": study is not None and study.pk in waiting, "disputed": disputed}


def available(page):
    """How many texts a sample can be drawn from: for the sizes that are offered, never shown."""
    version = codebook_version(page)
    return len(actions.coded_texts(page, version)) if version else 0


def fewest():
    return sampling.OFFERED[0]


def labels_of(study):
    """{theme id: label}, also of themes that a later version has no more."""
    entries = ThemeEntry.objects.filter(theme__codebook=study.version.codebook_id).order_by("version__number")
    return {
        **dict(entries.values_list("theme_id", "label")),
        **dict(study.version.entries.values_list("theme_id", "label")),
    }


def theme_rows(study):
    """Every theme of the codebook, the least agreed on first; those of which too little is known last."""
    kappas, machine = study.figures["themes"], study.figures["machine"]["themes"]
    rows = [
        {"entry": entry, "kappa": kappas.get(str(entry.theme_id)), "f1": machine.get(str(entry.theme_id))}
        for entry in study.version.entries.select_related("theme")
    ]
    said = [row for row in rows if row["kappa"] or row["f1"]]
    said.sort(key=lambda row: (row["kappa"]["value"] if row["kappa"] else 2, row["entry"].label))
    return said, [row["entry"].label for row in rows if not row["kappa"] and not row["f1"]]


def lessons(study):
    """What the disagreement says of the codebook: pairs taken for each other, and themes whose words need work."""
    entries = {entry.theme_id: entry for entry in study.version.entries.select_related("theme")}
    pairs = [(entries[a], entries[b]) for a, b in study.figures["confused"] if a in entries and b in entries]
    return pairs, [entries[id_] for id_ in study.figures["unclear"] if id_ in entries]
