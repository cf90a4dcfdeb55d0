import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consultation.audit.models import AuditEntry
from insights.coding.codebooks import approve_version, load_codebook
from insights.coding.confirmation.actions import draw_confirmation_sample
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.desk.actions import confirm_codes
from insights.coding.learning import actions, model_fitting
from insights.coding.learning.actions import (
    ask_for_model,
    get_model_in_use,
    list_codebook_keys,
    put_model_in_use,
    why_model_is_due,
)
from insights.coding.learning.models import LearnedModel, ModelState
from insights.coding.learning.policies import WITHDRAWN
from insights.coding.models import Code, MachineReading, Theme
from insights.coding.proposals.actions import propose_codes
from insights.corpus.actions import forget_respondent, forget_text, take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.insights.coding.divided_sweeps import fit_due_model

SAID = {"lights": "the {} street lights are broken and it is dark", "staff": "we need {} more youth workers here"}


@pytest.fixture
def coded(parks, officer, codebook):
    """24 answers of 24 people, all coded by a person."""
    if not Text.objects.exists():
        _answer(parks, officer, range(24))
        _code(officer)
    return parks[0]


def _answer(parks, officer, numbers):
    for n in numbers:
        words = SAID["staff" if n % 2 else "lights"].format("very" if n % 3 else "many")
        factories.response(parks[1], texts={"q-c": words}, reader=officer)
    take_released_texts()


def _code(officer):
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for text in Text.objects.filter(status__isnull=True):
        confirm_codes(text=text, themes=[themes["lights" if "lights" in text.text else "staff"]], by=officer)


def test_examples_are_read_in_three_statements_and_no_questionnaire(coded, codebook):
    with CaptureQueriesContext(connection) as queries:
        assert len(model_fitting.coded_examples(codebook)) == 24
    assert len(queries) == 3
    assert not any('"content"' in query["sql"] for query in queries)


def live():
    return LearnedModel.objects.in_use().get()


def test_the_first_model_is_the_codebooks_own(parks, codebook):
    model = get_model_in_use(codebook)
    assert (model.state, model.texts, model.figures) == (ModelState.LIVE, 0, {})
    assert get_model_in_use(codebook) == model


def test_a_sweep_learns_from_what_people_coded(coded):
    assert fit_due_model() == 1
    model = live()
    assert (model.texts, model.learned_from.count(), model.people_a_term) == (24, 24, 5)
    assert AuditEntry.objects.filter(verb="model fitted", object_id=str(model.pk)).exists()


def test_a_sweep_with_nothing_new_does_nothing(coded):
    fit_due_model()
    assert fit_due_model() == 0
    assert LearnedModel.objects.count() == 1


def test_enough_more_codes_make_the_next_one(coded, parks, officer):
    fit_due_model()
    first = live()
    _answer(parks, officer, range(24, 44))
    _code(officer)
    assert fit_due_model() == 1
    first.refresh_from_db()
    assert first.state == ModelState.KEPT
    assert live().texts == 44


def test_a_new_model_reads_again_what_nobody_coded(coded, parks, officer):
    propose_codes()
    _answer(parks, officer, range(24, 30))
    propose_codes()
    fit_due_model()
    assert propose_codes() == 6
    assert set(MachineReading.objects.filter(text__status=None).values_list("engine", flat=True)) == {live().mark}
    assert Code.objects.proposals().filter(text__status=None, engine=live().mark).exists()


def test_coded_answers_keep_the_proposals_of_before(coded):
    propose_codes()
    before = set(Code.objects.proposals().values_list("pk", flat=True))
    fit_due_model()
    assert propose_codes() == 0
    assert set(Code.objects.proposals().values_list("pk", flat=True)) == before


