"""Test data of the gallery: the demo, plus small consultations, codes and receipts. Refused outside a demo.

All data is created before the browser opens; `hide_consultations` and `fail_inserts` are undone after the state's
pictures.
"""

import contextlib
import copy
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import yaml
from django.core import signing
from django.db import OperationalError, ProgrammingError, close_old_connections, connection
from django.utils import timezone

from cms.accounts.models import User
from cms.demo.consultations import written
from cms.demo.other_ways import tablet_pin
from cms.demo.people import STAFF, only_on_a_demo
from consultation.answering import tokens
from consultation.answering.codes import actions as codes
from consultation.answering.codes import spelling
from consultation.answering.links.models import PrintedLink
from consultation.questionnaires.loading import load_consultation
from consultation.questionnaires.models import ConsultationPage, PublishedVersion
from consultation.receipts.actions import issue
from consultation.responses.models import Answer, AnswerState, Response

MAIN, TYPES, PAST = "safe-in-bradford", "somewhere-to-go", "getting-about-after-dark"
COMING, OVER, BY_CODE = "a-place-next-year", "a-place-first-ideas", "a-place-your-club"
SMALL = (COMING, OVER, BY_CODE)
OPENS = {COMING: 9, OVER: -30, BY_CODE: -3}
CLOSES = {COMING: 40, OVER: -1, BY_CODE: 30}
SEED = b"the gallery's codes"
CODES = 30


class NoDemo(Exception):
    """The database holds no demo."""


@dataclass
class Asked:
    """Keys of a published survey's questions and options, to find its form fields."""

    page: int
    version: int
    keys: dict = field(default_factory=dict)  # {question id: key}
    options: dict = field(default_factory=dict)  # {question id: {option or row id: key}}

    @classmethod
    def of(cls, slug):
        version = PublishedVersion.objects.select_related("page").for_slug(slug)
        asked = cls(version.page_id, version.pk)
        for item in version.content["items"]:
            asked.keys[item["id"]] = item["key"]
            named = [*item["options"], *item["rows"]]
            asked.options[item["id"]] = {one["id"]: one["key"] for one in named}
        return asked


@dataclass
class Ground:
    surveys: dict
    words: dict
    codes: tuple
    pin: str
    link: str

    def aged(self, slug, days):
        """A form token issued `days` ago."""
        return _aged(self.surveys[slug].version, days)


class AgedSigner(signing.TimestampSigner):
    """Signs with a timestamp some days in the past."""

    days = 0

    def timestamp(self):
        return signing.b62_encode(int(time.time()) - self.days * tokens.DAY)


def _aged(version, days):
    signer = AgedSigner(salt=tokens.SALT)
    signer.days = days
    return signer.sign(tokens.issue(version).rsplit(":", 2)[0])


def prepare():
    """Create the missing data; safe to run again on the same demo."""
    only_on_a_demo()
    if not _is_there():
        raise NoDemo
    officer = User.objects.get(email=STAFF[0].email)
    for slug in SMALL:
        if not ConsultationPage.objects.filter(slug=slug).exists():
            load_consultation(_small(slug), by=officer)
    ConsultationPage.objects.filter(slug=BY_CODE).update(code_only=True)
    return Ground(
        surveys={slug: Asked.of(slug) for slug in (MAIN, TYPES, PAST, *SMALL)},
        words={name: " ".join(issue(response=found)) for name, found in _responses().items()},
        codes=_codes(officer),
        pin=tablet_pin(),
        link=PrintedLink.objects.order_by("pk").first().name,
    )


def _is_there():
    try:
        return ConsultationPage.objects.filter(slug=MAIN).exists()
    except (OperationalError, ProgrammingError):
        return False


def _small(slug):
    """A consultation with a few questions of the demo, its own title and its own dates."""
    data = copy.deepcopy(next(one for one in written() if one["slug"] == TYPES))
    today, titles = timezone.localdate(), _titles()[slug]
    data |= {"id": slug, "slug": slug, "title": titles["en"], "audiences": data["audiences"][:1]}
    data |= {"opens": today + timedelta(days=OPENS[slug]), "closes": today + timedelta(days=CLOSES[slug])}
    data["questions"] = [one for one in data["questions"] if one["id"] in ("near", "where", "idea")]
    for one in data["questions"]:
        one["section"] = "now"
    data["sections"] = data["sections"][:1]
    for language, translation in data["translations"].items():
        translation["strings"]["title"] = titles[language]
    gate = data["participation_gate"]
    gate["audience"]["date_they_will_look"] = data["closes"] + timedelta(days=10)
    gate["influence"] |= {
        "decision_date": data["closes"] + timedelta(days=20),
        "feedback_date": data["closes"] + timedelta(days=24),
    }
    return data


def _titles():
    """{slug: {language: title}}, from titles.yaml."""
    return yaml.safe_load(Path(__file__).with_name("titles.yaml").read_text(encoding="utf-8"))


def _responses():
    """One response that was read and two that are counted, none with a safeguarding case."""
    kept = Response.objects.filter(withdrawn=False).exclude(answers__in=Answer.objects.filter(case__isnull=False))
    texts = kept.filter(answers__state=AnswerState.RELEASED).order_by("pk")
    read = texts.filter(counted=False, version__page__slug=MAIN)
    counted = texts.filter(counted=True, version__page__slug=PAST).distinct()
    return {"read": read[0], "counted": counted[0], "wiped": counted[1]}


def _codes(officer):
    """(unused code, used code)."""
    page = ConsultationPage.objects.get(slug=BY_CODE, locale__language_code="en")
    _, made = codes.make_batch(consultation=page, label="Club", number=CODES, by=officer, seed=SEED)
    codes.use([spelling.digest(page.pk, made[1])])
    return spelling.shown(made[0]), spelling.shown(made[1])


def off_stage(work, *arguments):
    """Run `work` in another thread: Playwright's event loop runs in this one, where Django refuses database access."""

    def run():
        try:
            return work(*arguments)
        finally:
            connection.close()

    close_old_connections()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@contextlib.contextmanager
def closed_to_all():
    """Takes all consultations offline for a while."""
    shown = off_stage(lambda: list(ConsultationPage.objects.live().values_list("pk", flat=True)))
    off_stage(lambda: ConsultationPage.objects.filter(pk__in=shown).update(live=False))
    try:
        yield
    finally:
        off_stage(lambda: ConsultationPage.objects.filter(pk__in=shown).update(live=True))


@contextlib.contextmanager
def refuses(model):
    """Makes every insert into the model's table fail, as on a full disk."""
    if connection.vendor != "sqlite":
        raise NoDemo("A failing database is only shown on the embedded one.")
    name = f"gallery_{model._meta.db_table}"
    sql = f"BEFORE INSERT ON {model._meta.db_table} BEGIN SELECT RAISE(ABORT, 'the gallery shows a failure'); END"
    _run(f"CREATE TRIGGER IF NOT EXISTS {name} {sql}")
    try:
        yield
    finally:
        _run(f"DROP TRIGGER IF EXISTS {name}")


def _run(sql):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql)

    off_stage(run)
