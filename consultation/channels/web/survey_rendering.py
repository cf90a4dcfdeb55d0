"""The survey as one HTML document: CSS shows one question at a time, without a script.

`render_survey` makes the markup from a frozen questionnaire; `empty_survey_document` caches it for each version and
language, so that a visit only inserts its token.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.branding.current_branding import get_branding as current_look
from consultation.channels.web.access_formats import (
    audio_and_bsl_sources,
    list_language_links,
    prepend_picture,
    survey_path,
)
from consultation.channels.web.branching_css import BranchingClasses
from consultation.channels.web.form_parsing import MAY_QUOTE
from consultation.channels.web.question_controls import ControlContexts, stylesheet_parts_needed
from consultation.channels.web.step_links import StepLinks, is_step, step_id
from consultation.channels.web.survey_assets import stylesheet_url
from consultation.domain.process_cache import register_cache
from consultation.interface_text import LANGUAGES, get_both_texts_html, get_wording_stamp
from consultation.respondent_pages.live_status import is_site_live
from consultation.respondent_pages.precompressed_pages import VALUE_PLACEHOLDER, PrecompressedPage
from consultation.respondent_pages.public_context import build_public_context
from consultation.surveys.questionnaire_schema import Questionnaire, base_question_id, localised_text
from consultation.surveys.type_registry import type_of

SURVEY_TEMPLATE = "consultation/channels/web/survey.html"
HELPLINE_WORD_KEYS = {"childline": "help.childline", "shout": "help.shout", "999": "help.danger"}


def render_survey(
    content,
    language,
    *,
    token,
    action,
    values=None,
    errors=None,
    asked=(),
    notice="",
    on_check=False,
    preview=False,
    can_send=True,
    switches=(),
    template=SURVEY_TEMPLATE,
    more=None,
):
    """The survey's markup in one language. `values`: {field name: [value]} of earlier input; `errors`: Problems of
    items; `asked`: ids of the questions that this person saw, which the summary of problems counts; `notice`: a lazy
    message about the whole form; `switches`: access formats that are on; `template` and `more`: another frame around the
    form, such as the kiosk's."""
    with override(language):
        survey, failed = SurveyContext(content, language, values or {}, errors or [], asked), bool(errors or notice)
        context = {
            **build_public_context(None),
            "language": language,
            "title": survey.said(content["title"]),
            "unchecked": language in content["machine"],
            "machine_checked": language in content.get("machine_checked", ()),
            "steps": survey.steps(),
            "branches": bool(survey.branching.spec),
            "look": stylesheet_url(survey.branching.spec, stylesheet_parts_needed(survey.items)),
            "token": token,
            "action": action,
            "landing": action.removesuffix("answer/"),
            "notice": notice,
            "problems": survey.problems,
            "failed": failed,
            "came_back": values is not None,
            "elsewhere": _render_problems_in_all_languages(survey, notice) if failed else [],
            "switches": switches,
            "languages_of": list_language_links(content, action),
            "languages_elsewhere": [
                (each, f"/{each.code}/") for each in LANGUAGES if each.code not in content["languages"]
            ],
            "on_check": on_check or failed,
            "preview": preview,
            "can_send": can_send,
            "last_back": survey.paths.back(len(survey.items)),
            "asks_to_quote": bool(Questionnaire(content).texts),
            "may_quote": MAY_QUOTE in survey.values,
            "unsent": True,
            "switches_form": "answers",
            "home_path": f"/{language}/",
            **(more or {}),
        }
        return render_to_string(template, context)


def _render_problems_in_all_languages(survey, notice):
    """[(language, markup)] of the error summary in every language, so that a change of language needs no Send."""
    made = []
    for code in survey.content["languages"]:
        with override(code):
            context = {"problems": survey.problems, "notice": notice}
            made.append((code, render_to_string("consultation/channels/web/problems.html", context)))
    return made


_documents: dict[tuple, PrecompressedPage] = {}
register_cache(_documents.clear)
MOST_DOCUMENTS = 128


def empty_survey_document(version, language, *, without_texts=False, switches=()):
    """The empty survey of a version, cached in this process: versions never change."""
    name = (version.pk, language, without_texts, switches, current_look(), is_site_live(), get_wording_stamp(language))
    if name not in _documents:
        if len(_documents) >= MOST_DOCUMENTS:
            _documents.clear()
        shown = remove_free_text(version.content) if without_texts else version.content
        action = survey_path(version.content["slug"], language)
        html = render_survey(shown, language, token=VALUE_PLACEHOLDER, action=action, switches=switches)
        _documents[name] = PrecompressedPage(html)
    return _documents[name]


def remove_free_text(content):
    """The questionnaire without text questions and "other" boxes, for a survey whose free text is closed."""
    closed = [item for item in content["items"] if not type_of(item).is_text]
    items = [{**item, "options": [{**option, "other": False} for option in item["options"]]} for item in closed]
    return {**content, "items": items}


