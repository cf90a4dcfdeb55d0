"""Evaluations in the demo: attitudes in three rounds, training with words alone of the few who answer months later, and
measures of two years; and a page for people who train, with words of young people."""

import itertools
import random
from datetime import datetime, time, timedelta

from wagtail.models import Locale

from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evidence import propose_all_codes, publish_demo_release
from cms.demo.demo_respondents import SEED
from cms.demo.demo_safe_routes import note_place_and_close
from cms.site.news.models import NewsIndexPage, NewsPage
from consultation.reading import actions as reading
from consultation.reading.models import ReadingDecision
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer
from consultation.responses.submission import submit_response
from consultation.safeguarding.clocks import LONDON
from consultation.surveys.models import ConsultationPage, EvaluationRound
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.starting_points import actions
from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.models import Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.releases.actions import approve_quote
from insights.releases.models import Quote
from insights.releases.quote_selection import drop_near_repeats
from insights.releases.released_quotes import why_not_public

SKIP = 0.03
FROM_CLOSE = {"look_date": 7, "decision_date": 12}  # days
NOON, PLACES_NOTED = time(12), timedelta(days=6)  # after the closing
ANSWER_IN, ANSWER_AFTER = 25, 15  # days from now, for all rounds together; and from the closing at the least


def load_evaluations(staff, today):
    told = load_demo_yaml("demo_evaluations.yaml")
    for one in told["sets"]:
        _load_evaluation(one, staff, today)
    _publish_training_page(told["news"], staff, today)


def _load_evaluation(data, staff, today):
    template, by = load_templates()[data["template"]], staff["officer1"]
    page = actions.start_from_template(template=template, title=template.title, by=by)
    for number, told in enumerate(data["rounds"]):
        if number:
            page = _find_next_round(page, template.title, by)
        publish_round(page, data, told, by, today)
        answer_round(page, template, data, told, today, staff)
        if "words" in told:
            _read_and_code(page, told["theme"], staff)
        publish_demo_release(page, page.closes + timedelta(days=1), staff)


def _find_next_round(page, title, by):
    """The draft that was made with the first, or for a year the next wave."""
    made = ConsultationPage.objects.filter(wave_of=page).first()
    return made or actions.start_from_past(past=page, title=title, by=by, wave=True)


def publish_round(page, data, told, by, today):
    opens, closes = (today + timedelta(days=day) for day in told["days"])
    days = {name: closes + timedelta(days=later) for name, later in FROM_CLOSE.items()}
    days |= {"opens": opens, "closes": closes, "feedback_date": today + timedelta(days=ANSWER_IN)}
    days["feedback_date"] = max(days["feedback_date"], closes + timedelta(days=ANSWER_AFTER))
    if page.evaluation_round == EvaluationRound.YEAR:
        page.title = page.draft_title = f"{page.title} ({opens.year})"
    for name, value in (data["promises"] | days | {"groups_invited": data["groups_invited"]}).items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def answer_round(page, template, data, told, today, staff=None):
    """`staff`: who act on answers that name places, where the round has any."""
    version = page.versions.get()
    ids = {written["id"]: block.id for written, block in zip(template.blocks(), page.body, strict=True)}
    weights = {ids[name]: of for name, of in (data["about"] | told["answers"]).items()}
    rng = random.Random(f"{SEED} {page.slug}")  # noqa: S311  (invented people, not keys)
    items = [item for item in Questionnaire(version.content).questions if item["id"] in weights]
    said = told.get("words", ())
    for naming, words, _ in itertools.zip_longest(_list_namings(data, told), said, range(told["people"])):
        day = page.opens + timedelta(days=rng.randrange((min(page.closes, today) - page.opens).days))
        closed = _draw_answers(items, weights, rng)
        texts = {ids["better"]: (naming[1], False)} if naming else {ids["gap"]: (words, False)} if words else {}
        sent = submit_response(
            version=version,
            nonce=rng.randbytes(16),
            language="en",
            closed=closed,
            texts=texts,
            day=day,
            may_quote=True,
        )
        if naming:
            moments = (datetime.combine(one, NOON, LONDON) for one in (day, page.closes + PLACES_NOTED))
            note_place_and_close(Answer.objects.get(response=sent.response), *naming, staff, *moments)


def _read_and_code(page, theme, staff):
    """A reader clears what was written, and an officer finds the one theme in all of it."""
    screen_unread()
    redact_screened()
    noon = datetime.combine(page.closes + timedelta(days=1), NOON, LONDON)
    for answer in Answer.objects.filter(response__version__page=page).order_by("pk"):
        reading.open_answer_text(answer=answer, by=staff["reader1"])
        reading.decide_answer(answer=answer, by=staff["reader1"], decision=ReadingDecision.CLEAR, spans=[], now=noon)
    reading.release_due_answers()
    take_released_texts()
    found = Theme.objects.get(codebook__slug="seed", slug=theme)
    choices = [(text, [found]) for text in Text.objects.of(page).order_by("pk")]
    propose_all_codes()
    confirm_many_texts(consultation=page, choices=choices, by=staff["officer1"])
    arrange_desk()


def _list_namings(data, told):
    """[(place, words that name it)], each in its own way: copies would not be counted."""
    for place in told.get("places", ()):
        said = [f"{ask} {place['name']}. {why}" for ask, why in itertools.product(*data["says"])]
        yield from ((place, words) for words in said[: place["people"]])


def _draw_answers(items, weights, rng):
    drawn = {item["key"]: rng.choices(item["options"], weights[item["id"]])[0]["key"] for item in items}
    return {key: answer for key, answer in drawn.items() if rng.random() > SKIP}


def _approve_quotes(quotes, staff):
    """Those that may be public beside those before them; they stand in an order by chance."""
    for quote in quotes:
        if not why_not_public(quote):
            approve_quote(quote=quote, by=staff["officer1"])
            approve_quote(quote=quote, by=staff["officer2"])
            yield quote


def _publish_training_page(row, staff, today):
    """“What we want you to know”, with quotes that two people approve for everyone."""
    index = NewsIndexPage.objects.get(locale=Locale.objects.get(language_code="en"))
    quotes = Quote.objects.filter(theme__slug=row["theme"], language="en", release__consultation__slug=row["from"])
    quotes = drop_near_repeats(quotes.filter(release__number=row["release"]))
    quotes = list(itertools.islice(_approve_quotes(quotes, staff), row["quotes"]))
    page = NewsPage(
        locale=index.locale, day=today - timedelta(days=row["days"]),
        body=[("words", row["body"]), ("quotes", {"quotes": [str(quote.pk) for quote in quotes]})],
        **{name: row[name] for name in ("slug", "title", "summary", "audience", "themes")},
    )  # fmt: skip
    index.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
