"""Loads the demo into an empty database through the product's own actions, so every figure traces to an answer."""

from datetime import date

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.accounts.roles import sync_roles
from cms.demo import (
    demo_action_plans,
    demo_channels,
    demo_coding,
    demo_commitments,
    demo_consultations,
    demo_evaluations,
    demo_evidence,
    demo_import,
    demo_outcomes,
    demo_partners,
    demo_results,
    demo_safe_routes,
    demo_safeguarding,
    demo_seeded_answers,
    demo_site_pages,
    demo_templates,
)
from cms.demo.demo_reading import DemoReadingTeam
from cms.demo.demo_respondents import generate_respondents
from cms.demo.demo_staff import load_demo_staff, require_demo
from cms.demo.real_comments import load_real_comments
from cms.site.pages.site_setup import ensure_site
from consultation.domain.strategy_points import TAXONOMY
from consultation.reading.actions import release_due_answers
from consultation.reading.allow_list import actions as known_words
from consultation.reading.allow_list.models import KnownWordsKind
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.receipts.actions import issue_words
from consultation.responses.models import Response
from consultation.responses.response_ids import derive_response_id
from consultation.responses.submission import submit_response
from consultation.safeguarding.help.directory import load_help_entries
from consultation.surveys.models import ConsultationPage
from insights.coding.codebooks import approve_version, load_codebook, themes_from_taxonomy
from insights.coding.engine.remembered_rows import remember_rows
from insights.quarter_counts.actions import freeze_last_quarter
from insights.representation import actions
from insights.representation.actions import refresh_representation
from insights.representation.dimensions import list_dimensions
from insights.representation.models import BenchmarkBasis

ORDER = ("training-did-it-help", "getting-about-after-dark", "safe-in-bradford", "somewhere-to-go")
RECEIPT_OF = "safe-in-bradford"
RECEIPT_SEED = b"the demo's four words"
ALLOW_LIST = {
    KnownWordsKind.PLACE: ("The Bunker", "Tesco Steps", "Old Dye Works", "Canal Basin"),
    KnownWordsKind.TITLE: ("Akela", "Matron"),
    KnownWordsKind.PUBLIC: ("Bradford Young Voices",),
}
SOURCE = "Invented for this demo"
AGES = {"11 to 13": 25200, "14 or 15": 15900, "16 or 17": 15100}
AREAS = {"Bradford East": 14300, "Bradford South": 11900, "Bradford West": 14800, "Keighley": 10600, "Shipley": 4600}
LANGUAGES = {"en": 38400, "ur": 9100, "pa": 4300, "pl": 1900, "bn": 1700, "sk": 1400, "ro": 700}
INVITED = {"Everyone": 2400}


def set_benchmarks(pages, staff, today):
    """Age, language and invitations for one consultation; area for every consultation that asks for it."""
    page = pages["safe-in-bradford"]
    shared = {"by": staff["officer1"], "source": SOURCE, "dated": date(today.year - 1, 10, 1)}
    names = dict(next(each for each in list_dimensions(page) if each.key == "language").groups)
    languages = {names[code]: number for code, number in LANGUAGES.items() if code in names}
    given = (
        (page, "age", "School roll, by age", BenchmarkBasis.LIVES, AGES),
        (page, "language", "Languages at home", BenchmarkBasis.LIVES, languages),
        (page, "everyone", "Letters through schools", BenchmarkBasis.INVITED, INVITED),
        (None, "area", "Young people of each area", BenchmarkBasis.LIVES, AREAS),
    )
    for asked, about, name, basis, numbers in given:
        groups = [{"label": label, "number": number} for label, number in numbers.items()]
        actions.set_benchmark(consultation=asked, about=about, name=name, basis=basis, groups=groups, **shared)
    actions.refresh_representation(today)


def load_demo(real=None, *, say=print):
    """Load the demo if it is not loaded yet; `real` is a folder of real comments to load as well."""
    require_demo()
    if ConsultationPage.objects.filter(slug__in=ORDER).exists():
        say("The demo is loaded already.")
    else:
        load_example_data(say)
    if real is not None:
        load_real_comments(real, say)


@transaction.atomic
def load_example_data(say=print):
    """Load everything in one transaction. Each text is encoded once. Which page uses which picture is written down once,
    at the end."""
    require_demo()
    with disable_reference_index_auto_update(), remember_rows():
        _load_everything(say)
    for page in Page.objects.specific():
        ReferenceIndex.create_or_update_for_object(page)


