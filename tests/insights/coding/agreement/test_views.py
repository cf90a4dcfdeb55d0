import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from insights.coding.agreement import actions
from insights.coding.blind_samples.models import CodersChoice, CodingTurn, DoubleCoding, SampledText
from insights.coding.codebooks.codebook_overview import pick_example_texts, texts_coded_by_people
from insights.coding.desk.actions import confirm_codes
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.models import Code, CodingStatus
from insights.coding.proposals.actions import propose_codes
from insights.corpus.models import Text
from insights.releases.actions import create_release
from insights.search.search_scopes import AnswerSearch
from insights.search.search_terms import parse_terms
from tests.insights.coding.agreement.conftest import TODAY

pytestmark = pytest.mark.any_database


@pytest.fixture
def as_second(client, second):
    client.force_login(second)
    return client


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def flat(context):
    """Every value that a page was given."""
    return [value for layer in context or () for part in layer for value in dict(part).values()]


@pytest.mark.slow
def test_the_second_coders_page_is_sent_nothing_of_the_first_coder_or_the_machine(
    answered, officer, second, themes, as_second
):
    officer.first_name = "Zebedee"
    officer.save()
    for status in CodingStatus.objects.all():
        confirm_codes(text=status.text, themes=[themes["lights"]], by=officer, memo="a memo of the first coder")
    propose_codes()
    Code.objects.proposals().update(because=["a cause of the machine"])
    actions.draw_sample(consultation=answered, size=40, by=officer)
    row = SampledText.objects.for_second(second).first()
    url = reverse("insights:second-coding", args=[row.pk])
    with CaptureQueriesContext(connection) as asked:
        answer = as_second.get(url)
    html = answer.content.decode()
    for told in (" checked", "a memo of", "a cause of", "Zebedee", "officer@example.org", "proposed"):
        assert told not in html, told
    assert row.text.text in html
    values = flat(answer.context)
    assert not [value for value in values if isinstance(value, Code | CodersChoice | CodingStatus)]
    tables = " ".join(query["sql"] for query in asked)
    for table in (Code, CodingStatus):
        assert f'"{table._meta.db_table}"' not in tables
    assert "insights_machinereading" not in tables


@pytest.mark.slow
def test_from_the_first_to_the_last_and_back(study, second, as_second, themes):
    start = as_second.get(reverse("insights:next-in-sample", args=[study.pk]))
    seen = []
    while "/answers/" in start["Location"]:
        seen.append(start["Location"])
        start = as_second.post(start["Location"], {"themes": [themes["lights"].pk], "note": ""})
    assert len(set(seen)) == 60
    assert start["Location"] == reverse("insights:double-coding", args=[study.pk])
    assert not DoubleCoding.objects.get().is_open


def test_stopping_and_going_on(study, second, as_second, themes):
    first = as_second.get(reverse("insights:next-in-sample", args=[study.pk]))["Location"]
    data = {"themes": [themes["staff"].pk], f"stance-{themes['staff'].pk}": "disagrees", "note": "a note of mine"}
    following = as_second.post(first, data)["Location"]
    assert as_second.get(reverse("insights:next-in-sample", args=[study.pk]))["Location"] == following
    html = as_second.get(first).content.decode()
    assert html.count(" checked") == 1
    assert "a note of mine" in html
    assert 'value="disagrees" selected' in html
    assert first in as_second.get(following).content.decode()


@pytest.mark.slow
def test_what_was_skipped_comes_back(study, second, as_second):
    rows = list(SampledText.objects.for_second(second).order_by("pk"))
    for row in rows[1:]:
        as_second.post(reverse("insights:second-coding", args=[row.pk]), {"themes": []})
    left = reverse("insights:second-coding", args=[rows[0].pk])
    assert as_second.get(reverse("insights:next-in-sample", args=[study.pk]))["Location"] == left


def test_the_first_coder_does_not_reach_the_page_of_the_second(study, as_officer):
    url = reverse("insights:second-coding", args=[study.sample.first().pk])
    assert as_officer.get(url).status_code == 404


def test_nothing_is_told_while_it_is_open(study, second, as_second, themes):
    actions.save_second_choice(
        sampled=SampledText.objects.for_second(second).first(), themes=[themes["rare"]], by=second
    )
    html = as_second.get(reverse("insights:double-coding", args=[study.pk])).content.decode()
    assert "Code the next answer" in html
    assert "First choice" not in html
    row = study.sample.filter(choices__turn=CodingTurn.SECOND).first()
    assert as_second.get(reverse("insights:settle", args=[row.pk])).status_code == 404


def test_drawing_on_the_page(answered, as_officer, second):
    url = reverse("insights:draw-sample", args=[answered.slug])
    html = as_officer.get(url).content.decode()
    assert "60 answers: agreement known to about" in html
    assert "120 answers" not in html
    assert as_officer.post(url, {"size": 120}).status_code == 422
    assert as_officer.post(url, {"size": 40, "second": second.pk}).status_code == 302
    assert DoubleCoding.objects.get().second == second


def test_too_little_coded_to_draw_from(parks, codebook, as_officer):
    html = as_officer.get(reverse("insights:draw-sample", args=[parks[0].slug])).content.decode()
    assert "It takes at least 40" in html


def test_figures_disagreements_and_lessons_on_one_page(coded_twice, as_officer):
    url = reverse("insights:double-coding", args=[coded_twice.pk])
    assert "being worked out" in as_officer.get(url).content.decode()
    actions.measure_ended_studies()
    html = as_officer.get(url).content.decode()
    assert "Two people agreed closely (alpha 0." in html
    assert html.count("First choice") == 2
    assert "fewer than 10 answers have each of these: Rare" in html


