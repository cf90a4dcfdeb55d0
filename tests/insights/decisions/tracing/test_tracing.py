"""Traces from a decision to its words, and from a voice to its decisions."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.evidence.actions import cite_figure
from insights.decisions.tracing import trace_drawing, trace_paths, trace_starts, views
from insights.decisions.tracing.trace_nodes import KINDS, TraceNode
from insights.releases.models import Quote
from insights.templatetags.outlines import outline
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said

POINT = {"strand": 5, "sub_point": "disrupt-prevent-harm"}


@pytest.fixture
def world(parks, codebook, planner, colleague):
    """Lights cited with a quote and challenged by staff; a figure; two agencies; a later decision takes its place."""
    page, version = parks
    words = [
        ("lights", "q-c", "It is dark."),
        ("lights", "q-c", "No lamps."),
        ("staff", "q-c", "Nobody is there [PLACE]."),
    ]
    release = frozen_releases.make_release(version, codebook, {"lights": 50, "staff": 25, "rare": None}, words)
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    quote = Quote.objects.get(text="No lamps.")
    made = record_decision(by=planner, consultations=[page], agency="The council", links=[POINT], **said())
    cite_theme(decision=made, by=planner, release=release, theme=lights, quote=quote)
    cite_theme(decision=made, by=planner, release=release, theme=staff, bearing="challenges")
    cite_figure(decision=made, by=planner, figure=release.figures.get(kind="question"), row="1")
    police = Agency.objects.create(name="The police", slug="the-police")
    ActionItem.objects.create(decision=made, agency=police, what="Walk there.")
    publish_decision(decision=made, by=colleague)
    later = record_decision(
        by=planner, consultations=[page], follows=made, follows_how="replaces",
        **said(slug="more-lights", title="More lights", outcome="not-now", reason="Money.", alternative="none"),
    )  # fmt: skip
    return {"page": page, "made": made, "later": later, "quote": quote, "lights": lights, "release": release}


VOICES = ("theme/{lights}", "words/{quote}", "question/parks/q-c", "question/parks/q-a", "consultation/parks",
          "point/disrupt-prevent-harm", "agency/the-council", "agency/the-police")  # fmt: skip


@pytest.mark.slow
def test_every_voice_leads_to_the_decision_and_the_decision_to_every_voice(world, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    keys = {"lights": world["lights"].pk, "quote": world["quote"].pk}
    for voice in VOICES:
        page = client.get(f"/insights/trace/{voice.format(**keys)}/")
        assert page.status_code == 200 and "/insights/decisions/lights-first/" in page.content.decode(), voice
    page = client.get("/insights/trace/decision/lights-first/").content.decode()
    assert "<h1>Why this?</h1>" in " ".join(page.split())
    for expected in (
        f"/insights/releases/{world['release'].pk}/themes/lights/", f"/insights/quotes/{world['quote'].pk}/",
        "/insights/consultations/parks/questions/q-c/", "/insights/consultations/parks/questions/q-a/",
        "/insights/consultations/parks/", "/insights/trace/point/disrupt-prevent-harm/",
        "/insights/trace/agency/the-council/", "/insights/trace/agency/the-police/", "Yes: about 70 people",
        'class="tagged">[PLACE]', "Theme, codebook 1, challenges", "th against", "Decision, takes its place",
    ):  # fmt: skip
        assert expected in page, expected
    later = client.get("/insights/trace/decision/more-lights/").content.decode()
    assert "/insights/decisions/lights-first/" in later and "No lamps." in later, "it stands on what came before"
    assert client.get("/insights/trace/theme/99999/").status_code == 404
    assert client.get("/insights/trace/elsewhere/x/").status_code == 404
    assert client.get("/insights/trace/agency/%00/").status_code == 404
    nothing = client.get(f"/insights/trace/theme/{Theme.objects.get(slug='rare').pk}/").content.decode()
    assert "No decision rests on this yet" in nothing


def test_a_trace_says_what_it_begins_with(world, client, planner):
    """The frame of staff pages had a value of the page's own name, and the page lost its question and its name."""
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    starts = {
        "decision/lights-first": ("Why this?", "Decision: Lights on the main paths (Yes"),
        "consultation/parks": ("What came of this?", "Consultation: Parks"),
        "agency/the-police": ("What was decided for this?", "Agency: The police"),
    }
    for start, (asked, named) in starts.items():
        page = BeautifulSoup(client.get(f"/insights/trace/{start}/").content, "html.parser").main
        assert page.h1.get_text(strip=True) == asked, start
        assert " ".join(page.select_one(".lead").text.split()).startswith(named), start


