"""In the demo: one report is for the police alone, under their agreement; and a coder has declined a new word."""

from datetime import timedelta

from cms.accounts.actions import add_agreement, confirm_agreement
from cms.staff.partner_access.actions import release_under_agreement
from consultation.agencies.actions import add_agency
from consultation.agencies.models import AgencyKind
from insights.coding.discovery.new_word_actions import decline_new_word
from insights.coding.discovery.new_words import find_new_words
from insights.releases.models import Release

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
