"""What a version that has come into force does to codes: on record first, then done. Nothing is guessed for a person.

A code of a person on a theme that was merged becomes a code of the same person on the theme that stays. Where a theme was
split, the person's code goes, and the text is asked about again: a row of `source=rule` for each part, which counts for
nothing while a person's choice stands on the text. Where a theme was retired and nothing else was chosen, the text is
uncoded again. What machines proposed is proposed anew by the sweep; until then a merge carries it over.
"""

import copy

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from insights.coding.codebooks.destiny import Destiny
from insights.coding.codebooks.models import Recoding
from insights.coding.codebooks.past import destiny, entry_of
from insights.coding.models import Code, Codebook, CodingStatus, Source, VersionStatus

BATCH = 500
# Of a code: what Recoding has columns for, or a person's code never has. All else is kept in `more`.
TOLD = {"id", "text_id", "theme_id", "version_id", "source", "coder_id", "confidence", "because", "engine"}


def recode_late():
    """Sweep: codes that were saved while a version was being approved, still with a theme of the one before; and texts
    of a split theme whose answer was taken back."""
    versions = [book.current for book in Codebook.objects.filter(versions__status=VersionStatus.APPROVED).distinct()]
    return sum(recode(version) + _ask_where_undone(version) for version in versions)


@transaction.atomic
def recode(version):
    """Every code on a theme that the version in force does not have. Running again finds nothing. How many of people."""
    fates = Fates(version)
    strays = Code.objects.filter(theme__codebook=version.codebook_id).exclude(
        theme__in=version.entries.values("theme")
    )
    _recode_machines(strays.proposals(), fates)
    done = 0
    while codes := list(strays.by_people().select_related("version").order_by("text_id", "theme_id")[:BATCH]):
        _recode_people(codes, fates)
        done += len(codes)
    return done


@transaction.atomic
def _ask_where_undone(version):
    """A choice from before the split stands again, by undo: the question about the split does too. How many texts."""
    asking = Code.objects.filter(text=OuterRef("text"), source=Source.RULE)
    rows = Recoding.objects.filter(
        version__codebook=version.codebook_id, kind="split", text__status__version__number__lt=F("version__number")
    )
    found = list(rows.exclude(Exists(asking)).order_by("pk"))
    here = set(version.entries.values_list("theme_id", flat=True))
    chosen = set(
        Code.objects.by_people().filter(text__in={row.text_id for row in found}).values_list("text_id", "theme_id")
    )
    fates = Fates(version)
    asked = {
        (row.text_id, part): question(row, part, fates)
        for row in found
        for part in row.became
        if part in here and (row.text_id, part) not in chosen
    }
    Code.objects.bulk_create(asked.values())
    return len({text for text, _ in asked})


class Fates:
    """What becomes of a theme as an older version knew it; asked once for each."""

    def __init__(self, version):
        self.version, self._known, self._labels = version, {}, {}
        self._here = set(version.entries.values_list("theme_id", flat=True))

    def of(self, code):
        key = code.theme_id, code.version_id
        if key not in self._known:
            self._known[key] = self._told(destiny(code.theme_id, code.version, self.version))
        return self._known[key]

    def _told(self, found):
        """Only themes that this version has: whatever else was meant, nothing is left there to be coded with."""
        into = tuple(theme for theme in found.into if theme in self._here)
        return Destiny(found.outcome, into) if into and found.outcome != "stays" else Destiny("retire")

    def label(self, code):
        if code.theme_id not in self._labels:
            entry = entry_of(code.theme_id, self.version.number)
            self._labels[code.theme_id] = entry.label if entry else str(code.theme)
        return self._labels[code.theme_id]


def _recode_people(codes, fates):
    texts = {code.text_id for code in codes}
    memos = dict(CodingStatus.objects.filter(text__in=texts).values_list("text_id", "memo"))
    Recoding.objects.bulk_create(_on_record(code, fates, memos.get(code.text_id)) for code in codes)
    Code.objects.filter(pk__in=[code.pk for code in codes]).delete()
    _carry_over(codes, texts, fates)
    _ask_again(codes, texts, fates)
    _uncode(texts)


def _on_record(code, fates, memo):
    fate = fates.of(code)
    kept = {field.attname: getattr(code, field.attname) for field in code._meta.concrete_fields}
    more = {name: value for name, value in kept.items() if name not in TOLD and value not in ("", [], None)}
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


