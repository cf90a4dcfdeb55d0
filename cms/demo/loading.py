"""Loads the demo into an empty database through the product's own actions, so every figure traces to an answer."""

from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import insights.coding
from cms.demo import (
    aftermath,
    checking,
    codebook_draft,
    coding_desk,
    consultations,
    drafting,
    elsewhere,
    evidence,
    launching,
    leads,
    missed,
    other_ways,
    outcomes,
    privacy,
    promises,
    reach,
    second_look,
    second_net,
    second_opinions,
    sharing,
    shelf,
    site_pages,
    staffing,
    translating,
    whole_trace,
)
from cms.demo.crowd import people_of
from cms.demo.desk import Desk
from cms.demo.people import load_people, only_on_a_demo
from cms.pages.setup import ensure_site
from cms.roles import sync_roles
from consultation.answering.actions import submit
from consultation.answering.tokens import response_id
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.actions import release_due, screen_unread
from consultation.reading.known import actions as known_words
from consultation.reading.known.models import Kind
from consultation.receipts.actions import issue
from consultation.responses.models import Response
from consultation.safeguarding.directory import load_help
from insights.coding.codebooks import approve, load_codebook, themes_from_taxonomy

TAXONOMY = Path(insights.coding.__file__).parent / "data" / "taxonomy.yaml"
ORDER = ("training-did-it-help", "getting-about-after-dark", "safe-in-bradford", "somewhere-to-go")
RECEIPT_OF = "safe-in-bradford"
RECEIPT_SEED = b"the demo's four words"


def is_loaded():
    return ConsultationPage.objects.filter(slug__in=ORDER).exists()


@transaction.atomic
def load(say=print):
    """Load everything in one transaction."""
    only_on_a_demo()
    today = timezone.localdate()
    staff = load_ground(say)
    load_seed_codebook(staff)
    pages = consultations.load(staff["officer1"], today)
    say("Four consultations are published.")
    desk, plans = Desk(staff), consultations.plans()
    made = {RECEIPT_OF: other_ways.make_links(pages[RECEIPT_OF], staff)}
    other_ways.set_up_tablet(pages[RECEIPT_OF], staff, today)
    other_ways.hold_session(pages[RECEIPT_OF], staff, today)
    for slug in ORDER:
        more = list(missed.people(pages[slug], today)) if slug == RECEIPT_OF else []
        load_answers(pages[slug], plans[slug], desk, staff, today, links=made.get(slug, ()), more=more)
        say(
            f"{pages[slug]}: {Response.objects.of(pages[slug]).count()} answers, {len(plans[slug]['releases'])} releases."
        )
    other_ways.count_links(today)
    second_look.audit_last_month(staff, today)
    evidence.learn(staff["officer1"])
    evidence.decide(pages, staff, today)
    second_opinions.hear_the_few(pages[RECEIPT_OF], staff, today)
    aftermath.show(pages, staff, today)
    promises.tell(staff, today)
    checking.ask(pages, staff, today)
    outcomes.show(pages, staff, today)
    leads.set_up(pages[RECEIPT_OF], staff, today)
    staffing.show(pages, staff, today)
    privacy.keep_promises(pages[RECEIPT_OF], staff, today)
    launching.tick(staff, today)
    sharing.show(pages, staff, today)
    drafting.begin(staff, today)
    reach.compare(pages, staff, today)
    say("Three agencies have an action plan: some of it is done, and some is overdue.")
    say("Eleven decisions are published, and one is a draft. One consultation has its answer, and one is late.")
    shelf.fill(pages[RECEIPT_OF], staff, today)
    coding_desk.show(pages[RECEIPT_OF], staff)
    site_pages.show(pages, staff, today)
    second_net.show(pages[RECEIPT_OF], staff)
    translating.show(pages, staff)
    whole_trace.show(staff, today)
    say("Urdu is live, Polish waits for its checker, and Romanian is behind its source.")
    elsewhere.bring_a_file(pages[RECEIPT_OF], staff)
    say("A file from a youth club waits for a reader to take it in.")
    missed.show(pages[RECEIPT_OF], staff)
    say("The machine has looked for what the codebook misses: one suggestion is a draft theme, and one was dismissed.")
    codebook_draft.wait_for_the_second_person(staff)
    say("The next version of the codebook waits for its second person.")


def load_ground(say):
    """Create the site, roles, staff and help entries; safe to run again."""
    sync_roles()
    languages = ["en", *consultation_languages()]
    ensure_site(languages)
    sync_roles()
    load_help()
    staff = load_people()
    load_known_words(staff["officer1"])
    say(f"The site stands in {len(languages)} languages, with {len(staff)} people who work on it.")
    return staff


KNOWN_WORDS = {
    Kind.PLACE: ("The Bunker", "Tesco Steps", "Old Dye Works", "Canal Basin"),
    Kind.TITLE: ("Akela", "Matron"),
    Kind.PUBLIC: ("Bradford Young Voices",),
}


def load_known_words(officer):
    """Add the district's known words for redaction; safe to run again."""
    for kind, words in KNOWN_WORDS.items():
        known_words.add(kind=kind, words=words, by=officer)


def consultation_languages():
    """Languages with a translated consultation, in the order of settings.LANGUAGES."""
    found = {language for data in consultations.written() for language in data.get("translations", {})}
    return [code for code, _ in settings.LANGUAGES if code in found]


def load_seed_codebook(staff):
    """Load the taxonomy as codebook version 1, approved by two officers."""
    taxonomy = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
    version = load_codebook(
        slug="seed",
        name="Children and young people's safety",
        themes=themes_from_taxonomy(taxonomy),
        by=staff["officer1"],
        label=taxonomy["codebook_version"],
    )
    for key in ("officer1", "officer2"):
        approve(version=version, by=staff[key])
    return version


def load_answers(page, plan, desk, staff, today, links=(), more=()):
    """Submit, read, code and release in batches, one per release; the last batch, with `more`, is not released."""
    version = page.versions.order_by("-number").first()
    people = people_of(page, version, plan, today)
    days = [today.fromordinal(today.toordinal() + offset) for offset in plan["releases"]]
    for number, until in enumerate([*days, None]):
        since = days[number - 1] if number else None
        batch = [one for one in people if (not since or one.day >= since) and (not until or one.day < until)]
        batch += more if until is None else []
        send(version, batch, links)
        desk.read(batch, open_until=today if page.is_open(today) and until is None else None)
        release_due()
        evidence.understand(batch, staff["officer1"])
        if until and page.slug == RECEIPT_OF and until == days[-1]:
            second_opinions.code_twice(page, staff, until)
            evidence.preview(page, until, staff["officer1"])
        if until:
            evidence.release(page, until, staff)


def send(version, people, links=()):
    for one in people:
        submit(
            version=version,
            nonce=one.nonce,
            language=one.language,
            closed=one.closed,
            texts=one.texts,
            channel=one.channel,
            link=other_ways.link_of(one, links),
            day=one.day,
        )
    screen_unread()


def receipt_words():
    """The receipt words of a respondent whose answer was read and is counted."""
    page = ConsultationPage.objects.get(slug=RECEIPT_OF, locale__language_code=settings.LANGUAGE_CODE)
    plan, version = consultations.plans()[RECEIPT_OF], page.versions.order_by("-number").first()
    for one in sorted(people_of(page, version, plan, timezone.localdate()), key=lambda one: one.nonce):
        response = Response.objects.filter(pk=response_id(one.nonce), counted=True, withdrawn=False).first()
        if response is not None and one.voice and not one.voice.worrying:
            return issue(response=response, seed=RECEIPT_SEED)
    return ()