def _load_everything(say):
    today = timezone.localdate()
    staff = load_site_and_staff(say)
    load_seed_codebook(staff)
    pages = demo_consultations.publish_consultations(staff["officer1"], today)
    say("Four consultations are published.")
    desk, plans = DemoReadingTeam(staff), demo_consultations.load_answer_plans()
    made = {RECEIPT_OF: demo_channels.create_short_links(pages[RECEIPT_OF], staff)}
    demo_evidence.declare_parts_of_district(pages[RECEIPT_OF], staff["officer1"])
    demo_channels.set_up_tablet(pages[RECEIPT_OF], staff, today)
    demo_channels.enter_group_session(pages[RECEIPT_OF], staff, today)
    for slug in ORDER:
        more = list(demo_coding.generate_missed_respondents(pages[slug], today)) if slug == RECEIPT_OF else []
        load_answers(pages[slug], plans[slug], desk, staff, today, links=made.get(slug, ()), more=more)
        say(
            f"{pages[slug]}: {Response.objects.of(pages[slug]).count()} answers, {len(plans[slug]['releases'])} releases."
        )
    demo_seeded_answers.audit_last_month(staff, today)
    demo_evidence.train_second_model(staff["officer1"])
    demo_evidence.publish_decisions(pages, staff, today)
    demo_coding.approve_minority_view(pages[RECEIPT_OF], staff, today)
    demo_results.load_results_and_decisions(pages, staff, today)
    demo_action_plans.report_action_progress(staff, today)
    demo_results.open_member_checks(pages, staff, today)
    demo_outcomes.load_outcomes(pages, staff, today)
    demo_safeguarding.load_safeguarding_work(pages[RECEIPT_OF], staff, today)
    demo_safeguarding.staff_consultations(pages, staff, today)
    demo_safe_routes.load_safe_routes(staff, today)
    demo_safeguarding.withdraw_and_erase(pages[RECEIPT_OF], staff, today)
    demo_site_pages.tick_launch_items(staff, today)
    demo_partners.load_partners(pages, staff, today)
    demo_templates.create_survey_draft(staff, today)
    demo_templates.load_template_consultations(staff, today)
    for page in demo_templates.publish_consultations_with_words(staff, today):
        load_answers(page, plans[page.slug], desk, staff, today)
    set_benchmarks(pages, staff, today)
    say("Three agencies have an action plan: some of it is done, and some is overdue.")
    demo_commitments.load_commitments(staff, today)
    say("Eleven decisions are published, and one is a draft. One consultation has its answer, and one is late.")
    demo_partners.save_pages_and_notes(pages[RECEIPT_OF], staff, today)
    demo_coding.fill_coding_desk(pages[RECEIPT_OF], staff)
    demo_site_pages.load_site_content(pages, staff, today)
    demo_results.load_awareness_checks(staff, today)
    demo_seeded_answers.plant_seeded_answers(pages[RECEIPT_OF], staff)
    demo_seeded_answers.report_quote_with_name(staff["planner"])
    demo_templates.load_translations(pages, staff)
    demo_evidence.sign_ledger_heads(today)
    say("Urdu is live, Polish waits for its checker, and Romanian is behind its source.")
    demo_import.import_club_file(pages[RECEIPT_OF], staff)
    say("A file from a youth club waits for a reader to take it in.")
    demo_coding.discover_missed_themes(pages[RECEIPT_OF], staff)
    say("The machine has looked for what the codebook misses: one suggestion is a draft theme, and one was dismissed.")
    demo_coding.draft_next_codebook(staff)
    demo_partners.share_with_police_and_decline_word(pages, staff, today)
    say("The next version of the codebook waits for its second person.")
    demo_evaluations.load_evaluations(staff, today)
    freeze_last_quarter(today)
    refresh_representation(today)


def load_site_and_staff(say):
    """Create the site, roles, staff and help entries; safe to run again."""
    sync_roles()
    written = demo_consultations.list_written_consultations()
    translated = {language for data in written for language in data.get("translations", {})}
    languages = ["en", *(code for code, _ in settings.LANGUAGES if code in translated)]
    ensure_site(languages)
    sync_roles()
    load_help_entries()
    staff = load_demo_staff()
    for kind, words in ALLOW_LIST.items():
        known_words.add_known_words(kind=kind, words=words, by=staff["officer1"])
    say(f"The site stands in {len(languages)} languages, with {len(staff)} people who work on it.")
    return staff


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
        approve_version(version=version, by=staff[key])
    return version


def load_answers(page, plan, desk, staff, today, links=(), more=()):
    """Submit, read, code and release in batches, one per release; the last batch, with `more`, is not released."""
    version = page.versions.order_by("-number").first()
    people = generate_respondents(page, version, plan, today)
    days = [today.fromordinal(today.toordinal() + offset) for offset in plan["releases"]]
    for number, until in enumerate([*days, None]):
        since = days[number - 1] if number else None
        batch = [one for one in people if (not since or one.day >= since) and (not until or one.day < until)]
        batch += more if until is None else []
        for one in batch:
            submit_response(
                version=version,
                nonce=one.nonce,
                language=one.language,
                closed=one.closed,
                texts=one.texts,
                channel=one.channel,
                link=demo_channels.link_used_by(one, links),
                day=one.day,
                may_quote=one.may_quote,
            )
        screen_unread()
        redact_screened()
        desk.read(batch, open_until=today if page.is_open(today) and until is None else None)
        release_due_answers()
        demo_evidence.code_texts(page, people, staff["officer1"], until or today)
        if until and page.slug == RECEIPT_OF and until == days[-1]:
            demo_coding.double_code_sample(page, staff, until)
        if until:
            demo_evidence.publish_demo_release(page, until, staff)


def issue_demo_receipt():
    """The receipt words of a respondent whose answer was read and is counted."""
    page = ConsultationPage.objects.get(slug=RECEIPT_OF, locale__language_code=settings.LANGUAGE_CODE)
    plan, version = demo_consultations.load_answer_plans()[RECEIPT_OF], page.versions.order_by("-number").first()
    for one in sorted(generate_respondents(page, version, plan, timezone.localdate()), key=lambda one: one.nonce):
        response = Response.objects.filter(
            pk=derive_response_id(one.nonce), counted__isnull=False, withdrawn=False
        ).first()
        if response is not None and one.voice and not one.voice.worrying:
            return issue_words(response=response, seed=RECEIPT_SEED)
    return ()
