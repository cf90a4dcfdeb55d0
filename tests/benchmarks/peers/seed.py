"""Fill an empty database: our survey, the FormPage with the same ten questions, and the demo's first consultation.

`python -m tests.benchmarks.peers.seed`, under the settings of the peers.
"""

from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.contrib.forms.models import FormSubmission  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.demo.demo_consultations import load_demo_yaml  # noqa: E402
from cms.site.pages.site_setup import ensure_site  # noqa: E402
from consultation.surveys.consultation_loading import load_consultation  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.peers.models import FormField, FormPage, Row  # noqa: E402
from tests.benchmarks.peers.questions import QUESTIONS  # noqa: E402

DEMO = "safe-in-bradford"


def make_tables():
    """The peers have no migrations: they are nobody's product."""
    with connection.schema_editor() as editor:
        for model in (FormPage, FormField, FormSubmission, Row):
            editor.create_model(model)


def our_survey(home):
    items = [
        factories.question(str(n), "multiple" if many else "single", choices, text={"en": f"{text}?"})
        for n, (text, many, choices) in enumerate(QUESTIONS, start=1)
    ]
    factories.consultation(home, slug="ten", title="Ten questions", items=items)


def form_page(home):
    page = home.add_child(instance=FormPage(title="Ten questions", slug="form", locale=home.locale))
    for n, (text, many, choices) in enumerate(QUESTIONS):
        FormField.objects.create(
            page=page,
            sort_order=n,
            label=text,
            clean_name=f"q{n}",
            required=False,
            field_type="checkboxes" if many else "radio",
            choices="\n".join(choices),
        )


def demo(home):
    """ "Safe in Bradford" as it is written, with its dates moved so that it is open today."""
    written = next(data for data in load_demo_yaml("demo_consultations.yaml")["consultations"] if data["slug"] == DEMO)
    officer = User.objects.create_user("officer@example.org", "a long enough password")
    opened = timezone.localdate() - timedelta(days=7)
    load_consultation(written, by=officer, shift_days=(opened - written["opens"]).days)


if __name__ == "__main__":
    make_tables()
    home = ensure_site()
    demo(home)
    our_survey(home)
    form_page(home)
