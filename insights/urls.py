from django.urls import include, path
from django.views.generic import RedirectView

from insights.access import planner_view
from insights.coding.agreement import urls as agreement
from insights.coding.confirmation import views as confirmation
from insights.coding.learning import views as learning
from insights.commitments import views as commitments
from insights.decisions import views as decisions
from insights.decisions.agencies import views as agencies
from insights.decisions.evidence import views as evidence
from insights.decisions.ledger import views as ledger
from insights.decisions.options_appraisal import views as considered
from insights.decisions.outcomes import views as outcomes
from insights.decisions.progress import views as progress
from insights.decisions.provenance import views as provenance
from insights.decisions.tracing import views as tracing
from insights.decisions.translations import views as translating
from insights.decisions.unanswered import views as unanswered
from insights.evaluations import views as evaluations
from insights.exports import views as exports
from insights.exports.pdf import views as pdf
from insights.publications import views as results
from insights.publications.briefings import views as briefings
from insights.publications.member_checks import views as checks
from insights.releases import views as reports
from insights.releases.merged_groups import views as merged_groups
from insights.releases.minority_views import views as minority_views
from insights.releases.release_builder import views as release_builder
from insights.representation import views as representation
from insights.search.urls import urlpatterns as search
from insights.strategy.assessment import views as assessment
from insights.strategy.board import views as board
from insights.strategy.coverage import views as coverage
from insights.strategy.points import views as points
from insights.summaries import views as summaries
from insights.workspace import concern_views, views
from insights.workspace.group_comparison import views as comparing
from insights.workspace.lessons import views as lessons
from insights.workspace.place_summary import views as places
from insights.workspace.saved import views as saved

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
    path("decisions/record/", decisions.record_decision, name="record"),
    path("decisions/<slug:slug>/", decisions.show_decision, name="decision"),
    path("decisions/<slug:slug>/edit/", decisions.edit_decision, name="edit-decision"),
    path("decisions/<slug:slug>/cite/", evidence.cite_theme, name="cite"),
    path("decisions/<slug:slug>/cite/question/", evidence.cite_question, name="cite-question"),
    path("decisions/<slug:slug>/options/", considered.edit_options, name="decision-options"),
    path("decisions/<slug:slug>/measures/", considered.edit_measures, name="decision-measures"),
    path("decisions/<slug:slug>/place/", considered.edit_placement, name="decision-place"),
    path("decisions/<slug:slug>/progress/", progress.save_progress_note, name="decision-progress"),
    *translating.PAGES.build_urls("decisions/<slug:slug>/"),
    *decisions.PAGES.build_urls("decisions/<slug:slug>/"),
    path("citations/proposed/<int:pk>/accept/", evidence.accept_proposal, name="accept-citation"),
    path("citations/proposed/<int:pk>/remove/", evidence.decline_proposal, name="turn-down-citation"),
    path("citations/<int:pk>/remove/", evidence.remove_citation, name="remove-citation"),
    path("citations/figures/<int:pk>/remove/", evidence.remove_figure_citation, name="remove-figure"),
    path("decisions/<slug:slug>/principles/", commitments.edit_principles, name="decision-principles"),
    path("commitments/", commitments.show_commitments, name="commitments"),
    path("commitments/commitments.csv", commitments.download_commitments, name="commitments-sheet"),
    path("commitments/write/<slug:kind>/", commitments.draft_commitment, name="write-commitment"),
    path("commitments/<int:pk>/", commitments.show_commitment, name="commitment"),
    path("commitments/<int:pk>/edit/", commitments.edit_commitment, name="edit-commitment"),
    *commitments.PAGES.build_urls("commitments/<int:pk>/"),
    path("commitments/<int:pk>/retire/", commitments.retire_commitment, name="retire-commitment"),
    path("commitments/<int:pk>/note/", commitments.save_note, name="note-commitment"),
    *commitments.NOTE_PAGES.build_urls("commitments/notes/<int:pk>/"),
    path("commitments/notes/<int:pk>/take-back/", commitments.take_note_back, name="take-back-commitment-note"),
    path("commitments/offers/<uuid:pk>/", commitments.take_offer, name="take-offer"),
    path("commitments/offers/<uuid:pk>/contact/", commitments.open_contact, name="open-contact"),
    path("commitments/offers/<uuid:pk>/decline/", commitments.decline_offer, name="decline-offer"),
    path("learning/", lessons.show_learning, name="learning"),
    path("learning/learning.csv", lessons.download_learning, name="learning-sheet"),
    path("agencies/", agencies.show_agencies, name="agencies"),
    path("agencies/<slug:slug>/", agencies.show_agency, name="agency"),
    path("actions/<int:pk>/", agencies.show_action, name="action"),
    path("decisions/<slug:slug>/plan/", agencies.edit_plan, name="decision-plan"),
    path("board/", board.show_board, name="board"),
    path("board/report/", board.show_board_report, name="board-report"),
    path("board/report.pdf", board.download_board_report, {"form": "pdf"}, name="board-paper"),
    path("board/report.docx", board.download_board_report, {"form": "docx"}, name="board-docx"),
    path("coverage/", coverage.show_coverage, name="coverage"),
    path("coverage/gaps/", coverage.show_coverage_gaps, name="coverage-gaps"),
    path("coverage/coverage.csv", coverage.download_coverage_sheet, name="coverage-sheet"),
    path("coverage/<slug:point>/", planner_view(RedirectView.as_view(pattern_name="insights:point", permanent=True))),
    path("strategy/", points.show_strategy_points, name="points"),
    path("strategy/<slug:point>/", points.show_strategy_point, name="point"),
    path("assessment/", assessment.redirect_to_newest_assessment, name="assessment"),
    path("assessment/<slug:quarter>/", assessment.show_assessment, name="assessment-of"),
    path("evaluations/", evaluations.show_evaluations, name="evaluations"),
    path("evaluations/<slug:slug>/", evaluations.show_evaluation, name="evaluation"),
    path("evaluations/<slug:slug>/evaluation.csv", evaluations.download_evaluation, name="evaluation-sheet"),
    path("ledger/", ledger.show_ledger, name="ledger"),
    path("ledger/ledger.csv", ledger.download_ledger, name="ledger-sheet"),
    path("ledger/heads/", ledger.show_heads, name="ledger-heads"),
    path("trace/<slug:kind>/<path:key>/", tracing.show_trace, name="trace"),
    path("unanswered/", unanswered.show_unanswered, name="unanswered"),
    path("unanswered/<slug:slug>/<int:release>/<int:theme>/dismiss/", unanswered.dismiss_alert, name="dismiss-alert"),
    path("decisions/<slug:slug>/take/<slug:form>/", provenance.download_trace, name="take-decision"),
    path("manage/heard/", reports.show_equality_pictures, name="heard"),
    path("manage/releases/", reports.show_releases, name="releases"),
    path("manage/releases/<slug:slug>/make/", release_builder.edit_release_order, name="make-release"),
    path("manage/releases/<slug:slug>/larger-groups/", merged_groups.edit_merged_groups, name="merged-groups"),
    path("manage/releases/orders/<int:pk>/agree/", release_builder.agree_to_rules, name="agree-to-rules"),
    path("manage/releases/orders/<int:pk>/take-back/", release_builder.take_back_order, name="take-back-order"),
    *reports.PAGES.build_urls("manage/releases/<int:pk>/"),
    path("manage/minority-views/releases/<int:pk>/", minority_views.show_minority_views, name="minority-views"),
    path(
        "manage/minority-views/releases/<int:pk>/themes/<slug:slug>/",
        minority_views.edit_minority_view,
        name="write-minority-view",
    ),
    path("manage/minority-views/<int:pk>/stop/", minority_views.stop_minority_view, name="stop-minority-view"),
    *minority_views.PAGES.build_urls("manage/minority-views/<int:pk>/"),
    path("manage/summaries/<int:pk>/", summaries.edit_summary, name="write-summary"),
    path("manage/summaries/<int:pk>/sign/", summaries.save_signature, name="sign-summary"),
    path("representation/", representation.show_representation_overview, name="representation"),
    path("representation/<slug:slug>/", representation.show_representation, name="representation-of"),
    path("representation/<slug:slug>/reach.csv", representation.download_representation, name="representation-sheet"),
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
    *results.PAGES.build_urls("manage/results/<int:pk>/"),
    path("coding/<slug:slug>/sample/", confirmation.edit_confirmation_sample, name="confirmation-sample"),
    path("coding/", include("insights.coding.desk.urls")),
    path("agreement/", include(agreement.urlpatterns)),
    path("discovery/", include("insights.coding.discovery.urls")),
    path("codebooks/", include("insights.coding.codebooks.urls")),
    path("manage/member-checks/", checks.show_member_checks, name="member-checks"),
    path("manage/member-checks/of/<int:release>/<slug:slug>/", checks.begin_member_check, name="begin-member-check"),
    path("manage/member-checks/<int:pk>/", checks.edit_member_check, name="write-member-check"),
    *checks.PAGES.build_urls("manage/member-checks/<int:pk>/"),
    path("outcomes/", outcomes.show_outcomes, name="outcomes"),
    path("outcomes/of/<slug:slug>/", outcomes.show_decision_outcomes, name="outcome"),
    path("outcomes/of/<slug:slug>/write/", outcomes.draft_outcome, name="begin-outcome"),
    path("outcomes/of/<slug:slug>/ask/", outcomes.draft_poll, name="ask-change"),
    path("outcomes/<int:pk>/", outcomes.edit_outcome, name="write-outcome"),
    path("outcomes/<int:pk>/cite/", outcomes.cite_evidence, name="cite-outcome"),
    *outcomes.OUTCOME_PAGES.build_urls("outcomes/<int:pk>/"),
    path("outcomes/evidence/<int:pk>/remove/", outcomes.remove_evidence, name="remove-outcome-evidence"),
    *outcomes.POLL_PAGES.build_urls("outcomes/polls/<int:pk>/"),
    path("releases/<int:pk>/figures.csv", exports.download_figures_csv, name="figures"),
    path("releases/<int:pk>/figures.csv-metadata.json", exports.download_csvw_metadata, name="figures-metadata"),
    path("releases/<int:pk>/figures.xlsx", exports.download_figures_workbook, name="figures-book"),
    path("releases/<int:pk>/release.json", exports.download_release_json, name="release-json"),
    path("releases/<int:pk>/report.pdf", pdf.download_report, {"form": "pdf"}, name="report-pdf"),
    path("releases/<int:pk>/report.docx", pdf.download_report, {"form": "docx"}, name="report-docx"),
    path("data-dictionary/", exports.show_data_dictionary, name="dictionary"),
    path("data-dictionary/dictionary.csv", exports.download_data_dictionary, name="dictionary-sheet"),
    path("assessment/<slug:quarter>/assessment.pdf", pdf.download_assessment, {"form": "pdf"}, name="assessment-pdf"),
    path(
        "assessment/<slug:quarter>/assessment.docx", pdf.download_assessment, {"form": "docx"}, name="assessment-docx"
    ),
    *search,
    path("compare/", comparing.show_comparison, name="compare"),
    path("places/", places.show_places, name="places"),
    path("places/places.csv", places.download_places_sheet, name="places-sheet"),
    path("places/<int:pk>/places.pdf", places.download_places_paper, name="places-paper"),
    path("briefings/<slug:slug>/", briefings.show_briefing, name="briefing"),
    path("briefings/<slug:slug>/sheet.pdf", briefings.download_briefing, name="briefing-sheet"),
    path("said-together/", comparing.show_said_together, name="said-together"),
    path("saved/", saved.show_saved, name="saved"),
    path("saved/keep/", saved.save_page, name="save-page"),
    path("saved/pages/<int:pk>/", saved.edit_saved_page, name="saved-page"),
    path("saved/pages/<int:pk>/remove/", saved.remove_saved_page, name="remove-saved-page"),
    path("saved/notes/of/<int:release>/", saved.write_note, name="write-note"),
    path("saved/notes/of/<int:release>/<slug:theme>/", saved.write_note, name="write-theme-note"),
    path("saved/notes/<int:pk>/", saved.edit_note, name="note"),
    path("saved/notes/<int:pk>/remove/", saved.remove_note, name="remove-note"),
    path("models/", learning.show_models, name="models"),
    path("models/of/<slug:slug>/ask/", learning.save_model_request, name="ask-model"),
    path("models/<int:pk>/", learning.show_model, name="model"),
    path("models/<int:pk>/use/", learning.save_model_in_use, name="use-model"),
]
