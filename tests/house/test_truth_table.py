"""Every action of the roles table, tried by every role: a real request, or the real verb.

`tests/cms/accounts/test_roles.py` compares the table with the permissions; here views and two-person rules are tried.
"""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cms.accounts.roles import ROLES
from cms.site.hear_by_right.listening_standards import load_standards
from consultation.emergency_access.actions import open_emergency_access
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry, TriageCase
from insights.coding.codebooks import approve_version
from insights.releases.models import Quote, Release
from tests import factories
from tests.consultation.surveys.conftest import PROMISES, asked
from tests.domain_tables import ROLES_PERMISSIONS
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)
from tests.insights.decisions.agencies.action_requests import tells_of_an_action

SECRET = "The kite shop behind the canal"
SURVEY = "/en/have-your-say/kites/answer/"
# "yes (not own)", "within a release ...", "draft": what the words say is tried by doors of their own, below.
OTHER_DOOR = {
    ("publish decision or feedback page", "planner"),
    ("read redacted, cleared text", "planner"),
    ("read raw free text before review", "safeguarding_lead"),
    ("export", "auditor"),
}


def open_to(answer):
    """Whether the door opened: not refused, hidden, or redirected to sign-in or to the admin's first page."""
    led_back = answer.status_code == 302 and re.match(r"(/accounts/login/|/staff/(login/)?)(\?|$)", answer["Location"])
    return answer.status_code not in (403, 404) and not led_back


def get(name, *args):
    return lambda client: open_to(client.get(reverse(name, args=args)))


def post(name, *args, **data):
    """Post inside a transaction that is rolled back, so that each role finds the same."""

    def door(client):
        with transaction.atomic():
            answer = client.post(reverse(name, args=args), data)
            transaction.set_rollback(True)
        return open_to(answer)

    return door


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def allowed(verb, *args):
    def door(client):
        try:
            with transaction.atomic():
                verb(client.user, *args)
                transaction.set_rollback(True)
        except (PermissionDenied, AttributeError):
            return False
        return True

    return door


class Stranger(Client):
    user = None


@pytest.fixture
def everyone(client_as):
    return {"respondent": Stranger(), **{role: client_as(role) for role in ROLES}}


def mistakes(doors, everyone):
    """(action, role, what happened, what the table says) where they differ."""
    for action, door in doors.items():
        for role, client in everyone.items():
            client.raise_request_exception = False
            told = ROLES_PERMISSIONS[action][role]
            says = told != "no" and (action, role) not in OTHER_DOOR
            if door(client) != says:
                yield f"{action}, {role}: {'opened' if not says else 'refused'}; the table says {told}"


def answers_the_survey(client):
    """Whether the person can answer a survey; the staff host serves none."""
    host = "say.example.org" if client.user is None else "staff.example.org"
    return client.get(SURVEY, headers={"host": host}).status_code == 200


def stops_a_survey(page):
    """Whether page and button close a survey; rolled back, so that each role finds it open."""
    sent = {"do": "words", "page": page.pk, "reason": "More than we can read."}
    see = get("close-survey")

    def door(client):
        with transaction.atomic():
            client.post(reverse("close-survey"), sent)
            done = type(page).objects.get(pk=page.pk).free_text_closed
            transaction.set_rollback(True)
        assert done == see(client), "who sees the page can use it, and nobody else"
        return done

    return door


def becomes_a_superuser(client):
    if client.user is None:
        return False
    try:
        with transaction.atomic():
            type(client.user).objects.filter(pk=client.user.pk).update(is_superuser=True)
    except IntegrityError:
        return False
    return True


def reads_words_by_looking_after_accounts(client):
    """Whether any page of an administrator or auditor shows an answer's words."""
    if client.user is None or not ROLES[fresh(client.user).groups.get().name].alone:
        return False
    names = [
        "reading:desk",
        "reading:awaiting-colleague",
        "safeguarding:board",
        "people:list",
        "insights:home",
        "insights:coding",
    ]
    pages = [client.get(reverse(name)) for name in names]
    pages += [
        client.get(path) for path in ("/staff/", "/staff/audit/", "/staff/reports/site-history/", "/staff/launch/")
    ]
    return any(SECRET in page.content.decode() for page in pages)


