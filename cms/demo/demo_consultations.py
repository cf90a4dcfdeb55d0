"""The demo's consultations and decisions from YAML, with every date shifted relative to today."""

import calendar
import re
from datetime import date, timedelta
from pathlib import Path

import yaml
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from consultation.surveys.consultation_loading import load_consultation

HERE = Path(__file__).parent
FILES = ("demo_consultations.yaml", "somewhere_to_go.yaml")
MONTHS = calendar.month_name[1:]
DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?: (\d{{4}}))?")
# "May" alone is mostly a verb, so a preposition is required.
MONTH_ALONE = re.compile(rf"\b(In|in|From|from|until|again in) ({'|'.join(MONTHS)})\b")
WRITTEN_FOR = 2027
PAPER = {
    "runner": "The Bradford children's partnership",
    "address": "FREEPOST HAVE YOUR SAY",
    "desk": "any library, in the box by the door",
}


FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built with it, a tenth of the time
FOLDER = Path(__file__).with_name("pictures")


def load_demo_yaml(name):
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=FAST_LOADER)  # noqa: S506


def list_written_consultations():
    return [data for name in FILES for data in load_demo_yaml(name)["consultations"]]


def load_answer_plans():
    """{slug: plan of its respondents and dates}, from answers.yaml."""
    return load_demo_yaml("answers.yaml")


def publish_consultations(by, today):
    """{slug: ConsultationPage}, published with their translations."""
    planned, pictures = load_answer_plans(), load_pictures(by)
    found = {data["slug"]: _move_to_today(data, planned[data["slug"]], today) for data in list_written_consultations()}
    more = {"pictures": pictures, "paper": PAPER}
    return {slug: load_consultation(data | more, by=by) for slug, data in found.items()}


def _move_to_today(data, plan, today):
    """The written consultation with dates relative to today."""
    days = {name: today + timedelta(days=offset) for name, offset in plan["dates"].items()}
    gate = data["participation_gate"]
    data |= {"opens": days["opens"], "closes": days["closes"]}
    gate["audience"]["date_they_will_look"] = days["look_date"]
    gate["influence"] |= {"decision_date": days["decision_date"], "feedback_date": days["feedback_date"]}
    gate["voice"]["time_open_days"] = (days["closes"] - days["opens"]).days + 1
    gate["space"]["asked_early_enough"] = f"Yes. The plan is agreed on {days['decision_date']:%-d %B %Y}."
    return data


def list_written_decisions(days):
    """The written decisions with all dates, in fields and in sentences, shifted by `days`."""
    return [_shift_dates(data, timedelta(days=days)) for data in load_demo_yaml("demo_decisions.yaml")["decisions"]]


def _shift_dates(value, by):
    if isinstance(value, dict):
        return {name: _shift_dates(inner, by) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shift_dates(inner, by) for inner in value]
    if isinstance(value, date):
        return value + by
    return _shift_sentence_dates(value, by) if isinstance(value, str) else value


def _shift_sentence_dates(text, by):
    def whole(found):
        day, month, year = found.groups()
        moved = date(int(year or WRITTEN_FOR), MONTHS.index(month) + 1, int(day)) + by
        return f"{moved:%-d %B %Y}" if year else f"{moved:%-d %B}"

    def alone(found):
        moved = date(WRITTEN_FOR, MONTHS.index(found[2]) + 1, 15) + by
        return f"{found[1]} {moved:%B}"

    return MONTH_ALONE.sub(alone, DAY_AND_MONTH.sub(whole, text))


def load_pictures(by):
    """Returns {name: image id}."""
    images = get_image_model().objects
    found = {}
    for path in sorted(FOLDER.glob("*.webp")):
        with path.open("rb") as file:
            image = images.create(title=path.stem, file=ImageFile(file, name=path.name), uploaded_by_user=by)
        found[path.stem] = image.pk
    return found
