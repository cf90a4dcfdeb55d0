"""All URLs under /insights/, composed from the capabilities."""

from django.urls import include, path

from insights.coding.agreement import urls as agreement
from insights.coding.learning import views as learning
from insights.decisions import decision_form_views
from insights.decisions import views as decisions
from insights.decisions.agencies.urls import urlpatterns as agencies
from insights.decisions.evidence import views as evidence
from insights.decisions.ledger.urls import urlpatterns as ledger
from insights.decisions.options_appraisal import views as considered
from insights.decisions.outcomes.urls import urlpatterns as outcomes
from insights.decisions.progress import views as progress
from insights.decisions.provenance.urls import urlpatterns as provenance
from insights.decisions.tracing.urls import urlpatterns as tracing
from insights.decisions.translations import views as translating
from insights.decisions.unanswered.urls import urlpatterns as unanswered
from insights.exports.urls import urlpatterns as exports
from insights.publications import views as results
from insights.publications.member_checks.urls import urlpatterns as checks
from insights.releases import views as reports
from insights.releases.minority_views import urls as minority_views
from insights.releases.release_builder import urls as release_builder
from insights.representation import views as representation
from insights.search.urls import urlpatterns as search
from insights.strategy.urls import urlpatterns as strategy
from insights.workspace import concern_views, views
from insights.workspace.group_comparison.urls import urlpatterns as comparing
from insights.workspace.saved.urls import urlpatterns as saved

app_name = "insights"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("consultations/", views.show_consultations, name="consultations"),
    path("consultations/<slug:slug>/", views.show_consultation, name="consultation"),
    path("consultations/<slug:slug>/questions/<str:question>/", views.show_question, name="question"),
    path("releases/<int:pk>/", views.show_report, name="report"),
    path("releases/<int:pk>/themes/<slug:slug>/", views.show_theme, name="theme"),
    path("themes/", views.show_themes, name="themes"),
    path("quotes/<int:pk>/", views.show_quote, name="quote"),
    path("quotes/<int:pk>/approve/", reports.save_quote_approval, name="approve-quote"),
    path("texts/<uuid:pk>/report/", concern_views.report_words, name="report-words"),
    path("recalled/", concern_views.show_recalls, name="recalled"),
    path("recalled/<uuid:pk>/done/", concern_views.close_recall, name="finish-recall"),
    path("decisions/", decisions.show_decisions, name="decisions"),
    path("decisions/record/", decision_form_views.record_decision, name="record"),
    path("decisions/<slug:slug>/", decisions.show_decision, name="decision"),
    path("decisions/<slug:slug>/edit/", decision_form_views.edit_decision, name="edit-decision"),
    path("decisions/<slug:slug>/cite/", evidence.cite_theme, name="cite"),
    path("decisions/<slug:slug>/cite/question/", evidence.cite_question, name="cite-question"),
    path("decisions/<slug:slug>/options/", considered.edit_options, name="decision-options"),
    path("decisions/<slug:slug>/measures/", considered.edit_measures, name="decision-measures"),
    path("decisions/<slug:slug>/place/", considered.edit_placement, name="decision-place"),
    path("decisions/<slug:slug>/progress/", progress.save_progress_note, name="decision-progress"),
    path("decisions/<slug:slug>/words/<str:language>/", translating.edit_translation, name="translate-decision"),
    path(
        "decisions/<slug:slug>/words/<str:language>/right/",
        translating.confirm_translation,
        name="confirm-decision-words",
    ),
    path("decisions/<slug:slug>/publish/", decisions.publish_decision, name="publish-decision"),
    path("citations/proposed/<int:pk>/accept/", evidence.accept_proposal, name="accept-citation"),
    path("citations/proposed/<int:pk>/remove/", evidence.decline_proposal, name="turn-down-citation"),
    path("citations/<int:pk>/remove/", evidence.remove_citation, name="remove-citation"),
    path("citations/figures/<int:pk>/remove/", evidence.remove_figure_citation, name="remove-figure"),
    *agencies,
    *strategy,
    *ledger,
    *tracing,
    *unanswered,
    *provenance,
    path("manage/heard/", reports.show_equality_pictures, name="heard"),
    path("manage/releases/", reports.show_releases, name="releases"),
    path("manage/releases/", include(release_builder.urlpatterns)),
    path("manage/releases/<int:pk>/publish/", reports.publish_release, name="publish-release"),
    path("manage/releases/<int:pk>/discard/", reports.discard_release, name="discard-release"),
    path("manage/minority-views/", include(minority_views.urlpatterns)),
    path("representation/", representation.show_reach_overview, name="representation"),
    path("representation/<slug:slug>/", representation.show_consultation_reach, name="representation-of"),
    path("representation/<slug:slug>/reach.csv", representation.download_reach_sheet, name="representation-sheet"),
    path("representation/<slug:slug>/benchmarks/add/", representation.add_benchmark, name="add-benchmark"),
    path("representation/<slug:slug>/benchmarks/file/", representation.import_benchmarks, name="import-benchmarks"),
    path(
        "representation/<slug:slug>/benchmarks/empty.csv",
        representation.download_benchmark_template,
        name="empty-benchmarks",
    ),
    path("representation/<slug:slug>/benchmarks/<int:pk>/", representation.edit_benchmark, name="edit-benchmark"),
    path(
        "representation/<slug:slug>/benchmarks/<int:pk>/remove/",
        representation.remove_benchmark,
        name="remove-benchmark",
    ),
    path("manage/results/", results.show_results_overview, name="results"),
    path("manage/results/of/<slug:slug>/", results.show_consultation_results, name="results-of"),
    path("manage/results/of/<slug:slug>/begin/", results.begin_results, name="begin-results"),
    path("manage/results/of/<slug:slug>/move/", results.edit_answer_day, name="move-answer"),
    path("manage/results/<int:pk>/", results.edit_results, name="write-results"),
    path("manage/results/<int:pk>/words/<str:language>/", results.edit_results_translation, name="translate-results"),
    path(
        "manage/results/<int:pk>/words/<str:language>/right/",
        results.save_results_confirmation,
        name="confirm-results-words",
    ),
    path("manage/results/<int:pk>/publish/", results.publish_results, name="publish-results"),
    path("manage/results/<int:pk>/discard/", results.discard_results, name="discard-results"),
    path("coding/", include("insights.coding.desk.urls")),
    path("agreement/", include(agreement.urlpatterns)),
    path("discovery/", include("insights.coding.discovery.urls")),
    path("codebooks/", include("insights.coding.codebooks.urls")),
    *checks,
    *outcomes,
    *exports,
    *search,
    *comparing,
    *saved,
    path("models/", learning.show_models, name="models"),
    path("models/of/<slug:slug>/ask/", learning.save_model_request, name="ask-model"),
    path("models/<int:pk>/", learning.show_model, name="model"),
    path("models/<int:pk>/use/", learning.save_model_in_use, name="use-model"),
]
