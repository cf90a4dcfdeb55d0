"""Hostile inputs on the answering path, the desk, reports and exports: no 500, nothing executed, nothing lost.

This is a sample, on PostgreSQL a few of each kind; `./dev bench hostile` sends 100,000.
"""

import csv
import html
import io
import json
import os
import re
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from consultation.audit.models import AuditEntry
from consultation.channels.web import form_tokens, views
from consultation.channels.web.form_parsing import clean_text
from consultation.file_output.spreadsheets import deliver_table, escape_cell
from consultation.reading.actions import release_due_answers
from consultation.reading.models import Reading, Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.respondent_pages.body_limit import MAX_BODY_BYTES
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.response_ids import derive_answer_id
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage
from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.models import Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.house import hostile_inputs
from tests.house.hostile_inputs import alive

SAMPLE, LOOKS = (630, 5) if connection.vendor == "sqlite" else (210, 2)
COUNT = int(os.environ.get("HOSTILE_INPUTS", SAMPLE))
SEED = int(os.environ.get("HOSTILE_SEED", "20261125"))
PER_KIND = max(LOOKS, COUNT // 1000)  # answers of a kind that are looked at on every page
PATH = "/en/have-your-say/parks/answer/"
FINE = {200, 400, 403, 413, 415, 422}
BROKE, EXECUTED, LOST, LET_IN = "broke", "executed", "lost", "let in"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


class Siege:
    """Records sent inputs, replies, and the texts that must exist."""

    def __init__(self, version):
        self.version, self.client = version, Client(raise_request_exception=False)
        self.sent = Counter()
        self.wrong = []  # (number, kind, sort, what)
        self.missing = 0  # kept words that are not there any more, as they were sent
        self.kept = {}  # {answer id: words}
        self.kinds = defaultdict(list)  # {kind: [answer id]}
        self.at, self.done = "", Counter()  # the step that is not through yet, and how many came through the others

    def attack(self):
        current = []

        def token():
            current[:] = [form_tokens.make_nonce()]
            return form_tokens.issue_form_token(self.version.pk, current[0])

        for one in hostile_inputs.inputs(SEED, COUNT, token):
            reply = self.client.generic("POST", PATH, one.body, content_type=one.content_type)
            self.sent[one.kind, reply.status_code] += 1
            self._look(one, reply, current[0])
            if one.number % 5_000 == 4_999:
                print(f"{one.number + 1} sent, {len(self.kept)} kept, {len(self.wrong)} wrong", flush=True)

    def _look(self, one, reply, nonce):
        page = reply.content.decode()
        self.check(one, reply.status_code in FINE, BROKE, reply.status_code)
        self.check(one, not (found := alive(page)), EXECUTED, f"came to life: {found[:2]}")
        self.check(one, hostile_inputs.MADE_BY_A_TEMPLATE not in page, EXECUTED, "was calculated")
        self.check(one, hostile_inputs.HEADER not in reply.headers and not reply.cookies, EXECUTED, "made a header")
        if one.said is None:
            return
        words = clean_text(one.said).strip()
        if reply.status_code == 200 and words:
            key = derive_answer_id(nonce, "q-b", words)
            self.kept[key] = words
            self.kinds[one.kind].append(key)
        elif len(one.body) > MAX_BODY_BYTES:
            self.check(one, reply.status_code == 413, LOST, "was read")
        elif words:
            shown = html.unescape(page).replace("\r\n", "\n")
            self.check(one, reply.status_code == 422 and words in shown, LOST, "was not given back")
        self.check(one, one.good_token or reply.status_code != 200, LET_IN, "a bad token was taken")

    def check(self, one, fine, sort, what):
        if not fine:
            self.wrong.append((one.number, one.kind, sort, what))

    def figures(self):
        """The figures of `./dev bench hostile`."""
        sorts, statuses = Counter(sort for *_, sort, _ in self.wrong), Counter()
        for (_, status), count in self.sent.items():
            statuses[status] += count
        return {
            "n": sum(statuses.values()),
            "errors_500": sum(count for status, count in statuses.items() if status >= 500),
            "executed": sorts[EXECUTED],
            "lost": sorts[LOST] + self.missing,
            "kept": len(self.kept),
            "statuses": dict(sorted(statuses.items())),
            **{name: self.done[name] for name in ("screened", "shown", "exported")},
            "fell": self.at,
        }


@pytest.fixture
def siege(home, monkeypatch, no_noise):
    from cms.accounts.roles import sync_roles

    sync_roles()
    monkeypatch.setattr(views, "submission_limit", RateLimit(10**9))  # or all but the first would be held from figures
    items = [factories.question("a", options=["Yes", "No"]), factories.question("b", "long_text")]
    siege = Siege(factories.consultation(home, items=items)[1])
    siege.attack()
    return siege


def test_hostile_answers_break_nothing_come_to_nothing_and_are_not_lost(siege):
    """One way through the house, step by step: each step rests on the one before it."""
    steps = (
        nothing_is_lost, nothing_broke_or_came_to_life, the_database_is_as_it_was,
        the_screen_and_the_redaction_stand_all_of_it, the_desk_shows_each_as_words_and_clears_it,
        reports_show_them_as_words, no_cell_of_an_export_is_a_formula,
    )  # fmt: skip
    try:
        for step in steps:
            siege.at = step.__name__
            step(siege)
        siege.at = ""
    finally:
        report(siege)


def report(siege):
    """Prints the run's figures for `./dev bench hostile`, even after a finding."""
    if place := os.environ.get("HOSTILE_FIGURES"):
        Path(place).write_text(json.dumps(siege.figures()), encoding="utf-8")


def role(name, number=1):
    from django.contrib.auth.models import Group

    from cms.accounts.models import User

    user, _ = User.objects.get_or_create(email=f"{name}{number}@staff.test")
    user.groups.set([Group.objects.get(name=name)])
    return user


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def quiet_page(client, url, method="get", **data):
    reply = getattr(client, method)(url, data, follow=True)
    page = reply.content.decode()
    assert reply.status_code == 200, (url, reply.status_code)
    assert alive(page) == [], url
    assert hostile_inputs.MADE_BY_A_TEMPLATE not in page, url
    return page


def nothing_broke_or_came_to_life(siege):
    assert siege.wrong[:5] == []
    assert sum(siege.sent.values()) == COUNT
    assert {kind for kind, _ in siege.sent} == set(hostile_inputs.KINDS)


def nothing_is_lost(siege):
    assert len(siege.kept) > COUNT / 3
    lost = [key for key, words in siege.kept.items() if _stored(key) != words]
    siege.missing = len(lost)
    assert lost[:5] == []
    assert Response.objects.count() == sum(count for (_, status), count in siege.sent.items() if status == 200)


def _stored(key):
    answer = Answer.objects.filter(pk=key).first()
    return open_sealed_text(answer.sealed) if answer else None


def the_database_is_as_it_was(siege):
    tables = set(connection.introspection.table_names())
    assert {"consultation_answer", "consultation_response", "cms_user"} <= tables
    assert AuditEntry.objects.first_break() is None
    assert not Response.objects.filter(withdrawn=True).exists()
    assert set(Response.objects.values_list("excluded_from_figures", flat=True)) == {False}


def the_screen_and_the_redaction_stand_all_of_it(siege):
    while screen_unread(seconds=600):
        pass
    redact_screened()
    assert Screening.objects.count() == Answer.objects.count()
    assert not Answer.objects.exclude(state=AnswerState.UNREAD).exists(), "no words have cleared themselves"
    for screening in Screening.objects.filter(pk__in=looked_at(siege)):
        text = siege.kept[screening.pk]
        assert all(0 <= span["start"] < span["end"] <= len(text) for span in screening.spans)
    siege.done["screened"] = Screening.objects.count()


def looked_at(siege):
    return [key for keys in siege.kinds.values() for key in keys[:PER_KIND]]


def the_desk_shows_each_as_words_and_clears_it(siege):
    reader = signed_in(role("moderator"))
    for key in looked_at(siege):
        url = reverse("reading:answer", args=[key])
        page = quiet_page(reader, url)
        assert _first_line(siege.kept[key]) in html.unescape(re.sub(r"<[^>]+>", "", page))
        spans = re.findall(r'name="span" value="([^"]+)"', page)
        reader.post(url, {"do": "clear", "span": spans, "note": "Looked at.", "priority": "T2", "language": "en"})
    read = Reading.objects.filter(pk__in=looked_at(siege))
    assert read.count() == len(looked_at(siege)), "each was decided"
    siege.done["shown"] = read.count()
    quiet_page(reader, reverse("reading:desk"))
    quiet_page(reader, reverse("reading:done"))


def _first_line(words):
    """The beginning of a text that redaction leaves unchanged: three letters suffice to find it."""
    return words.strip()[:3].split("\n")[0].split("\r")[0]


def released(siege):
    release_due_answers(now=timezone.now() + timedelta(minutes=11))
    take_released_texts()
    return list(Text.objects.order_by("pk"))


def reports_show_them_as_words(siege):
    texts = released(siege)
    counted = Answer.objects.filter(pk__in=looked_at(siege), response__excluded_from_figures=False)
    assert len(texts) == counted.count() > 0.9 * len(looked_at(siege)), "some had the words of another"
    officers = [role("engagement_officer", number) for number in (1, 2)]
    themes = [{"slug": slug, "label": slug.title(), "definition": slug} for slug in ("lights", "staff")]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officers[0])
    for officer in officers:
        approve_version(version=version, by=officer)
    page = ConsultationPage.objects.get(slug="parks", locale__language_code="en")
    both = list(Theme.objects.order_by("slug"))
    choices = [(text, [both[place % 2]]) for place, text in enumerate(texts)]
    confirm_many_texts(consultation=page, choices=choices, by=officers[0])
    release = publish_release(release=create_release(consultation=page, by=officers[0]), by=officers[1])
    planner, coder = signed_in(role("planner")), signed_in(officers[0])
    for name, args in (
        ("home", []), ("consultations", []), ("consultation", ["parks"]), ("question", ["parks", "q-b"]),
        ("report", [release.pk]), ("theme", [release.pk, "lights"]), ("themes", []),
    ):  # fmt: skip
        quiet_page(planner, reverse(f"insights:{name}", args=args))
    assert release.quotes.count() > 0
    for quote in release.quotes.all()[: PER_KIND * 4]:
        quiet_page(planner, reverse("insights:quote", args=[quote.pk]))
    for text in texts[:: max(1, len(texts) // (PER_KIND * 4))]:
        quiet_page(coder, reverse("insights:code-text", args=[text.pk]))


def no_cell_of_an_export_is_a_formula(siege):
    words = list(siege.kept.values())
    auditor = role("auditor")
    reply = deliver_table(by=auditor, kind="test", name="words", columns=["words"], rows=([one] for one in words))
    read = list(csv.reader(io.StringIO(b"".join(reply.streaming_content).decode(), newline="")))[1:]
    reply.file_to_stream.close()
    assert [row[0] for row in read] == [escape_cell(one) for one in words], "each is there"
    assert [row for row in read if row[0].lstrip().startswith(FORMULA)] == []
    some = words[:20_000]
    reply = deliver_table(by=auditor, kind="test", name="w", columns=["w"], rows=([one] for one in some), form="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(reply.streaming_content)), read_only=True).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    reply.file_to_stream.close()
    assert len(cells) == len(some)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    siege.done["exported"] = len(read)