@pytest.mark.slow
def test_coded_answers_get_proposals_that_have_not_seen_their_codes(answered, officer):
    """80 coded answers are enough for cross-validation. One on lights is coded as staff: a model that had learned from it
    would repeat that."""
    odd = Text.objects.filter(text__startswith="lights").order_by("text").first()
    confirm_codes(text=odd, themes=[Theme.objects.get(slug="staff")], by=officer)
    fit_due_model()
    proposals = Code.objects.proposals()
    assert set(proposals.values_list("engine", flat=True)) == {live().mark}
    assert set(proposals.filter(text=odd).values_list("theme__slug", flat=True)) == {"lights"}
    before = set(proposals.values_list("pk", flat=True))
    assert propose_codes() == 80
    assert set(Code.objects.proposals().values_list("pk", flat=True)) == before


def test_answers_drawn_at_random_are_marked_as_such_where_a_model_learns(answered, codebook, officer):
    draw_confirmation_sample(consultation=answered, half_width=10, by=officer)
    drawn = {text.text for text in ConfirmationRound.objects.sampled_texts(answered)}
    examples = model_fitting.coded_examples(codebook).values()
    assert {text for text, *_, at_random in examples if at_random} == drawn
    assert len(drawn) == 44


def test_a_sweep_stops_in_time_and_goes_on_later(coded, parks, officer, monkeypatch):
    monkeypatch.setattr("insights.coding.proposals.actions.BATCH", 10)
    assert propose_codes(seconds=0) == 10
    assert propose_codes() == 14


def test_withdrawal_marks_the_model_in_use_and_the_sweep_refits_it(coded):
    fit_due_model()
    first = live()
    forget_respondent(Text.objects.first().respondent)
    first.refresh_from_db()
    assert first.state == ModelState.REFIT
    assert fit_due_model() == 1
    first.refresh_from_db()
    assert (first.state, bytes(first.artefact), first.learned_from.count()) == (ModelState.ERASED, b"", 0)
    assert (live().texts, live().why) == (23, WITHDRAWN)


@pytest.mark.slow
def test_withdrawal_erases_earlier_models_that_learned_from_it(coded, parks, officer):
    alone = get_model_in_use(coded_version(coded))
    fit_due_model()
    first = live()
    _answer(parks, officer, range(24, 44))
    _code(officer)
    fit_due_model()
    forget_text(first.learned_from.first().pk)
    first.refresh_from_db()
    alone.refresh_from_db()
    assert first.state == ModelState.ERASED
    assert alone.state == ModelState.KEPT  # it never saw an answer


def coded_version(page):
    from insights.coding.codebook_in_force import codebook_version

    return codebook_version(page)


def test_an_uncoded_answer_that_goes_marks_nothing(coded, parks, officer):
    fit_due_model()
    _answer(parks, officer, [24])
    forget_text(Text.objects.get(status__isnull=True).pk)
    assert live().state == ModelState.LIVE


def test_words_that_go_while_a_model_is_fitted_are_not_kept(coded, monkeypatch):
    real = model_fitting.fit_model

    def meanwhile(version, **options):
        fitted = real(version, **options)
        forget_text(Text.objects.first().pk)
        return fitted

    monkeypatch.setattr(model_fitting, "fit_model", meanwhile)
    assert fit_due_model() == 0
    assert not LearnedModel.objects.exists()


def test_a_person_goes_back_to_an_earlier_model_and_it_stays(coded, parks, officer):
    alone = get_model_in_use(coded_version(coded))
    fit_due_model()
    newer = live()
    put_model_in_use(model=alone, by=officer, reason="It proposed lights for everything")
    newer.refresh_from_db()
    assert (live(), newer.state) == (alone, ModelState.ROLLED_BACK)
    assert alone.moves.get().instead_of == newer
    assert AuditEntry.objects.get(verb="model put in use").actor == str(officer.pk)
    _answer(parks, officer, range(24, 44))
    _code(officer)
    assert fit_due_model() == 1
    assert live() == alone
    assert fit_due_model() == 0


