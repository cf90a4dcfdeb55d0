"""The pages of a shared tablet. Each is the response to a POST, so that the browser history names no page."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override

from consultation.channels.kiosk.kiosk_references import keep_valid_reference
from consultation.channels.web import form_tokens, published_versions
from consultation.channels.web.survey_rendering import remove_free_text, render_survey, survey_path
from consultation.interface_text import LANGUAGES
from consultation.respondent_pages.language_picker import parse_switches
from consultation.respondent_pages.precompressed_pages import build_page_response
from consultation.respondent_pages.public_context import build_public_context
from consultation.responses.models import Channel
from consultation.surveys.landing_page import count_questions_at_most, drop_past_day
from consultation.surveys.questionnaire_schema import localised_text

KIOSK_TEMPLATES = "consultation/channels/kiosk/"
KIOSK_SURVEY_TEMPLATE = KIOSK_TEMPLATES + "survey.html"


def render_kiosk_page(request, name, context=None, status=200):
    html = render_to_string(f"{KIOSK_TEMPLATES}{name}.html", build_public_context(request) | (context or {}))
    return build_page_response(request, html, status=status)


def show_pin_page(request, *, notice="", problem="", status=200):
    """The page where a worker types the PIN, and the only one that a stranger can open."""
    return render_kiosk_page(request, "pin", {"notice": notice, "problem": problem}, status)


def show_start_page(request, kiosk, reference, *, language=None, notice="", problem="", status=200):
    """The start page, in the tablet's first language or the chosen one."""
    language = language if language in kiosk.languages else kiosk.languages[0]
    version = published_versions.find_current_version(kiosk.page.slug)
    content = version.content if version else None
    with override(language):
        context = {
            "kiosk": reference,
            "title": localised_text(content["title"], language, content["source"]) if content else "",
            "languages_here": _list_kiosk_languages(kiosk),
            "switches_form": "begin",
            "at_home": language == kiosk.languages[0],
            "is_open": content is not None and kiosk.page.is_open(),
            "notice": notice,
            "problem": problem,
        }
        return render_kiosk_page(request, "start", context, status)


def _list_kiosk_languages(kiosk):
    return [each for each in LANGUAGES if each.code in kiosk.languages]


def show_before_page(request, kiosk):
    """The information before question 1 (D1), worded for a shared tablet."""
    version = published_versions.find_current_version(kiosk.page.slug)
    context = {
        "kiosk": request.POST["kiosk"],
        "title": localised_text(version.content["title"], get_language(), version.content["source"]),
        "languages_here": _list_kiosk_languages(kiosk),
        "switches_form": "begin",
        **count_questions_at_most(version.content["items"]),
        "state": kiosk.page.state,
        "source": kiosk.page,
        "asks_young": kiosk.page.asks_under_13s,
    }
    return render_kiosk_page(request, "before", context)


def show_kiosk_survey(request, kiosk):
    """The survey in the kiosk's frame: no link leaves it, and its token has the kiosk channel."""
    version = published_versions.find_current_version(kiosk.page.slug)
    content = remove_free_text(version.content) if version.page.free_text_closed else version.content
    html = render_survey(
        content,
        get_language(),
        token=form_tokens.issue_form_token(version.pk, way=form_tokens.FormReferral(Channel.KIOSK)),
        action=survey_path(kiosk.page.slug, get_language()),
        switches=parse_switches(request.POST),
        **_kiosk_survey_frame(request.POST["kiosk"]),
    )
    return build_page_response(request, html)


def kiosk_frame_for_request(request):
    """`render_survey`'s arguments for the kiosk's frame when a form comes back with problems."""
    return _kiosk_survey_frame(keep_valid_reference(request.POST.get("kiosk", "")))


def _kiosk_survey_frame(kiosk_reference):
    """Without a link to a landing page or another language: the start page offers both."""
    return {"template": KIOSK_SURVEY_TEMPLATE, "more": {"kiosk": kiosk_reference, "landing": "", "languages_of": []}}


def show_kiosk_thanks(request, page, *, reference, kind="", closes=None, soon=False, written=False, problem=""):
    """The thank-you page with the offer of four words; it returns to the start page by itself. `problem`: the words could
    not be shown at this moment."""
    context = {
        "today": timezone.localdate(),
        "soon": soon,
        "written": written,
        "switches_form": "offer",
        "kind": kind,
        "closes": closes or timezone.localdate(),
        "feedback": drop_past_day(page.feedback_date),
        "reference": reference,
        "kiosk": keep_valid_reference(request.POST.get("kiosk", "")),
        "problem": problem,
    }
    answer = render_kiosk_page(request, "thanks", context, status=503 if problem else 200)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def show_four_words(request, words, kiosk_reference):
    return render_kiosk_page(request, "words", {"words": words, "kiosk": keep_valid_reference(kiosk_reference)})