@pytest.mark.parametrize(
    ("stance", "says"),
    [
        (None, "On stance there is too little to say: both people gave one in fewer than 30 cases"),
        ({"value": -0.82, "low": -0.9, "high": -0.7}, "On stance, two people agreed no more than by chance"),
        ({"value": -0.05, "low": -0.3, "high": 0.2}, "On stance, two people agreed no more than by chance"),
        ({"value": 0.7, "low": 0.5, "high": 0.9}, "two people agreed at 0.70"),
    ],
)
def test_agreement_on_stance_is_said_in_words_where_a_number_says_nothing(coded_twice, as_officer, stance, says):
    actions.measure_ended_studies()
    coded_twice.refresh_from_db()
    DoubleCoding.objects.update(figures=coded_twice.figures | {"stance": stance})
    html = as_officer.get(reverse("insights:double-coding", args=[coded_twice.pk])).content.decode()
    said = f"On stance{html.partition('On stance')[2].partition('</p>')[0]}"
    assert says in " ".join(said.split()) and "-0." not in said


@pytest.mark.slow
def test_a_report_says_how_far_two_people_agree(coded_twice, answered, as_officer, officer):
    actions.measure_ended_studies()
    release = create_release(consultation=answered, by=officer, today=TODAY)
    report = as_officer.get(reverse("insights:report", args=[release.pk])).content.decode()
    assert "Two people agreed closely (alpha 0." in report
    assert "answers" not in release.agreement  # a number of the coded would be exact
    assert "The machine beside a person who did not see its proposals: F1 0." in report
    theme = as_officer.get(reverse("insights:theme", args=[release.pk, "lights"])).content.decode()
    assert "on this theme (kappa " in theme
    assert "kappa" not in as_officer.get(reverse("insights:theme", args=[release.pk, "rare"])).content.decode()


def test_settling_on_the_page(coded_twice, as_officer):
    row = coded_twice.sample.disputed().first()
    url = reverse("insights:settle", args=[row.pk])
    html = as_officer.get(url).content.decode()
    assert "First choice" in html
    assert "Second choice" in html
    wrong = as_officer.post(url, {"kept": "first", "reason": ""})
    assert wrong.status_code == 422
    assert "Error: " in wrong.content.decode()
    assert as_officer.post(url, {"kept": "first", "reason": "Lamps."}).status_code == 302
    html = as_officer.get(reverse("insights:double-coding", args=[coded_twice.pk])).content.decode()
    assert "The first choice stands, said officer@example.org: Lamps." in html


def test_the_overview_says_what_waits_for_whom(study, as_second):
    html = as_second.get(reverse("insights:agreement")).content.decode()
    assert "Some answers wait for you" in html
    assert "Draw a sample" not in html


def test_a_page_that_is_still_open_when_the_sample_ends_says_so(study, officer, second, as_second):
    row = study.sample.first()
    actions.save_second_choice(sampled=row, themes=[], by=second)
    actions.end_double_coding(study=study, by=officer)
    answer = as_second.post(reverse("insights:second-coding", args=[row.pk]), {"themes": []}, follow=True)
    assert "This sample has ended" in answer.content.decode()


def test_ending_early_on_the_page(study, as_officer):
    as_officer.post(reverse("insights:end-double-coding", args=[study.pk]))
    assert not DoubleCoding.objects.get().is_open


def test_no_page_of_the_desk_shows_or_changes_what_is_to_be_coded_blind(study, second, as_second, codebook):
    row = SampledText.objects.for_second(second).select_related("text").first()
    CodingStatus.objects.filter(text=row.text_id).delete()
    Code.objects.create(
        text=row.text, theme=codebook.entries.first().theme, version=codebook, source="model", confidence=0.9
    )
    arrange_desk()
    lead = row.text.place.lead.slug
    page = as_second.get(
        reverse("insights:accept-together", args=["parks"], query={"question": row.text.question, "lead": lead})
    )
    assert page.status_code == 200 and str(row.text_id) not in page.content.decode()
    take = f"{row.text_id}:{row.text.place.lead_id}"
    as_second.post(reverse("insights:accept-together", args=["parks"]), {"take": [take]})
    assert not CodingStatus.objects.filter(text=row.text_id).exists()
    other = SampledText.objects.for_second(second).exclude(pk=row.pk).first()
    answer = as_second.post(reverse("insights:undo-code", args=[other.text_id]), {"seen": ""}, follow=True)
    assert "being coded twice" in answer.content.decode()
    assert CodingStatus.objects.filter(text=other.text_id).exists()


def test_no_example_and_no_search_by_theme_tells_what_the_first_coder_chose(study, second, officer, themes):
    blind = set(SampledText.objects.for_second(second).values_list("text", flat=True))
    lights = [themes["lights"].pk]
    shown = list(texts_coded_by_people(lights))
    Text.objects.exclude(pk__in=blind).delete()
    assert blind & {text.pk for text in shown}
    assert pick_example_texts(lights, officer) and not pick_example_texts(lights, second)
    look = parse_terms("lights")
    assert AnswerSearch(user=second).find(look).rows, "without a theme nothing is told"
    assert AnswerSearch(theme=lights[0], user=officer).find(look).rows
    assert not AnswerSearch(theme=lights[0], user=second).find(look).rows