def test_a_model_asked_for_before_a_new_version_is_fitted_once(coded, officer, colleague):
    book = coded_version(coded).codebook
    ask_for_model(codebook=book, by=officer)
    alone = get_model_in_use(coded_version(coded))  # its row is the newer one, of the version before
    assert alone.texts == 0
    assert book.learned.waiting().exists()
    themes = [{"slug": slug, "label": slug.capitalize()} for slug in SAID]
    version = load_codebook(slug="seed", name="Seed", themes=themes, by=officer)
    approve_version(version=version, by=officer)
    approve_version(version=version, by=colleague)
    assert fit_due_model() == 1
    assert why_model_is_due(book, coded_version(coded)) == ""
    assert live().texts == 24


def test_a_new_codebook_version_ends_what_a_person_chose(coded, officer, colleague):
    alone = get_model_in_use(coded_version(coded))
    fit_due_model()
    put_model_in_use(model=alone, by=officer, reason="It proposed lights for everything")
    themes = [{"slug": slug, "label": slug.title(), "examples": ["dark"]} for slug in ("lights", "staff")]
    version = load_codebook(slug="seed", name="Seed", by=officer, themes=themes)
    approve_version(version=version, by=officer)
    approve_version(version=version, by=colleague)
    assert get_model_in_use(version).version == version
    assert fit_due_model() == 1
    assert (live().version, live().texts) == (version, 24)


def test_asking_for_the_same_again_is_answered_once(coded, officer):
    fit_due_model()
    asked = ask_for_model(codebook=live().codebook, by=officer)
    assert fit_due_model() == 1
    assert live() == asked
    assert fit_due_model() == 0


def test_no_model_is_put_in_use_without_permission_or_a_reason(coded, officer):
    alone = get_model_in_use(coded_version(coded))
    fit_due_model()
    with pytest.raises(PermissionDenied):
        put_model_in_use(
            model=alone, by=factories.staff("coder@example.org", "insights.code_themes"), reason="Because"
        )
    with pytest.raises(ValidationError, match="Say why"):
        put_model_in_use(model=alone, by=officer, reason=" ")
    with pytest.raises(ValidationError, match="in use already"):
        put_model_in_use(model=live(), by=officer, reason="Because")


def test_a_person_asks_and_a_worker_fits(coded, officer):
    fit_due_model()
    before = live()
    asked = ask_for_model(codebook=before.codebook, by=officer)
    assert ask_for_model(codebook=before.codebook, by=officer) == asked
    confirm_codes(text=Text.objects.first(), themes=[], by=officer)
    assert fit_due_model() == 1
    assert live() == asked
    before.refresh_from_db()
    assert before.state == ModelState.KEPT


def test_a_model_of_one_codebook_waits_for_no_other(coded, officer, colleague):
    themes = [{"slug": "noise", "label": "Noise", "definition": "Loud places", "keywords": ["loud"]}]
    other = load_codebook(slug="other", name="Other", themes=themes, by=officer)
    for person in (officer, colleague):
        approve_version(version=other, by=person)
    waiting = ask_for_model(codebook=coded_version(coded).codebook, by=officer)
    asked = ask_for_model(codebook=other.codebook, by=officer)
    assert list_codebook_keys() == [str(waiting.codebook_id), str(asked.codebook_id)]
    assert actions.fit_due_model(str(asked.codebook_id)) == 1
    assert LearnedModel.objects.waiting().get() == waiting


def test_asking_without_permission(codebook):
    with pytest.raises(PermissionDenied):
        ask_for_model(codebook=codebook.codebook, by=factories.staff("planner@example.org"))


def test_two_models_in_use_are_refused_by_the_database(codebook):
    first = get_model_in_use(codebook)
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnedModel.objects.create(
            codebook=first.codebook, version=codebook, state=ModelState.LIVE, digest="x", why="A second one"
        )


def test_an_artefact_holds_no_answer(coded):
    fit_due_model()
    from insights.coding.engine.theme_model import ThemeModel

    words = ThemeModel.from_bytes(bytes(live().artefact)).features.words
    assert not any(len(word.split("\x1f")) > 2 for word in words)
    assert "broken" in words  # twelve people said it
