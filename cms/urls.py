"""All URLs of the site (other sites and printed papers link to them: keep them)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms.accounts import staff_account_urls
from cms.accounts.views import redirect_refused_by_wagtail
from cms.api import staff_urls
from cms.api.views import api, show_documentation
from cms.operations.metrics.views import show_metrics
from cms.operations.retention.views import show_retention_report
from cms.operations.service_state.views import show_service_state
from cms.site.feeds.atom_feeds import show_feed
from cms.site.feeds.views import show_robots_file, show_sitemap
from cms.site.hear_by_right.views import show_hear_by_right
from cms.site.news.campaigns.views import show_share_image
from cms.site.pages import commitment_pages, member_check_pages, results_pages
from cms.site.pages.decision_list_page import show_decision_list
from cms.site.pages.decision_page import show_decision
from cms.site.pages.receipt_page import ReceiptWithDecisionsView
from cms.site.reading_policy.views import show_reading_policy
from cms.site.search.views import show_search
from cms.staff.library import show_document, show_library_file
from cms.staff.partner_access.partner_views import edit_agreed_release, show_openings
from cms.staff.planner_digest.views import save_digest_choice
from cms.staff.task_list.views import show_task_list
from consultation.channels.web.survey_assets import serve_script, serve_stylesheet
from consultation.reading.copied_texts.views import show_copied_texts
from consultation.reading.response_times.views import show_figures
from consultation.reading.unredacted_access.views import show_original
from consultation.respondent_pages.language_picker import redirect_to_language
from consultation.safeguarding.duty_rota.views import edit_working_hours
from consultation.safeguarding.help.directory import show_help_page
from consultation.safeguarding.help.views import show_number_changes
from consultation.surveys.closing.views import show_survey_closing
from consultation.surveys.editor.views import compare_revisions
from consultation.surveys.frozen_file_views import serve_frozen_file
from consultation.surveys.participation_plan.views import show_how_we_listen
from consultation.surveys.translations.translator_file_views import redirect_editor_files, refuse_alias
from consultation.surveys.youth_panel.views import show_panel

urlpatterns = [
    path("", redirect_to_language),
    path("robots.txt", show_robots_file),
    path("sitemap.xml", show_sitemap),
    path("ledger/", include("cms.site.ledger_heads.urls")),
    path("go/", include("consultation.channels.short_links.urls")),
    path("staff/login/", redirect_refused_by_wagtail),
    path("staff/reading/<uuid:pk>/original/", show_original, name="original"),
    path("staff/reading/", include("consultation.reading.urls")),
    path("staff/allow-list/", include("consultation.reading.allow_list.urls")),
    path("staff/safeguarding/emergency/", include("consultation.emergency_access.urls")),
    path("staff/safeguarding/", include("consultation.safeguarding.urls")),
    path("staff/consultations/", include("cms.staff.consultation_home.urls")),
    path("staff/start/", include("consultation.surveys.starting_points.urls")),
    path("staff/closing/", show_survey_closing, name="close-survey"),
    path("staff/validation/", include("consultation.surveys.validation.urls")),
    path("staff/editor/", include("consultation.surveys.editor.urls")),
    re_path(
        r"^staff/pages/(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
        compare_revisions,
    ),
    path("staff/panel/", include("consultation.surveys.youth_panel.staff_urls")),
    path("staff/dates/", include("consultation.surveys.schedule.urls")),
    path("staff/notifications/digest/", save_digest_choice, name="digest"),
    path("staff/notifications/", include("consultation.notifications.urls")),
    path("staff/figures/", show_figures, name="figures"),
    path("staff/leave/", include("consultation.safeguarding.leave.urls")),
    path("staff/readers/", include("consultation.reading.staffing.urls")),
    path("staff/hours/", edit_working_hours, name="hours"),
    path("staff/help-numbers/", show_number_changes, name="help-numbers"),
    path("staff/audit/", include("cms.operations.audit_pages.urls")),
    path("staff/retention/", show_retention_report, name="retention"),
    path("staff/invitation-codes/", include("consultation.channels.invitation_codes.staff_urls")),
    path("staff/exchange/", include("consultation.surveys.exchange.urls")),
    path("staff/imports/", include("consultation.channels.imports.urls")),
    path("staff/paper/", include("consultation.channels.paper.urls")),
    path("staff/task-list/", show_task_list, name="task-list"),
    path("staff/guides/", include("cms.staff.guides.urls")),
    path("staff/launch/", include("cms.operations.launch.urls")),
    path("staff/running/", show_service_state, name="service-state"),
    path("staff/people/", include((staff_account_urls.urlpatterns + staff_urls.urlpatterns, "people"))),
    path("staff/copied-texts/", show_copied_texts, name="copied-texts"),
    path("staff/tablets/", include("consultation.channels.kiosk.staff_urls")),
    path("staff/campaigns/", include("cms.site.news.campaigns.urls")),
    path("share/<int:pk>.png", show_share_image, name="share-image"),
    path("staff/promotion/", include("consultation.channels.promotion.urls")),
    path("staff/short-links/", include("consultation.channels.short_links.staff_urls")),
    path("staff/sessions/", include("consultation.channels.group.urls")),
    path("staff/translations/", include("consultation.surveys.translations.urls")),
    path(
        "staff/localize/translate/<int:pk>/pofile/download/",
        redirect_editor_files,
        {"way": "download"},
        name="editors-download",
    ),
    path(
        "staff/localize/translate/<int:pk>/pofile/upload/",
        redirect_editor_files,
        {"way": "upload"},
        name="editors-upload",
    ),
    path("staff/localize/page/<int:pk>/convert_to_alias/", refuse_alias, name="no-alias"),
    path("staff/hear-by-right/", include("cms.site.hear_by_right.urls")),
    path("staff/languages/", include("consultation.interface_text.urls")),
    path("staff/", include(wagtailadmin_urls)),
    path(
        "insights/manage/results/<int:pk>/preview/<str:language>/",
        results_pages.preview_results,
        name="preview-results",
    ),
    path(
        "insights/manage/member-checks/<int:pk>/preview/<str:language>/",
        member_check_pages.preview_member_check,
        name="preview-member-check",
    ),
    path("insights/partners/", show_openings, name="partners"),
    path("insights/partners/releases/<int:pk>/", edit_agreed_release, name="agreed-release"),
    path("insights/", include("insights.urls")),
    path("api/v1/docs/", show_documentation, name="api-documentation"),
    path("api/v1/", api.urls),
    path("api/metrics", show_metrics),
    path("documents/<int:pk>/<path:name>", show_document, name="wagtaildocs_serve"),
    path("accounts/", include("cms.accounts.urls")),
    path("media/asked/<path:name>", serve_frozen_file, name="kept"),
    path("media/<path:path>", show_library_file, name="library"),
    path("look/<slug:digest>/<str:spec>.css", serve_stylesheet, name="survey-stylesheet"),
    path("look/<slug:digest>/survey.js", serve_script, name="survey-script"),
    *i18n_patterns(
        path("", include("consultation.channels.urls")),
        path("have-your-say/<slug:slug>/listening/", show_how_we_listen, name="participation-plan"),
        path("panel/", show_panel, name="youth-panel"),
        path("", include("consultation.receipts.urls")),
        path("help/", show_help_page, name="help"),
        path("have-your-say/<slug:slug>/results/", results_pages.show_results, name="results"),
        path(
            "have-your-say/<slug:slug>/results/paper/<slug:kind>/",
            results_pages.show_results_pdf,
            name="results-on-paper",
        ),
        path("have-your-say/<slug:slug>/right/<int:pk>/", member_check_pages.show_member_check, name="member-check"),
        path("receipt/", ReceiptWithDecisionsView.as_view(), name="receipt"),
        path("you-said-we-did/", show_decision_list, name="you-said-we-did"),
        path("you-said-we-did/<slug:slug>/", show_decision, name="decided"),
        path("pledges/", commitment_pages.show_pledges, name="pledges"),
        path("what-groups-do/", commitment_pages.show_offers, name="what-groups-do"),
        path("what-groups-do/tell-us/", commitment_pages.send_offer, name="send-offer"),
        path("search/", show_search, name="search"),
        path("how-we-read/", show_reading_policy, name="how-we-read"),
        path("hear-by-right/", show_hear_by_right, name="hear-by-right"),
        path("feeds/<slug:name>.xml", show_feed, name="feed"),
        # Wagtail's own login would bypass the second factor of /accounts/.
        path("_util/login/", RedirectView.as_view(pattern_name="account_login")),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "consultation.respondent_pages.error_pages.show_bad_request"
handler403 = "consultation.respondent_pages.error_pages.show_forbidden"
handler404 = "consultation.respondent_pages.error_pages.show_not_found"
handler500 = "consultation.respondent_pages.error_pages.show_server_error"
