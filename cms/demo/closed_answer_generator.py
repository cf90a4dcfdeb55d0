"""Closed answers of invented respondents, drawn with a seeded generator from answers.yaml."""

from consultation.surveys.questionnaire_schema import can_choose_several, find_option_key
from consultation.surveys.type_registry import type_of

SKIP, DK, NA = 0.05, 0.03, 0.02


class ClosedAnswerGenerator:
    """Draws one respondent's answers: the questions about themselves first, because others depend on them."""

    def __init__(self, questionnaire, spec, rng, known):
        self.questionnaire, self.spec, self.rng = questionnaire, spec, rng
        self.ease = rng.gauss(0, 1)
        self.about = dict(known)  # {question id: option id}, fixed before the rest is drawn

    def draw_answers(self):
        """{key: answer} as in schema.py; submission drops answers to questions that were not shown."""
        items = [item for item in self.questionnaire.questions if item["options"] and item["id"] in self.spec]
        first = [item for item in items if item["about_you"]]
        answers = {item["key"]: self._draw_about_answer(item) for item in first}
        answers |= {item["key"]: self._draw_answer(item, self.spec[item["id"]]) for item in items if item not in first}
        return {key: answer for key, answer in answers.items() if answer not in (None, [], {})}

    def _draw_about_answer(self, item):
        spec = self.spec[item["id"]]
        if item["id"] not in self.about and self.rng.random() < spec.get("skip", SKIP):
            return None
        if item["id"] not in self.about:
            self.about[item["id"]] = pick_weighted(self.rng, spec["weights"])
        if self.rng.random() < spec.get("na", 0):
            return find_option_key(item, "rather-not")
        return find_option_key(item, self.about[item["id"]])

    def _draw_answer(self, item, spec):
        if item["id"] in self.about:
            return find_option_key(item, self.about[item["id"]])
        luck = self.rng.random()
        if luck < spec.get("skip", SKIP):
            return None
        if luck < 1 - spec.get("dk", DK) - spec.get("na", NA):
            return self._draw_by_question_kind(item, spec)
        name = "dont-know" if luck < 1 - spec.get("na", NA) else "rather-not"
        apart = find_option_key(item, name) if name in item["also"] else None
        if apart is None or type_of(item).has_rows:
            return None
        return [apart] if can_choose_several(item) else apart

    def _draw_by_question_kind(self, item, spec):
        drawers = {
            "weights": self._draw_single_choice,
            "chance": self._draw_several_choices,
            "rank": self._draw_ranking,
            "mean": self._draw_scale_answer,
        }
        for name, drawer in drawers.items():
            if name in spec:
                return drawer(item, spec)
        return self._draw_grid_answer(item, spec)

    def _list_adjustments(self, spec):
        """Adjustments of this question's weights by the respondent's answers about themselves."""
        by = spec.get("by", {})
        return [by[asked][said] for asked, said in self.about.items() if asked in by and said in by[asked]]

    def _adjust_weights(self, spec, name):
        values = dict(spec[name])
        for change in self._list_adjustments(spec):
            for option, factor in change.items():
                values[option] *= factor
        return values

    def _draw_single_choice(self, item, spec):
        option = pick_weighted(self.rng, self._adjust_weights(spec, "weights"))
        band = next((band for band in item["options"] if band["id"] == option), {})
        if "from" in band:
            return self.rng.randint(band["from"], band["to"])
        if type_of(item).is_banded:
            return f"{option}-{self.rng.randint(1, 12):02}" if self.rng.random() < 0.7 else option
        return find_option_key(item, option)

    def _draw_several_choices(self, item, spec):
        chosen = [
            option for option, chance in self._adjust_weights(spec, "chance").items() if self.rng.random() < chance
        ]
        chosen = chosen[: item.get("limit") or len(chosen)] or [spec[name] for name in ("none",) if name in spec]
        return [find_option_key(item, option) for option in chosen]

    def _draw_ranking(self, item, spec):
        left, ranked = self._adjust_weights(spec, "rank"), []
        if self.rng.random() < 0.03 and "none" in spec:
            return [find_option_key(item, spec["none"])]
        for _ in range(self.rng.choice((1, 2, 3, 3, 3, 3))):
            ranked.append(pick_weighted(self.rng, left))
            del left[ranked[-1]]
        return [find_option_key(item, option) for option in ranked]

    def _draw_scale_answer(self, item, spec):
        mean = spec["mean"] + sum(self._list_adjustments(spec))
        return self._draw_step_key(item, spec, mean)

    def _draw_grid_answer(self, item, spec):
        rows = {row["id"]: row["key"] for row in item["rows"]}
        answer = {}
        for row, mean in spec["rows"].items():
            if self.rng.random() < SKIP:
                continue
            moved = mean + sum(change.get(row, 0) for change in self._list_adjustments(spec))
            answer[rows[row]] = self._draw_step_key(item, spec, moved)
        return answer

    def _draw_step_key(self, item, spec, mean):
        """Key of a step on the item's scale, or of a non-response option."""
        for option, chance in spec.get("apart", {}).items():
            if self.rng.random() < chance:
                return find_option_key(item, option)
        steps = [option["key"] for option in item["options"] if not option["exclusive"]]
        drawn = round(self.rng.gauss(mean + spec.get("ease", 0) * self.ease, spec["sd"]))
        return steps[min(max(drawn, 1), len(steps)) - 1]


def pick_weighted(rng, weights):
    return rng.choices(list(weights), weights=list(weights.values()))[0]
