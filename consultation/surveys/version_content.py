"""Builds the content of a published version from pages: see questionnaire_schema for its shape."""

from django.conf import settings

from consultation.domain import strategy_points
from consultation.domain.place_types import sort_place_types
from consultation.surveys.condition_blocks import build_rule
from consultation.surveys.frozen_files import keep_file, keep_picture
from consultation.surveys.question_types.base import QuestionType
from consultation.surveys.rule_items import NON_RESPONSE_FIELDS
from consultation.surveys.translated_strings import has_words, readable_paths, string_digest
from consultation.surveys.type_registry import find_type

SCHEMA = 1


class PageStrings:
    """Every string of one page by its path of ids, so that translations match whatever their order on the page."""

    def __init__(self, page):
        self.by_path = {("title",): page.title, ("summary",): page.summary, ("summary_easy",): page.summary_easy}
        self.stored = {path: path[0] for path in self.by_path}  # the path as wagtail-localize writes it
        self.audio = {}
        for child in page.body:
            self._add_struct(child.value, (child.id,), f"body.{child.id}")
            if child.value.get("audio"):
                self.audio[child.id] = child.value["audio"]

    def _add_struct(self, struct, path, stored):
        for name, value in struct.items():
            if isinstance(value, str):
                self.by_path[(*path, name)] = value
                self.stored[(*path, name)] = f"{stored}.{name}"
            elif hasattr(value, "bound_blocks") and hasattr(value, "list_block"):
                self._add_list(value, (*path, name), f"{stored}.{name}")

    def _add_list(self, rows, path, stored):
        """Choices and rows are found by id, help rules by position, because their ids are used nowhere else."""
        by_place = path[-1] == "help_by_answer"
        for place, child in enumerate(rows.bound_blocks):
            if hasattr(child.value, "items"):
                self._add_struct(child.value, (*path, place if by_place else child.id), f"{stored}.{child.id}")

    def keep_checked(self, source, digests):
        """Drop strings that were not approved beside exactly this source text, and questions left incomplete."""
        said = {source.stored[path]: path for path, words in source.by_path.items() if has_words(words)}
        right = {
            name for name, path in said.items() if string_digest(name, source.by_path[path], self.get(path)) in digests
        }
        kept = {said[name] for name in readable_paths(said, right)}
        self.by_path = {path: words for path, words in self.by_path.items() if path in kept}
        self.audio = {id_: sound for id_, sound in self.audio.items() if (id_, "text") in kept}

    def get(self, path):
        return self.by_path.get(path) or ""


class TranslatedStrings:
    """The source strings and those of each translation; counts fallbacks to the source language."""

    def __init__(self, source, pages):
        self.source = source
        self.strings = pages
        self.missing = dict.fromkeys((language for language in pages if language != source), 0)

    @property
    def languages(self):
        return list(self.strings)

    def __call__(self, *path):
        """{language: text}; leaves out a translation that is empty or equal to the source."""
        words = self.strings[self.source].get(path)
        if not words:
            return {}
        texts = {self.source: words}
        for language in self.missing:
            said = self.strings[language].get(path)
            if said and said != words:
                texts[language] = said
            elif has_words(words):
                self.missing[language] += 1
        return texts

    def audio(self, question):
        """{language: path} of recordings; leaves out a recording that a translation only copied from the source."""
        source = self.strings[self.source].audio.get(question)
        own = {language: strings.audio.get(question) for language, strings in self.strings.items()}
        kept = {
            language: keep_file(document.file, "audio")
            for language, document in own.items()
            if document and (language == self.source or document != source)
        }
        return {language: path for language, path in kept.items() if path}


