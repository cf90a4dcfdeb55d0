"""Builds the options of each question type for a version's content."""

from consultation.questionnaires.kept_files import keep_picture
from consultation.questionnaires.scales import BANDS, SCALES, band_text, figures, scale_texts
from consultation.words import direction


def options(child, texts, given):
    """`texts`: the translated strings; `given`: the key registry of this question's options."""
    return [{"id": id_, "key": given.key(id_)} | worded for id_, worded in _makers(child)(child, texts)]


def _makers(child):
    if child.block_type in SCALES:
        return _scale
    own = {"slider": _steps, "month": _years, "number": _bands, "pictures": _pictures}
    if child.block_type == "about" and child.value["bands"] in BANDS:
        return _prepared
    return own.get(child.block_type, _written)


def _plain(text, **more):
    return {"text": text, "easy": {}, "exclusive": False} | more


def _scale(child, texts):
    scale = SCALES[child.block_type]
    return [(id_, _plain(scale_texts(word, texts.languages))) for id_, word in scale.items()]


def _same(text, texts):
    """Figures for every language, isolated as left-to-right text in right-to-left languages."""
    return {language: f"\u2066{text}\u2069" if direction(language) == "rtl" else text for language in texts.languages}


def _numbers(first, last, texts):
    if first is None or last is None:  # an unfinished draft
        return []
    return [(str(number), _plain(_same(str(number), texts))) for number in range(first, last + 1)]


def _steps(child, texts):
    return _numbers(child.value["low"], child.value["high"], texts)


def _years(child, texts):
    return _numbers(child.value["first_year"], child.value["last_year"], texts)


def _prepared(child, texts):
    return [(id_, _plain(_same(band_text(id_), texts))) for id_ in BANDS[child.value["bands"]]]


def _bands(child, texts):
    found = []
    for option in _children(child):
        start, end = option.value["start"], option.value["end"]
        if start is None or end is None:
            continue
        text = texts(child.id, "options", option.id, "text") or _same(figures(start, end), texts)
        found.append((option.id, _plain(text) | {"from": start, "to": end}))
    return found


def _pictures(child, texts):
    found = _written(child, texts)
    for option, (_, worded) in zip(_children(child), found, strict=True):
        worded["alt"] = texts(child.id, "options", option.id, "alt")
        if option.value["picture"] and (picture := keep_picture(option.value["picture"])):
            worded["picture"] = picture
    return found


def _written(child, texts):
    return [(option.id, _one_written(child, option, texts)) for option in _children(child)]


def _one_written(child, option, texts):
    words = {name: texts(child.id, "options", option.id, name) for name in ("text", "easy")}
    more = {"other": True} if option.value.get("other") else {}
    if option.value.get("pictogram"):
        more["picture"] = option.value["pictogram"]
    return words | {"exclusive": bool(option.value.get("exclusive"))} | more


def _children(child):
    return getattr(child.value.get("options"), "bound_blocks", ())
