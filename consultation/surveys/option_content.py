"""Builds the options of each question type for a version's content."""

from consultation.interface_text import text_direction
from consultation.surveys.answer_scales import BANDS, SCALES, format_band, format_span, translate_scale_step
from consultation.surveys.frozen_files import keep_picture


def build_options(child, texts, given):
    """`texts`: the translated strings; `given`: the key registry of this question's options."""
    return [{"id": id_, "key": given.key(id_)} | worded for id_, worded in _choose_option_builder(child)(child, texts)]


def _choose_option_builder(child):
    if child.block_type in SCALES:
        return _build_scale_options
    own = {
        "slider": _build_slider_options,
        "month": _build_year_options,
        "number": _build_number_bands,
        "pictures": _build_picture_options,
    }
    if child.block_type == "about" and child.value["bands"] in BANDS:
        return _build_prepared_bands
    return own.get(child.block_type, _build_written_options)


def _build_plain_option(text, **more):
    return {"text": text, "easy": {}, "exclusive": False} | more


def _build_scale_options(child, texts):
    scale = SCALES[child.block_type]
    return [(id_, _build_plain_option(translate_scale_step(word, texts.languages))) for id_, word in scale.items()]


def _repeat_in_languages(text, texts):
    """Figures for every language, isolated as left-to-right text in right-to-left languages."""
    return {
        language: f"\u2066{text}\u2069" if text_direction(language) == "rtl" else text for language in texts.languages
    }


def _build_number_options(first, last, texts):
    if first is None or last is None:  # an unfinished draft
        return []
    return [
        (str(number), _build_plain_option(_repeat_in_languages(str(number), texts)))
        for number in range(first, last + 1)
    ]


def _build_slider_options(child, texts):
    return _build_number_options(child.value["low"], child.value["high"], texts)


def _build_year_options(child, texts):
    return _build_number_options(child.value["first_year"], child.value["last_year"], texts)


def _build_prepared_bands(child, texts):
    return [
        (id_, _build_plain_option(_repeat_in_languages(format_band(id_), texts)))
        for id_ in BANDS[child.value["bands"]]
    ]


def _build_number_bands(child, texts):
    found = []
    for option in _list_option_blocks(child):
        start, end = option.value["start"], option.value["end"]
        if start is None or end is None:
            continue
        text = texts(child.id, "options", option.id, "text") or _repeat_in_languages(format_span(start, end), texts)
        found.append((option.id, _build_plain_option(text) | {"from": start, "to": end}))
    return found


def _build_picture_options(child, texts):
    found = _build_written_options(child, texts)
    for option, (_, worded) in zip(_list_option_blocks(child), found, strict=True):
        worded["alt"] = texts(child.id, "options", option.id, "alt")
        if option.value["picture"] and (picture := keep_picture(option.value["picture"])):
            worded["picture"] = picture
    return found


def _build_written_options(child, texts):
    return [(option.id, _build_written_option(child, option, texts)) for option in _list_option_blocks(child)]


def _build_written_option(child, option, texts):
    words = {name: texts(child.id, "options", option.id, name) for name in ("text", "easy")}
    more = {"other": True} if option.value.get("other") else {}
    if option.value.get("pictogram"):
        more["picture"] = option.value["pictogram"]
    return words | {"exclusive": bool(option.value.get("exclusive"))} | more


def _list_option_blocks(child):
    return getattr(child.value.get("options"), "bound_blocks", ())
