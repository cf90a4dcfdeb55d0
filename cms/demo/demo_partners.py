"""Partners and planners in the demo: agreements, a partner's openings, a report for the police alone, an API client with
usage, saved pages and notes; and a coder who declined a new word."""

from datetime import timedelta

from django.urls import reverse

from cms.accounts.actions import add_agreement, confirm_agreement
from cms.api.actions import confirm_api_client, create_api_client
from cms.api.models import ApiUse, Scope
from cms.demo.demo_staff import AGENCY, keep_demo_agency
from cms.staff.partner_access.actions import release_under_agreement
from consultation.agencies.actions import add_agency
from consultation.agencies.models import AgencyKind
from insights.coding.discovery.actions import decline_new_word
from insights.coding.discovery.new_words import find_new_words
from insights.releases.actions import record_partner_view
from insights.releases.models import Release
from insights.workspace.saved import actions

# (agency, start and end in days from today, reference)
OTHERS = (
    ("Example health trust", -340, 18, "Example agreement 3, kept by the partnership"),
    ("Example college", -400, -36, "Example agreement 2, ended when the course did"),
)
ASKED = (22, 31, 0, 18, 27, 26, 9)  # API requests on each of the last days


def load_partners(pages, staff, today):
    for agency, starts, ends, reference in OTHERS:
        agreement = add_agreement(
            agency=keep_demo_agency(agency),
            starts=today + timedelta(days=starts),
            ends=today + timedelta(days=ends),
            reference=reference,
            by=staff["administrator1"],
        )
        if agreement.waits:
            confirm_agreement(agreement=agreement, by=staff["administrator2"])
    for release in Release.objects.published().order_by("pk"):
        record_partner_view(release=release, by=staff["partner"])
    client, _ = create_api_client(
        name="Joint needs dashboard",
        agency=keep_demo_agency(AGENCY),
        scopes=[Scope.RELEASES, Scope.THEMES],
        expires_on=today + timedelta(days=150),
        by=staff["administrator1"],
    )
    confirm_api_client(client=client, by=staff["administrator2"])
    ApiUse.objects.bulk_create(
        ApiUse(client=client, day=today - timedelta(days=back), requests=requests)
        for back, requests in enumerate(ASKED, start=1)
        if requests
    )


NOTES = (
    ("planner", "", "Take this to the transport group in January. They asked for ages.", True),
    ("planner", "lighting-cctv-guardians", "Check with highways which of these paths are theirs.", False),
    ("officer1", "lighting-cctv-guardians", "The youth panel read this theme and says it fits.", True),
)


def save_pages_and_notes(page, staff, today):
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    theme = release.codebook_version.entries.select_related("theme").get(theme__slug="lighting-cctv-guardians").theme
    for who, address, name, shared in (
        ("planner", reverse("insights:theme", args=[release.pk, theme.slug]), "Lights, for the winter plan", True),
        ("planner", reverse("insights:themes", query={"by": "quarter"}), "How themes move over quarters", False),
        ("officer1", reverse("insights:coverage-gaps"), "Whom to ask next year", True),
    ):
        actions.save_page(by=staff[who], address=address, name=name, shared=shared, today=today)
    for who, slug, words, shared in NOTES:
        actions.write_note(
            by=staff[who], release=release, theme=theme if slug else None, words=words, shared=shared, today=today
        )


POLICE, REFERENCE = "Example police", "Example agreement 9, kept by the partnership"
FOR_POLICE, WORDS_OF = "support-by-police-and-court", "safe-in-bradford"
DECLINED = "skate"  # a place to play, not a risk


def share_with_police_and_decline_word(pages, staff, today):
    _share_with_police(staff, today)
    if DECLINED in {one.word for one in find_new_words(pages[WORDS_OF])}:
        decline_new_word(consultation=pages[WORDS_OF], word=DECLINED, by=staff["officer1"])


def _share_with_police(staff, today):
    """What young people said of police and courts, before other partners read it."""
    agreement = add_agreement(
        agency=add_agency(by=None, name=POLICE, kind=AgencyKind.POLICE),
        starts=today - timedelta(days=20),
        ends=today + timedelta(days=345),
        reference=REFERENCE,
        by=staff["administrator1"],
    )
    agreement = confirm_agreement(agreement=agreement, by=staff["administrator2"])
    release = Release.objects.published().get(consultation__slug=FOR_POLICE)
    release_under_agreement(release=release, agreement=agreement, by=staff["officer1"])
