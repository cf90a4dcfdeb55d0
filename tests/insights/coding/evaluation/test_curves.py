import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from insights.coding.evaluation import curves

HALF = {"micro_f1": 0.5, "macro_f1": 0.4, "micro_f1_interval": [0.4, 0.6], "macro_f1_interval": [0.3, 0.5]}
MEASURED = [
    HALF | {"examples": 0, "n": 60, "labels": 4, "baseline_micro_f1": 0.2, "baseline_macro_f1": 0.1},
    HALF | {"examples": 240, "n": 60, "labels": 4, "baseline_micro_f1": 0.45, "baseline_macro_f1": 0.35},
]


def test_the_page_has_every_number_in_a_table_and_needs_no_other_file():
    page = curves.render_learning_curve(MEASURED)
    assert page.count('<svg class="fig"') == 2
    for words in ("240", "(40 to 60)", "60 answers that it never saw", 'lang="en"', "<desc"):
        assert words in page
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_files_that_are_not_there_are_said(tmp_path):
    with pytest.raises(CommandError, match="could not be measured"):
        call_command("learning_curves", "none.csv", "none.csv", to=str(tmp_path / "page.html"))
