"""The people that a file brought, as a list: their answers by choice, and what became of their words, which stay sealed."""

from collections import Counter

from consultation.channels.imports.import_preview import describe_closed_answers
from consultation.channels.imports.taking_out import must_stay_condition
from consultation.responses.models import AnswerState, Response
from consultation.surveys.questionnaire_schema import Questionnaire


def list_imported_people(source):
    """A queryset of responses in the order of their random keys, which is nobody's order of arrival."""
    people = Response.objects.filter(imported__source=source, withdrawn=False).order_by("pk")
    return people.only("pk", "day", "language", "closed").prefetch_related("answers")


def describe_imported_people(source, people):
    """[{"pk", "day", "language", "answers": [(question, answer)], "texts": [(state, number)], "stays"}]"""
    questionnaire = Questionnaire(source.version.content)
    keys = [one.pk for one in people]
    staying = set(Response.objects.filter(must_stay_condition(), pk__in=keys).values_list("pk", flat=True))
    for one in people:
        states = Counter(AnswerState(answer.state).label for answer in one.answers.all())
        yield {
            "pk": one.pk,
            "day": one.day,
            "language": one.language,
            "answers": describe_closed_answers(questionnaire, one.closed),
            "texts": sorted(states.items()),
            "stays": one.pk in staying,
        }
