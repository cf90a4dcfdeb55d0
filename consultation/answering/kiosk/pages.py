"""The pages of a shared tablet. Each is the response to a POST, so that the browser history names no page."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override

from consultation.answering import published, tokens
from consultation.answering.kiosk.references import carried, reference
from consultation.answering.rendering import answer_path, no_texts, render_survey
from consultation.questionnaires.landing import asks_young
from consultation.questionnaires.schema import said
from consultation.receipts.offer import offer
from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.responses.models import Channel
from consultation.words import LANGUAGES

FOLDER = "consultation/answering/kiosk/"
SURVEY = FOLDER + "survey.html"


def kiosk_page(request, name, context=None, status=200):
    html = render_to_string(f"{FOLDER}{name}.html", {**public(request), **(context or {})})
    return page(request, html, status=status)


def pin_page(request, *, notice="", problem="", status=200):
    """The page where a worker types the PIN, and the only one that a stranger can open."""
    return kiosk_page(request, "pin", {"notice": notice, "problem": problem}, status)


def start_page(request, kiosk, *, language=None, notice="", problem="", status=200):
    """The start page, in the tablet's first language or the chosen one."""
    language = language if language in kiosk.languages else kiosk.languages[0]
    content = _content(kiosk)
    with override(language):
        context = _frame(kiosk) | {
            "title": said(content["title"], language, content["source"]) if content else "",
            "languages_here": [each for each in LANGUAGES if each.code in kiosk.languages],
            "language": language,
            "at_home": language == kiosk.languages[0],
            "is_open": content is not None and kiosk.page.is_open(),
            "notice": notice,
            "problem": problem,
        }
        return kiosk_page(request, "start", context, status)


def before_page(request, kiosk):
    """The information before question 1 (D1), worded for a shared tablet."""
    version = published.current(kiosk.page.slug)
    questions = sum(item["type"] != "section" for item in version.content["items"])
    context = {
        "title": said(version.content["title"], get_language(), version.content["source"]),
        "questions": questions,
        "minutes": kiosk.page.minutes,
        "source": kiosk.page,
        "asks_young": asks_young(kiosk.page),
    }
    return kiosk_page(request, "before", _frame(kiosk) | context)


def survey_page(request, kiosk, *, easy=False):
    """The survey in the kiosk's frame: no link leaves it, and its token has the kiosk channel."""
    version = published.current(kiosk.page.slug)
    content = no_texts(version.content) if version.page.free_text_closed else version.content
    html = render_survey(
        content,
        get_language(),
        token=tokens.issue(version.pk, way=tokens.Way(Channel.KIOSK)),
        action=answer_path(kiosk.page.slug, get_language()),
        switches=("easy",) if easy else (),
        **_dressed(reference(kiosk)),
    )
    return page(request, html)


def dressing(request):
    """`render_survey`'s arguments for the kiosk's frame when a form comes back with problems."""
    return _dressed(carried(request.POST.get("kiosk", "")))


def _dressed(kiosk_reference):
    """Without a link to a landing page or another language: the start page offers both."""
    return {"template": SURVEY, "more": {"kiosk": kiosk_reference, "landing": "", "languages_of": []}}


def thanks_page(request, *, response_id, seed, kind, closes):
    """The thank-you page with the offer of four words; it returns to the start page by itself."""
    kiosk_reference = carried(request.POST.get("kiosk", ""))
    context = {
        "kind": kind,
        "closes": closes or timezone.localdate(),
        "reference": offer(response_id, seed),
        "kiosk": kiosk_reference,
    }
    answer = kiosk_page(request, "thanks", context)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def words_page(request, words, kiosk_reference):
    return kiosk_page(request, "words", {"words": words, "kiosk": carried(kiosk_reference)})


def _content(kiosk):
    version = published.current(kiosk.page.slug)
    return version.content if version else None


def _frame(kiosk):
    return {"kiosk": reference(kiosk)}