@pytest.fixture
def unread(home):
    """(page, answer): an unread answer."""
    from consultation.responses.models import Answer

    items = [factories.question("a", "long_text"), factories.question("b", "single", ["Yes", "No"])]
    page, version = factories.consultation(home, slug="kites", title="Kites", items=items)
    sent = factories.response(version, texts={"q-a": SECRET})
    return page, Answer.objects.get(response=sent)


@pytest.fixture
def hearing(unread):
    """Doors of asking, receiving and keeping safe."""
    page, answer = unread
    load_help_entries()
    sessions = reverse("group:consultation", args=[page.pk])
    return {
        "create or edit a consultation": get("wagtailadmin_pages:edit", page.pk),
        "read raw free text before review": get("reading:answer", answer.pk),
        "flag an answer to triage": post("reading:answer", answer.pk),
        "see the triage queue or that an item exists": get("safeguarding:board"),
        "read contact requests": get("safeguarding:contacts"),
        "read and answer a mailbox of four words": get("safeguarding:mailboxes"),
        "edit help entries": get(HelpEntry.snippet_viewset.get_url_name("edit"), HelpEntry.objects.first().pk),
        "enter paper or group answers, import responses": get("paper:choose"),
        "run group sessions and shared tablets": get("tablets:consultation", page.pk),
        "close free text or a survey at once": stops_a_survey(page),
        "manage users, roles, ISAs": get("people:agreements"),
        "read audit log": get("audit:log"),
        "hold superuser rights": becomes_a_superuser,
        "read any answer text as administrator": reads_words_by_looking_after_accounts,
        "read redacted, cleared text": lambda client: b"Sessions so far" in client.get(sessions).content,
    }


def test_asking_receiving_and_keeping_safe(hearing, everyone):
    assert "\n".join(mistakes(hearing, everyone)) == ""


def test_answering_a_consultation(unread, everyone, settings):
    settings.STAFF_HOST, settings.SITE_URL = "staff.example.org", "https://say.example.org"
    settings.ALLOWED_HOSTS = ["staff.example.org", "say.example.org"]
    assert "\n".join(mistakes({"answer a consultation": answers_the_survey}, everyone)) == ""


@pytest.fixture
def planned(answered, officer, colleague):  # noqa: F811
    """(release, quote, text, draft): a published release of 120 people, and a planner's draft of a decision."""
    from insights.corpus.models import Text
    from insights.decisions.actions import record_decision
    from insights.releases.actions import create_release, publish_release
    from tests.insights.decisions.conftest import said

    release = create_release(consultation=answered, by=officer)
    publish_release(release=release, by=colleague)
    draft = record_decision(by=officer, consultations=[answered], **said())
    return release, release.quotes.filter(theme__slug="lights").first(), Text.objects.first(), draft


@pytest.fixture
def understanding(planned, codebook):  # noqa: F811
    """Doors of coding, reporting and deciding."""
    release, quote, text, draft = planned
    waiting = Release.objects.create(
        consultation=release.consultation,
        number=2,
        codebook_version=release.codebook_version,
        people=120,
        made_on=release.made_on,
        made_by=release.made_by,
    )
    told = Quote.objects.filter(release=release, theme__slug="lights").exclude(pk=quote.pk).first()
    told.public_approved_by.add(release.made_by, release.published_by)
    return {
        "code themes": get("insights:code-text", text.pk),
        "edit codebook": allowed(proposes_a_version),
        "export": carries_figures_away(release),
        "approve codebook version": allowed(lambda user: approve_version(version=codebook, by=fresh(user))),
        "view reports": get("insights:report", release.pk),
        "see unrounded or suppressed figures": shows_raw_counts(release),
        "publish decision or feedback page": post("insights:publish-decision", draft.slug),
        "say how an action of the plan goes": allowed(lambda user: tells_of_an_action(fresh(user), draft)),
        "report a concern or a name left in (one-way)": get("insights:report-words", told.source_text_id),
        "publish a release": post("insights:publish-release", waiting.pk),
        "approve a quote for the public": post("insights:approve-quote", quote.pk),
    }


