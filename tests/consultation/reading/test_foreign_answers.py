"""An answer is cleared only by who reads its language; the desk says which language it is and who reads it."""

import pytest
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, batch_decisions, short_answers
from consultation.reading.models import Lease, ReadingDecision, Screening
from consultation.reading.policies import ENDS_READING
from consultation.reading.screening_sweep import screen_unread
from consultation.reading.staffing import reader_languages
from consultation.reading.staffing.actions import set_reader_languages
from consultation.responses.models import AnswerState

pytestmark = pytest.mark.django_db

POLISH = "Chciałbym więcej ławek w parku i żeby było jaśniej wieczorem."
TIGRINYA = "ኣብ ፓርክ ተወሳኺ መንበር እደሊ።"


@pytest.fixture
def polish(sent):
    answer = sent(POLISH)
    screen_unread()
    return answer


def reads(reader, *languages):
    set_reader_languages(reader=reader, languages=languages, by=reader)


def decide(answer, by, decision, **more):
    return actions.decide_answer(answer=answer, by=by, decision=decision, spans=[], note="Read.", **more)


@pytest.mark.parametrize("decision", ReadingDecision.values)
def test_who_does_not_read_it_may_pass_it_on_and_nothing_else(polish, reader, colleague, decision):
    reads(colleague, "pl")
    if decision in ENDS_READING:
        with pytest.raises(NotAllowed, match=f"you read Polish. Hold it for who does: {colleague}"):
            decide(polish, reader, decision)
        polish.refresh_from_db()
        assert polish.state == AnswerState.UNREAD
        decide(polish, colleague, decision)
    else:
        decide(polish, reader, decision)
    assert polish.state != AnswerState.UNREAD


def test_nobody_who_reads_it_is_said_too(polish, reader):
    with pytest.raises(NotAllowed, match="Nobody here does"):
        decide(polish, reader, "clear")


@pytest.mark.parametrize("decision", sorted(ENDS_READING))
def test_a_language_that_the_screen_does_not_know_is_cleared_by_nobody_who_does_not_name_it(sent, reader, decision):
    answer = sent(TIGRINYA)
    screen_unread()
    screening = Screening.objects.get()
    assert screening.flagged and reader_languages.language_to_read(screening) == reader_languages.UNKNOWN
    reads(reader, *reader_languages.LANGUAGES)
    with pytest.raises(NotAllowed, match="say in which language"):
        decide(answer, reader, decision)
    decide(answer, reader, decision, language="ti")
    assert AuditEntry.objects.get(verb="language of an answer corrected").data == {"language": "ti"}


def test_a_reader_says_that_the_screen_took_it_for_another_language_but_only_one_that_they_read(sent, reader):
    answer = sent("Skatepark, innit.")
    Screening.objects.create(answer=answer, order=[False, "", "cy"], engine="t")
    for language in ("", "cy", "pl", "x"):
        with pytest.raises(NotAllowed, match="have not said that you read"):
            decide(answer, reader, "clear", language=language)
    decide(answer, reader, "clear", language="en")
    assert AuditEntry.objects.filter(verb="language of an answer corrected").count() == 1


def test_english_and_an_answer_without_words_ask_for_no_language(sent, reader):
    for words in ("More benches in the park please.", "👍👍", "12"):
        answer = sent(words)
        screen_unread()
        decide(answer, reader, "clear")
    assert not AuditEntry.objects.filter(verb="language of an answer corrected").exists()


def test_short_answers_and_floods_hold_none_in_a_language_that_the_reader_does_not_read(sent, reader, colleague):
    reads(colleague, "pl", "ur")
    calm = {"order": [False, "", "pl"], "engine": "t"}
    for words in ("Więcej ławek.", "Lampy.", "Jezioro."):
        Screening.objects.create(answer=sent(words), **calm)
    assert not short_answers.has_enough_short_answers(reader, None)
    assert short_answers.has_enough_short_answers(colleague, None)
    flood = [sent(POLISH, excluded_from_figures=True) for _ in range(4)]
    screen_unread()
    assert batch_decisions.count_similar_answers(flood[0], reader) == 0
    assert batch_decisions.count_similar_answers(flood[0], colleague) == 4


def test_roman_urdu_is_urdu(sent, reader):
    answer = sent("park mein zyada lights chahiye")
    Screening.objects.create(answer=answer, order=[False, "", "ur-Latn"], engine="t")
    with pytest.raises(NotAllowed, match="you read Urdu"):
        decide(answer, reader, "clear")
    reads(reader, "ur")
    decide(answer, reader, "clear")


def test_the_desk_says_which_language_and_who_reads_it(desk, polish, colleague):
    page = reverse("reading:answer", args=[polish.pk])
    assert "Nobody here has said that they read it" in desk.get(page).content.decode()
    reads(colleague, "pl")
    text = desk.get(page).content.decode()
    assert "takes this for <b>Polish</b>" in text and str(colleague) in text
    reply = desk.post(page, {"do": "clear"})
    assert reply.status_code == 422 and "have not said that you read Polish" in reply.content.decode()
    desk.post(page, {"do": "hold", "note": "Please read it."})
    assert "To be read in: Polish" in desk.get(reverse("reading:awaiting-colleague")).content.decode()


def test_a_reader_says_which_languages_they_read(desk, client_as):
    page = reverse("reading:languages")
    assert desk.post(page, {"languages": ["pl", "so"]}).status_code == 302
    assert reader_languages.languages_read_by(desk.user) == {"en", "pl", "so"}
    assert 'value="so"' in desk.get(page).content.decode()
    entry = AuditEntry.objects.get(verb="languages of a reader set")
    assert (entry.object_id, entry.data) == (str(desk.user.pk), {"languages": ["pl", "so"]})
    assert desk.post(page, {"languages": ["x"]}).status_code == 422
    overview = client_as("engagement_officer").get(reverse("readers:list")).content.decode()
    assert "English, Polish, Somali" in overview
    desk.post(page, {})
    assert reader_languages.languages_read_by(desk.user) == {"en"}


def test_what_a_reader_said_of_the_language_is_kept_for_the_colleague_who_decides(polish, desk, reader, colleague):
    reads(colleague, "sk")
    decide(polish, reader, "hold", language="sk")
    with pytest.raises(NotAllowed, match="you read Slovak"):
        decide(polish, desk.user, "clear")
    page = desk.get(reverse("reading:answer", args=[polish.pk])).content.decode()
    assert "A reader says that this is <b>Slovak</b>" in " ".join(page.split())
    assert "To be read in: Slovak" in desk.get(reverse("reading:awaiting-colleague")).content.decode()
    Lease.objects.all().delete()
    assert decide(polish, colleague, "clear").language == "sk"
    assert AuditEntry.objects.filter(verb="language of an answer corrected").count() == 1


def test_a_language_that_is_not_on_the_list_is_refused(polish, reader):
    with pytest.raises(NotAllowed, match="of the list"):
        decide(polish, reader, "hold", language="x")
