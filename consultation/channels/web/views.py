"""The web survey: GET shows it, POST stores the answers. After any error the person's input comes back (promise 2)."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from consultation.channels.web import form_tokens, published_versions
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.not_open_page import show_not_open_page
from consultation.channels.web.signals import answers_kept, ask_channel, frame_asked
from consultation.channels.web.survey_rendering import empty_survey_document, render_survey, survey_path
from consultation.channels.web.thank_you_page import repeat_thank_you_page, show_thank_you_page
from consultation.interface_text import get_both_texts_html_lazy
from consultation.respondent_pages import precompressed_pages
from consultation.respondent_pages.error_pages import hand_back_form, log_failure
from consultation.respondent_pages.language_picker import parse_switches
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view
from consultation.responses.equality_monitoring import seal_equality_and_code
from consultation.responses.models import Channel
from consultation.responses.submission import submit_response

submission_limit = RateLimit(settings.FLOOD_TIMES, people_only=True)


@respondent_view
def show_or_save_survey(request, slug):
    return save_survey(request, slug) if request.method == "POST" else show_survey(request, slug)


def show_survey(request, slug):
    version = published_versions.find_current_version(slug)
    if opened := _show_opened_form_in_language(request, slug):
        return opened
    if version is None:
        raise Http404
    if not version.page.is_open():
        return show_not_open_page(request, version.page)
    if form_tokens.needs_invitation_code(version.page):
        return redirect("answering:code", slug=slug)
    closed, switches = version.page.free_text_closed, parse_switches(request.GET)
    document = empty_survey_document(version, get_language(), without_texts=closed, switches=switches)
    way = form_tokens.find_form_referral(request, version.page)
    return document.with_value(request, form_tokens.issue_form_token(version.pk, way=way))


def _show_opened_form_in_language(request, slug):
    """An open form's survey in another language, with the version and the token of that form; else None.

    The script fetches it. The answers stay in the browser and are not in this request.
    """
    given = request.META.get("HTTP_FORM_TOKEN")  # request.headers costs more than the rest of a visit
    token = form_tokens.read_form_token(given) if given else None
    version = published_versions.find_version_of_token(token.version_id, slug) if token else None
    return empty_survey_document(version, get_language()).with_value(request, token.text) if version else None


def save_survey(request, slug):
    """Thank for what was sent, or hand all of it back: nobody is left with neither. Sent again, it counts once."""
    try:
        return repeat_thank_you_page(request) or _keep_or_return_form(request, slug)
    except (BadRequest, Http404, MultiPartParserError, SuspiciousOperation):
        raise  # nothing that a form sends
    except Exception as error:  # noqa: BLE001  whatever broke, as a database that went away
        log_failure(error, "answering:survey")
        return hand_back_form(request)


def _keep_or_return_form(request, slug):
    token = form_tokens.read_form_token(request.POST.get("token", ""))
    named = published_versions.find_version_of_token(token.version_id, slug) if token else None
    version = named or published_versions.find_current_version(slug) or published_versions.find_latest_version(slug)
    if version is None:
        raise Http404
    form = SurveySubmission(request, version, token)
    if token is None or token.expired or token.version_id != version.pk:
        return form.back_old()
    if form.sent.problems or "again" in request.POST:
        return form.back()
    if form.sent.empty:
        return form.back(get_both_texts_html_lazy("error.empty"))
    return form.keep()


def _submit_over_restart(**sent):
    """Submit; where the database went away in the middle, once more over a new connection: the token counts once."""
    try:
        return submit_response(**sent)
    except (OperationalError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
        if connection.connection is not None:
            raise
        return submit_response(**sent)


class SurveySubmission:
    """One posted form: stored, or rendered again with all of its input."""

    def __init__(self, request, version, token):
        self.request, self.version, self.token = request, version, token
        self.way = token.way if token else form_tokens.FormReferral()
        self.page = version.page
        self.language = get_language()
        self.sent = parse_survey_form(version.content, request.POST)
        self.switches = parse_switches(request.POST)

    def keep(self):
        late = not self.page.is_open()
        uncounted = late and not self._started_in_time()
        try:
            submitted = _submit_over_restart(
                version=self.version,
                nonce=self.token.nonce,
                language=self.language,
                closed=self.sent.closed,
                texts=self.sent.texts,
                channel=self.way.channel,
                link=self.way.link,
                sealed_equality=seal_equality_and_code(
                    self.version.content, self.sent.equality_answers, self.way.code
                ),
                excluded_from_figures=uncounted
                or self._unlike_a_person()
                or form_tokens.needs_invitation_code(self.page, self.way),
                is_routed=True,
                may_quote=self.sent.may_quote,
            )
        except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
            log_failure(error, "answering:survey")
            return self.back(get_both_texts_html_lazy("error.ours"), status=503)
        response, seed = submitted.response, self.token.nonce
        kind = "withdrawn" if response.withdrawn else "uncounted" if uncounted else "late" if late else ""
        soon = any(soon for _, soon in self.sent.texts.values())
        kept = {"response_id": response.pk, "seed": seed, "kind": kind, "soon": soon, "written": bool(self.sent.texts)}
        kept["closes"] = self.closed_on if late else None
        own = ask_channel(answers_kept, self.way.channel, request=self.request, page=self.page, **kept)
        return own or show_thank_you_page(self.request, self.version, **kept)

    @cached_property
    def state(self):
        return self.page.state

    @property
    def closed_on(self):
        """The day on which the survey really closes or closed; None while it is open without a last day."""
        return self.state.last_day

    def _started_in_time(self):
        """Whether the form was opened before the close, on a page that is still published. The day of closing counts."""
        issued = datetime.fromtimestamp(self.token.issued, tz=timezone.get_current_timezone()).date()
        return self.page.live and (not self.closed_on or issued <= self.closed_on)

    def _unlike_a_person(self):
        """Whether a bot probably sent this. The response is excluded from figures, never refused, and read like all
        others (A9)."""
        too_fast = self.token.age < settings.FASTEST_ANSWER_SECONDS
        is_odd = bool(self.request.POST.get("website")) or too_fast or self.token.outlived_tablet
        return is_odd or self._is_in_burst()

    def _is_in_burst(self):
        """Whether more came from this address than from a school. A tablet and a code say that somebody is there."""
        if self.way.channel != Channel.WEB or self.way.code:
            return False
        if settings.PROXY_LIMITS:
            return self.request.META.get("HTTP_X_BURST") == "yes"
        submission_limit.add(self.request)
        return submission_limit.is_limit_reached(self.request)

    def back_old(self):
        """An expired or invalid token: the person presses Send again, or reads that the survey has closed."""
        closed_on = self.closed_on or timezone.localdate()
        if self.page.is_open():
            said = get_both_texts_html_lazy("error.old")
        elif self._may_still_send():
            said = get_both_texts_html_lazy("closed.still", date=closed_on, day=self.state.last_day_to_send)
        else:
            return self.back(get_both_texts_html_lazy("closed.gone", date=closed_on), can_send=False)
        nonce = self.token.nonce if self.token else None
        return self.back(said, token=form_tokens.issue_form_token(self.version.pk, nonce, self.way))

    def _may_still_send(self):
        """Whether a page that was really opened before the close is sent while readers are still there."""
        return bool(self.token and self.page.live and self.closed_on) and (
            timezone.localdate() <= self.state.last_day_to_send
        )

    def back(self, notice="", *, token=None, status=422, can_send=True):
        """The filled-in form on its check step, with the problems or the notice."""
        html = render_survey(
            self.version.content,
            self.language,
            token=token or (self.token.text if self.token else ""),
            action=survey_path(self.page.slug, self.language),
            values=self.sent.values,
            errors=self.sent.problems,
            asked=self.sent.asked,
            notice=notice,
            can_send=can_send,
            switches=self.switches,
            **(ask_channel(frame_asked, self.way.channel, request=self.request) or {}),
        )
        return precompressed_pages.build_page_response(self.request, html, status=status)
