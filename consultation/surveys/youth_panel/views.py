"""`/<lang>/panel/`: a member types a code, sees the draft's questions, ticks, writes what to change, and sends. No account,
no cookie; the code is in no address, and nothing typed is stored on the device."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from consultation.action_forms import KnownChoicesField, PostedForm
from consultation.interface_text import get_text
from consultation.respondent_pages.code_spelling import digest_code, parse_typed_code
from consultation.respondent_pages.encrypted_references import decrypt_reference, encrypt_reference
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.rate_limits import RateLimit
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.youth_panel import actions
from consultation.surveys.youth_panel.models import PanelMark, PanelRound

PURPOSE = "youth panel"
DAY_SECONDS = 24 * 60 * 60
MOST_LETTERS = 300  # of a member’s words about a question
code_tries = RateLimit(times=10)


class PanelForm(PostedForm):
    """The typed code, or the token of the page with the questions."""

    code = forms.CharField(required=False)
    token = forms.CharField(required=False)

    def read_token(self):
        """(the round, the digest of the code) in the page's token; (None, "") of none, or of one that is not ours."""
        self.full_clean()
        token = decrypt_reference(PURPOSE, self.cleaned_data["token"], max_age=DAY_SECONDS)
        key, _, digest = token.decode().partition(" ") if token else ("", "", "")
        return PanelRound.objects.filter(pk=key).first() if key else None, digest

    def read_code(self):
        """The digest of the typed code; "" of an invalid one."""
        code = parse_typed_code(self.cleaned_data["code"])
        return code and digest_code(actions.PURPOSE, code)

    def read_marks(self, questions):
        """{question id: ticked marks}"""
        field = KnownChoicesField(choices=PanelMark.choices, required=False)
        ticked = {f"q{at}": item["id"] for at, item in enumerate(questions)}
        return {key: field.clean(self.data.getlist(name)) for name, key in ticked.items()}

    def read_words(self, questions):
        """{question id: what the member would change}, of those with any"""
        typed = {
            item["id"]: self.data.get(f"w{at}", "").replace("\r\n", "\n").strip() for at, item in enumerate(questions)
        }
        return {key: text for key, text in typed.items() if text}


@respondent_view
def show_panel(request):
    form = PanelForm.of(request)
    if request.method != "POST":
        return _render_panel(request, {})
    begun, digest = form.read_token()
    if begun is not None:
        return _take_sent(request, form, begun, digest)
    if code_tries.is_limit_reached(request):
        return _render_panel(request, {"problem": get_text("error.words.wait")}, status=429)
    digest = form.read_code()
    found = actions.find_round(digest) if digest else None
    if found is None:
        if digest:  # no slip of the pen: the check sign finds those
            code_tries.add(request)
        return _refuse_code(request, form)
    if found.codes[digest]:
        return _render_panel(request, {"problem": get_text("error.code.full")}, status=422)
    return _show_questions(request, found, digest, {})


def _take_sent(request, form, begun, digest):
    marks, words = form.read_marks(begun.questions), form.read_words(begun.questions)
    if not words and not any(marks.values()):  # nothing is counted, so the code is still good
        return _show_questions(request, begun, digest, {"problem": get_text("error.empty"), "at": "q0"}, status=422)
    for at, item in enumerate(begun.questions):
        if (more := len(words.get(item["id"], "")) - MOST_LETTERS) > 0:  # no word is cut
            problem = {"problem": get_text("error.long", n=more), "at": f"w{at}"}
            return _show_questions(request, begun, digest, problem, 422, marks, words)
    actions.take_marks(digest=digest, marks=marks, words=words, language=get_language(), panel_round=begun)
    return _render_panel(request, {"taken": True}) if digest in begun.codes else _refuse_code(request, form)


def _refuse_code(request, form):
    return _render_panel(request, {"problem": get_text("error.code"), "typed": form.typed("code")[:40]}, status=422)


def _show_questions(request, found, digest, problem, status=200, marks=None, words=None):
    """With what was ticked and written, where it was not taken."""
    language, marks, words = get_language(), marks or {}, words or {}
    context = problem | {
        "token": encrypt_reference(PURPOSE, f"{found.pk} {digest}".encode()),
        "items": [
            _show_question(item, language)
            | {
                "ticked": marks.get(item["id"], ()),
                "typed": words.get(item["id"], ""),
                "is_long": len(words.get(item["id"], "")) > MOST_LETTERS,
            }
            for item in found.questions
        ],
        "marks": [(mark, f"panel.{mark}") for mark in PanelMark.values],
    }
    return _render_panel(request, context, status)


def _show_question(item, language):
    source = settings.LANGUAGE_CODE
    return {
        "text": localised_text(item["text"], language),
        "hint": localised_text(item["hint"], language),
        "options": [localised_text(option, language) for option in item["options"]],
        "language": language if item["text"].get(language) else source,
    }


def _render_panel(request, context, status=200):
    return render_public_page(request, "consultation/surveys/youth_panel/panel.html", context, status=status)
