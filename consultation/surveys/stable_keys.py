"""Short keys of questions, options and rows, each assigned once and never reused.

Answers are stored under these keys, and reports join the versions of a consultation by them. So a new version keeps
the keys of all earlier versions, those of removed questions included.
"""

from itertools import count


def spell_letters(number):
    """0, 1, ... as "a", "b", ... "z", "aa", ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def spell_number(place):
    return str(place + 1)


class KeyRegistry:
    """The keys assigned so far, by id, to one kind of thing; assigns the next free key to a new id."""

    def __init__(self, spell):
        self.spell = spell
        self.by_id = {}

    def key(self, id_):
        if id_ not in self.by_id:
            used = set(self.by_id.values())
            self.by_id[id_] = next(key for key in map(self.spell, count()) if key not in used)
        return self.by_id[id_]


class QuestionnaireKeys:
    """All keys of a consultation, read from its earlier versions."""

    def __init__(self, contents=()):
        self.items = KeyRegistry(spell_letters)
        self._inside = {}
        for content in contents:
            for item in content["items"]:
                self.items.by_id[item["id"]] = item["key"]
                self.options(item["id"]).by_id |= {option["id"]: option["key"] for option in item["options"]}
                self.rows(item["id"]).by_id |= {row["id"]: row["key"] for row in item["rows"]}

    def options(self, item_id):
        return self._inside.setdefault((item_id, "options"), KeyRegistry(spell_number))

    def rows(self, item_id):
        return self._inside.setdefault((item_id, "rows"), KeyRegistry(spell_letters))