def _carry_over(codes, texts, fates):
    """Of merged themes: the same person's code on the one that stays, once."""
    there = {(c.text_id, c.theme_id, c.coder_id): c for c in Code.objects.by_people().filter(text__in=texts)}
    made, changed = [], []
    for code in codes:
        fate = fates.of(code)
        if fate.outcome != "merge":
            continue
        key = (code.text_id, fate.into[0], code.coder_id)
        if key not in there:
            there[key] = _copied(code, fate.into[0], fates.version)
            made.append(there[key])
        elif join(there[key], code) and there[key].pk:
            changed.append(there[key])
    Code.objects.bulk_create(made)
    if changed:
        Code.objects.bulk_update(changed, ["stance", "spans"])


def join(stays, goes):
    """Two codes of one person become one: what either marks, and both where one agrees and one does not. Whether it
    changed; what each said alone is on record."""
    before = getattr(stays, "stance", ""), getattr(stays, "spans", [])
    stances = {getattr(code, "stance", "") for code in (stays, goes)} - {""}
    stance = "mixed" if len(stances) > 1 else "".join(stances)
    spans = _together([*before[1], *getattr(goes, "spans", [])])
    if (stance, spans) == before:
        return False
    stays.stance, stays.spans = stance, spans
    return True


def _together(spans):
    """In order; places in the words that touch are one."""
    found = []
    for start, end in sorted(map(tuple, spans)):
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def _copied(code, theme_id, version):
    new = copy.copy(code)
    new.pk, new.theme_id, new.version = None, theme_id, version
    new._state = copy.copy(code._state)
    new._state.adding = True
    return new


def _ask_again(codes, texts, fates):
    """Of split themes: each part as a question, but for what the person has chosen on this text already."""
    there = set(
        Code.objects.filter(text__in=texts, source__in=(Source.PERSON, Source.RULE)).values_list("text_id", "theme_id")
    )
    asked = {}
    for code in codes:
        fate = fates.of(code)
        for part in fate.into if fate.outcome == "split" else ():
            if (code.text_id, part) not in there:
                asked.setdefault((code.text_id, part), question(code, part, fates))
    Code.objects.bulk_create(asked.values())


def no_longer_asked(text_id):
    """A person has looked again, or took their choice back: either way nothing is left to ask."""
    Code.objects.filter(text=text_id, source=Source.RULE).delete()


def question(code, part, fates):
    """A proposal that only asks: nobody holds it for likely."""
    because = [f"it was “{fates.label(code)}” before version {fates.version.number}"]
    return Code(
        text_id=code.text_id,
        theme_id=part,
        version=fates.version,
        source=Source.RULE,
        confidence=0.0,
        because=because,
        engine="split",
    )


def _uncode(texts):
    """Where no choice of a person is left, and nothing is asked, the text waits like one that nobody has coded. Whoever
    said that it speaks of something that no theme names has chosen: that stands."""
    stands = Code.objects.filter(text__in=texts, source__in=(Source.PERSON, Source.RULE)).values("text_id")
    CodingStatus.objects.filter(text__in=texts, nothing="").exclude(text__in=stands).delete()


def _recode_machines(strays, fates):
    """Merged: carried over. Split: a question is asked for the parts instead; a machine's own is made anew. Else gone."""
    while codes := list(strays.select_related("version", "theme").order_by("text_id", "pk")[:BATCH]):
        texts = {code.text_id for code in codes}
        there = set(Code.objects.proposals().filter(text__in=texts).values_list("text_id", "theme_id", "source"))
        made = []
        for code in codes:
            for part in _heirs(code, fates.of(code)):
                if (key := (code.text_id, part, code.source)) not in there:
                    there.add(key)
                    new = code.version if code.source == Source.MODEL else fates.version
                    made.append(_copied(code, part, new))
        Code.objects.filter(pk__in=[code.pk for code in codes]).delete()
        Code.objects.bulk_create(made)
        asked = {code.text_id for code in codes if code.source == Source.RULE}
        _uncode(asked)


def _heirs(code, fate):
    if fate.outcome == "merge" or (fate.outcome == "split" and code.source == Source.RULE):
        return fate.into
    return ()
