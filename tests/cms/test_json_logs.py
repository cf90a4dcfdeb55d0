"""With LOG_FORMAT=json a line is one object of four facts, without the time of day."""

import json
import logging
import subprocess
import sys

import pytest

from cms.settings.logs import JsonFormatter

pytestmark = pytest.mark.any_database


def test_a_line_holds_four_facts_and_nothing_that_a_caller_adds():
    record = logging.LogRecord("voice.errors", logging.ERROR, "f", 1, 'a "word" %s', ("ü",), None)
    record.request, record.person = object(), "Sam"
    found = json.loads(JsonFormatter().format(record))
    assert found.pop("day").count("-") == 2
    assert found == {"level": "ERROR", "logger": "voice.errors", "message": 'a "word" ü'}


@pytest.mark.parametrize(("chosen", "formatter"), [("json", "json"), ("text", "day"), ("", "day")])
def test_the_setting_chooses(chosen, formatter):
    code = "from cms.settings.logs import LOGGING; print(LOGGING['handlers']['console']['formatter'])"
    done = subprocess.run([sys.executable, "-c", code], env={"LOG_FORMAT": chosen}, capture_output=True, text=True)
    assert done.stdout.strip() == formatter
