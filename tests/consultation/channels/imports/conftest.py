"""A consultation that accepts files, a reader, and a file."""

import csv
import io

import pytest

from consultation.channels.imports import actions
from consultation.surveys.questionnaire_schema import Questionnaire
from tests import factories
from tests.consultation.channels.imports.tool_files import file_of, items


@pytest.fixture
def page(home):
    return factories.consultation(home, items=items())[0]


@pytest.fixture
def questionnaire():
    return Questionnaire(factories.content(*items()))


@pytest.fixture
def bring(page, reader):
    def brought(*rows, shape=None):
        if shape:
            name, raw = file_of(shape)
        else:
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            name, raw = "answers.csv", out.getvalue().encode()
        return actions.import_answer_file(page=page, file=raw, name=name, by=reader)

    return brought


@pytest.fixture
def desk(client_as):
    return client_as("moderator")