def build_version_content(page, translations, keys, checked=None):
    """The content of the next version.

    `translations`: live pages by language; `keys`: the keys assigned so far; `checked`: {language: approved digests},
    for languages that publish approved strings only.
    """
    source, order = page.locale.language_code, [code for code, _ in settings.LANGUAGES]
    places = {code: order.index(code) if code in order else len(order) for code in translations}
    translations = {code: translations[code] for code in sorted(translations, key=places.get)}
    strings = {source: PageStrings(page)} | {code: PageStrings(p) for code, p in translations.items()}
    for language, digests in (checked or {}).items():
        if language in translations:
            strings[language].keep_checked(strings[source], digests)
    texts = TranslatedStrings(source, strings)
    machine = {code: page_.awaits_check for code, page_ in translations.items() if page_.machine_words}
    checked_machine = [code for code, awaits_check in machine.items() if not awaits_check]
    return {
        "schema": SCHEMA,
        "slug": page.slug,
        "audience": page.audience,
        "codebook": page.codebook,
        "source": source,
        "languages": texts.languages,
        "title": texts("title"),
        "summary": texts("summary"),
        "summary_easy": texts("summary_easy"),
        "machine": [code for code, awaits_check in machine.items() if awaits_check],
        **({"machine_checked": checked_machine} if checked_machine else {}),
        "items": [_build_item(child, texts, keys) for child in page.body],
        # Last, because the texts above count what is missing.
        "missing": {language: number for language, number in texts.missing.items() if number},
    }


def _build_item(child, texts, keys):
    value, own = child.value, find_type(child.block_type)
    worded = {name: texts(child.id, own.texts[name]) if name in own.texts else {} for name in QuestionType.texts}
    given, lines = keys.options(child.id), keys.rows(child.id)
    return (
        {"id": child.id, "key": keys.items.key(child.id), "type": own.name}
        | worded
        | {
            "options": [
                {"id": id_, "key": given.key(id_)} | option for id_, option in own.build_options(child, texts)
            ],
            "rows": [
                {"id": row.id, "key": lines.key(row.id)}
                | {name: texts(child.id, "rows", row.id, name) for name in ("text", "easy")}
                for row in getattr(value.get("rows"), "bound_blocks", ())
            ],
            "also": [name for field, name in NON_RESPONSE_FIELDS.items() if value.get(field)],
            "show_if": build_rule(value["show_if"]),
            "about_you": "" if value.get("apart") else own.classify_about_you(value),
            "max_length": value.get("max_length"),
            "soon_box": bool(value.get("soon_box")),
            "rank": value.get("rank"),
            "limit": value.get("limit"),
            "sensitive": bool(value.get("sensitive")),
            "context": ["online-activity"] if value.get("online") else [],
            "links": [strategy_points.parse_strategy_link(choice) for choice in value.get("links") or ()],
            "themes": list(value.get("themes") or ()),
            "help": [
                {name: list(rule[name]) for name in ("any_of", "entries")}
                | {"text": texts(child.id, "help_by_answer", place, "text")}
                for place, rule in enumerate(value.get("help_by_answer") or ())
            ],
        }
        | own.build_own_fields(child, texts)
        | {name: True for name in ("apart", "not_for_groups") if value.get(name)}
        | ({"place_types": sort_place_types(value["place_types"])} if value.get("place_types") else {})
        | _build_file_fields(child, texts)
    )


def _build_file_fields(child, texts):
    """Paths of the question's picture, recording and signed video, each stored permanently."""
    value, signed = child.value, child.value.get("bsl") or {}
    picture = keep_picture(value["picture"]) if value.get("picture") else value.get("pictogram")
    files = {"picture": picture, "audio": texts.audio(child.id)}
    if signed.get("video") and (video := keep_file(signed["video"].file, "video")):
        captions = keep_file(signed["captions"].file, "captions") if signed.get("captions") else None
        poster = keep_picture(signed["poster"], "poster") if signed.get("poster") else None
        bsl = {"src": video, "captions": captions, "poster": poster and poster["src"]}
        files["bsl"] = {name: path for name, path in bsl.items() if path}
    return {name: found for name, found in files.items() if found}
