"""Recoding of texts when a codebook version comes into force. Each recoding is recorded before it is done.

Merge: a person's code becomes the same person's code on the theme that stays. Split: the person's code is deleted and
the text is asked about again, by a row with `source=rule` for each part; it counts for nothing. Retirement: a text
without another code becomes uncoded. Machine proposals are renewed by the sweep; a merge carries them over until then.
"""

import copy
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from insights.coding.codebooks.models import Recoding
from insights.coding.codebooks.theme_history import last_entry_of, succession_since
from insights.coding.codebooks.theme_succession import ThemeSuccession
from insights.coding.models import Code, Codebook, CodebookVersionStatus, CodeSource, CodingStatus

BATCH = 500
# Fields of Code that Recoding has columns for, or that a person's code never has. All others go into `more`.
RECORDED_FIELDS = {"id", "text_id", "theme_id", "version_id", "source", "coder_id", "confidence", "because", "engine"}


def recode_late_codes():
    """Sweep: recode codes that were saved with the former version during an approval, and ask again about texts of a
    split theme whose new choice was undone. Returns how many."""
    books = Codebook.objects.filter(versions__status=CodebookVersionStatus.APPROVED).distinct()
    versions = [book.current for book in books]
    return sum(recode_texts(version) + _ask_again_after_undo(version) for version in versions)


@transaction.atomic
def recode_texts(version):
    """Recode every code on a theme that the version in force lacks. Idempotent. Returns how many codes of people."""
    fates = SuccessionLookup(version)
    strays = Code.objects.filter(theme__codebook=version.codebook_id).exclude(
        theme__in=version.entries.values("theme")
    )
    _recode_machine_codes(strays.proposals(), fates)
    done = 0
    while codes := list(strays.by_people().select_related("version").order_by("text_id", "theme_id")[:BATCH]):
        _recode_people_codes(codes, fates)
        done += len(codes)
    return done


@transaction.atomic
def _ask_again_after_undo(version):
    """Where undo restored a choice from before a split, ask about the split again. Returns how many texts."""
    asking = Code.objects.filter(text=OuterRef("text"), source=CodeSource.RULE)
    rows = Recoding.objects.filter(
        version__codebook=version.codebook_id, kind="split", text__status__version__number__lt=F("version__number")
    )
    found = list(rows.exclude(Exists(asking)).order_by("pk"))
    here = set(version.entries.values_list("theme_id", flat=True))
    codes = Code.objects.by_people().filter(text__in={row.text_id for row in found})
    chosen = set(codes.values_list("text_id", "theme_id"))
    fates = SuccessionLookup(version)
    asked = {
        (row.text_id, part): build_split_question(row, part, fates)
        for row in found
        for part in row.became
        if part in here and (row.text_id, part) not in chosen
    }
    Code.objects.bulk_create(asked.values())
    return len({text for text, _ in asked})


class SuccessionLookup:
    """The succession of themes of older versions, looked up once for each theme and version."""

    def __init__(self, version):
        self.version, self._known, self._labels = version, {}, {}
        self._here = set(version.entries.values_list("theme_id", flat=True))

    def find_fate(self, code):
        key = code.theme_id, code.version_id
        if key not in self._known:
            found = succession_since(code.theme_id, code.version, self.version)
            # Themes of this version alone; a retirement where none is left.
            into = tuple(theme for theme in found.into if theme in self._here)
            stands = into and found.outcome != "stays"
            self._known[key] = ThemeSuccession(found.outcome, into) if stands else ThemeSuccession("retire")
        return self._known[key]

    def find_label(self, code):
        if code.theme_id not in self._labels:
            entry = last_entry_of(code.theme_id, self.version.number)
            self._labels[code.theme_id] = entry.label if entry else str(code.theme)
        return self._labels[code.theme_id]


def _recode_people_codes(codes, fates):
    texts = {code.text_id for code in codes}
    memos = dict(CodingStatus.objects.filter(text__in=texts).values_list("text_id", "memo"))
    Recoding.objects.bulk_create(_build_recoding(code, fates, memos.get(code.text_id)) for code in codes)
    Code.objects.filter(pk__in=[code.pk for code in codes]).delete()
    _carry_over_merged_codes(codes, texts, fates)
    _ask_about_split_themes(codes, texts, fates)
    _uncode_texts(texts)


def _build_recoding(code, fates, memo):
    fate = fates.find_fate(code)
    kept = {field.attname: getattr(code, field.attname) for field in code._meta.concrete_fields}
    more = {name: value for name, value in kept.items() if name not in RECORDED_FIELDS and value not in ("", [], None)}
    return Recoding(
        text_id=code.text_id,
        theme_id=code.theme_id,
        coder_id=code.coder_id,
        coded_with_id=code.version_id,
        version=fates.version,
        kind=fate.outcome,
        became=list(fate.into),
        more=more | ({"memo": memo} if memo else {}),
    )


