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
from cms.demo.demo_channels import renew_tablet_pin
from cms.demo.demo_consultations import list_written_consultations
from cms.demo.demo_staff import STAFF, require_demo
from consultation.channels.invitation_codes import actions as codes
from consultation.channels.short_links.models import PrintedLink
from consultation.channels.web import form_tokens
from consultation.receipts.actions import issue_words
from consultation.respondent_pages import code_spelling
from consultation.responses.models import Answer, AnswerState, Response
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.models import ConsultationPage, PublishedVersion
from consultation.surveys.youth_panel import actions as panel

MAIN, TYPES, PAST = "safe-in-bradford", "somewhere-to-go", "getting-about-after-dark"
COMING, OVER, BY_CODE = "a-place-next-year", "a-place-first-ideas", "a-place-your-club"
SMALL = (COMING, OVER, BY_CODE)
OPENS = {COMING: 9, OVER: -30, BY_CODE: -3}
CLOSES = {COMING: 40, OVER: -1, BY_CODE: 30}
SEED, PANEL_SEED = b"the gallery's codes", b"the gallery's panel"
CODES = 30


class DemoMissing(Exception):
    """The database holds no demo."""


@dataclass
class SurveyKeys:
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
class GalleryData:
    surveys: dict
    words: dict
    codes: tuple
    panel_code: str
    pin: str
    link: str

    def aged(self, slug, days):
        """A form token issued `days` ago."""
        return _sign_aged_token(self.surveys[slug].version, days)


class AgedSigner(signing.TimestampSigner):
    """Signs with a timestamp some days in the past."""

    days = 0

    def timestamp(self):
        return signing.b62_encode(int(time.time()) - self.days * form_tokens.DAY)


def _sign_aged_token(version, days):
    signer = AgedSigner(salt=form_tokens.SALT)
    signer.days = days
    return signer.sign(form_tokens.issue_form_token(version).rsplit(":", 2)[0])


def prepare_gallery_data():
    """Create the missing data; safe to run again on the same demo."""
    require_demo()
    if not _has_demo():
        raise DemoMissing
    officer = User.objects.get(email=STAFF[0].email)
    for slug in SMALL:
        if not ConsultationPage.objects.filter(slug=slug).exists():
            load_consultation(_build_small_consultation(slug), by=officer)
    ConsultationPage.objects.filter(slug=BY_CODE).update(code_only=True)
    return GalleryData(
        surveys={slug: SurveyKeys.of(slug) for slug in (MAIN, TYPES, PAST, *SMALL)},
        words={name: " ".join(issue_words(response=found)) for name, found in _choose_responses().items()},
        codes=_create_codes(officer),
        panel_code=_begin_panel(officer),
        pin=renew_tablet_pin(),
        link=PrintedLink.objects.order_by("pk").first().name,
    )


def _has_demo():
    try:
        return ConsultationPage.objects.filter(slug=MAIN).exists()
    except (OperationalError, ProgrammingError):
        return False


def _build_small_consultation(slug):
    """A consultation with a few questions of the demo, its own title and its own dates."""
    data = copy.deepcopy(next(one for one in list_written_consultations() if one["slug"] == TYPES))
    today, titles = timezone.localdate(), _load_titles()[slug]
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


def _load_titles():
    """{slug: {language: title}}, from titles.yaml."""
    return yaml.safe_load(Path(__file__).with_name("titles.yaml").read_text(encoding="utf-8"))


def _choose_responses():
    """One response that was read and two that are counted, none with a safeguarding case."""
    kept = Response.objects.filter(withdrawn=False).exclude(answers__in=Answer.objects.filter(case__isnull=False))
    texts = kept.filter(answers__state=AnswerState.RELEASED).order_by("pk")
    read = texts.filter(counted=None, version__page__slug=MAIN)
    counted = texts.filter(counted__isnull=False, version__page__slug=PAST).distinct()
    return {"read": read[0], "counted": counted[0], "wiped": counted[1]}


def _create_codes(officer):
    """(unused code, used code)."""
    page = ConsultationPage.objects.get(slug=BY_CODE, locale__language_code="en")
    _, made = codes.make_code_batch(consultation=page, label="Club", number=CODES, by=officer, seed=SEED)
    codes.mark_codes_used([code_spelling.digest_code(page.pk, made[1])])
    return code_spelling.format_code(made[0]), code_spelling.format_code(made[1])


def _begin_panel(officer):
    """A code by which a member of the youth panel sees a draft."""
    page = ConsultationPage.objects.get(slug=BY_CODE, locale__language_code="en")
    _, made = panel.begin_round(consultation=page, number=panel.SHOWN_FROM, by=officer, seed=PANEL_SEED)
    return code_spelling.format_code(made[0])


def run_in_thread(work, *arguments):
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
def hide_consultations():
    """Takes all consultations offline for a while."""
    shown = run_in_thread(lambda: list(ConsultationPage.objects.live().values_list("pk", flat=True)))
    run_in_thread(lambda: ConsultationPage.objects.filter(pk__in=shown).update(live=False))
    try:
        yield
    finally:
        run_in_thread(lambda: ConsultationPage.objects.filter(pk__in=shown).update(live=True))


@contextlib.contextmanager
def fail_inserts(model):
    """Makes every insert into the model's table fail, as on a full disk."""
    if connection.vendor != "sqlite":
        raise DemoMissing("A failing database is only shown on the embedded one.")
    name = f"gallery_{model._meta.db_table}"
    sql = f"BEFORE INSERT ON {model._meta.db_table} BEGIN SELECT RAISE(ABORT, 'the gallery shows a failure'); END"
    _execute_sql(f"CREATE TRIGGER IF NOT EXISTS {name} {sql}")
    try:
        yield
    finally:
        _execute_sql(f"DROP TRIGGER IF EXISTS {name}")


def _execute_sql(sql):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql)

    run_in_thread(run)
