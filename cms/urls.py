"""All URLs of the site (names to keep: see README)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.api.views import api
from cms.health import healthz, readyz
from cms.indexing.feeds import feed
from cms.indexing.views import robots, sitemap
from cms.library import library
from cms.pages import checks, results
from cms.pages.decided import decided
from cms.pages.receipt import Receipt
from cms.pages.you_said_list import you_said
from cms.partners.views import openings
from cms.search.views import search
from cms.standards.views import hear_by_right
from consultation.answering.look import look, look_script
from consultation.questionnaires.building.views import compare
from consultation.questionnaires.kept_views import kept
from consultation.questionnaires.stopping.views import stop
from consultation.questionnaires.translating.file_views import from_the_editor
from consultation.safeguarding.duty.views import hours_page

urlpatterns = [
    path("", RedirectView.as_view(url="/en/")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("ledger/", include("cms.ledger.urls")),
    path("go/", include("consultation.answering.links.urls")),
    path("staff/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("staff/reading/", include("consultation.reading.originals.urls")),
    path("staff/reading/", include("consultation.reading.urls")),
    path("staff/known-words/", include("consultation.reading.known.urls")),
    path("staff/safeguarding/emergency/", include("consultation.reading.emergency.urls")),
    path("staff/safeguarding/", include("consultation.safeguarding.urls")),
    path("staff/start/", include("cms.starting.urls")),
    path("staff/stop/", stop, name="stop"),
    path("staff/checks/", include("consultation.questionnaires.linting.urls")),
    path("staff/building/", include("consultation.questionnaires.building.urls")),
    re_path(
        r"^staff/pages/(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
        compare,
    ),
    path("staff/dates/", include("consultation.questionnaires.timing.urls")),
    path("staff/readers/", include("consultation.reading.staffing.urls")),
    path("staff/hours/", hours_page, name="hours"),
    path("staff/audit/", include("consultation.audit.urls")),
    path("staff/retention/", include("cms.retention.urls")),
    path("staff/codes/", include("consultation.answering.codes.staff_urls")),
    path("staff/questionnaires/", include("consultation.questionnaires.exchange.urls")),
    path("staff/imports/", include("consultation.answering.imports.urls")),
    path("staff/paper/", include("consultation.answering.paper.urls")),
    path("staff/due/", include("cms.due.urls")),
    path("staff/launch/", include("cms.launch.urls")),
    path("staff/people/", include("cms.accounts.people_urls")),
    path("staff/tablets/", include("consultation.answering.kiosk.staff_urls")),
    path("staff/get-it-out/", include("consultation.answering.outreach.urls")),
    path("staff/links/", include("consultation.answering.links.staff_urls")),
    path("staff/sessions/", include("consultation.answering.group.urls")),
    path("staff/translations/", include("consultation.questionnaires.translating.urls")),
    path(
        "staff/localize/translate/<int:pk>/pofile/download/",
        from_the_editor,
        {"way": "download"},
        name="editors-download",
    ),
    path(
        "staff/localize/translate/<int:pk>/pofile/upload/", from_the_editor, {"way": "upload"}, name="editors-upload"
    ),
    path("staff/hear-by-right/", include("cms.standards.urls")),
    path("staff/languages/", include("consultation.words.urls")),
    path("staff/", include(wagtailadmin_urls)),
    path("insights/manage/results/<int:pk>/preview/<str:language>/", results.preview, name="preview-results"),
    path("insights/manage/checks/<int:pk>/preview/<str:language>/", checks.preview, name="preview-check"),
    path("insights/partners/", openings, name="partners"),
    path("insights/", include("insights.workspace.urls")),
    path("api/v1/", api.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("cms.accounts.urls")),
    path("media/asked/<path:name>", kept, name="kept"),
    path("media/<path:path>", library, name="library"),
    path("look/<slug:digest>/<str:spec>.css", look, name="look"),
    path("look/<slug:digest>/survey.js", look_script, name="look-script"),
    *i18n_patterns(
        path("", include("consultation.answering.urls")),
        path("", include("consultation.questionnaires.listening.public_urls")),
        path("", include("consultation.receipts.urls")),
        path("", include("consultation.safeguarding.public_urls")),
        path("have-your-say/<slug:slug>/results/", results.results, name="results"),
        path("have-your-say/<slug:slug>/results/paper/<slug:kind>/", results.on_paper, name="results-on-paper"),
        path("have-your-say/<slug:slug>/right/<int:pk>/", checks.check, name="check"),
        path("receipt/", Receipt.as_view(), name="receipt"),
        path("you-said-we-did/", you_said, name="you-said-we-did"),
        path("you-said-we-did/<slug:slug>/", decided, name="decided"),
        path("search/", search, name="search"),
        path("hear-by-right/", hear_by_right, name="hear-by-right"),
        path("feeds/<slug:name>.xml", feed, name="feed"),
        # Wagtail's own login would bypass the second factor of /accounts/.
        path("_util/login/", RedirectView.as_view(pattern_name="account_login")),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "consultation.respondents.errors.bad_request"
handler403 = "consultation.respondents.errors.refused"
handler404 = "consultation.respondents.errors.not_found"
handler500 = "consultation.respondents.errors.broken"
