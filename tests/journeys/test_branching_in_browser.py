"""A real browser and the server agree on shown questions, for many random surveys and answers."""

import random
import re

import pytest
from django.http import QueryDict

from consultation.channels.web.branching_css import BranchingClasses, parse_rules_spec, write_branching_css
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.step_links import is_step, step_id
from consultation.channels.web.survey_assets import STYLE_FILES, _read_static_files
from consultation.channels.web.survey_rendering import render_survey
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.routing_rules import list_shown_items
from tests.consultation.channels.web import surveys

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SURVEYS, FILLED = 100, 4
WALK = """
said => {
  const form = document.querySelector("form.ask"), check = document.getElementById("check");
  for (const field of form.querySelectorAll("input[name], select, textarea")) {
    const values = said[field.name] || [];
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.type !== "hidden") field.value = values[0] || "";
  }
  const steps = [...form.querySelectorAll(".step")];
  const seen = element => getComputedStyle(element).display !== "none";
  const at = place => steps.forEach(step => step.classList.toggle("now", step === place));
  const walk = (from, group) => {
    const met = [];
    for (let here = from; here && here !== check; ) {
      at(here);
      met.push(here.id);
      const links = [...here.querySelectorAll(`:scope > .go > span:nth-of-type(${group}) a`)].filter(seen);
      if (links.length !== 1) return [...met, `${links.length} links`];
      here = document.getElementById(links[0].hash.slice(1));
    }
    return met;
  };
  const onward = walk(steps[0], 1);
  const last = steps.find(step => step.id === onward.at(-1));
  const back = walk(last, 3);
  at(null);
  check.classList.add("on");
  const reviewed = steps.filter(seen).map(step => step.id);
  check.classList.remove("on");
  return { onward, back, reviewed, sent: new URLSearchParams(new FormData(form)).toString() };
}
"""


def in_one_document(made):
    """The survey with its style inside it."""
    html = render_survey(made, "en", token="t", action="/en/have-your-say/x/answer/")
    spec = BranchingClasses(made).spec
    css = _read_static_files(STYLE_FILES) + (write_branching_css(parse_rules_spec(spec)) if spec else "")
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{css}</style>", html, count=1)


@pytest.mark.parametrize("seed", range(5))
def test_a_real_browser_agrees_with_the_server(chromium, db, seed):
    page = chromium.new_page(java_script_enabled=True)
    for number in range(SURVEYS // 5):
        chance = random.Random(f"{seed} {number}")
        made = surveys.survey(chance)
        steps = surveys.steps_of(made)
        if not steps:
            continue
        page.set_content(in_one_document(made))
        for _ in range(FILLED):
            found = page.evaluate(WALK, surveys.filled(chance, steps))
            closed = parse_survey_form(made, QueryDict(found["sent"])).closed
            items = [item for item in list_shown_items(Questionnaire(made), closed) if is_step(item)]
            assert found["onward"] == [step_id(item) for item in items], made
            assert found["back"] == found["onward"][::-1]
            assert found["reviewed"] == [step_id(item) for item in items if item["type"] != "section"]
    page.close()
