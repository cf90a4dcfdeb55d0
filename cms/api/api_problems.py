"""API errors as "Problem Details" (RFC 9457) in plain words, and the middleware that removes cookies."""

from http import HTTPStatus

from django.http import JsonResponse

ROOT = "/api/"
TYPE = "application/problem+json"
PROBLEM_DETAILS = {
    400: "The request could not be understood. Look at the parameters.",
    401: "Send a token: “Authorization: Bearer …”. An administrator makes one for a program, and another confirms it.",
    403: "This token does not reach that.",
    404: "There is nothing at this address, or it is not published.",
    405: "Everything here is read with GET, and nothing can be changed.",
    429: "Too many requests in a minute. Wait, and ask again.",
    503: "It cannot be written down that you asked, so nothing is answered. Ask again in a minute.",
    500: "Something broke here. That is our fault. Ask again later.",
}


class ApiProblem(Exception):
    def __init__(self, status, detail="", **headers):
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def build_problem_response(status, detail="", headers=None):
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    said["detail"] = detail or PROBLEM_DETAILS.get(status, PROBLEM_DETAILS[400])
    return JsonResponse(said, status=status, content_type=TYPE, headers=headers or {})


class ApiMiddleware:
    """Outermost middleware: turns errors from outside the API views (404, 405, 500) into problem documents and removes
    all cookies.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path_info.startswith(ROOT):
            return response
        if response.status_code >= 400 and response["Content-Type"] != TYPE:
            allow = {"Allow": "GET"} if response.status_code == 405 else None
            response = build_problem_response(response.status_code, headers=allow)
        response.cookies.clear()
        del response["Vary"]
        response["Cache-Control"] = "private, no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response
