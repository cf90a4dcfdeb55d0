"""Template contexts of the web controls: field names, values, texts and earlier input.

The control of a question is the template in `controls` that is called like its type, or like its nearest family.
"""

from django.utils.dates import MONTHS

from consultation.surveys import pictograms
from consultation.surveys.frozen_files import build_file_url as kept_url
from consultation.surveys.question_types.base import SOON
from consultation.surveys.question_types.month import MONTH, YEAR
from consultation.surveys.question_types.ranking import rankable_options, ranking_places
from consultation.surveys.questionnaire_schema import (
    ALSO,
    NON_RESPONSE_WORDS,
    build_other_item,
    can_choose_several,
    localised_text,
)
from consultation.surveys.routing_rules import OTHER_WORDS_KEY
from consultation.surveys.type_registry import TypeTable, find_template, type_of

MAX_TWO_COLUMN_LETTERS = 28  # letters: longer options take a line each
CONTROLS = "consultation/channels/web/controls"
BY_LENGTH = None  # in two columns if the options are short
LAYOUTS = TypeTable(choice=BY_LENGTH, faces="faces", scale="", slider="steps", pictures="pictures")
HAS_OWN_STYLES = TypeTable(question=False, grid=True, ranking=True, slider=True, pictures=True, typed=True)
SHORT_TEXT_ROWS = 2


def stylesheet_parts_needed(items):
    special = (
        HAS_OWN_STYLES.of_item(one) or one.get("limit") or any(option.get("other") for option in one["options"])
        for one in items
    )
    return ["types"] if any(special) else []


def link_rows(rows):
    """The rows, each with the ids of the row before and after it: a phone shows one at a time."""
    ids = [None, *(row["id"] for row in rows), None]
    return [row | {"back": ids[place], "next": ids[place + 2]} for place, row in enumerate(rows)]


class ControlContexts:
    """`survey` supplies the language, earlier input and the branching classes."""

    def __init__(self, survey):
        self.survey, self.values = survey, survey.values
        self.makers = TypeTable(
            question=lambda item: {},
            choice=self._choices,
            grid=self._grid,
            ranking=self._ranking,
            text=self._text,
            short_text=self._short_text,
            typed=self._typed,
            number=self._number,
            month=self._month,
        )

    def of(self, item):
        own = type_of(item)
        return {"template": find_template(CONTROLS, own) if own.is_question else "", **self.makers.of(own)(item)}

    def _value(self, name):
        return next(iter(self.values.get(name, [])), "")

    def _option(self, item, option, name, classes):
        picture = option.get("picture")
        return {
            "name": name,
            "value": option["key"],
            "text": self.survey.said(option["text"], option["easy"]),
            "class": classes.get(option["key"], ""),
            "checked": option["key"] in self.values.get(name, []),
            "alone": bool(option.get("exclusive")),
            "face": type_of(item).face_of(option),
            "picture": {**picture, "url": kept_url(picture["src"])} if isinstance(picture, dict) else None,
            "pictogram": pictograms.find_pictogram_template(picture) if isinstance(picture, str) else "",
            "alt": self.survey.plain(option.get("alt") or {}),
            "other": self._other(item, classes) if option.get("other") else None,
        }

    def _other(self, item, classes):
        other = build_other_item(item)
        return other and {
            "name": other["key"],
            "class": classes.get(OTHER_WORDS_KEY, ""),
            "value": self._value(other["key"]),
            "max_length": other["max_length"],
        }

    def _also(self, item, name):
        classes = self.survey.branching.option_classes(item)
        return [
            {
                "name": name,
                "value": ALSO[also],
                "word": NON_RESPONSE_WORDS[also],
                "class": classes.get(ALSO[also], ""),
                "checked": ALSO[also] in self.values.get(name, []),
                "alone": True,
            }
            for also in item["also"]
        ]

    def _choices(self, item):
        classes = self.survey.branching.option_classes(item)
        options = [self._option(item, option, item["key"], classes) for option in item["options"]]
        ends = item.get("ends") or {}
        if options and ends:
            options[0]["end"], options[-1]["end"] = self.survey.said(ends["low"]), self.survey.said(ends["high"])
        return {
            "control": "checkbox" if can_choose_several(item) else "radio",
            "options": options,
            "ends": bool(ends),
            "also": self._also(item, type_of(item).non_response_field(item)),
            "layout": self._layout(item),
            "most": item.get("limit") if can_choose_several(item) else None,
        }

    def _layout(self, item):
        if (layout := LAYOUTS.of_item(item)) is not BY_LENGTH:
            return layout
        source, language = self.survey.source, self.survey.language
        longest = max((len(localised_text(option["text"], language, source)) for option in item["options"]), default=0)
        several_columns = len(item["options"]) > 3 and longest <= MAX_TWO_COLUMN_LETTERS and not build_other_item(item)
        return "two-up" if several_columns else ""

    def _grid(self, item):
        classes = self.survey.branching.option_classes(item)
        rows = []
        for row in item["rows"]:
            name = f"{item['key']}.{row['key']}"
            options = [self._option(item, option, name, classes) for option in item["options"]]
            text = self.survey.said(row["text"], row["easy"])
            rows.append({"id": name, "text": text, "options": options + self._also(item, name)})
        return {"control": "radio", "rows": link_rows(rows), "layout": "two-up"}

    def _ranking(self, item):
        """Places with the same choices. A choice that came back in two places is ticked in the better one alone, so that
        a second Send goes through."""
        classes = self.survey.branching.option_classes(item)
        things = rankable_options(item)
        rows = [
            {
                "id": f"{item['key']}.{place}",
                "word": f"rank.{place}" if place <= 3 else "rank.n",
                "place": place,
                "options": [self._option(item, option, f"{item['key']}.{place}", classes) for option in things],
            }
            for place in ranking_places(item)
        ]
        ticked = set()
        for option in (option for row in rows for option in row["options"] if option["checked"]):
            option["checked"] = option["value"] not in ticked
            ticked.add(option["value"])
        alone = [
            self._option(item, option, item["key"], classes) for option in item["options"] if option not in things
        ]
        also = alone + self._also(item, item["key"])
        return {"control": "radio", "rows": link_rows(rows), "is_ranked": True, "also": also, "layout": "two-up"}

    def _typed(self, item):
        """Non-response options beside a typed answer: checkboxes, which can be cleared without a script."""
        return {"control": "checkbox", "also": self._also(item, type_of(item).non_response_field(item))}

    def _text(self, item):
        return self._typed(item) | {
            "value": "\n".join(self.values.get(item["key"], [])),
            "max_length": item.get("max_length"),
            "soon": item["soon_box"],
            "soon_name": f"{item['key']}.{SOON}",
            "soon_checked": f"{item['key']}.{SOON}" in self.values,
        }

    def _short_text(self, item):
        return self._text(item) | {"lines": SHORT_TEXT_ROWS}

    def _number(self, item):
        unit = self.survey.said(item.get("unit") or {})
        return self._typed(item) | {"value": self._value(item["key"]), "unit": unit}

    def _month(self, item):
        months = [(str(number), MONTHS[number].capitalize()) for number in sorted(MONTHS)]
        years = [(option["id"], option["id"]) for option in reversed(item["options"])]
        month = self._select(f"{item['key']}.{MONTH}", "q.month.month", months)
        year = self._select(f"{item['key']}.{YEAR}", "q.month.year", years)
        return self._typed(item) | {"selects": [month, year]}

    def _select(self, name, label, pairs):
        chosen = self._value(name)
        options = [{"value": value, "text": text, "selected": value == chosen} for value, text in pairs]
        return {"name": name, "label": label, "options": options}
