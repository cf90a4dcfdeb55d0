from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from consultation.surveys.models import ConsultationPage
from consultation.surveys.youth_panel.models import PanelRound

POINT, EDIT = "prevent-working-with-cyp", "consultation.edit_consultation"


def _plan_url(page):
    return reverse("participation-plan", args=[page.slug])


@provides_for(POINT, "panel", "The ticks of a youth panel changed a draft", start="panel:list", may_start=EDIT)
def find_panels():
    told = PanelRound.objects.with_changes().filter(consultation__live=True).select_related("consultation")
    return [Proof(one, one.consultation.title, _plan_url(one.consultation)) for one in told]


@provides_for(POINT, "co-design", "A consultation says who helped to write it", start="start:start", may_start=EDIT)
def find_co_designed():
    live = ConsultationPage.objects.live().sources().defer("body")
    return [Proof(page, page.title, _plan_url(page)) for page in live.exclude(designed_with="")]
