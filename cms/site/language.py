"""Locale middleware for respondent pages; staff pages have no language prefix, so a 404 there stays a 404."""

from django.middleware.locale import LocaleMiddleware


class RespondentLocaleMiddleware(LocaleMiddleware):
    def process_response(self, request, response):
        if not request.for_respondents:
            return response
        return super().process_response(request, response)
