"""Template contexts of the web controls, one per question type: field names, values, texts and earlier input."""

from django.utils.dates import MONTHS

from consultation.channels.web.form_fields import MONTH, SOON, YEAR, non_response_field_name, ranking_places
from consultation.surveys import pictograms
from consultation.surveys.frozen_files import build_file_url as kept_url
from consultation.surveys.questionnaire_schema import ALSO, build_other_item, can_choose_several, localised_text
from consultation.surveys.routing_rules import OTHER_WORDS_KEY

NON_RESPONSE_WORD_KEYS = {"dont-know": "q.dontknow", "rather-not": "q.rathernot"}
MAX_TWO_COLUMN_LETTERS = 28  # letters: longer options take a line each
LAYOUTS = {"faces": "faces", "slider": "steps", "pictures": "pictures", "agreement": "", "yesno": ""}


TYPES_WITH_OWN_STYLES = {"ranking", "slider", "pictures", "number", "month"}
TEMPLATES = {"short_text": "text", "long_text": "text", "number": "number", "month": "month"}


def stylesheet_parts_needed(items):
    """Names of the optional stylesheet parts that these questions need."""
    needed = any(
        item["type"] in TYPES_WITH_OWN_STYLES or any(option.get("other") for option in item["options"])
        for item in items
    )
    return ["types"] if needed else []


def control_template(item):
    return f"consultation/channels/web/controls/{TEMPLATES.get(item['type'], 'choices')}.html"


class ControlContexts:
    """`survey` supplies the language, earlier input and the branching classes."""

    def __init__(self, survey):
        self.survey, self.values = survey, survey.values

    def of(self, item):
        makers = {
            "section": lambda item: {},
            "grid": self._grid,
            "ranking": self._ranking,
            "short_text": self._text,
            "long_text": self._text,
            "number": self._number,
            "month": self._month,
        }
        return {"template": control_template(item), **makers.get(item["type"], self._choices)(item)}

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
            "face": int(option["id"]) if item["type"] == "faces" and option["id"] in "12345" else 0,
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
                "word": NON_RESPONSE_WORD_KEYS[also],
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
            "also": self._also(item, non_response_field_name(item)),
            "layout": self._layout(item),
        }

    def _layout(self, item):
        if item["type"] in LAYOUTS:
            return LAYOUTS[item["type"]]
        source, language = self.survey.source, self.survey.language
        longest = max((len(localised_text(option["text"], language, source)) for option in item["options"]), default=0)
        several_columns = len(item["options"]) > 3 and longest <= MAX_TWO_COLUMN_LETTERS and not build_other_item(item)
        return "two-up" if several_columns else ""

    def _grid(self, item):
        classes = self.survey.branching.option_classes(item)
        rows = []
        for row in item["rows"]:
            name = f"{item['key']}.{row['key']}"
            rows.append(
                {
                    "id": name,
                    "text": self.survey.said(row["text"], row["easy"]),
                    "options": [self._option(item, option, name, classes) for option in item["options"]]
                    + self._also(item, name),
                }
            )
        return {"control": "radio", "rows": rows, "layout": "four"}

    def _ranking(self, item):
        classes = self.survey.branching.option_classes(item)
        things = [option for option in item["options"] if not option.get("exclusive")]
        rows = [
            {
                "id": f"{item['key']}.{place}",
                "word": f"rank.{place}" if place <= 3 else "rank.n",
                "place": place,
                "options": [self._option(item, option, f"{item['key']}.{place}", classes) for option in things],
            }
            for place in ranking_places(item)
        ]
        alone = [
            self._option(item, option, item["key"], classes) for option in item["options"] if option not in things
        ]
        return {"control": "radio", "rows": rows, "also": alone + self._also(item, item["key"]), "layout": "two-up"}

    def _set_apart(self, item):
        """Non-response options beside a typed answer: checkboxes, which can be cleared without a script."""
        return {"control": "checkbox", "also": self._also(item, non_response_field_name(item))}

    def _text(self, item):
        return self._set_apart(item) | {
            "value": "\n".join(self.values.get(item["key"], [])),
            "max_length": item.get("max_length"),
            "soon": item["soon_box"],
            "soon_name": f"{item['key']}.{SOON}",
            "soon_checked": f"{item['key']}.{SOON}" in self.values,
        }

    def _number(self, item):
        return self._set_apart(item) | {
            "value": self._value(item["key"]),
            "unit": self.survey.said(item.get("unit") or {}),
        }

    def _month(self, item):
        month, year = (f"{item['key']}.{part}" for part in (MONTH, YEAR))
        months = [(str(number), MONTHS[number].capitalize()) for number in sorted(MONTHS)]
        years = [(option["id"], option["id"]) for option in reversed(item["options"])]
        return self._set_apart(item) | {
            "selects": [self._select(month, "q.month.month", months), self._select(year, "q.month.year", years)],
        }

    def _select(self, name, label, pairs):
        chosen = self._value(name)
        options = [{"value": value, "text": text, "selected": value == chosen} for value, text in pairs]
        return {"name": name, "label": label, "options": options}