def proposes_a_version(user):
    from insights.coding.codebooks import load_codebook

    load_codebook(slug="seed", name="Seed", themes=[{"slug": "swings", "label": "Swings"}], by=fresh(user))


def carries_figures_away(release):
    """Whether the spreadsheet comes complete and its export is recorded; a refusal leaves no record."""
    from consultation.audit.models import AuditEntry

    url, exports = reverse("insights:figures", args=[release.pk]), AuditEntry.objects.filter(verb="export made")

    def door(client):
        with transaction.atomic():
            before, answer = exports.count(), client.get(url)
            came = answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
            assert (exports.count() > before) == came
            transaction.set_rollback(True)
        return came

    return door


def shows_raw_counts(release):
    """Whether a page shows a small count: 4 people spoke of the rare theme, which no page may say."""

    def door(client):
        paths = [reverse("insights:report", args=[release.pk])]
        paths += [reverse("insights:theme", args=[release.pk, slug]) for slug in ("staff", "rare")]
        pages = " ".join(client.get(path).content.decode() for path in paths)
        return bool(re.search(r">\s*4\s*<|\b4 (people|of)\b", pages))

    return door


def test_coding_reporting_and_deciding(understanding, everyone):
    assert "\n".join(mistakes(understanding, everyone)) == ""


def test_a_planner_reads_words_in_a_release_and_drafts(planned, everyone):
    release, quote, _, draft = planned
    page = everyone["planner"].get(reverse("insights:theme", args=[release.pk, "lights"])).content.decode()
    assert quote.text in page
    few = everyone["planner"].get(reverse("insights:theme", args=[release.pk, "rare"])).content.decode()
    assert "rare number" not in few
    assert open_to(everyone["planner"].get(reverse("insights:record")))
    for role in set(ROLES) - {"planner"}:
        assert not open_to(everyone[role].get(reverse("insights:record"))), role


def test_an_auditor_takes_out_the_audit_log_alone(home, everyone):
    assert open_to(everyone["auditor"].get(reverse("audit:export")))
    for role in set(ROLES) - {"auditor"}:
        assert not open_to(everyone[role].get(reverse("audit:export"))), role


def test_in_an_emergency_a_lead_alone_opens_what_nobody_brought_to_triage(unread, everyone):
    """No row of the table: what no role may by day, a lead may for an hour, on record and reviewed."""
    page, answer = unread
    reason = "A school rang: a pupil wrote to us, and is not at home."
    breaks = post("emergency:emergencies", consultation=page.pk, reason=reason, sure="on")
    assert [role for role, client in everyone.items() if breaks(client)] == ["safeguarding_lead"]
    access = open_emergency_access(consultation=page, by=fresh(everyone["safeguarding_lead"].user), reason=reason)
    url = reverse("emergency:answer", args=[access.pk, answer.pk])
    shown = [role for role, client in everyone.items() if SECRET in client.post(url).content.decode()]
    assert shown == ["safeguarding_lead"]


def test_a_lead_reads_raw_words_on_the_page_of_a_case_and_nobody_else(unread, everyone):
    _, answer = unread
    open_case(answer=answer, by=fresh(everyone["moderator"].user), priority="T2", why="it may be worse than it says")
    case = get("safeguarding:case", TriageCase.objects.get().pk)
    assert [role for role, client in everyone.items() if case(client)] == ["safeguarding_lead"]
    decide = post("safeguarding:case", TriageCase.objects.get().pk)
    assert "\n".join(mistakes({"decide a triage outcome": decide}, everyone)) == ""


