"""The read-only API of published releases. It shows nothing that a release's own page would not show to partners."""

import hashlib
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError, ValidationError

from cms.api import shapes
from cms.api.asking import Token
from cms.api.models import Scope
from cms.api.problems import TYPE, WORDS, Problem, problem
from insights.exports import dictionary, document
from insights.exports.figures import OF_THEMES
from insights.reports.models import Release

ABOUT = """Published releases of consultations, after disclosure control. Everything is read with GET.

A number is hidden so that nobody can be picked out: it is small, or would let someone work out a small one. Hidden does not
mean none. How small, and how other numbers are rounded, each release says in its `rules` and, in words, in its `hidden`.

A release never changes. Its quotes may go: whoever said the words can take them back, so ask again and send the ETag as
If-None-Match. A token belongs to one program of one agency, and works only while the information-sharing agreement with
that agency is in date. How often a program asked on a day is counted; what it asked for is not kept."""
ERRORS = (400, 401, 403, 404, 429, 503)


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        """Adds the problem+json errors to every operation. OpenAPI 3.1 forbids a name in a bearer scheme."""
        schema = super().get_openapi_schema(**options)
        for scheme in schema["components"]["securitySchemes"].values():
            scheme.pop("name", None)
        said = {"content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        schema["components"]["schemas"]["Problem"] = shapes.Problem.model_json_schema()
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"] |= {str(n): {"description": WORDS[n], **said} for n in ERRORS}
                operation["responses"]["304"] = {"description": "As you have it."}
        return schema


api = Api(
    title="Voice: released consultations",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
)


@api.exception_handler(Problem)
def _refused(request: Any, error: Problem) -> Any:
    return problem(error.status, error.detail, error.headers)


@api.exception_handler(AuthenticationError)
def _no_token(request: Any, error: AuthenticationError) -> Any:
    return problem(401, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(ValidationError)
def _wrong_parameter(request: Any, error: ValidationError) -> Any:
    names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    return problem(400, f"Look at: {names}. “page” is 1 or more, “size” is 1 to 100.")


@api.exception_handler(Http404)
def _not_there(request: Any, error: Http404) -> Any:
    return problem(404)


def conditional(view: Any) -> Any:
    """Decorator: adds an ETag and answers 304 to clients that have the current version."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["X-Shared-With"] = _mark(request.auth)
        return get_conditional_response(request, etag=etag, response=response)

    return asked


def _mark(client: Any) -> str:
    """Agency and day, as on partners' pages. In a header, because a release's document must not change."""
    agency = client.agency.encode("ascii", "replace").decode()
    return f"{agency}, {timezone.localdate().isoformat()}"


def _release(pk: int) -> Release:
    return get_object_or_404(_published(), pk=pk)


def _published() -> Any:
    return Release.objects.published().select_related("consultation", "codebook_version__codebook")


@api.get("/releases", auth=Token(Scope.RELEASES), response=shapes.Releases, summary="Published releases, newest first")
@decorate_view(conditional)
def releases(
    request: Any,
    page: int = Query(1, ge=1),
    size: int = Query(20, ge=1, le=100),
    consultation: str = Query("", description="The code of a consultation"),
) -> dict[str, Any]:
    found = _published().order_by("-published_on", "-pk")
    if consultation:
        found = found.filter(consultation__slug=consultation.replace("\0", ""))
    pages = Paginator(found, size)
    if page > pages.num_pages:
        raise Problem(404, f"There are {pages.num_pages} pages.")
    here = pages.page(page)
    return {
        "items": [document.summary_of(release) for release in here],
        "page": page,
        "pages": pages.num_pages,
        "total": pages.count,
        "next": _address(request, page + 1) if here.has_next() else None,
        "previous": _address(request, page - 1) if here.has_previous() else None,
    }


def _address(request: Any, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"{request.path}?{asked.urlencode()}"


@api.get("/releases/{pk}", auth=Token(Scope.RELEASES), response=shapes.Release, summary="One release")
@decorate_view(conditional)
def release(request: Any, pk: int) -> dict[str, Any]:
    return document.summary_of(_release(pk))


@api.get("/releases/{pk}/figures", auth=Token(Scope.RELEASES), response=list[shapes.Figure], summary="Its figures")
@decorate_view(conditional)
def figures(request: Any, pk: int) -> list[dict[str, Any]]:
    """Figures about themes need the themes scope."""
    found = document.figures_of(_release(pk))
    if Scope.THEMES in request.auth.scopes:
        return found
    return [figure for figure in found if figure["kind"] not in OF_THEMES]


@api.get("/releases/{pk}/themes", auth=Token(Scope.THEMES), response=list[shapes.Theme], summary="Its themes")
@decorate_view(conditional)
def themes(request: Any, pk: int) -> list[dict[str, Any]]:
    return document.themes_of(_release(pk))


@api.get(
    "/releases/{pk}/quotes",
    auth=Token(Scope.QUOTES),
    response=list[shapes.Quote],
    summary="Its quotes that two people approved for everyone",
)
@decorate_view(conditional)
def quotes(request: Any, pk: int) -> list[dict[str, Any]]:
    return document.public_quotes_of(_release(pk))


@api.get("/dictionary", auth=Token(Scope.RELEASES), response=list[shapes.Code], summary="Columns and codes")
@decorate_view(conditional)
def codes(request: Any) -> list[dict[str, str]]:
    names = ("list", "code", "words", "more")
    return [dict(zip(names, row, strict=True)) for row in dictionary.rows()]
