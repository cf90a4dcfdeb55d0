"""Representation pages: content in each state, permissions, and consistent hiding."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.invitation_codes.models import CodeBatch
from insights.representation import actions
from insights.representation.models import Benchmark
from tests.insights.representation.conftest import TODAY, answers, make_parks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
PAGE = "/insights/representation/parks/"
HEAD = "benchmark,about,group,number,source,date\n"
LINES = "Census,Area,East,300,The office,2026-01-15\nCensus,Area,West,400,,\nCensus,Area,North,300,,\n"


@pytest.fixture
def reached(answered, officer):
    actions.refresh_representation(TODAY)
    groups = [{"label": label, "number": number} for label, number in (("East", 300), ("West", 400), ("North", 300))]
    actions.set_benchmark(
        by=officer, consultation=answered, about="area", name="Census", source="The office", dated=TODAY, groups=groups
    )
    return answered


def read(client, path=PAGE):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_look_the_page_says_when_it_comes(parks, client_as):
    assert "Nobody is counted yet" in read(client_as("engagement_officer"))


@pytest.mark.parametrize("looked", [False, True])
def test_one_that_opens_later_says_so_and_calls_nobody_missing(parks, client_as, looked):
    """It said that nobody had looked, or that too few had answered."""
    opens = TODAY + timedelta(days=9)
    type(parks).objects.filter(pk=parks.pk).update(opens=opens)
    if looked:
        actions.refresh_representation(TODAY)
    html = read(client_as("engagement_officer"))
    assert "It has not opened yet." in html and f"Opens on {opens:%-d %B %Y}" in html
    assert not any(wrong in html for wrong in ("Nobody is counted", "Too few to say yet", "Not heard from yet"))
    assert "Import" in html, "what it will be compared with can be set before"
    assert "It has not opened yet" in read(client_as("planner"), "/insights/representation/")


def test_one_that_is_approved_for_a_later_day_is_no_error(parks, client_as):
    later = timezone.now() + timedelta(days=9)
    parks.versions.all()._raw_delete("default")
    type(parks).objects.filter(pk=parks.pk).update(live=False, first_published_at=None)
    parks.refresh_from_db()
    revision = parks.save_revision()
    assert client_as("engagement_officer").get(PAGE).status_code == 404, "a draft that nobody approved"
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=later)
    html = read(client_as("engagement_officer"))
    assert f"Approved. It goes live on {timezone.localdate(later):%-d %B %Y}." in html and "Import" not in html
    assert client_as("planner").get(PAGE).status_code == 404, "planners see no drafts"


def test_with_too_few_answers_the_page_says_so(parks, client_as):
    answers(parks, 29, age="11 to 13", area="East")
    actions.refresh_representation(TODAY)
    html = read(client_as("engagement_officer"))
    assert "Too few to say yet" in html
    assert '<svg class="fig"' not in html


def test_without_a_benchmark_the_page_says_what_to_do(answered, client_as):
    actions.refresh_representation(TODAY)
    html = read(client_as("engagement_officer"))
    assert "There is nothing to compare with yet" in html
    assert "An officer can add" in read(client_as("planner"))


def test_who_is_missing_is_named_with_what_may_help(reached, client_as):
    html = read(client_as("engagement_officer"))
    missing = html.partition("Not heard from yet")[2].partition("</section>")[0]
    assert "North" in missing
    assert "East" not in missing
    assert "Take it there" in missing
    assert f"/staff/promotion/{reached.pk}/" in missing


def test_nobody_is_sent_to_promote_what_is_over(reached, client_as):
    """“Take it there”, it said, with posters for a consultation that was closed."""
    type(reached).objects.filter(pk=reached.pk).update(
        opens=TODAY - timedelta(days=30), closes=TODAY - timedelta(days=2)
    )
    missing = read(client_as("engagement_officer")).partition("Not heard from<")[2].partition("</section>")[0]
    assert "North" in missing and "Take it there" not in missing and "/staff/promotion/" not in missing


def test_a_missing_language_leads_to_the_links_in_it(reached, officer, client_as):
    groups = [{"label": "English", "number": 50}, {"label": "Urdu", "number": 50}]
    actions.set_benchmark(
        by=officer, consultation=reached, about="language", name="Roll", source="S", dated=TODAY, groups=groups
    )
    assert f"/staff/promotion/{reached.pk}/?language=ur" in read(client_as("engagement_officer"))


def test_the_chart_has_a_title_a_description_and_its_numbers_in_a_table(reached, client_as):
    html = read(client_as("planner"))
    assert "<desc" in html
    assert "North: hidden, 30% of the benchmark." in html
    assert "Did not say" in html
    assert "No clear difference" in html


def test_planners_see_no_way_to_change_anything(reached, client_as):
    html = read(client_as("planner"))
    assert "benchmarks/" not in html
    assert "/staff/promotion/" not in html


def test_no_exact_number_leaves_by_any_way(reached, client_as):
    client = client_as("engagement_officer")
    sheet = b"".join(client.get(f"{PAGE}reach.csv").streaming_content).decode()
    pages = (read(client, path).partition("<main")[2] for path in (PAGE, "/insights/representation/"))
    for text in (*pages, sheet):
        assert all(exact not in text for exact in ("128", ">12<", "188", "388", "328"))


def test_the_sheet_holds_what_the_page_shows_and_no_formula(reached, officer, client_as):
    benchmark = Benchmark.objects.get()
    actions.set_benchmark(
        by=officer,
        benchmark=benchmark,
        consultation=reached,
        about="area",
        name="=cmd()",
        source="@office",
        dated=TODAY,
        groups=benchmark.groups,
    )
    answer = client_as("engagement_officer").get(f"{PAGE}reach.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    north = next(row for row in rows if row["Group"] == "North")
    assert (north["People"], north["Percent of answers"], north["In words"]) == (
        "fewer than 5",
        "",
        "Not heard from yet, or hardly",
    )
    assert (north["Benchmark"], north["Source"]) == ("'=cmd()", "'@office")
    assert AuditEntry.objects.filter(verb="export made", data__kind="reach of a consultation").exists()


def test_leads_look_and_take_no_sheet_away(reached, client_as):
    client = client_as("safeguarding_lead")
    assert "reach.csv" not in read(client)
    assert client.get(f"{PAGE}reach.csv").status_code == 403


def test_invitation_codes_are_counted_as_invitations_by_themselves(reached, client_as):
    CodeBatch.objects.create(consultation=reached, label="School", number=1000, made_on=TODAY)
    assert "of 1000: 40%" in read(client_as("planner"))


def test_where_nearly_everyone_invited_has_answered_no_number_is_told(reached, client_as):
    CodeBatch.objects.create(consultation=reached, label="School", number=405, made_on=TODAY)
    html = read(client_as("planner"))
    assert "Nearly everyone of 405 has answered" in html
    assert "About 400 people" not in html
    assert "About 400 people" not in read(client_as("planner"), "/insights/representation/")


def test_a_number_that_one_benchmark_hides_another_does_not_tell(reached, officer, client_as):
    CodeBatch.objects.create(consultation=reached, label="School", number=405, made_on=TODAY)
    actions.set_benchmark(
        by=officer, about="everyone", name="Census", source="The office", dated=TODAY, consultation=reached,
        groups=[{"label": "Everyone", "number": 2000}],
    )  # fmt: skip
    html = read(client_as("planner"))
    assert "Nearly everyone of 405 has answered" in html and "Nearly everyone of 2000" not in html
    assert (
        "About 400 people" not in html and "20%" not in html.partition("Everyone</h2>")[2].partition("</section>")[0]
    )


@pytest.mark.parametrize("people", range(33, 38))
def test_what_is_few_is_never_called_nearly_everyone(parks, client_as, people):
    answers(parks, people)
    actions.refresh_representation(TODAY)
    assert "Nearly everyone" not in read(client_as("engagement_officer"))


def test_a_benchmark_of_what_is_not_asked_here_can_be_changed_and_taken_away(parks, home, officer, client_as):
    page = make_parks(home, slug="buses")
    for about, owner in (("gone", parks), ("q:elsewhere", None)):
        kept = actions.set_benchmark(
            by=officer, about=about, name=about, source="S", dated=TODAY, consultation=owner,
            groups=[{"label": "East", "number": 5}],
        )  # fmt: skip
        form = read(
            client_as("engagement_officer"), f"/insights/representation/{(owner or page).slug}/benchmarks/{kept.pk}/"
        )
        assert "East" in form and "Take it away" in form


def test_the_page_of_all_names_who_is_missing_in_the_order_of_the_alphabet(reached, home, client_as):
    make_parks(home, slug="buses")
    html = read(client_as("planner"), "/insights/representation/")
    assert html.index("Buses") < html.index("Parks")
    assert "Not heard, or heard less than there are: North." in html
    assert "Nothing to compare with yet" in html


def test_the_page_of_all_before_anything_was_published(home, client_as):
    assert "No consultation was published yet" in read(client_as("planner"), "/insights/representation/")


def post(client, path, **data):
    return client.post(f"{PAGE}benchmarks/{path}", data)


def told(**more):
    return {"name": "Census", "source": "The office", "dated": "2026-01-15", "basis": "lives"} | more


def test_an_officer_writes_numbers_down_changes_and_removes_them(answered, client_as):
    client = client_as("engagement_officer")
    assert "East" in read(client, f"{PAGE}benchmarks/add/?about=area")
    assert post(client, "add/?about=area", **told(number_0="500", number_1="300")).status_code == 302
    kept = Benchmark.objects.get()
    assert kept.groups == [{"label": "East", "number": 500}, {"label": "West", "number": 300}]
    assert 'value="500"' in read(client, f"{PAGE}benchmarks/{kept.pk}/")
    assert post(client, f"{kept.pk}/", **told(number_0="700", for_all="on")).status_code == 302
    kept.refresh_from_db()
    assert (kept.number, kept.consultation) == (700, None)
    assert post(client, f"{kept.pk}/remove/").status_code == 302
    assert not Benchmark.objects.exists()


def test_a_form_that_lacks_something_says_what_and_keeps_the_rest(answered, client_as):
    client = client_as("engagement_officer")
    answer = post(client, "add/?about=area", **told(source="", number_0="500"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Where the numbers are from: This field is required." in html
    assert 'value="500"' in html
    assert "At least one group" in post(client, "add/?about=area", **told()).content.decode()
    invited = post(client, "add/?about=area", **told(basis="invited", for_all="on", number_0="5"))
    assert "invited to one consultation" in invited.content.decode()
    post(client, "add/?about=area", **told(number_0="5"))
    assert "with this name already" in post(client, "add/?about=area", **told(number_0="6")).content.decode()


def test_what_the_consultation_does_not_ask_cannot_be_added(answered, client_as):
    assert client_as("engagement_officer").get(f"{PAGE}benchmarks/add/?about=height").status_code == 404


def test_a_file_is_tried_first_and_kept_when_asked(answered, client_as):
    client = client_as("engagement_officer")
    wrong = post(client, "file/", file=SimpleUploadedFile("b.csv", (HEAD + LINES.replace("West", "Wets")).encode()))
    assert wrong.status_code == 422
    assert "Line 3." in wrong.content.decode()
    assert "“Wets” is not a group here." in wrong.content.decode()
    tried = post(client, "file/", text=HEAD + LINES, do="try")
    assert "This is what would be kept" in tried.content.decode()
    assert not Benchmark.objects.exists()
    assert post(client, "file/", text=HEAD + LINES, do="keep").status_code == 302
    assert Benchmark.objects.get().number == 1000
    again = post(client, "file/", text=HEAD + LINES, do="try")
    assert "takes the place" in again.content.decode()


def test_a_file_for_all_consultations_may_speak_of_any_of_them(answered, home, client_as):
    client = client_as("engagement_officer")
    assert post(client, "file/", text=HEAD + LINES, for_all="on", do="keep").status_code == 302
    assert Benchmark.objects.get().consultation is None
    invited = HEAD.strip() + ",basis\nA,everyone,,500,S,2026-01-15,invited\n"
    assert post(client, "file/", text=invited, for_all="on", do="keep").status_code == 422


def test_a_file_that_is_too_long_is_not_read(answered, client_as):
    big = SimpleUploadedFile("b.csv", b"x" * 1_000_001)
    assert "too long" in post(client_as("engagement_officer"), "file/", file=big).content.decode()


def test_the_empty_sheet_has_the_groups_and_comes_back_with_numbers(answered, client_as):
    client = client_as("engagement_officer")
    empty = b"".join(client.get(f"{PAGE}benchmarks/empty.csv").streaming_content).decode()
    filled = empty.replace('"North",""', '"North","300"')
    found = post(client, "file/", text=filled, do="try").content.decode()
    assert "There is no number." in found
    rows = list(csv.DictReader(io.StringIO(empty)))
    assert {row["about"] for row in rows} == {"Everyone", "Age", "Area", "Language of the answers", "Way of answering"}


def test_another_consultations_benchmark_is_not_reached_from_here(reached, home, client_as):
    make_parks(home, slug="buses")
    pk = Benchmark.objects.get().pk
    client = client_as("engagement_officer")
    assert client.get(f"/insights/representation/buses/benchmarks/{pk}/").status_code == 404
    assert client.post(f"/insights/representation/buses/benchmarks/{pk}/remove/").status_code == 404


def test_the_page_is_a_look_up(reached, client_as, django_assert_max_num_queries):
    client = client_as("planner")
    read(client)
    with django_assert_max_num_queries(20):
        read(client)


def test_each_benchmark_says_what_it_is_about(reached, officer, home, client_as):
    benchmark = Benchmark.objects.get()
    benchmark.consultation, benchmark.about = None, "q:somewhere-else"
    benchmark.save()
    html = read(client_as("engagement_officer"))
    assert "This consultation does not ask about it." in html
    assert (
        "By age."
        in post(
            client_as("engagement_officer"), "file/", text=HEAD + "Roll,Age,11 to 13,5,S,2026-01-15\n", do="try"
        ).content.decode()
    )


def test_a_file_that_the_rules_refuse_is_answered_in_words(answered, client_as):
    many = HEAD + "Roll,Age,11 to 13,100000000,S,2026-01-15\nRoll,Age,14 or 15,100000000,,\n"
    answer = post(client_as("engagement_officer"), "file/", text=many, do="keep")
    assert answer.status_code == 422
    assert "in all are the most" in answer.content.decode()
    assert not Benchmark.objects.exists()


def test_the_page_of_all_asks_no_more_for_more_consultations(reached, home, client_as, django_assert_max_num_queries):
    client = client_as("planner")
    for slug in ("buses", "clubs", "shops"):
        CodeBatch.objects.create(consultation=make_parks(home, slug=slug), label="S", number=500, made_on=TODAY)
    read(client, "/insights/representation/")
    with django_assert_max_num_queries(14):
        read(client, "/insights/representation/")