def test_a_consultation_is_checked_by_a_lead_and_approved_by_another_officer(unread, everyone, client_as, person):
    page, _ = unread
    factories.somebody_reads(person)
    author, second = everyone["engagement_officer"], client_as("engagement_officer")
    for name, promised in PROMISES.items():
        setattr(page, name, promised)
    days = {day: PROMISES[day] for day in ("opens", "closes", "feedback_date")}
    type(page).objects.filter(pk=page.pk).update(**days)  # it is open, so no draft names them
    page.body = [asked("go", "How is it?", "faces")]
    page.save_revision(user=author.user)
    page.get_workflow().start(page, author.user)

    def may_approve(client):
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        return open_to(client.get(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])))

    who = {**everyone, "another officer": second}
    assert [name for name, client in who.items() if may_approve(client)] == ["safeguarding_lead"]
    lead = fresh(everyone["safeguarding_lead"].user)
    task = type(page).objects.get(pk=page.pk)
    task.current_workflow_task.specific.on_action(task.current_workflow_task_state, lead, "approve")
    assert [name for name, client in who.items() if may_approve(client)] == ["another officer"]


def approves_news(home, writer):
    """Whether the person can approve news that another officer submitted."""
    from cms.site.news.models import NewsIndexPage, NewsPage

    index = NewsIndexPage.objects.get(locale=home.locale)
    page = index.add_child(
        instance=NewsPage(slug="lamps", title="Lamps", summary="On.", locale=home.locale, live=False)
    )
    page.save_revision(user=writer)
    state = page.get_workflow().start(page, writer).current_task_state
    return get("wagtailadmin_pages:workflow_action", page.pk, "approve", state.pk)


@pytest.fixture
def under(home, answered, planned, officer, colleague):  # noqa: F811
    """{verb that has no row of its own: (the row that it falls under, its door)}"""
    from insights.decisions.actions import publish_decision
    from insights.publications.actions import begin_results, write_results

    release, _, _, draft = planned
    publish_decision(decision=draft, by=colleague)
    results = begin_results(release=release, by=officer)
    write_results(results, by=officer, words={"heard": "It is dark.", "heard_easy": "Dark.", "next": "", "themes": {}})
    publishing, editing, stopping = (
        "publish decision or feedback page",
        "create or edit a consultation",
        "close free text or a survey at once",
    )
    benchmark = reverse("insights:add-benchmark", args=[answered.slug]) + "?about=everyone"
    indicator = load_standards()[0].indicators[0].id
    return {
        "publish results": (publishing, post("insights:publish-results", results.pk)),
        "write results": (publishing, get("insights:write-results", results.pk)),
        "move the day of our answer": (publishing, get("insights:move-answer", answered.slug)),
        "say how a promise goes": (publishing, get("insights:decision-progress", draft.slug)),
        "publish news": (publishing, approves_news(home, officer)),
        "set a benchmark": (editing, lambda client: open_to(client.get(benchmark))),
        "have a translation checked": (editing, post("translations:judge", answered.pk, "ur")),
        "put a translation live": (editing, post("translations:live", answered.pk, "ur")),
        "start a consultation": (editing, get("start:start")),
        "look at how well we listen": (editing, get("standards:assess", indicator)),
        "see what is due": (stopping, get("task-list")),
    }


def test_what_has_no_row_of_its_own_is_done_by_those_of_the_row_that_it_falls_under(under, everyone):
    for client in everyone.values():
        client.raise_request_exception = False
    wrong = [
        f"{verb}, {role}: the table says {ROLES_PERMISSIONS[row][role]}"
        for verb, (row, door) in under.items()
        for role, client in everyone.items()
        if door(client) != (ROLES_PERMISSIONS[row][role] != "no" and (row, role) not in OTHER_DOOR)
    ]
    assert "\n".join(wrong) == ""


def test_every_action_of_the_table_is_tried(hearing, understanding):
    tried = {*hearing, *understanding, "answer a consultation"}
    beside = {"approve a consultation for publication", "decide a triage outcome"}
    assert tried | beside == set(ROLES_PERMISSIONS)