def test_a_link_shows_what_its_sender_saw(world, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")

    def shown(address):
        page = client.get(f"/insights/trace/{address}").content.decode()
        return re.sub(r"(?s)<details.*?</details>", "", page)

    assert "No lamps." not in shown("decision/lights-first/?depth=1")
    assert "No lamps." in shown("decision/lights-first/?depth=2")
    assert "Nobody is there" not in shown("decision/lights-first/?bearing=supports")
    page = shown("consultation/parks/?kind=decision&kind=consultation")
    assert "No lamps." not in page and "Lights on the main paths" in page
    assert "More lights" not in shown(
        "point/disrupt-prevent-harm/?outcome=yes&agency=the-police&status=published&depth=1"
    )
    assert "No decision is like that" in shown("consultation/parks/?outcome=no")
    assert "Lights on the main paths" in shown("consultation/parks/?outcome=perhaps&page=99&depth=x"), (
        "asks for nothing"
    )


def test_partners_see_only_words_for_everyone(world, client_as, planner, colleague):
    client = client_as("partner_viewer")
    assert client.get(f"/insights/trace/words/{world['quote'].pk}/").status_code == 404
    page = client.get("/insights/trace/decision/lights-first/").content.decode()
    assert "No lamps." not in page and "Question a?" in page
    world["quote"].public_approved_by.add(planner, colleague)
    assert "No lamps." in client.get("/insights/trace/decision/lights-first/").content.decode()


def test_a_trace_takes_as_many_queries_for_many_decisions_as_for_one(world, planner):
    def queries():
        start = trace_starts.find_trace_start("consultation", "parks", planner)
        ids = list(start.decisions.values_list("pk", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            spun = list(
                trace_paths.build_trace_paths(
                    trace_paths.fetch_trace_rows(ids, planner, start.evidence, start.figures), ids
                )
            )
        return len(captured), len(spun)

    few = queries()
    for number in range(6):
        more = record_decision(by=planner, consultations=[world["page"]], **said(slug=f"more-{number}"))
        cite_theme(decision=more, by=planner, release=world["release"], theme=world["lights"])
    many = queries()
    assert many[0] == few[0] <= 12 and many[1] > few[1]


def test_a_theme_that_was_merged_leads_to_what_was_decided_before(world, codebook, planner, client):
    frozen_releases.merge(codebook, "lights", "staff")
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    staff = Theme.objects.get(slug="staff")
    assert "lights-first" in client.get(f"/insights/trace/theme/{staff.pk}/").content.decode()
    assert "Now part of “Staff”" in client.get("/insights/trace/decision/lights-first/").content.decode()


def balanced(written):
    """Every list that begins ends, in its order."""
    depth = 0
    for tag in re.findall(r"</?(?:ol|li)>", written):
        depth += -1 if tag.startswith("</") else 1
        if depth < 0:
            return False
    return depth == 0


def _thread(*keys):
    return trace_paths.TracePath(tuple(TraceNode(kind, key, key, url="#") for kind, key in keys), "supports")


def test_the_picture_folds_beyond_sixty_boxes_and_the_list_goes_to_500():
    root = TraceNode("consultation", "c", "c")
    paths = [_thread(("decision", f"d{n}"), ("theme", f"t{n % 300}"), ("consultation", "c")) for n in range(700)]
    up, down = views.grow_trees(paths, root, lambda node: node.id == root.id, ("decision", "theme"), 6)
    lines, folded = views.list_lines(up)
    assert len(lines) == 500 and folded == 500
    assert balanced(outline(lines)) and balanced(outline(views.list_lines(up, most=601)[0]))
    picture = trace_drawing.draw_trace(views.list_edges(up, down))
    assert len(picture["boxes"]) <= trace_drawing.MOST_BOXES and picture["folded"]
    starts_at = {line[0].split("C")[0] for line in picture["edges"]}
    assert starts_at <= {f"M{box.x + box.width} {box.middle}" for box in picture["boxes"]}, "lines meet their boxes"
    folds = [box.node.title for box in picture["boxes"] if box.node.key == "rest"]
    assert sum(int(title.split()[0]) for title in folds) + len(picture["boxes"]) - len(folds) == 1001
    assert "decisions: 700" in picture["desc"]


def test_words_fold_by_their_theme_and_cited_ones_never_with_others():
    words = [("words", f"w{n}", "v" if n % 3 else "v uncited", f"t{n % 2}") for n in range(90)]
    theme = {key: TraceNode("theme", key, key, url="#") for key in ("t0", "t1")}
    root = TraceNode("decision", "d", "d", css="d")
    pairs = [(root, one) for one in theme.values()]
    pairs += [(theme[of], TraceNode(kind, key, key, css=css)) for kind, key, css, of in words]
    boxes = trace_drawing.draw_trace(pairs)["boxes"]
    folds = sorted(
        (box.node.title, box.node.css) for box in boxes if box.node.kind == "words" and box.node.key == "rest"
    )
    assert folds and {css for _, css in folds} <= {"v", "v uncited"}
    assert {title for title, _ in folds} <= {"30 quotes, in the list", "15 quotes, in the list"}
    assert len(boxes) <= trace_drawing.MOST_BOXES


def test_a_folded_box_of_evidence_for_and_against_looks_like_neither():
    bearings = ["against" if n % 4 == 0 else "" for n in range(70)]
    themes = [TraceNode("theme", f"t{n}", f"t{n}", css=css) for n, css in enumerate(bearings)]
    picture = trace_drawing.draw_trace([(TraceNode("decision", f"d{n}", "d"), one) for n, one in enumerate(themes)])
    last = next(box.node for box in picture["boxes"] if "themes and figures" in box.node.title)
    told = re.fullmatch(r"(\d+) themes and figures, (\d+) against, in the list", last.title)
    assert told and 0 < int(told[2]) < int(told[1]) and last.css == "mixed"
    lines = {css for _, css in picture["edges"]}
    assert lines == {"th", "th against", "th mixed"}


NODES = [(kind, f"{kind}{n}") for kind in KINDS for n in range(4)]


def points_of(path):
    """Points along an SVG path of M, C and H."""
    x = y = 0.0
    for verb, told in re.findall(r"([MCH])([^MCH]+)", path):
        given = [float(number) for number in told.split()]
        if verb == "M":
            x, y = given
        elif verb == "H":
            yield from ((x + (given[0] - x) * n / 20, y) for n in range(21))
            x = given[0]
        else:
            ends = [(x, y), *zip(given[::2], given[1::2], strict=True)]
            for t in (n / 20 for n in range(21)):
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                yield tuple(sum(w * end[axis] for w, end in zip(weights, ends, strict=True)) for axis in (0, 1))
            x, y = ends[-1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), min_size=1, max_size=40))
def test_no_line_of_the_picture_runs_behind_a_box_and_every_node_has_one(found):
    pairs = [(TraceNode(*a, a[1]), TraceNode(*b, b[1])) for a, b in found]
    picture = trace_drawing.draw_trace(pairs)
    assert {box.node for box in picture["boxes"]} == {node for pair in pairs for node in pair}
    for path, _ in picture["edges"]:
        for x, y in points_of(path):
            assert 0 <= x <= picture["width"]
            inside = [
                box
                for box in picture["boxes"]
                if box.x + 1e-6 < x < box.x + box.width - 1e-6 and box.y < y < box.y + box.height
            ]
            assert not inside, (path, inside[0].node.key)


def test_the_picture_and_the_list_of_a_decision_show_the_same(world, planner, client):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    for place in ("decisions/lights-first/", "trace/decision/lights-first/"):
        page = BeautifulSoup(client.get(f"/insights/{place}").content, "html.parser")
        drawn = {(a["href"], "uncited" in a.parent["class"]) for a in page.select("svg.graph .node a")}
        root = ("/insights/decisions/lights-first/", False)
        listed = {(li.a["href"], "not cited" in "".join(li.find_all(string=True, recursive=False)))
                  for li in page.select("ol.outline li")}  # fmt: skip
        assert drawn - {root} == listed - {root} and len(listed) > 6, place
        cited = next(li for li in page.select("ol.outline li") if "No lamps." in li.a.text)
        uncited = next(li for li in page.select("ol.outline li") if "It is dark." in li.a.text)
        assert cited.b.text == "Words, cited" and uncited.b.text == "Words of this theme"


def test_what_stands_below_a_node_is_listed_once_and_the_list_is_well_formed():
    shared = (("question", "q"), ("consultation", "c"))
    paths = [_thread(("decision", "d"), ("theme", "t"), ("words", f"w{n}"), *shared) for n in range(3)]
    root = paths[0].nodes[0]
    _, down = views.grow_trees(paths, root, lambda node: node.id == root.id, KINDS, 6)
    lines, _ = views.list_lines(down)
    assert [line.again for line in lines if line.node.kind == "question"] == [False, True, True]
    assert balanced(outline(lines))
    assert trace_starts.find_trace_start("nothing", "x", AnonymousUser()) is None
