"""The read-only API of published releases and decisions. It shows nothing that their own pages would not show to
partners."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError, ValidationError

from cms.accounts.agreements import AgreedRelease
from cms.api import api_schemas
from cms.api.api_authentication import ApiTokenAuth
from cms.api.api_documentation import SCOPE, describe_api
from cms.api.api_problems import PROBLEM_DETAILS, TYPE, ApiProblem, build_problem_response
from cms.api.models import Scope
from insights.decisions.models import Decision
from insights.decisions.outcomes.models import OutcomeUpdate
from insights.exports import data_dictionary, decision_document, release_document
from insights.exports.figures_sheet import OF_THEMES
from insights.releases.models import Release
from insights.releases.withheld_releases import withhold_releases

ABOUT = """Published releases of consultations, after disclosure control, published decisions, and what was heard of each
point of the strategy. Everything is read with GET.

A number is hidden so that nobody can be picked out; `instead` has the words that the pages show in its place. Hidden does
not mean none. How other numbers are changed or rounded, each release says in its `rules` and, in words, in its `hidden`.

A release never changes. Its quotes may go: whoever said the words can take them back, so ask again and send the ETag as
If-None-Match. A decision changes as its page does; its figures are those that were seen when they were cited.

A token belongs to one program of one agency. It works once a second administrator has confirmed it, and only while the
information-sharing agreement with that agency is in date. How often a program asked on a day is counted; what it asked
for is not kept."""
CODE = "^[-a-zA-Z0-9_]*$"
ERRORS = (400, 401, 403, 404, 429, 503)


class ReleasesApi(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        """Adds the problem+json errors to every operation. OpenAPI 3.1 forbids a name in a bearer scheme."""
        schema = super().get_openapi_schema(**options)
        for scheme in schema["components"]["securitySchemes"].values():
            scheme.pop("name", None)
        said = {"content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        schema["components"]["schemas"]["Problem"] = api_schemas.ProblemSchema.model_json_schema()
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"] |= {str(n): {"description": PROBLEM_DETAILS[n], **said} for n in ERRORS}
                operation["responses"]["304"] = {"description": "As you have it."}
        return schema


api = ReleasesApi(
    title="Voice: released consultations", version="1.1.0", description=ABOUT, urls_namespace="api-v1", docs_url=None
)


@require_safe
def show_documentation(request: Any) -> Any:
    """The OpenAPI document as a page that people read, for everyone as the document is."""
    return render(request, "cms/api/documentation.html", {"about": describe_api(api.get_openapi_schema())})


@api.exception_handler(ApiProblem)
def _answer_api_problem(request: Any, error: ApiProblem) -> Any:
    return build_problem_response(error.status, error.detail, error.headers)


@api.exception_handler(AuthenticationError)
def _answer_missing_token(request: Any, error: AuthenticationError) -> Any:
    return build_problem_response(401, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(ValidationError)
def _answer_wrong_parameter(request: Any, error: ValidationError) -> Any:
    names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    return build_problem_response(
        400, f"Look at: {names}. “page” is 1 or more, “size” is 1 to 100; a code has letters, digits and dashes."
    )


@api.exception_handler(Http404)
def _answer_not_found(request: Any, error: Http404) -> Any:
    return build_problem_response(404)


def answer_conditionally(view: Any) -> Any:
    """Decorator: adds an ETag and answers 304 to clients that have the current version."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        # Agency and day, as on partners' pages. In a header, because a release's document must not change.
        agency = request.auth.agency.name.encode("ascii", "replace").decode()
        response["X-Shared-With"] = f"{agency}, {timezone.localdate().isoformat()}"
        return get_conditional_response(request, etag=etag, response=response)

    return asked


def answer_get(path: str, scope: Scope, response: Any, summary: str) -> Callable[[Any], Any]:
    """Decorator: the view answers GET at this path, to tokens with this scope."""
    route = api.get(
        path, auth=ApiTokenAuth(scope), response=response, summary=summary, openapi_extra={SCOPE: scope.value}
    )
    return lambda view: route(decorate_view(answer_conditionally)(view))


def _build_page(request: Any, found: Any, page: int, size: int, build: Callable[[Any], Any]) -> dict[str, Any]:
    pages = Paginator(found, size)
    if page > pages.num_pages:
        raise ApiProblem(404, f"There are {pages.num_pages} pages.")
    here = pages.page(page)
    return {
        "items": [build(one) for one in here],
        "page": page,
        "pages": pages.num_pages,
        "total": pages.count,
        "next": _build_page_address(request, page + 1) if here.has_next() else None,
        "previous": _build_page_address(request, page - 1) if here.has_previous() else None,
    }


def _get_published_release(request: Any, pk: int) -> Release:
    return get_object_or_404(_published_releases(request), pk=pk)


