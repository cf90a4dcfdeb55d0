"""Template contexts of the web controls, one per question type: field names, values, texts and earlier input."""

from django.utils.dates import MONTHS

from consultation.answering.fields import MONTH, SOON, YEAR, apart_name, places
from consultation.questionnaires import pictograms
from consultation.questionnaires.kept_files import url as kept_url
from consultation.questionnaires.rules import WORDS
from consultation.questionnaires.schema import ALSO, other_of, said, takes_several

ALSO_WORDS = {"dont-know": "q.dontknow", "rather-not": "q.rathernot"}
WIDE = 28  # letters: longer options take a line each
LAYOUTS = {"faces": "faces", "slider": "steps", "pictures": "pictures", "agreement": "", "yesno": ""}


STYLED = {"ranking", "slider", "pictures", "number", "month"}
TEMPLATES = {"short_text": "text", "long_text": "text", "number": "number", "month": "month"}


def parts_of(items):
    """Names of the optional stylesheet parts that these questions need."""
    needed = any(item["type"] in STYLED or any(option.get("other") for option in item["options"]) for item in items)
    return ["types"] if needed else []


def template_of(item):
    return f"consultation/answering/controls/{TEMPLATES.get(item['type'], 'choices')}.html"


class Controls:
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
        return {"template": template_of(item), **makers.get(item["type"], self._choices)(item)}

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
            "pictogram": pictograms.template(picture) if isinstance(picture, str) else "",
            "alt": self.survey.plain(option.get("alt") or {}),
            "other": self._other(item, classes) if option.get("other") else None,
        }

    def _other(self, item, classes):
        other = other_of(item)
        return other and {
            "name": other["key"],
            "class": classes.get(WORDS, ""),
            "value": self._value(other["key"]),
            "max_length": other["max_length"],
        }

    def _also(self, item, name):
        classes = self.survey.branching.option_classes(item)
        return [
            {
                "name": name,
                "value": ALSO[also],
                "word": ALSO_WORDS[also],
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
            "control": "checkbox" if takes_several(item) else "radio",
            "options": options,
            "ends": bool(ends),
            "also": self._also(item, apart_name(item)),
            "layout": self._layout(item),
        }

    def _layout(self, item):
        if item["type"] in LAYOUTS:
            return LAYOUTS[item["type"]]
        source, language = self.survey.source, self.survey.language
        longest = max((len(said(option["text"], language, source)) for option in item["options"]), default=0)
        several_columns = len(item["options"]) > 3 and longest <= WIDE and not other_of(item)
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
            for place in places(item)
        ]
        alone = [
            self._option(item, option, item["key"], classes) for option in item["options"] if option not in things
        ]
        return {"control": "radio", "rows": rows, "also": alone + self._also(item, item["key"]), "layout": "two-up"}

    def _set_apart(self, item):
        """Non-response options beside a typed answer: checkboxes, which can be cleared without a script."""
        return {"control": "checkbox", "also": self._also(item, apart_name(item))}

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
