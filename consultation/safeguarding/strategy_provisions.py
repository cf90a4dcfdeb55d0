"""What the safeguarding leads' work provides for the strategy. Only leads see that there are cases (D8), and nobody sees
here that there are concerns about staff (D7)."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.duty_rota.lead_rota import SEE_TRIAGE, find_current_duty
from consultation.safeguarding.duty_rota.models import DutyDay
from consultation.safeguarding.help.directory import HelpEntryCard, list_cards_for_need
from consultation.safeguarding.help.needs import HARMED_AS_A_CHILD
from consultation.safeguarding.models import CaseCategory, HelpEntry, TriageCase
from consultation.strategy_provisions import MOST_PROOFS, START_A_SURVEY, Proof, provides_for
from consultation.surveys.models import ConsultationPage, HelpFirst


def _find_surveys_with_help(need: str) -> Iterator[Proof]:
    for page in ConsultationPage.objects.live().filter(help_first=need, alias_of=None).defer("body"):
        yield Proof(page, page.title, page.get_url() or "")


def _find_help(need: str) -> Iterator[Proof]:
    for card in list_cards_for_need(need):
        yield Proof(card.entry, card.entry.name, f"/en/help/#{card.anchor}")


@provides_for(
    "lead-front-door",
    "duty",
    "A safeguarding lead is on duty, now or when work begins",
    start="safeguarding:rota",
    may_start="consultation.decide_triage",
    seen_with=SEE_TRIAGE,
)
def find_duties() -> Iterator[Proof]:
    """Without the lead's name. Who is on leave, or is no lead any more, is on no duty."""
    duty = find_current_duty()
    if duty and duty.lead:
        row = DutyDay.objects.get(day=duty.day)
        yield Proof(row, f"A lead is on duty on {duty.day:%-d %B %Y}", reverse("safeguarding:rota"))


def _find_cases(**fields: str) -> Iterator[Proof]:
    for case in TriageCase.objects.filter(agency=None, **fields)[:MOST_PROOFS]:
        yield Proof(case, case.name, reverse("safeguarding:case", args=[case.pk]))


@provides_for(
    "lead-front-door", "items", "An item has an owner, a due time and a trail", start="safeguarding:board",
    may_start=SEE_TRIAGE, seen_with=SEE_TRIAGE,
)  # fmt: skip
def find_cases() -> Iterator[Proof]:
    return _find_cases()


@provides_for(
    "disrupt-non-recent", "items", "A non-recent item has its own clock and words", start="safeguarding:board",
    may_start=SEE_TRIAGE, seen_with=SEE_TRIAGE,
)  # fmt: skip
def find_non_recent_cases() -> Iterator[Proof]:
    return _find_cases(category=CaseCategory.NON_RECENT)


@provides_for("disrupt-partnership-response", "surveys", "A survey says where to report a crime", **START_A_SURVEY)
def find_surveys_on_crime() -> Iterator[Proof]:
    return _find_surveys_with_help(HelpFirst.CRIME)


@provides_for("disrupt-partnership-response", "routes", "Routes to police reporting are on the help page")
def find_routes_to_the_police() -> Iterator[Proof]:
    return _find_help(HelpFirst.CRIME)


@provides_for("disrupt-non-recent", "surveys", "A survey asks adult survivors", **START_A_SURVEY)
def find_surveys_of_survivors() -> Iterator[Proof]:
    return _find_surveys_with_help(HelpFirst.PAST)


@provides_for("disrupt-non-recent", "support", "Adults harmed as children find support of their own")
def find_support_for_survivors() -> Iterator[Proof]:
    return _find_help(HARMED_AS_A_CHILD)


@provides_for(
    "lead-quality-assurance", "closed-items", "A lead who did not decide looks at closed items again",
    start="safeguarding:sample", may_start=SEE_TRIAGE, seen_with=SEE_TRIAGE,
)  # fmt: skip
def find_sampled_cases() -> Iterator[Proof]:
    for one in SampledCase.objects.filter(case__agency=None).exclude(result="")[:MOST_PROOFS]:
        yield Proof(one, f"Closed in the week of {one.week:%-d %B %Y}", reverse("safeguarding:sample"))


@provides_for(
    "safeguard-information-access",
    "help",
    "The help page, to which every page leads, has places with their owner and the day of their check",
    start="wagtailsnippets_consultation_helpentry:list",
    may_start="consultation.edit_help",
)
def find_help_entries() -> Iterator[Proof]:
    for entry in HelpEntry.objects.exclude(owner="").exclude(checked_on=None):
        yield Proof(entry, entry.name, f"/en/help/#{HelpEntryCard(entry).anchor}")
