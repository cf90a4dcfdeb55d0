"""The demo has enough people, every state, and figures that trace back to answers."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from cms.accounts.models import User
from cms.accounts.roles import ROLES, roles_of
from cms.demo.demo_consultations import load_answer_plans
from cms.demo.demo_loader import ORDER, issue_demo_receipt, load_demo
from cms.demo.demo_respondents import generate_respondents
from cms.demo.demo_staff import PASSWORD, STAFF
from cms.site.pages.models import HomePage
from consultation.audit.models import AuditEntry
from consultation.channels.imports.models import AnswerImport, ImportState, SavedMap
from consultation.interface_text import get_text
from consultation.reading import reading_queue
from consultation.reading.audit_sample.actions import audit_figures
from consultation.reading.audit_sample.models import ScreenAudit
from consultation.reading.models import PracticeSet
from consultation.receipts.actions import find_response
from consultation.respondent_pages.four_words import hash_words
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.response_ids import derive_answer_id
from consultation.safeguarding import lead_board
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.mailbox.models import Mailbox, MailboxState
from consultation.safeguarding.models import (
    CaseState,
    ContactRequest,
    ContactState,
    HelpEntry,
    TriageCase,
    WithdrawnText,
)
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.translations.translation_rows import load_page_translation
from insights.coding.desk.models import DeskPlace, SavedSet
from insights.coding.models import Code, CodeSource, CodingStatus
from insights.corpus.models import Text
from insights.decisions import trace
from insights.decisions.agencies.action_plans import summarise_agencies
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Bearing, Citation, Decision
from insights.disclosure import DEFAULT
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.exports.models import Recall
from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence
from insights.representation.representation_overview import list_consultation_rows
from insights.strategy.board.strategy_overview import build_strategy_points
from tests.cms.demo.more_demo_tests import *  # noqa: F403  tests of the same demo: to load it once more takes a minute
from tests.cms.demo.number_evidence import Ground, Site, all_numbers, ungrounded
from tests.cms.demo.strategy_demo_tests import *  # noqa: F403

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def page(slug):
    return ConsultationPage.objects.get(slug=slug, locale__language_code="en")


def test_a_draft_is_under_way_and_what_is_published_passes_every_check():
    from consultation.surveys.validation.findings import build_findings_report

    assert not page("your-park").live and build_findings_report(page("your-park")).overridden
    assert {slug: build_findings_report(page(slug)).stopping for slug in ORDER} == {slug: [] for slug in ORDER}


def test_six_hundred_people_answer_four_consultations_in_four_languages():
    assert Response.objects.count() >= 600
    assert all(Response.objects.of(page(slug)).count() >= 100 for slug in ORDER)
    languages = set(Response.objects.of(page("safe-in-bradford")).values_list("language", flat=True))
    assert languages == {"en", "ur", "pl", "pa"}


def test_a_consultation_can_be_answered_in_every_language_and_every_page_stands_in_it():
    every = [code for code, _ in settings.LANGUAGES]
    content = page("safe-in-bradford").versions.latest("number").content
    assert content["languages"] == every
    assert content["missing"] == dict.fromkeys(("pl", "sk", "ro"), 5), "places whose names stay"
    for model in (HomePage, ConsultationIndexPage):
        assert sorted(model.objects.live().values_list("locale__language_code", flat=True)) == sorted(every)
    for home in HomePage.objects.live().select_related("locale"):
        with override(home.locale.language_code):
            assert home.title == get_text("home.title")


def test_languages_are_in_each_state():
    asked = page("somewhere-to-go")
    content = asked.versions.latest("number").content
    assert "ur" in content["languages"] and content["machine_checked"] == ["ur", "ro"]
    assert load_page_translation(asked, "ur").state.startswith("Live, ")
    assert (
        load_page_translation(asked, "pl").state.startswith("Waits for its checker")
        and "pl" not in content["languages"]
    )
    assert load_page_translation(asked, "ro").state.startswith("Behind the source by 1 text, live")
    travel = Questionnaire(content).by_id("travel")["text"]
    assert "ur" in travel and "ro" not in travel


def test_the_audit_of_the_screen_is_drawn_and_half_done():
    audit = ScreenAudit.objects.get()
    found = audit_figures(audit)
    assert found.drawn >= 30 and 0 < found.looked_at < found.drawn and found.missed == 0
    assert not audit.looks.filter(looked_by=F("answer__reading__reader")).exists()


def test_two_are_open_now_and_two_closed_with_results_one_of_them_told_late():
    today = timezone.localdate()
    assert [slug for slug in ORDER if page(slug).is_open(today)] == ["safe-in-bradford", "somewhere-to-go"]
    published = Release.objects.published().filter(consultation__slug__in=ORDER)
    releases = Counter(published.values_list("consultation__slug", flat=True))
    assert releases == {
        "safe-in-bradford": 2,
        "getting-about-after-dark": 2,
        "training-did-it-help": 1,
        "somewhere-to-go": 1,
    }
    training = page("training-did-it-help")
    first = Decision.objects.published().of(training).earliest("published_on")
    assert first.published_on > training.feedback_date


def test_a_released_figure_can_be_recounted_from_the_answers():
    """By hand, past the code that counts: before the first release nothing was held back from a change."""
    release = Release.objects.get(consultation=page("safe-in-bradford"), number=1)
    item = Questionnaire(release.consultation.versions.latest("number").content).by_id("know-where")
    rows = Response.objects.of(release.consultation).countable().filter(day__lt=release.made_on)
    counted = Counter(closed.get(item["key"]) for closed in rows.values_list("closed", flat=True))
    keys = {option["id"]: option["key"] for option in item["options"]}
    shown = {
        row["id"]: row["value"]
        for row in release.figures.get(kind="question", key="know-where").table["rows"]
        if row["value"] is not None and row["id"] in keys
    }
    assert len(shown) >= 4
    assert all(abs(people - counted[keys[option]]) <= MOST_NOISE for option, people in shown.items())


def test_each_theme_can_be_recounted_from_the_codes():
    """Its number is an estimate from the codes and a sample that people read, so the count of codes lies in its interval,
    but for one in ten; and people found it in five answers at least."""
    by_person, within = set(CodingStatus.objects.values_list("text_id", flat=True)), []
    for one in (one for one in list_theme_evidence(list_newest_releases()) if one.people is not None):
        asked, texts = one.release.consultation, Text.objects.of(one.release.consultation)
        everyone = texts.values("respondent").distinct().count()
        codes = Code.objects.filter(theme_id=one.theme, text__in=texts).select_related("text")
        counted = [code for code in codes if (code.source == CodeSource.PERSON) == (code.text_id in by_person)]
        assert asked.is_open(timezone.localdate()) or abs(one.base - everyone) <= MOST_NOISE, "nobody answers any more"
        assert sum(code.source == CodeSource.PERSON for code in counted) >= 5, (one.release, one.label)
        people = len({code.text.respondent for code in counted})
        within.append(one.low - 0.5 <= 100 * people / everyone <= one.high + 0.5)
    assert len(within) >= 20 and sum(within) >= 0.9 * len(within)


def test_older_young_people_feel_less_safe_in_parks():
    version = page("safe-in-bradford").versions.latest("number")
    form = Questionnaire(version.content)
    grid, age = form.by_id("place-feel"), form.by_id("age")
    park = next(row["key"] for row in grid["rows"] if row["id"] == "park")
    bands = {option["key"]: option["id"] for option in age["options"]}
    places = {option["key"]: place for place, option in enumerate(grid["options"], 1) if not option["exclusive"]}
    felt = {}
    for closed in Response.objects.of(version.page).values_list("closed", flat=True):
        place = places.get(closed.get(grid["key"], {}).get(park))
        if place:
            felt.setdefault(bands.get(closed.get(age["key"])), []).append(place)
    mean = {band: sum(values) / len(values) for band, values in felt.items()}
    assert mean["16-17"] + 0.5 < mean["11-13"]


def test_some_text_is_unread_flagged_held_and_in_triage():
    states = Counter(Answer.objects.values_list("state", flat=True))
    assert states[AnswerState.UNREAD] >= 10
    assert states[AnswerState.AWAITING_COLLEAGUE] >= 2
    assert states[AnswerState.RELEASED] >= 400
    new = Answer.objects.unread().filter(response__day__gte=timezone.localdate() - timedelta(days=9))
    assert any(order.flagged for order in reading_queue.open_answer_orders(new).values())
    cases = set(TriageCase.objects.values_list("state", flat=True))
    assert {CaseState.NEW, CaseState.CLAIMED, CaseState.SECOND_VIEW, CaseState.CLOSED} <= cases


def test_practice_answers_and_words_taken_back_are_there_to_see():
    read, unread = PracticeSet.objects.order_by("planted_on")
    assert sorted(read.items.values_list("outcome", flat=True)) == ["missed", "right", "right", "right"]
    assert set(unread.items.values_list("outcome", flat=True)) == {""}
    recall = Recall.objects.get()
    answer = Answer.objects.get(pk=recall.text)
    assert answer.state == AnswerState.UNREAD and answer.screening.list_reasons()[0]["category"] == "reported"
    assert not Text.objects.filter(pk=recall.text).exists()


def test_no_personal_data_that_a_reader_hid_reaches_insights():
    today, texts = timezone.localdate(), Text.objects.in_bulk()
    hidden = 0
    for slug in ORDER:
        consultation = page(slug)
        for one in generate_respondents(
            consultation, consultation.versions.latest("number"), load_answer_plans()[slug], today
        ):
            text = one.voice and texts.get(derive_answer_id(one.nonce, one.question, one.voice.text))
            for span in one.voice.spans if text else ():
                hidden += 1
                assert one.voice.text[span["start"] : span["end"]] not in text.text
    assert hidden >= 10


def test_a_worrying_answer_is_never_quoted():
    triaged = TriageCase.objects.values("answer")
    assert not Text.objects.filter(pk__in=triaged, quotable=True).exists()


def test_most_codes_are_proposals_and_a_part_was_chosen_by_a_person():
    assert CodingStatus.objects.count() >= 100
    assert Code.objects.proposals().count() >= 300


def test_the_coding_desk_shows_all_that_a_coder_can_say():
    assert set(Code.objects.by_people().values_list("stance", flat=True)) == {"", "agrees", "disagrees", "mixed"}
    assert Code.objects.by_people().exclude(spans=[]).count() >= 10
    assert set(CodingStatus.objects.values_list("nothing", flat=True)) == {"", "other", "no_reason"}
    assert CodingStatus.objects.exclude(memo="").count() >= 3
    assert DeskPlace.objects.count() == Text.objects.count()
    assert set(SavedSet.objects.values_list("shared", flat=True)) == {True, False}
    assert not Text.objects.filter(machine__isnull=True).exists()


def test_twelve_decisions_or_more_are_published_two_say_no_and_one_is_late():
    published = Decision.objects.published()
    assert published.count() >= 12 and published.filter(outcome="no").count() == 2
    late = {each.slug: each.outcome for each in published if each.is_late}
    assert list(late) == ["new-lights-in-parks"] and "already" not in late.values()
    assert Decision.objects.filter(status="draft").count() == 1
    assert all(decision.easy and decision.created_by != decision.published_by for decision in published)


def test_agencies_have_a_plan_of_which_some_is_done_and_some_overdue():
    rows = summarise_agencies()
    assert len(rows) == 3 and any(row.done for row in rows) and any(row.overdue for row in rows)
    assert Decision.objects.filter(
        options__isnull=False, measures__isnull=False, figure_citations__isnull=False
    ).exists()
    gaps = {gap for point in build_strategy_points() for gap in point.gaps}
    assert {"late", "owner", "against"} <= gaps


def test_one_consultation_is_answered_with_every_kind_of_decision_one_is_late_and_none_is_due_while_it_is_open():
    from insights.publications.answer_clock_lookup import answer_clocks_of

    clocks = answer_clocks_of([page(slug) for slug in ORDER])
    answered = clocks.pop(page("getting-about-after-dark").pk)
    assert answered.is_answered and not answered.late
    assert [clock.late for clock in clocks.values()] == [True]
    assert set(clocks) == {page("training-did-it-help").pk}
    outcomes = set(Decision.objects.published().of(page("getting-about-after-dark")).values_list("outcome", flat=True))
    assert outcomes == {"yes", "partly", "not-now", "no", "already", "passed-on"}


def test_each_decision_leads_to_words_and_the_question_that_they_answer():
    for decision in Decision.objects.all():
        evidence = trace.list_evidence(decision)
        questions = {question.id for one in evidence for question in one.questions}
        assert questions & {"one-change", "one-idea", "what-used"}, decision.slug
    assert Citation.objects.filter(bearing=Bearing.CHALLENGES).exists()


def test_what_a_decision_says_was_seen_is_what_the_release_shows():
    for citation in Citation.objects.select_related("release"):
        figure = citation.release.figures.get(kind="themes", key="all")
        row = next(row for row in figure.table["rows"] if row["id"] == str(citation.theme_id))
        assert citation.seen["people"] == row["value"] >= DEFAULT.threshold


def test_most_people_put_youth_workers_or_lights_first():
    version = page("safe-in-bradford").versions.latest("number")
    item = Questionnaire(version.content).by_id("help-most")
    words = {option["key"]: option["id"] for option in item["options"]}
    picks = Response.objects.of(version.page).values_list("closed", flat=True)
    first = Counter(words.get(closed[item["key"]][0]) for closed in picks if closed.get(item["key"]))
    assert first.most_common(1)[0][0] == "workers"


PUBLIC_ONES = re.compile(r"/en/(?!.*(?:/answer/|/paper/|/right/|feeds/|contact/))")
# Pages about the site itself, about helplines and about how we work: officers' and our own words, no claim of a figure.
NO_FIGURES = re.compile(
    r"/en/(?:help|safer|privacy|privacy-adults|accessibility|about|hear-by-right|how-we-read|news|search|receipt)/"
)


def test_every_number_on_the_public_pages_leads_to_its_evidence_by_links_alone(client):
    site, ground = Site(client), Ground()
    pages = dict(site.walk("/en/", lambda url: bool(PUBLIC_ONES.match(url))))
    assert {"/en/you-said-we-did/", "/en/have-your-say/getting-about-after-dark/results/"} <= set(pages)
    assert sum(path.startswith("/en/you-said-we-did/") for path in pages) >= 12
    claims = {path: main for path, main in pages.items() if not NO_FIGURES.match(path)}
    assert {path: found for path, main in claims.items() if (found := ungrounded(site, path, main, ground))} == {}


EVIDENCE = re.compile(r"^[efvtq]-")


def test_in_urdu_evidence_shows_the_same_numbers_and_no_page_shows_another(client):
    """What leads to its ground in English does so in another script, written from right to left."""
    site = Site(client)
    english = site.walk("/en/", lambda url: bool(PUBLIC_ONES.match(url)) and "?" not in url)
    claims = {path: main for path, main in english if not NO_FIGURES.match(path)}
    wrong, evidence = {}, 0
    for path, main in claims.items():
        urdu = site.page(path.replace("/en/", "/ur/", 1))
        if urdu is None:
            continue
        if more := set(all_numbers(urdu.main)) - set(all_numbers(main)):
            wrong[path] = more
        for element in main.find_all(id=EVIDENCE):
            other = urdu.main.find(id=element["id"])
            evidence += 1
            if other is None or set(all_numbers(other)) != set(all_numbers(element)):
                wrong[f"{path}#{element['id']}"] = other and set(all_numbers(other)) ^ set(all_numbers(element))
    assert wrong == {} and evidence >= 20


def test_the_ledger_and_the_audit_log_are_whole():
    assert list_ledger_problems() == []
    assert AuditEntry.objects.first_break() is None


def test_four_words_lead_to_an_answer_that_counts():
    words = issue_demo_receipt()
    assert find_response(hash_words(words)).counted
    assert find_response(hash_words(words)).version.page == page("safe-in-bradford")
    assert issue_demo_receipt() == words


def test_everyone_can_sign_in_and_does_what_their_role_says():
    for person in STAFF:
        user = authenticate(username=person.email, password=PASSWORD)
        assert [role.name for role in roles_of(user)] == list(person.roles)
    assert not User.objects.filter(is_superuser=True).exists()
    people = Counter(role for person in STAFF for role in person.roles)
    assert set(people) == set(ROLES)
    assert all(people[role] == 2 for role in ("engagement_officer", "moderator", "safeguarding_lead", "administrator"))


def test_places_that_help_wait_for_someone_to_check_them():
    assert HelpEntry.objects.filter(slug="childline", checked_on=None).exists()


def test_loading_again_changes_nothing(said):
    before = Response.objects.count(), AuditEntry.objects.count()
    load_demo(say=said.append)
    assert said[-1] == "The demo is loaded already."
    assert (Response.objects.count(), AuditEntry.objects.count()) == before


def test_the_leads_board_has_something_in_every_state():
    states = set(TriageCase.objects.values_list("state", flat=True))
    assert states == set(CaseState.values)
    assert set(ContactRequest.objects.values_list("state", flat=True)) == set(ContactState.values)
    assert set(Mailbox.objects.values_list("state", flat=True)) == set(MailboxState.values)
    assert WithdrawnText.objects.filter(read_by=None, case=None).count() == 1
    lead, other = (User.objects.get(email=f"{key}@example.org") for key in ("lead1", "lead2"))
    mine, theirs = ({item.obj.pk for item in lead_board.list_open_items(each)} for each in (lead, other))
    assert len(mine - theirs) == 1, "a concern about staff of the other lead's agency"
    assert theirs <= mine
    assert any(item.over for item in lead_board.list_open_items(lead))
    assert lead_rota.find_current_duty().gap == "" and lead_rota.list_rota_gaps(timezone.localdate(), 20)


def test_auditors_see_what_was_taken_back_and_what_retention_erased():
    assert AuditEntry.objects.filter(verb="answers withdrawn", minute="").exists()
    assert AuditEntry.objects.filter(verb="retention run", data__erased="contact").exists()


def test_a_file_from_a_youth_club_was_tried_and_waits_to_be_taken_in():
    source = AnswerImport.objects.get()
    assert (source.tool, source.state, source.dropped) == (
        "microsoft-forms", ImportState.CHECKED, ["ID", "Start time", "Email", "Name"],
    )  # fmt: skip
    assert (source.found["people"], source.found["same"], source.found["wrong"]) == (6, 1, 0)
    assert not source.responses.exists()
    assert SavedMap.objects.get().name == "Youth club form"


def test_some_consultations_know_whom_they_have_not_heard_and_one_has_nothing_to_compare_with():
    found = {line.page.slug: line for line in list_consultation_rows()}
    assert found["safe-in-bradford"].compared
    assert found["safe-in-bradford"].missing
    assert found["getting-about-after-dark"].compared
    assert not found["training-did-it-help"].compared
    assert found["training-did-it-help"].people
