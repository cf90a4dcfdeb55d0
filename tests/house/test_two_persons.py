"""Two-person rules refuse the author of the first step, whatever else that person may do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)


def test_what_two_people_do_is_refused_to_the_one_who_made_it(answered, officer, colleague):  # noqa: F811
    from datetime import date

    from insights.coding.models import Theme
    from insights.decisions.actions import publish_decision, record_decision
    from insights.decisions.outcomes import change_polls
    from insights.decisions.outcomes.actions import draft_outcome as say_what_came_of_it
    from insights.decisions.outcomes.actions import publish_outcome
    from insights.publications.actions import begin_results, publish_results, write_results
    from insights.publications.member_checks.actions import begin_member_check as ask
    from insights.publications.member_checks.actions import publish_member_check as publish_check
    from insights.releases.actions import create_release, publish_release
    from tests.insights.decisions.conftest import said

    def results():
        words = {"heard": "It is dark.", "heard_easy": "It is dark.", "next": "", "themes": {}}
        return write_results(begin_results(release=release, by=officer), by=officer, words=words)

    def check():
        lights, today = Theme.objects.get(slug="lights"), date.today()
        said_so = {"name": "Lights", "summary": "You want lights.", "easy": ""}
        return ask(release=release, theme=lights, by=officer, words=said_so, opens=today, closes=today)

    release = create_release(consultation=answered, by=officer)
    draft = record_decision(by=officer, consultations=[answered], **said())

    def outcome():
        return say_what_came_of_it(decision=draft, by=officer, verdict="worked", words={"words": "It is light now."})

    def poll():
        return change_polls.draft_poll(decision=draft, by=officer, opens=date.today(), closes=date.today())

    made = {
        publish_release: lambda: {"release": release},
        publish_decision: lambda: {"decision": draft},
        publish_results: lambda: {"of": results()},
        publish_check: lambda: {"of": check()},
        publish_outcome: lambda: {"of": outcome()},
        change_polls.publish_poll: lambda: {"of": poll()},
    }
    for verb, make in made.items():
        thing = make()
        with pytest.raises((PermissionDenied, ValidationError)):
            verb(by=officer, **thing)
        verb(by=colleague, **thing)
