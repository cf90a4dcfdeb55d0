"""From cleared texts to decisions: confirmed codes, releases by two people, and decisions that cite them."""

import hashlib
import random
import re
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from cms.demo import demo_action_plans, demo_consultations
from cms.demo.demo_respondents import SEED
from cms.demo.demo_staff import require_demo
from consultation.responses.response_ids import derive_answer_id
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.blind_texts import is_blind
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.desk.actions import confirm_codes
from insights.coding.learning.actions import ask_for_model, fit_due_model
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Codebook, Theme
from insights.coding.proposals.actions import propose_codes
from insights.corpus.actions import take_released_texts
from insights.corpus.models import DRAWS, Text
from insights.decisions import actions as decisions
from insights.decisions.ledger.actions import sign_head
from insights.decisions.models import Bearing
from insights.releases.actions import create_release, publish_release
from insights.releases.merged_groups.actions import declare_merged_groups
from insights.releases.models import Release

HALF_WIDTH = 5  # percentage points, of the confirmation sample
CODED_BESIDES = 0.15  # share of answers outside the sample that a person has coded
# Patterns per decision: quotes that match are cited.
SPEAKS_OF = {
    "youth-workers-after-school": "youth worker|adults",
    "words-that-do-not-blame": "blame|words|risk|notes",
    "new-lights-in-parks": "park|path",
    "no-cameras-in-toilets": "toilet",
    "where-to-get-help": "numbers|who to|one number",
    "buses-that-run-late": "last bus|later|buses",
    "taxi-licences-you-can-read": "licence|badge|plate",
}
AGAINST = (
    r"\b(stop \w+ing|against|no more|do not want|don't want|dont want|not need|pointless|films the back of your head|"
    r"like a criminal|shouldnt be allowed|sick of)\b"
)
CHALLENGED = {("no-cameras-in-toilets", "lighting-cctv-guardians")}
PARTS_OF_DISTRICT = {
    **dict.fromkeys(("east", "south", "west"), "Bradford city"),
    **dict.fromkeys(("keighley", "shipley"), "Keighley and Shipley"),
    "mixed": "More than one part",
}
DRAFT = {
    "slug": "taxi-licences-you-can-read",
    "title": "Taxi licences you can read in the dark",
    "we_asked": "How easy or hard is it to check that a taxi has a licence?",
    "you_said": "It is hard to check, so some of you do not use taxis at all.",
    "outcome": "yes",
    "we_did": "New plates will be larger and will shine in the light of a phone.",
    "alternative": "none",
    "lead_role": "Licensing manager",
    "agency": "City of Bradford Metropolitan District Council",
    "measure": "We will ask the same question again next winter.",
    "easy": {
        "we_asked": "Is it easy or hard to check a taxi licence?",
        "you_said": "It is hard.",
        "we_did": "The new signs will be big.",
    },
}


def code_texts(page, people, officer, today):
    """Take released texts into the corpus, read a random sample and a few others by hand, and propose codes for the
    rest. `people`: all of the consultation; those who have not answered yet have no text."""
    take_released_texts()
    texts = list(Text.objects.of(page).only("respondent"))
    for text in texts:
        text.draw = _draw_of(text.respondent)
    Text.objects.bulk_update(texts, ["draw"], batch_size=500)
    voiced = {derive_answer_id(one.nonce, one.question, one.voice.text): one.voice for one in people if one.voice}
    otherwise = demo_consultations.load_demo_yaml("read_otherwise.yaml")
    propose_all_codes()  # before anyone codes: what people find then shows how often the machine is right
    with suppress(ValidationError):  # as many people are drawn already
        draw_confirmation_sample(consultation=page, half_width=HALF_WIDTH, by=officer, today=today)
    sampled = set(ConfirmationRound.objects.sampled_texts(page).values_list("pk", flat=True))
    rng = random.Random(f"{SEED} codes")  # noqa: S311
    for text in Text.objects.of(page).filter(Q(status=None) | is_blind()).order_by("text"):
        voice = voiced.get(text.pk)
        if text.pk in sampled or voice and rng.random() < CODED_BESIDES:
            # Words for "something else" name no theme.
            _code_by_hand(text, otherwise.get(voice.id, voice.themes) if voice else (), officer)
    if not LearnedModel.objects.exists():
        _fit_seed_model()  # one model for all releases, so that their figures can be recomputed from the codes
    propose_all_codes()


def _fit_seed_model():
    codebook = Codebook.objects.get(slug="seed")
    fit_due_model(codebook.pk)
    return codebook


def _draw_of(respondent):
    """As good as random, and the same in every demo."""
    return int.from_bytes(hashlib.sha256(respondent.bytes).digest()[:8], "big") % DRAWS


