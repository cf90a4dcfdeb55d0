"""Real public comments pass through import, reading, coding, release, decision and trace; the result is compared with
the files."""

import csv
import shutil
from collections import Counter

import pytest
from django.db import transaction

from cms.demo import demo_loader, real_comments
from consultation.responses.models import Answer, Channel, Response
from consultation.surveys.models import ConsultationPage
from insights.coding.models import Code, CodeSource
from insights.corpus.models import Text
from insights.decisions import trace
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision
from insights.releases.models import Release
from tests.public_data import DATA

FILES = (real_comments.LONDON_FILE, real_comments.NHS_FILE, real_comments.NHS_CODEBOOK)
NHS_ROWS = 600  # of four thousand: each row goes the same way
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not all((DATA / name).is_file() for name in FILES),
        reason="the public comments are not here, which are not ours to commit, so it is not proved that they load: set"
        " VOICE_SHARED to the folder that holds data/",
    ),
]


def rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        every = list(csv.DictReader(file))
    return every[:NHS_ROWS] if name == real_comments.NHS_FILE else every


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("comments")
    for name in FILES:
        shutil.copy(DATA / name, folder)
    with (folder / real_comments.NHS_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows(real_comments.NHS_FILE)[0])
        writer.writeheader()
        writer.writerows(rows(real_comments.NHS_FILE))
    return folder


@pytest.fixture(scope="module")
def real(django_db_setup, django_db_blocker, said, folder):
    """The site, its people and the seed codebook; then the real comments, without the invented ones."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo_loader.load_seed_codebook(demo_loader.load_site_and_staff(said.append))
        real_comments.load_real_comments(folder, said.append)
        yield
        transaction.set_rollback(True)


def page(slug):
    return ConsultationPage.objects.get(slug=slug)


def test_each_of_the_london_comments_is_read_and_may_be_coded(real):
    comments = rows(real_comments.LONDON_FILE)
    texts = Text.objects.of(page(real_comments.LONDON))
    assert len(comments) == texts.count() == 39
    assert Response.objects.of(page(real_comments.LONDON)).filter(channel=Channel.IMPORT).count() == 39
    refused = sum(row["moderated"] == "-1" for row in comments)
    assert texts.filter(quotable=False).count() == refused == 3


def test_every_nhs_comment_with_text_is_here_under_its_question(real):
    comments = [row for row in rows(real_comments.NHS_FILE) if row["text"].strip()]
    asked = real_comments.NHS_MAP["long"]["questions"]
    answers = Answer.objects.of(page(real_comments.NHS))
    assert answers.count() == Text.objects.of(page(real_comments.NHS)).count() == len(comments)
    assert Counter(answers.values_list("question", flat=True)) == Counter(asked[row["question"]] for row in comments)


def test_rows_of_one_person_are_one_person(real):
    people = {row["id"].split(" - Q")[0] for row in rows(real_comments.NHS_FILE)}
    assert Response.objects.of(page(real_comments.NHS)).count() == len(people)


def test_the_labels_that_people_gave_are_peoples_codes(real):
    given = Counter(label.strip() for row in rows(real_comments.NHS_FILE) for label in row["labels"].split("|"))
    version = Release.objects.get(consultation=page(real_comments.NHS)).codebook_version
    labels = dict(version.entries.values_list("theme_id", "label"))
    codes = Code.objects.filter(text__version__page=page(real_comments.NHS), source=CodeSource.PERSON)
    assert Counter(labels[theme] for theme in codes.values_list("theme_id", flat=True)) == given


def test_the_decision_leads_to_the_words_and_the_question(real):
    decision = Decision.objects.get(slug=real_comments.DECISION["slug"])
    evidence = trace.list_evidence(decision)
    assert {one.entry.label for one in evidence} == {
        "Timeliness of care",
        "Being kept informed, clarity & consistency of information",
    }
    words = [word for one in evidence for word in one.words]
    assert words
    assert {word.question.consultation for word in words} == {"How was your care?"}
    for word in words:
        assert decision in trace.decisions_of_quote(word.quote)
    assert list_ledger_problems() == []


def test_loading_them_again_changes_nothing(real, said, folder):
    before = Response.objects.count()
    real_comments.load_real_comments(folder, said.append)
    assert said[-2:] == [f"{slug} is loaded already." for slug in (real_comments.LONDON, real_comments.NHS)]
    assert Response.objects.count() == before