def _published_releases(request: Any) -> Any:
    """Those that the agency of this program may see."""
    found = Release.objects.published().exclude(pk__in=AgreedRelease.objects.withheld_from(request.auth.agency))
    return found.select_related("consultation", "codebook_version__codebook")


@answer_get("/releases", Scope.RELEASES, api_schemas.ReleasePageSchema, "Published releases, newest first")
def list_releases(
    request: Any,
    page: int = Query(1, ge=1),
    size: int = Query(20, ge=1, le=100),
    consultation: str = Query("", description="The code of a consultation", pattern=CODE),
) -> dict[str, Any]:
    found = _published_releases(request).order_by("-published_on", "-pk")
    if consultation:
        found = found.filter(consultation__slug=consultation)
    return _build_page(request, found, page, size, release_document.build_release_summary)


def _build_page_address(request: Any, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"{request.path}?{asked.urlencode()}"


@answer_get("/releases/{pk}", Scope.RELEASES, api_schemas.LoggedReleaseSchema, "One release")
def show_release(request: Any, pk: int) -> dict[str, Any]:
    found = _get_published_release(request, pk)
    log = release_document.build_log_document(found)
    return release_document.build_release_summary(found) | {"disclosure_log": log}


@answer_get("/releases/{pk}/figures", Scope.RELEASES, list[api_schemas.FigureSchema], "Its figures")
def list_figures(request: Any, pk: int) -> list[dict[str, Any]]:
    """Figures about themes need the themes scope."""
    found = release_document.build_figure_documents(_get_published_release(request, pk))
    if Scope.THEMES in request.auth.scopes:
        return found
    return [figure for figure in found if figure["kind"] not in OF_THEMES]


@answer_get("/releases/{pk}/themes", Scope.THEMES, list[api_schemas.ThemeSchema], "Its themes")
def list_themes(request: Any, pk: int) -> list[dict[str, Any]]:
    return release_document.build_theme_documents(_get_published_release(request, pk))


@answer_get(
    "/releases/{pk}/quotes",
    Scope.QUOTES,
    list[api_schemas.QuoteSchema],
    "Its quotes that two people approved for everyone",
)
def list_quotes(request: Any, pk: int) -> list[dict[str, Any]]:
    return release_document.build_public_quotes(_get_published_release(request, pk))


@answer_get("/dictionary", Scope.RELEASES, list[api_schemas.CodeSchema], "Columns and codes")
def list_codes(request: Any) -> list[dict[str, str]]:
    names = ("list", "code", "words", "more")
    return [dict(zip(names, row, strict=True)) for row in data_dictionary.iterate_dictionary_rows()]


def _published_decisions() -> Any:
    """Nothing public rests on a release that is for one agency alone, so every program sees the same decisions."""
    return Decision.objects.published().prefetch_related("consultations", "followed_by")


@answer_get("/decisions", Scope.DECISIONS, api_schemas.DecisionPageSchema, "Published decisions, newest first")
def list_decisions(
    request: Any,
    page: int = Query(1, ge=1),
    size: int = Query(20, ge=1, le=100),
    consultation: str = Query("", description="The code of a consultation", pattern=CODE),
) -> dict[str, Any]:
    found = _published_decisions().order_by("-published_on", "-pk")
    if consultation:
        found = found.filter(consultations__slug=consultation)
    return _build_page(request, found, page, size, decision_document.build_decision_summary)


@answer_get("/decisions/{slug:code}", Scope.DECISIONS, api_schemas.DecisionWithEvidenceSchema, "One decision")
def show_decision(request: Any, code: str) -> dict[str, Any]:
    """Its evidence about themes needs the themes scope."""
    found = get_object_or_404(_published_decisions(), slug=code)
    return decision_document.build_decision_document(found, with_themes=Scope.THEMES in request.auth.scopes)


@answer_get("/outcomes", Scope.DECISIONS, list[api_schemas.OutcomeSchema], "What came of decisions, newest first")
def list_outcomes(
    request: Any, decision: str = Query("", description="The code of a decision", pattern=CODE)
) -> list[dict[str, Any]]:
    """Evidence about themes needs the themes scope."""
    found = OutcomeUpdate.objects.published().select_related("decision").prefetch_related("evidence__theme")
    if decision:
        found = found.filter(decision__slug=decision)
    themes = Scope.THEMES in request.auth.scopes
    return [decision_document.build_outcome_document(one, with_themes=themes) for one in found]


@answer_get("/coverage", Scope.COVERAGE, api_schemas.CoverageSchema, "What was heard of each point of the strategy")
def show_coverage(request: Any) -> dict[str, Any]:
    with withhold_releases(AgreedRelease.objects.withheld_from(request.auth.agency)):
        return decision_document.build_coverage_document(timezone.localdate())
