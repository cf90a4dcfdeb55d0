"""One frozen question of each newer type."""

from tests.factories import question

PICTURE = {"src": "asked/" + "a" * 64 + ".webp", "width": 480, "height": 360}


def steps(*ids):
    return [{"id": i, "key": str(n), "text": {"en": i}, "easy": {}, "exclusive": False} for n, i in enumerate(ids, 1)]


def with_other(item, place=-1):
    item["options"][place]["other"] = True
    return item


def newer_types():
    also = ["dont-know", "rather-not"]
    hours = steps("none", "few", "many")
    for option, (low, high) in zip(hours, ((0, 0), (1, 5), (6, 40)), strict=True):
        option |= {"from": low, "to": high}
    pictures = question("f", "pictures", ["Games", "Books", "Neither"], several=True, limit=1)
    for option in pictures["options"][:2]:
        option |= {"picture": PICTURE, "alt": {"en": f"Drawing of {option['text']['en']}"}}
    pictures["options"][2]["exclusive"] = True
    ends = {"low": {"en": "Not at all"}, "high": {"en": "Very"}}
    return [
        question("a", "yesno", options=(), also=["rather-not"]) | {"options": steps("yes", "no", "not-sure")},
        question("b", "slider", also=also, ends=ends) | {"options": steps(*map(str, range(11)))},
        question("c", "number", also=also, min=0, max=40, unit={"en": "hours"}) | {"options": hours},
        question("d", "month", also=also) | {"options": steps("2024", "2025", "2026")},
        with_other(question("e", "multiple", ["Park", "Club", "Else"], limit=2)),
        pictures,
        with_other(question("g", "area", ["East", "Elsewhere"], about_you="area")),
        question("h", "about", ["11–13", "14–15"], about_you="age"),
        question("i", "long_text"),
    ]
