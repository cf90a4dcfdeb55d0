"""Loads a consultation from YAML (one entry of demo_consultations.yaml) as a page, its translations and a version.

The ids in the file become the ids of blocks, choices and rows, so that other demo data can refer to them.
"""

from datetime import date, timedelta
from functools import reduce
from operator import getitem

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.written_consultations import build_body_blocks, build_translated_fields

DATES = {
    "opens": ("opens",),
    "closes": ("closes",),
    "look_date": ("participation_gate", "audience", "date_they_will_look"),
    "decision_date": ("participation_gate", "influence", "decision_date"),
    "feedback_date": ("participation_gate", "influence", "feedback_date"),
}
WORDED = ("groups_invited", "groups_missing", "designed_with", "seen_how", "told_how")


@transaction.atomic
def load_consultation(data, *, by, shift_days=0):
    """Publish `data` in all its languages and return the live source page. Dates move by `shift_days`.

    This bypasses the approval workflow; the audit log records who ran it.
    """
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    index = ConsultationIndexPage.objects.get(locale=locale)
    page = ConsultationPage(locale=locale, live=False, **_build_page_fields(data), **_build_dates(data, shift_days))
    page.body = build_body_blocks(data)
    page.full_clean(exclude=["path", "depth"])
    page = index.add_child(instance=page)
    # Translations are published first, so that the first version has every language.
    for language, translation in data.get("translations", {}).items():
        locale = Locale.objects.get_or_create(language_code=language)[0]
        translated = page.copy_for_translation(locale, copy_parents=True)
        for name, value in build_translated_fields(translation["strings"]).items():
            setattr(translated, name, value)
        translated.body = build_body_blocks(data, translation["strings"])
        translated.machine_words = bool(translation["machine"])
        translated.words_checked_by = translation["checked_by"] or ""
        translated.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def _build_page_fields(data):
    """The public participation promises are empty where the file has none."""
    gate = data["participation_gate"]
    promised = gate.get("in_plain_words", {})
    ages = [int(age) for band in data.get("age_bands", ()) for age in band.split("-")]
    return {
        "title": data["title"],
        "slug": data["slug"],
        "summary": data["summary"],
        "summary_easy": data["summary_easy"],
        "audience": data["audiences"][0],
        "lowest_age": min(ages, default=None),
        "highest_age": max(ages, default=None),
        "minutes": data["minutes"],
        "level": data["level"],
        "paper_offered": "paper" in gate.get("voice", {}).get("formats", ()),
        **{f"paper_{name}": words for name, words in data.get("paper", {}).items()},
        "codebook": data.get("codebook", "seed"),
        "decision_role": gate["audience"]["decision_maker_role"],
        **{name: promised.get(name, "") for name in WORDED},
        "safe_checked_by": gate.get("space", {}).get("safe_to_take_part_checked_by", ""),
        "ways": promised.get("ways", []),
        "answer_phone": promised.get("answer_phone", ""),
        "formats": promised.get("formats", []),
        "promise_read": bool(gate["audience"].get("declaration_read")),
        "can_change": gate["influence"]["what_can_change"],
        "can_change_easy": gate["influence"]["what_can_change_easy"],
        "cannot_change": gate["influence"]["what_cannot_change_and_why"],
        "cannot_change_easy": gate["influence"]["what_cannot_change_easy"],
    }


def _build_dates(data, shift_days):
    days = {field: reduce(getitem, path, data) for field, path in DATES.items()}
    days = {field: day if isinstance(day, date) else date.fromisoformat(day) for field, day in days.items()}
    return {field: day + timedelta(days=shift_days) for field, day in days.items()}
