"""The web survey: GET shows it, POST stores the answers. After any error the person's input comes back (promise 2)."""

import time
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from consultation.answering import published, tokens
from consultation.answering.actions import submit
from consultation.answering.closed import closed_page
from consultation.answering.codes.entry import needs_code
from consultation.answering.kiosk import pages as kiosk_pages
from consultation.answering.links.ways import way_of
from consultation.answering.parsing import parse
from consultation.answering.rendering import answer_path, render_survey, survey_document
from consultation.answering.thanks import kind_of, thanks
from consultation.respondents import documents
from consultation.respondents.errors import note
from consultation.respondents.limits import Limit
from consultation.respondents.origin import respondent_view
from consultation.respondents.switches import switches_in
from consultation.responses.apart import enclosed
from consultation.responses.models import Channel
from consultation.words import word_lazy

flood = Limit(settings.FLOOD_TIMES)


@respondent_view
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request, slug):
    return send(request, slug) if request.method == "POST" else ask(request, slug)


def ask(request, slug):
    version = published.current(slug)
    if opened := _opened(request, slug):
        return opened
    if version is None:
        raise Http404
    if not version.page.is_open():
        return closed_page(request, version.page)
    if needs_code(version.page):
        return redirect("answering:code", slug=slug)
    closed = version.page.free_text_closed
    document = survey_document(version, get_language(), without_texts=closed, switches=switches_in(request.GET))
    return document.with_value(request, tokens.issue(version.pk, way=way_of(request, version.page_id)))


def _opened(request, slug):
    """An open form's survey in another language, with the version and the token of that form; else None.

    The script fetches it. The answers stay in the browser and are not in this request.
    """
    given = request.META.get("HTTP_FORM_TOKEN")  # request.headers costs more than the rest of a visit
    token = tokens.read(given) if given else None
    version = published.of_token(token.version_id, slug) if token else None
    return survey_document(version, get_language()).with_value(request, token.text) if version else None


def send(request, slug):
    token = tokens.read(request.POST.get("token", ""))
    named = published.of_token(token.version_id, slug) if token else None
    version = named or published.current(slug) or published.last(slug)
    if version is None:
        raise Http404
    form = Form(request, version, token)
    if token is None or token.expired or token.version_id != version.pk:
        return form.back_old()
    if form.sent.problems:
        return form.back()
    if form.sent.empty:
        return form.back(word_lazy("error.empty"))
    return form.keep()


class Form:
    """One posted form: stored, or rendered again with all of its input."""

    def __init__(self, request, version, token):
        self.request, self.version, self.token = request, version, token
        self.way = token.way if token else tokens.Way()
        self.page = version.page
        self.language = get_language()
        self.sent = parse(version.content, request.POST)
        self.switches = switches_in(request.POST)

    def keep(self):
        late = not self.page.is_open()
        uncounted = late and not self._started_in_time()
        try:
            submitted = submit(
                version=self.version,
                nonce=self.token.nonce,
                language=self.language,
                closed=self.sent.closed,
                texts=self.sent.texts,
                channel=self.way.channel,
                link=self.way.link,
                apart=enclosed(self.version.content, self.sent.apart, self.way.code),
                held=uncounted or self._unlike_a_person() or needs_code(self.page, self.way),
                whole=self.sent.whole,
            )
        except Exception as error:  # noqa: BLE001  whatever broke, what was typed must not be lost
            note(type(error), "answering:survey")
            return self.back(word_lazy("error.ours"), status=503)
        kind = kind_of(late=late, uncounted=uncounted, withdrawn=submitted.response.withdrawn)
        return self._thanks(submitted.response.pk, kind)

    def _thanks(self, response_id, kind):
        if self.way.channel != Channel.KIOSK:
            return thanks(self.request, self.version, response_id, self.token.nonce, kind)
        on_kiosk = {"response_id": response_id, "seed": self.token.nonce, "kind": kind, "closes": self.page.closes}
        return kiosk_pages.thanks_page(self.request, **on_kiosk)

    def _started_in_time(self):
        """Whether the form was opened before the close, on a page that is still published."""
        issued = datetime.fromtimestamp(self.token.issued, tz=timezone.get_current_timezone()).date()
        return self.page.live and (not self.page.closes or issued <= self.page.closes)

    def _unlike_a_person(self):
        """Whether a bot probably sent this. The response is excluded from figures, never refused, and read like all
        others (A9)."""
        flood.add(self.request)
        too_fast = time.time() - self.token.issued < settings.FASTEST_ANSWER_SECONDS
        return bool(self.request.POST.get("website")) or too_fast or flood.reached(self.request)

    def back_old(self):
        """An expired or invalid token: the person presses Send again, or reads that the survey has closed."""
        if self.page.is_open():
            return self.back(word_lazy("error.old"), token=self._fresh_token())
        return self.back(self._closed_words(), can_send=False)

    def _closed_words(self):
        return word_lazy("closed.gone", date=self.page.closes or timezone.localdate())

    def _fresh_token(self):
        return tokens.issue(self.version.pk, self.token.nonce if self.token else None, self.way)

    def back(self, notice="", *, token=None, status=422, can_send=True):
        """The filled-in form on its check step, with the problems or the notice."""
        html = render_survey(
            self.version.content,
            self.language,
            token=token or (self.token.text if self.token else ""),
            action=answer_path(self.page.slug, self.language),
            values=self.sent.values,
            errors=self.sent.problems,
            notice=notice,
            can_send=can_send,
            switches=self.switches,
            **(kiosk_pages.dressing(self.request) if self.way.channel == Channel.KIOSK else {}),
        )
        return documents.page(self.request, html, status=status)
