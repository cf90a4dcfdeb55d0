"""Small worlds for points of the strategy: consultations that began from a template, and their people."""

from datetime import timedelta

from django.utils import timezone

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire, find_option_key
from consultation.surveys.starting_points.consultation_templates import load_templates
from tests import factories

TODAY = timezone.localdate()


def publish_template(home, name, **fields):
    """(live page, its version) of a consultation with a template's questions, in the template's own ids."""
    template = load_templates()[name]
    told = {one: getattr(template, one) for one in ("title", "summary", "summary_easy", "minutes")}
    days = {"opens": TODAY - timedelta(days=30), "closes": TODAY + timedelta(days=30)}
    page = ConsultationPage(
        locale=home.locale, live=False, slug=name, audience=template.audiences[0], **(told | days | fields)
    )
    page.body = template.blocks()
    page = ConsultationIndexPage.objects.get(locale=home.locale).add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    return page, page.versions.latest("number")


def keys_of(version, answers):
    """{question key: option key, or their list} of {question id: option id, or their list}."""
    asked = Questionnaire(version.content)
    found = {}
    for question, option in answers.items():
        item = asked.by_id(question)
        several = isinstance(option, list)
        chosen = [find_option_key(item, one) for one in (option if several else [option])]
        found[item["key"]] = chosen if several else chosen[0]
    return found


def answer(version, people, **answers):
    """`people` answer alike; `answers` as `keys_of` takes them, with underscores in ids."""
    closed = keys_of(version, {name.replace("_", "-"): chosen for name, chosen in answers.items()})
    return factories.responses(version, [(closed, {})] * people, day=TODAY)


def approve_seed_codebook(person, **fields):
    """The codebook "seed" with one theme, approved by two."""
    from insights.coding.codebooks import approve_version, load_codebook

    officers = [person("engagement_officer"), person("engagement_officer")]
    themes = [{"slug": "lights", "label": "Lights", "definition": "Street lights"} | fields]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officers[0])
    for one in officers:
        approve_version(version=version, by=one)
    return officers


def release_of(page, officers):
    from insights.releases.actions import create_release, publish_release

    made = create_release(consultation=page, by=officers[0], today=TODAY)
    return publish_release(release=made, by=officers[1], today=TODAY)
