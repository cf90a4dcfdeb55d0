from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation.responses.signals import response_withdrawn, text_recalled
from insights.coding.models import Code
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from tests import factories
from tests.databases import only_on_postgresql
from tests.query_plans import compares_row_by_row, nodes_of, recorded_plans


def test_released_words_are_taken_once(parks, officer):
    factories.response(parks[1], texts={"q-c": "more lights"}, reader=officer)
    assert take_released_texts() == 1
    assert take_released_texts() == 0
    assert Text.objects.get().text == "more lights"


def test_words_are_taken_without_reading_their_questionnaire(parks, officer):
    factories.response(parks[1], texts={"q-c": "more lights"}, reader=officer)
    with CaptureQueriesContext(connection) as queries:
        assert take_released_texts() == 1
    assert not any('"content"' in query["sql"] or '"body"' in query["sql"] for query in queries)


def test_unread_words_are_not_taken(parks):
    factories.response(parks[1], texts={"q-c": "not read yet"})
    assert take_released_texts() == 0
    assert not Text.objects.exists()


def test_words_of_a_flood_are_not_taken(parks, officer):
    factories.response(parks[1], texts={"q-c": "junk"}, reader=officer, excluded_from_figures=True)
    assert take_released_texts() == 0


def test_withdrawal_takes_words_and_codes_at_once(answered):
    text = Text.objects.order_by("pk").first()
    before = Code.objects.count()
    response_withdrawn.send(sender=None, respondent=text.respondent)
    assert not Text.objects.filter(respondent=text.respondent).exists()
    assert Code.objects.count() == before - 1


def test_a_recalled_text_goes_alone(answered):
    text = Text.objects.order_by("pk").first()
    text_recalled.send(sender=None, answer=text.pk)
    assert Text.objects.count() == 79


def test_all_texts_of_a_person_have_the_same_draw_though_they_are_released_one_after_the_other(parks, officer):
    response = factories.response(parks[1], texts={"q-c": "more lights", "q-e": "more staff"}, reader=officer)
    later = response.answers.get(question="q-e").reading
    type(later).objects.filter(pk=later.pk).update(released=False)
    assert take_released_texts() == 1
    type(later).objects.filter(pk=later.pk).update(released=True)
    assert take_released_texts() == 1
    first, second = Text.objects.values_list("draw", flat=True)
    assert first == second


def test_people_have_draws_of_their_own(answered):
    assert len(set(Text.objects.values_list("respondent", "draw"))) == 80
    assert len(set(Text.objects.values_list("draw", flat=True))) > 70


@only_on_postgresql("that taking released texts compares none with each known one")
def test_released_texts_are_joined_to_the_known_ones_and_not_compared_with_each(answered):
    with recorded_plans(work_mem="64kB") as plans:
        take_released_texts()
    read = [plan for sql, plan in plans if "consultation_reading" in sql]
    assert len(read) == 1 and not compares_row_by_row(read[0])
    kinds = [node.get("Join Type") for node in nodes_of(read[0])]
    assert kinds.count("Anti") == 2, "known texts, and texts hidden from an agency"


@only_on_postgresql("that the test above can fail")
def test_a_plan_that_compares_each_with_each_is_recognised(answered):
    with recorded_plans(work_mem="64kB") as plans:
        list(Text.objects.exclude(pk__in=Code.objects.values("text")))
    assert compares_row_by_row(plans[0][1])
