"""`python -m tests.benchmarks.other_responses RESPONSES`: fill PostgreSQL with so many responses of a hundred other
consultations, one in ten with a text that was screened, read, released, coded and quoted. Prints JSON: bytes of each table.

Some people are made by the models; the database multiplies their rows.
"""

import json
import sys

import django

django.setup()

from django.db import connection, models  # noqa: E402
from django.utils import timezone  # noqa: E402

from cms.accounts.roles import sync_roles  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.domain.key_order import KeyOrderedModel, RowPlace  # noqa: E402
from consultation.reading.models import Reading, ReadingDecision, Screening  # noqa: E402
from consultation.responses.models import Answer, AnswerState, Response  # noqa: E402
from consultation.responses.vault import seal_text  # noqa: E402
from consultation.surveys.models import PublishedVersion  # noqa: E402
from insights.coding.codebooks import approve_version, load_codebook  # noqa: E402
from insights.coding.models import Code, MachineReading  # noqa: E402
from insights.corpus.models import Text  # noqa: E402
from insights.releases.models import Quote, Release  # noqa: E402
from tests.benchmarks import large_consultation  # noqa: E402
from tests.benchmarks.growth import SEED  # noqa: E402

CONSULTATIONS = 100
MODELS = (Response, Answer, Screening, Reading, Text, Code, MachineReading, Quote)
COPIED = {model for model in MODELS if isinstance(model._meta.pk, models.UUIDField | models.OneToOneField)}


def seed_people(home, officer, colleague):
    """Releases of a hundred consultations, one of which people have answered."""
    versions = [large_consultation.survey(home, slug=f"other-{n}")[1] for n in range(CONSULTATIONS)]
    codebook = load_codebook(slug="other", name="Other", themes=large_consultation.THEMES, by=officer)
    for two_people in (officer, colleague):
        approve_version(version=codebook, by=two_people)
    today = timezone.localdate()
    releases = Release.objects.bulk_create(
        Release(consultation=version.page, number=1, codebook_version=codebook, status="published", made_on=today,
                published_on=today)
        for version in versions
    )  # fmt: skip
    large_consultation.answers(versions[0], SEED, codebook)
    read_texts(list(Text.objects.all()), codebook, releases[0], officer)
    for model in MODELS:
        if issubclass(model, KeyOrderedModel):
            model.objects.update(settled=RowPlace.FOR_GOOD)


def read_texts(texts, codebook, release, reader):
    """What each text was before it was released, under the same key, and what was made of it since."""
    now, code_of = timezone.now(), {code.text_id: code for code in Code.objects.all()}
    answers = Answer.objects.bulk_create(
        Answer(pk=text.pk, response_id=text.respondent, question=text.question, sealed=seal_text(text.text),
               state=AnswerState.RELEASED)
        for text in texts
    )  # fmt: skip
    Screening.objects.bulk_create(
        Screening(answer=answer, order=[False, "", "en"], engine="bench", spans=[]) for answer in answers
    )
    Reading.objects.bulk_create(
        Reading(answer=answer, reader=reader, decision=ReadingDecision.CLEAR, text=text.text, decided_at=now,
                released=True)
        for answer, text in zip(answers, texts, strict=True)
    )  # fmt: skip
    MachineReading.objects.bulk_create(
        MachineReading(text=text, version=codebook, engine="bench", polarity=0.1) for text in texts
    )
    Quote.objects.bulk_create(
        Quote(release=release, theme_id=code_of[text.pk].theme_id, source_text=text, question=text.question,
              version=text.version, audience=text.audience, text=text.text)
        for text in texts
    )  # fmt: skip


def expression_of(field):
    """SQL of this column in the nth copy of a row: keys, and what refers to them, are derived from the first row's."""
    column = f'seed."{field.column}"'
    related = field.related_model
    if field.name == "respondent" or related in COPIED or (field.primary_key and field.model in COPIED):
        return f"md5({column}::text || copy.n)::uuid"
    if related in (PublishedVersion, Release):
        ordered = related.objects.order_by("pk").values_list("pk", flat=True)
        return f"(ARRAY[{', '.join(map(str, ordered))}])[1 + copy.n % {CONSULTATIONS}]"
    return column


def multiply(model, copies):
    """So many copies of each row, in the order of their keys, as the sweep of storage order leaves them."""
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(map(expression_of, fields))
    order = expression_of(model._meta.pk) if model in COPIED else "1"
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '1GB'")
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" AS seed '  # noqa: S608
            f"CROSS JOIN generate_series(1, {copies}) AS copy(n) ORDER BY {order}"
        )


def main(responses):
    home = ensure_site()
    sync_roles()
    officer, colleague = (large_consultation.member(name, "engagement_officer") for name in ("officer", "colleague"))
    seed_people(home, officer, colleague)
    for model in MODELS:
        multiply(model, responses // SEED - 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        sizes = {}
        for model in MODELS:
            cursor.execute("SELECT pg_total_relation_size(%s)", [model._meta.db_table])
            sizes[model.__name__] = cursor.fetchone()[0]
    return {"rows": {model.__name__: model.objects.count() for model in MODELS}, "bytes": sizes}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
