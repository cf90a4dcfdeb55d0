"""Everything under /insights/: each capability's pages, composed here."""

from django.urls import include, path

from insights.checks.urls import urlpatterns as checks
from insights.coding.agreement import urls as agreement
from insights.coding.learning import views as learning
from insights.decisions import views as decisions
from insights.exports.urls import urlpatterns as exports
from insights.reach import views as reach
from insights.reports import views as reports
from insights.reports.voices import urls as voices
from insights.results import views as results
from insights.search.urls import urlpatterns as search
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
    path("decisions/record/", decisions.record, name="record"),
    path("decisions/<slug:slug>/", decisions.decision, name="decision"),
    path("decisions/<slug:slug>/edit/", decisions.edit, name="edit-decision"),
    path("decisions/<slug:slug>/cite/", decisions.cite, name="cite"),
    path("decisions/<slug:slug>/progress/", decisions.progress, name="decision-progress"),
    path("decisions/<slug:slug>/words/<str:language>/", decisions.translate, name="translate-decision"),
    path("decisions/<slug:slug>/words/<str:language>/right/", decisions.confirm, name="confirm-decision-words"),
    path("decisions/<slug:slug>/publish/", decisions.publish, name="publish-decision"),
    path("citations/proposed/<int:pk>/accept/", decisions.accept, name="accept-citation"),
    path("citations/proposed/<int:pk>/remove/", decisions.turn_down, name="turn-down-citation"),
    path("citations/<int:pk>/remove/", decisions.remove_citation, name="remove-citation"),
    path("ledger/", decisions.ledger, name="ledger"),
    path("manage/heard/", reports.heard, name="heard"),
    path("manage/releases/", reports.releases, name="releases"),
    path("manage/releases/<slug:slug>/make/", reports.make, name="make-release"),
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
    *exports,
    *search,
    path("models/", learning.overview, name="models"),
    path("models/of/<slug:slug>/ask/", learning.ask, name="ask-model"),
    path("models/<int:pk>/", learning.detail, name="model"),
    path("models/<int:pk>/use/", learning.use, name="use-model"),
]