def _carry_over_merged_codes(codes, texts, fates):
    """For merged themes: give each coder one code on the theme that stays."""
    there = {(c.text_id, c.theme_id, c.coder_id): c for c in Code.objects.by_people().filter(text__in=texts)}
    made, changed = [], []
    for code in codes:
        fate = fates.find_fate(code)
        if fate.outcome != "merge":
            continue
        key = (code.text_id, fate.into[0], code.coder_id)
        if key not in there:
            there[key] = _copy_code(code, fate.into[0], fates.version)
            made.append(there[key])
        elif join_codes(there[key], code) and there[key].pk:
            changed.append(there[key])
    Code.objects.bulk_create(made)
    if changed:
        Code.objects.bulk_update(changed, ["stance", "spans"])


def join_codes(stays, goes):
    """Join two codes of one person: all marked spans, and the stance "mixed" where their stances differ. Returns
    whether `stays` changed; the former codes are on record."""
    before = getattr(stays, "stance", ""), getattr(stays, "spans", [])
    stances = {getattr(code, "stance", "") for code in (stays, goes)} - {""}
    stance = "mixed" if len(stances) > 1 else "".join(stances)
    spans = merge_spans([*before[1], *getattr(goes, "spans", [])])
    if (stance, spans) == before:
        return False
    stays.stance, stays.spans = stance, spans
    return True


def merge_spans(places: Iterable[Sequence[int]]) -> list[list[int]]:
    """Sorted spans, with touching or overlapping ones merged, so that no word counts twice."""
    kept: list[list[int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in places):
        if kept and start <= kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], end)
        else:
            kept.append([start, end])
    return kept


def _copy_code(code, theme_id, version):
    new = copy.copy(code)
    new.pk, new.theme_id, new.version = None, theme_id, version
    new._state = copy.copy(code._state)
    new._state.adding = True
    return new


def _ask_about_split_themes(codes, texts, fates):
    """For split themes: a question for each part that is not on the text already."""
    rows = Code.objects.filter(text__in=texts, source__in=(CodeSource.PERSON, CodeSource.RULE))
    there = set(rows.values_list("text_id", "theme_id"))
    asked = {}
    for code in codes:
        fate = fates.find_fate(code)
        for part in fate.into if fate.outcome == "split" else ():
            if (code.text_id, part) not in there:
                asked.setdefault((code.text_id, part), build_split_question(code, part, fates))
    Code.objects.bulk_create(asked.values())


def clear_split_questions(text_id):
    """Delete a text's questions about a split, after a person has answered them or undone their choice."""
    Code.objects.filter(text=text_id, source=CodeSource.RULE).delete()


def build_split_question(code, part, fates):
    """A row that asks whether a part of a split theme fits; its confidence is 0."""
    because = [f"it was “{fates.find_label(code)}” before version {fates.version.number}"]
    return Code(
        text_id=code.text_id,
        theme_id=part,
        version=fates.version,
        source=CodeSource.RULE,
        confidence=0.0,
        because=because,
        engine="split",
    )


def _uncode_texts(texts):
    """Mark texts as uncoded where no person's code and no question is left. A recorded no-theme reason is a choice, so
    those texts stay coded."""
    stands = Code.objects.filter(text=OuterRef("text_id"), source__in=(CodeSource.PERSON, CodeSource.RULE))
    CodingStatus.objects.filter(~Exists(stands), text__in=texts, nothing="").delete()


def _recode_machine_codes(strays, fates):
    """Recode rows not made by people: a merge carries them over, a split only its questions; others are deleted."""
    while codes := list(strays.select_related("version", "theme").order_by("text_id", "pk")[:BATCH]):
        texts = {code.text_id for code in codes}
        there = set(Code.objects.proposals().filter(text__in=texts).values_list("text_id", "theme_id", "source"))
        made = []
        for code in codes:
            for part in _heirs_of_code(code, fates.find_fate(code)):
                if (key := (code.text_id, part, code.source)) not in there:
                    there.add(key)
                    new = code.version if code.source == CodeSource.MODEL else fates.version
                    made.append(_copy_code(code, part, new))
        Code.objects.filter(pk__in=[code.pk for code in codes]).delete()
        Code.objects.bulk_create(made)
        _uncode_texts({code.text_id for code in codes if code.source == CodeSource.RULE})


def _heirs_of_code(code, fate):
    if fate.outcome == "merge" or (fate.outcome == "split" and code.source == CodeSource.RULE):
        return fate.into
    return ()