class SurveyContext:
    """Builds the template's context, item by item, in the active language."""

    def __init__(self, content, language, values, errors, asked=()):
        self.content, self.language, self.values = content, language, values
        self.source = content["source"]
        self.branching = BranchingClasses(content)
        self.items = [item for item in content["items"] if not self.branching.never_shown(item)]
        self.errors, self.asked = {}, asked
        for problem in errors:
            self.errors.setdefault(base_question_id(problem.item["id"]), []).append(problem)
        questions = [item["id"] for item in self.items if type_of(item).is_question]
        self.numbers = {item_id: number for number, item_id in enumerate(questions, start=1)}
        self.controls = ControlContexts(self)
        self.paths = StepLinks(self.items, self.branching)

    def said(self, strings, easy=None):
        """A string in this language with its easy-read variant; text in the source language has a `lang` attribute."""
        standard, simple = self._marked(strings), easy or {}
        if simple.get(self.language) or (self.language == self.source and simple.get(self.source)):
            simple = self._marked(simple)
            if simple != standard:
                return mark_safe(f'<span class="std">{standard}</span><span class="ez">{simple}</span>')
        return standard

    def plain(self, strings):
        """A string without markup, for an attribute."""
        return localised_text(strings, self.language, self.source)

    def _marked(self, strings):
        text = conditional_escape(localised_text(strings, self.language, self.source))
        if text and self.language != self.source and not strings.get(self.language):
            return mark_safe(f'<span lang="{conditional_escape(self.source)}" dir="auto">{text}</span>')
        return text

    @property
    def problems(self):
        """The problems in the order of the questions, each with its step, and the number that this person saw there."""
        own = {item_id: number for number, item_id in enumerate(self.asked, start=1)} or self.numbers
        return [
            {
                "number": own.get(item["id"], self.numbers[item["id"]]),
                "total": len(own),
                "target": step_id(item),
                "word": self._problem_words(item),
            }
            for item in self.items
            if item["id"] in self.errors
        ]

    def _problem_words(self, item):
        said = ((get_both_texts_html(problem.word, **problem.values),) for problem in self.errors[item["id"]])
        return format_html_join(" ", "{}", said)

    def steps(self):
        section, first_about, made = None, True, []
        for index, item in enumerate(self.items):
            if not type_of(item).is_question:
                section = item
                if not is_step(item):
                    continue
            about = bool(item["about_you"]) and first_about
            first_about = first_about and not about
            made.append(self._step(index, item, section, about))
        return made

    def _step(self, index, item, section, about):
        return {
            "id": step_id(item),
            "key": item["key"],
            "rule": self.branching.rule_of(item),
            "number": self.numbers.get(item["id"]),
            "total": len(self.numbers),
            **self._own_numbers(item),
            "section": self.said(section["text"], section["easy"]) if section and section is not item else "",
            "text": prepend_picture(self.said(item["text"], item["easy"]), item),
            "untranslated": self.language not in item["text"],
            "voices": audio_and_bsl_sources(item, self.language, self.source),
            "hint": self.said(item["hint"], item["hint_easy"]),
            "type_hint": self._type_hint(item),
            "spoken_hint_word": type_of(item).spoken_hint_word,
            "why": self.said(item["why"]),
            "about": about,
            "apart": bool(item.get("apart")),
            "first_apart": item is next((one for one in self.items if one.get("apart")), None),
            "sensitive": item["sensitive"],
            "problem": self._problem_words(item) if item["id"] in self.errors else "",
            "onward": self.paths.onward(index),
            "back": self.paths.back(index),
            "skip_part": self.paths.past_part(index) if item["sensitive"] and not type_of(item).is_question else [],
            "help": self._help(item),
            **self.controls.of(item),
        }

    def _own_numbers(self, item):
        """Number and total that the browser counts, of the questions that this person sees. Where it cannot hide a
        question it shows all, as these say."""
        number, total = self.numbers.get(item["id"]), len(self.numbers)
        return {
            "own_number": format_html('<span class="qn" data-n="{}"></span>', number),
            "own_total": format_html('<span class="qn all" data-n="{}"></span>', total),
        }

    def _type_hint(self, item):
        options = item["options"]
        values = {"district": settings.DISTRICT, "n": item.get("limit")}
        if options:
            values |= {"low": options[0]["id"], "high": options[-1]["id"]}
        key = type_of(item).find_hint_word(item)
        return get_both_texts_html(key, **values) if key else ""

    def _help(self, item):
        found = []
        for rule, entry in zip(self.branching.help_rules(item), item.get("help") or [], strict=True):
            named = [HELPLINE_WORD_KEYS[one] for one in entry.get("entries") or [] if one in HELPLINE_WORD_KEYS]
            words = named or ["help.childline", "help.shout"]
            found += [{"rule": rule, "text": self.said(entry["text"]), "words": words}] if rule else []
        return found
