"""From the pages that officers edit to the content of a version: see schema.py for its shape."""

from consultation.questionnaires import strategy
from consultation.questionnaires.scales import SCALES, scale_texts
from consultation.questionnaires.schema import TEXT

SCHEMA = 1
# The text fields of an item in the content, by their names in a block. A section's body stands where hints stand.
ITEM_TEXTS = {"text": "text", "easy": "easy", "hint": "hint", "hint_easy": "hint_easy", "why": "why"}
SECTION_TEXTS = {"text": "text", "easy": "easy", "hint": "body", "hint_easy": "body_easy"}


class Strings:
    """Every string of one page by its path of ids, so that translations meet whatever their order on the page."""

    def __init__(self, page):
        self.by_path = {("title",): page.title, ("summary",): page.summary, ("summary_easy",): page.summary_easy}
        for child in page.body:
            self._take(child.value, (child.id,))

    def _take(self, struct, path):
        for name, value in struct.items():
            if isinstance(value, str):
                self.by_path[(*path, name)] = value
            elif hasattr(value, "bound_blocks") and hasattr(value, "list_block"):
                self._take_list(value, (*path, name))

    def _take_list(self, rows, path):
        """Choices and rows go by their ids; help rules by their place, for nothing else points at them."""
        by_place = path[-1] == "help_by_answer"
        for place, child in enumerate(rows.bound_blocks):
            if hasattr(child.value, "items"):
                self._take(child.value, (*path, place if by_place else child.id))

    def get(self, path):
        return self.by_path.get(path) or ""


class Translations:
    """The source strings and those of each translation; counts what falls back to the source language."""

    def __init__(self, source, pages):
        self.source = source
        self.strings = pages
        self.missing = dict.fromkeys((language for language in pages if language != source), 0)

    @property
    def languages(self):
        return list(self.strings)

    def __call__(self, *path):
        """{language: text}. A translation that is empty or still the source's words is left out."""
        words = self.strings[self.source].get(path)
        if not words:
            return {}
        texts = {self.source: words}
        for language in self.missing:
            said = self.strings[language].get(path)
            if said and said != words:
                texts[language] = said
            elif any(letter.isalpha() for letter in words):
                self.missing[language] += 1
        return texts


def build_content(page, translations, keys):
    """The content of the next version. `translations`: live pages by language; `keys`: the keys that are given."""
    source = page.locale.language_code
    texts = Translations(source, {source: Strings(page)} | {code: Strings(p) for code, p in translations.items()})
    content = {
        "schema": SCHEMA,
        "slug": page.slug,
        "audience": page.audience,
        "codebook": page.codebook,
        "source": source,
        "languages": texts.languages,
        "title": texts("title"),
        "summary": texts("summary"),
        "summary_easy": texts("summary_easy"),
        "machine": [code for code, translated in translations.items() if translated.awaits_check],
        "items": [_item(child, texts, keys) for child in page.body],
    }
    return content | {"missing": {language: number for language, number in texts.missing.items() if number}}


def _item(child, texts, keys):
    value, type_ = child.value, child.block_type
    names = SECTION_TEXTS if type_ == "section" else ITEM_TEXTS
    worded = {name: texts(child.id, names[name]) if name in names else {} for name in ITEM_TEXTS}
    return (
        {"id": child.id, "key": keys.items.key(child.id), "type": type_}
        | worded
        | {
            "options": _options(child, texts, keys),
            "rows": _rows(child, texts, keys),
            "also": _also(value),
            "show_if": _show_if(value["show_if"]),
            "about_you": value.get("about_you") or "",
            "max_length": value.get("max_length") if type_ in TEXT else None,
            "soon_box": bool(value.get("soon_box")),
            "rank": value.get("rank"),
            "limit": value.get("limit"),
            "sensitive": bool(value.get("sensitive")),
            "context": ["online-activity"] if value.get("online") else [],
            "links": [strategy.link(choice) for choice in value.get("links") or ()],
            "themes": list(value.get("themes") or ()),
            "help": _help(child, texts),
        }
    )


def _options(child, texts, keys):
    given = keys.options(child.id)
    if scale := SCALES.get(child.block_type):
        return [
            {"id": id_, "key": given.key(id_), "text": scale_texts(word, texts.languages)}
            | {"easy": {}, "exclusive": False}
            for id_, word in scale.items()
        ]
    return [
        {
            "id": option.id,
            "key": given.key(option.id),
            "text": texts(child.id, "options", option.id, "text"),
            "easy": texts(child.id, "options", option.id, "easy"),
            "exclusive": bool(option.value.get("exclusive")),
        }
        for option in _children(child.value.get("options"))
    ]


def _rows(child, texts, keys):
    given = keys.rows(child.id)
    return [
        {
            "id": row.id,
            "key": given.key(row.id),
            "text": texts(child.id, "rows", row.id, "text"),
            "easy": texts(child.id, "rows", row.id, "easy"),
        }
        for row in _children(child.value.get("rows"))
    ]


def _children(rows):
    return getattr(rows, "bound_blocks", ())


def _also(value):
    offered = (("dont_know", "dont-know"), ("rather_not", "rather-not"))
    return [name for field, name in offered if value.get(field)]


def _show_if(conditions):
    """An unfinished condition of a draft counts for nothing; a published one is whole."""
    whole = [one for one in conditions if one["question"] and one["any_of"]]
    found = [{"question": one["question"], "any_of": list(one["any_of"])} for one in whole]
    if len(found) > 1:
        return {"any": found}
    return found[0] if found else None


def _help(child, texts):
    return [
        {
            "any_of": list(rule["any_of"]),
            "text": texts(child.id, "help_by_answer", place, "text"),
            "entries": list(rule["entries"]),
        }
        for place, rule in enumerate(child.value.get("help_by_answer") or ())
    ]
