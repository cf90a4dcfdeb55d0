"""All URLs under /insights/, composed from the capabilities."""

from django.urls import include, path

from insights.agencies.urls import urlpatterns as agencies
from insights.board.urls import urlpatterns as board
from insights.checks.urls import urlpatterns as checks
from insights.coding.agreement import urls as agreement
from insights.coding.learning import views as learning
from insights.comparing.urls import urlpatterns as comparing
from insights.coverage.urls import urlpatterns as coverage
from insights.decisions import views as decisions
from insights.decisions import writing
from insights.decisions.considered import views as considered
from insights.decisions.evidence import views as evidence
from insights.decisions.ledger.urls import urlpatterns as ledger
from insights.decisions.progress import views as progress
from insights.decisions.tracing.urls import urlpatterns as tracing
from insights.decisions.translating import views as translating
from insights.exports.urls import urlpatterns as exports
from insights.outcomes.urls import urlpatterns as outcomes
from insights.provenance.urls import urlpatterns as provenance
from insights.reach import views as reach
from insights.reports import views as reports
from insights.reports.making import urls as making
from insights.reports.voices import urls as voices
from insights.results import views as results
from insights.search.urls import urlpatterns as search
from insights.shelf.urls import urlpatterns as shelf
from insights.unheard.urls import urlpatterns as unheard
from insights.workspace import concerns, views

app_name = "insights"
urlpatterns = [
    path("", views.home, name="home"),
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<slug:slug>/", views.consultation, name="consultation"),
    path("consultations/<slug:slug>/questions/<str:question>/", views.question, name="question"),
    path("releases/<int:pk>/", views.report, name="report"),
    path("releases/<int:pk>/themes/<slug:slug>/", views.theme, name="theme"),
    path("themes/", views.themes, name="themes"),
    path("quotes/<int:pk>/", views.quote, name="quote"),
    path("quotes/<int:pk>/approve/", reports.approve_quote, name="approve-quote"),
    path("texts/<uuid:pk>/report/", concerns.report, name="report-words"),
    path("recalled/", concerns.recalled, name="recalled"),
    path("recalled/<uuid:pk>/done/", concerns.finish, name="finish-recall"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/record/", writing.record, name="record"),
    path("decisions/<slug:slug>/", decisions.decision, name="decision"),
    path("decisions/<slug:slug>/edit/", writing.edit, name="edit-decision"),
    path("decisions/<slug:slug>/cite/", evidence.cite, name="cite"),
    path("decisions/<slug:slug>/cite/question/", evidence.cite_question, name="cite-question"),
    path("decisions/<slug:slug>/options/", considered.options, name="decision-options"),
    path("decisions/<slug:slug>/measures/", considered.measures, name="decision-measures"),
    path("decisions/<slug:slug>/place/", considered.place, name="decision-place"),
    path("decisions/<slug:slug>/progress/", progress.progress, name="decision-progress"),
    path("decisions/<slug:slug>/words/<str:language>/", translating.translate, name="translate-decision"),
    path("decisions/<slug:slug>/words/<str:language>/right/", translating.confirm, name="confirm-decision-words"),
    path("decisions/<slug:slug>/publish/", decisions.publish, name="publish-decision"),
    path("citations/proposed/<int:pk>/accept/", evidence.accept, name="accept-citation"),
    path("citations/proposed/<int:pk>/remove/", evidence.turn_down, name="turn-down-citation"),
    path("citations/<int:pk>/remove/", evidence.remove_citation, name="remove-citation"),
    path("citations/figures/<int:pk>/remove/", evidence.remove_figure, name="remove-figure"),
    *agencies,
    *board,
    *ledger,
    *tracing,
    *unheard,
    *provenance,
    path("manage/heard/", reports.heard, name="heard"),
    path("manage/releases/", reports.releases, name="releases"),
    path("manage/releases/", include(making.urlpatterns)),
    path("manage/releases/<int:pk>/publish/", reports.publish, name="publish-release"),
    path("manage/releases/<int:pk>/discard/", reports.discard, name="discard-release"),
    path("manage/voices/", include(voices.urlpatterns)),
    path("reach/", reach.overview, name="reach"),
    path("reach/<slug:slug>/", reach.consultation, name="reach-of"),
    path("reach/<slug:slug>/reach.csv", reach.as_sheet, name="reach-sheet"),
    path("reach/<slug:slug>/benchmarks/add/", reach.add, name="add-benchmark"),
    path("reach/<slug:slug>/benchmarks/file/", reach.bring, name="bring-benchmarks"),
    path("reach/<slug:slug>/benchmarks/empty.csv", reach.example, name="empty-benchmarks"),
    path("reach/<slug:slug>/benchmarks/<int:pk>/", reach.edit, name="edit-benchmark"),
    path("reach/<slug:slug>/benchmarks/<int:pk>/remove/", reach.remove, name="remove-benchmark"),
    path("manage/results/", results.overview, name="results"),
    path("manage/results/of/<slug:slug>/", results.consultation, name="results-of"),
    path("manage/results/of/<slug:slug>/begin/", results.begin, name="begin-results"),
    path("manage/results/of/<slug:slug>/move/", results.move, name="move-answer"),
    path("manage/results/<int:pk>/", results.write, name="write-results"),
    path("manage/results/<int:pk>/words/<str:language>/", results.translate, name="translate-results"),
    path("manage/results/<int:pk>/words/<str:language>/right/", results.confirm, name="confirm-results-words"),
    path("manage/results/<int:pk>/publish/", results.publish, name="publish-results"),
    path("manage/results/<int:pk>/discard/", results.discard, name="discard-results"),
    path("coding/", include("insights.coding.desk.urls")),
    path("agreement/", include(agreement.urlpatterns)),
    path("discovery/", include("insights.coding.discovery.urls")),
    path("codebooks/", include("insights.coding.codebooks.urls")),
    *checks,
    *outcomes,
    *exports,
    *search,
    *comparing,
    *coverage,
    *shelf,
    path("models/", learning.overview, name="models"),
    path("models/of/<slug:slug>/ask/", learning.ask, name="ask-model"),
    path("models/<int:pk>/", learning.detail, name="model"),
    path("models/<int:pk>/use/", learning.use, name="use-model"),
]
