"""The language comes from a respondent page's address; staff pages have none, and a 404 there stays a 404."""

from django.middleware.locale import LocaleMiddleware


class RespondentLocaleMiddleware(LocaleMiddleware):
    def process_response(self, request, response):
        if not request.for_respondents:
            return response
        return super().process_response(request, response)
