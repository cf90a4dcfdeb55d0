"""Key rotation, retention and an import are killed again and again: nothing is lost or left half done, and the next run
continues. What a killed SQLite keeps is seen in one of them, and in test_survives_kills."""

import json
import random
import sys
import time

import pytest
from django.conf import settings

from consultation.responses.vault import generate_key_pair
from tests.production_site import VENDORS, Process, looking, scratch_site

pytestmark = pytest.mark.slow
SQLITE, POSTGRES = VENDORS

ANSWERS, KILLS = 4_500, 2
MAKE = f"""
import uuid
from datetime import date
from tests.house.small_survey import make
make()
from consultation.surveys.models import ConsultationPage, PublishedVersion
from consultation.responses.models import Answer, Response
from consultation.responses.vault import seal_text
version = PublishedVersion.objects.get()
people = [Response(version=version, language="en", day=date(2025, 1, 1), closed={{"a": "1"}}) for _ in range({ANSWERS})]
Response.objects.bulk_create(people)
Answer.objects.bulk_create(
    Answer(response=one, question="q-b", sealed=seal_text(f"Words {{n}}"), state="not_used") for n, one in enumerate(people)
)
ConsultationPage.objects.update(closes=date(2025, 1, 31))
"""
SEND = """
from consultation.responses.models import Answer, Response
from consultation.responses.vault import seal_text
Answer.objects.create(response=Response.objects.order_by("?").first(), question="q-b", sealed=seal_text("Late words"))
"""
ROWS = 2_000
BRING = f"""
from tests.house.small_survey import make
make()
from consultation.channels.imports import actions, import_worker
from consultation.surveys.models import ConsultationPage
rows = "".join(f"Parks,Words {{n}}\\n" for n in range({ROWS}))
file = ("q-a,q-b\\n" + rows).encode()
source = actions.import_answer_file(page=ConsultationPage.objects.get(), file=file, name="a.csv", by=None)
actions.request_dry_run(source=source, leave_same=False, by=None)
import_worker.run_import_steps(seconds=600)
actions.request_acceptance(source=source, by=None)
"""
WORK = """
import django
django.setup()
from consultation.channels.imports import import_worker
import_worker.run_import_steps(seconds=600)
"""
BROUGHT = """
import json
from consultation.channels.imports.models import AnswerImport, ImportChunk, ImportedResponse
from consultation.responses.models import Answer, Response
source = AnswerImport.objects.get()
print(json.dumps([
    source.state, source.people, source.texts, ImportChunk.objects.count(),
    Response.objects.count(), Answer.objects.count(), ImportedResponse.objects.count(),
]))
"""
OPENED = """
import json
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
every = Answer.objects.values_list("sealed", flat=True)
print(json.dumps(sorted(open_sealed_text(sealed) for sealed in every if len(sealed))))
"""


def asked(site, sql, *values):
    with looking(site) as ask:
        return ask(sql, *values)


def killed_in_the_middle(site, command, done, total, chance):
    """Start the job and kill it at a random moment, several times; returns its progress each time. `done` is SQL with
    `values`."""
    reached = []
    with looking(site) as ask:
        for _ in range(KILLS):
            before = ask(*done)
            job = Process([*command], site.environment, site.folder / "job.log")
            until = before + chance.randrange(1, max(2, (total - before) // 3))
            while job.running.poll() is None and ask(*done) < until:
                time.sleep(0.01)
            job.kill()
            reached.append(ask(*done))
    return reached


def keys_of(seal, *private):
    return {
        "SECRET_KEY": settings.SECRET_KEY,
        "ANSWER_SEAL_KEY": seal,
        "ANSWER_OPEN_KEYS": ",".join(private),
        "RECORD_KEY_SECRET": settings.RECORD_KEY_SECRET,
    }


def manage(*arguments):
    return [sys.executable, "manage.py", *arguments]


@pytest.mark.postgres
def test_a_change_of_keys_that_is_killed_loses_no_word():
    (old_seal, old), (new_seal, new) = generate_key_pair(), generate_key_pair()
    with scratch_site(POSTGRES, keys_of(old_seal, old)) as site:
        site.make_tables()
        site.manage("shell", "-v0", "-c", MAKE)
        old_id = bytes(asked(site, "SELECT sealed FROM consultation_answer LIMIT 1"))[:4]
        site.environment |= keys_of(new_seal, new, old)
        changed = "SELECT count(*) FROM consultation_answer WHERE substr(sealed, 1, 4) <> ?"
        reached = killed_in_the_middle(site, manage("rotate_keys"), (changed, old_id), ANSWERS, random.SystemRandom())
        assert reached == sorted(reached) and any(0 < count < ANSWERS for count in reached), reached
        site.environment |= keys_of(old_seal, old)  # a process that nobody has restarted yet
        site.manage("shell", "-v0", "-c", SEND)
        site.environment |= keys_of(new_seal, new, old)
        assert "No text needs an older private key" in site.manage("rotate_keys")
        site.environment |= keys_of(new_seal, new)
        words = json.loads(site.manage("shell", "-v0", "-c", OPENED))
    assert words == sorted([*(f"Words {number}" for number in range(ANSWERS)), "Late words"])


@pytest.mark.postgres
def test_a_run_of_retention_that_is_killed_is_taken_up_again():
    (seal, private) = generate_key_pair()
    with scratch_site(POSTGRES, keys_of(seal, private)) as site:
        site.make_tables()
        site.manage("shell", "-v0", "-c", MAKE)
        site.manage("shell", "-v0", "-c", SEND)
        gone = "SELECT count(*) FROM consultation_answer WHERE length(sealed) = 0"
        reached = killed_in_the_middle(site, manage("retention"), (gone,), ANSWERS, random.SystemRandom())
        assert reached == sorted(reached) and any(0 < count < ANSWERS for count in reached), reached
        site.manage("retention")
        assert asked(site, gone) == ANSWERS
        left = json.loads(site.manage("shell", "-v0", "-c", OPENED))
        assert left == ["Late words"], "what nobody has read is kept"
        assert "is whole" in site.manage("verify_audit")
        entries = asked(site, "SELECT count(*) FROM consultation_auditentry WHERE verb = 'retention run'")
        assert entries == -(-ANSWERS // 2000), "one for each batch that stands, none for one that was killed"


@pytest.mark.parametrize("vendor", [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)])
def test_an_import_that_is_killed_takes_each_person_in_once(vendor):
    seal, private = generate_key_pair()
    with scratch_site(vendor, keys_of(seal, private)) as site:
        site.make_tables()
        site.manage("shell", "-v0", "-c", BRING)
        done = ("SELECT count(*) FROM consultation_response",)
        reached = killed_in_the_middle(site, [sys.executable, "-c", WORK], done, ROWS, random.Random(5))
        assert any(0 < one < ROWS for one in reached), reached
        site.python("-c", WORK)
        state = json.loads(site.manage("shell", "-v0", "-c", BROUGHT))
        assert state == ["done", ROWS, ROWS, 0, ROWS, ROWS, ROWS]