def _code_by_hand(text, themes, officer):
    chosen = list(Theme.objects.filter(codebook__slug="seed", slug__in=themes))
    stance = "disagrees" if re.search(AGAINST, text.text.lower()) else "agrees"
    confirm_codes(text=text, themes=chosen, by=officer, stances={theme.pk: stance for theme in chosen})


def propose_all_codes():
    """Run the sweep until no text is left."""
    while propose_codes():
        pass


def train_second_model(officer):
    """Train a second model on all confirmed codes, and request a third, which the worker trains later."""
    ask_for_model(codebook=_fit_seed_model(), by=officer)


def declare_parts_of_district(page, officer):
    """Before the first release: few people of one area speak of one theme."""
    declare_merged_groups(consultation=page, names={"area": PARTS_OF_DISTRICT}, by=officer)


def publish_demo_release(page, day, staff):
    """Built by one officer, published by another the next day."""
    made = create_release(consultation=page, by=staff["officer1"], today=day)
    return publish_release(release=made, by=staff["officer2"], today=day + timedelta(days=1))


def publish_decisions(pages, staff, today):
    """Six published decisions, among them a "no" and a late one, and a draft."""
    last = max(data["decided"] for data in demo_consultations.load_demo_yaml("demo_decisions.yaml")["decisions"])
    for data in demo_consultations.list_written_decisions((today - last).days - 4):
        decision = _record_decision(data, pages, staff["planner"])
        _cite_themes(decision, [theme["id"] for theme in data["you_said_themes"]], staff["planner"])
        demo_action_plans.write_action_plan(decision, staff, today)
        day = min(data["decided"] + timedelta(days=2), today)
        decisions.publish_decision(decision=decision, by=staff["officer2"], today=day)
    draft = decisions.record_decision(
        by=staff["planner"], consultations=[pages["getting-about-after-dark"]], decided=today, **DRAFT
    )
    _cite_themes(draft, ["taxis-private-hire"], staff["planner"])
    demo_action_plans.write_action_plan(draft, staff, today)


def _record_decision(data, pages, by):
    fields = ("slug", "title", "we_asked", "you_said", "outcome", "we_did", "reason", "lead_role", "agency", "partners",
              "decided", "due", "next_update", "measure", "links")  # fmt: skip
    return decisions.record_decision(
        by=by,
        consultations=[pages[slug] for slug in data["consultations"]],
        alternative=data.get("alternative_text") or data["alternative"],
        progress=data["status"],
        easy=data["easy_read"],
        translations=data.get("translations", {}),
        online="online-activity" in data["context"],
        **{name: data[name] for name in fields},
    )


def _cite_themes(decision, slugs, by):
    """Cite each theme, with up to two quotes, from each consultation's newest release on the day of the decision."""
    for page in decision.consultations.all():
        published = Release.objects.published().filter(consultation=page, published_on__lte=decision.decided)
        release = published.order_by("-number").first()
        for slug in slugs if release else ():
            _cite_theme(decision, release, Theme.objects.get(codebook__slug="seed", slug=slug), by)


def _cite_theme(decision, release, theme, by):
    try:
        if decisions.get_shown_theme_figure(release, theme)["people"] is None:
            return  # suppressed: too few people named the theme in this release
    except ValidationError:
        return  # the release shows no themes
    bearing = Bearing.CHALLENGES if (decision.slug, theme.slug) in CHALLENGED else Bearing.SUPPORTS
    decisions.cite_theme(decision=decision, by=by, release=release, theme=theme, bearing=bearing)
    for quote in _rank_quotes(decision, release, theme)[:2]:
        decisions.cite_theme(decision=decision, by=by, release=release, theme=theme, quote=quote, bearing=bearing)


def _rank_quotes(decision, release, theme):
    """Matching quotes not cited yet, readable lengths first, no two with the same beginning."""
    words = re.compile(SPEAKS_OF[decision.slug], re.IGNORECASE)
    cited = decision.citations.exclude(quote=None).select_related("quote")
    begun = {first_two_words(citation.quote) for citation in cited}
    fitting = [
        quote
        for quote in release.quotes.filter(theme=theme, erased=False, language="en")
        if words.search(quote.text) and "[" not in quote.text and first_two_words(quote) not in begun
    ]
    ranked = sorted(fitting, key=lambda quote: (abs(len(quote.text) - 90), quote.text))
    return list({first_two_words(quote): quote for quote in reversed(ranked)}.values())[::-1]


def first_two_words(quote):
    return " ".join(quote.text.lower().split()[:2])


def sign_ledger_heads(today):
    require_demo()
    sign_head(today - timedelta(days=1))
    sign_head(today)
