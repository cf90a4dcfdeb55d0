"""Officers choose rules and order a release from a worker."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from insights.releases import actions as releases
from insights.releases.actions import create_release, publish_release
from insights.releases.models import Release
from insights.releases.release_builder import actions, release_worker
from insights.releases.release_builder.actions import why_not_agree
from insights.releases.release_builder.models import OrderStatus, ReleaseOrder
from insights.releases.tasks import run_release_orders
from tests import factories

LONG_AGO = date(2026, 1, 5)


def ask(page, by, preset="default"):
    return actions.order_release(consultation=page, preset=preset, by=by)


def page_of(client, consultation):
    return client.get(reverse("insights:make-release", args=[consultation.slug])).content.decode()


def test_a_worker_makes_it_and_the_page_says_how_far_it_is(client, answered, officer):
    client.force_login(officer)
    url = reverse("insights:make-release", args=[answered.slug])
    assert client.post(url, {"preset": "default"}).status_code == 302
    waiting = page_of(client, answered)
    assert "The machine is at work on a release" in waiting
    assert "See how far it is now" in waiting
    assert not Release.objects.exists()
    again = client.post(url, {"preset": "default"})
    assert again.status_code == 422
    assert "at work on this consultation already" in again.content.decode()
    ReleaseOrder.objects.get().move_to("tables", 1, 4)
    assert '<progress max="100" value="56"' in page_of(client, answered)
    run_release_orders()
    assert "Release 1 is made" in page_of(client, answered)
    assert Release.objects.get().made_by == officer
    listed = client.get(reverse("insights:releases")).content.decode()
    assert "Rules: Ours." in listed


def test_looser_rules_wait_for_a_second_person(client, answered, officer, colleague):
    strictest = create_release(consultation=answered, by=officer, today=LONG_AGO, preset="strictest")
    publish_release(release=strictest, by=colleague)
    for n in range(20):
        factories.response(answered.versions.get(), closed={"a": "1" if n < 14 else "2"})
    client.force_login(officer)
    url = reverse("insights:make-release", args=[answered.slug])
    client.post(url, {"preset": "default"})
    order = ReleaseOrder.objects.get()
    assert order.status == OrderStatus.ASKED
    assert run_release_orders() == 0
    html = page_of(client, answered)
    assert "Ask a colleague to open this page and agree" in html
    assert "Smaller numbers would show: from 5 people instead of 10." in html
    client.post(reverse("insights:agree-to-rules", args=[order.pk]))
    order.refresh_from_db()
    assert (order.status, order.agreed_by) == (OrderStatus.ASKED, None), "not one's own"
    client.force_login(colleague)
    client.post(reverse("insights:agree-to-rules", args=[order.pk]))
    run_release_orders()
    made = Release.objects.get(number=2)
    assert (made.rules["preset"], made.made_by, made.status) == ("default", officer, "draft")
    order.refresh_from_db()
    assert why_not_agree(order, colleague)


def test_what_speaks_against_it_is_said_in_plain_words(client, parks, codebook, officer):
    page = parks[0]
    order = ask(page, officer)
    run_release_orders()
    order.refresh_from_db()
    assert (order.status, order.why_not) == (
        OrderStatus.FAILED,
        "Fewer than 30 people have answered, so nothing can be shown yet.",
    )
    client.force_login(officer)
    assert "was not made.</b> Fewer than 30 people" in page_of(client, page)


def test_nothing_half_made_is_left_when_it_breaks(answered, officer, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("insights.releases.release_freezing.freeze_agreement", breaks)
    order = ask(answered, officer)
    with pytest.raises(RuntimeError):
        run_release_orders()
    order.refresh_from_db()
    assert order.why_not == release_worker.BROKEN
    assert not Release.objects.exists()
    monkeypatch.undo()
    ask(answered, officer)
    run_release_orders()
    assert Release.objects.count() == 1


def test_what_a_killed_worker_had_begun_is_done_again(answered, officer):
    ask(answered, officer).move_to("tables", 2, 4)
    assert run_release_orders() == 1
    assert Release.objects.count() == 1


def test_it_is_worked_out_again_when_someone_takes_their_answers_back(answered, officer, monkeypatch):
    real, calls = releases.handover.are_all_countable, []
    monkeypatch.setattr(
        releases.handover, "are_all_countable", lambda *args: calls.append(1) or (len(calls) > 1 and real(*args))
    )
    ask(answered, officer)
    run_release_orders()
    assert (len(calls), Release.objects.count()) == (2, 1)


def test_it_can_be_taken_back_before_a_worker_begins(client, answered, officer):
    order = ask(answered, officer)
    client.force_login(officer)
    client.post(reverse("insights:take-back-order", args=[order.pk]))
    assert not ReleaseOrder.objects.exists()
    order = ask(answered, officer)
    order.move_to("reading")
    with pytest.raises(ValidationError, match="A worker has begun"):
        actions.take_back_order(order=order, by=officer)


def test_wrong_choices_are_said_and_nothing_begins(client, answered, officer):
    client.force_login(officer)
    url = reverse("insights:make-release", args=[answered.slug])
    answer = client.post(url, {"preset": "none at all"})
    assert answer.status_code == 422
    assert "Choose one of these rules." in answer.content.decode()
    assert not ReleaseOrder.objects.exists()
