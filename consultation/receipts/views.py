"""Showing four words, and what became of the answers behind them. Every page is the answer to a POST."""

from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from consultation.receipts.actions import issue
from consultation.receipts.offer import taken_up
from consultation.respondents.documents import page
from consultation.respondents.errors import not_found
from consultation.respondents.origin import respondent_view
from consultation.responses.models import Response
from consultation.words.context import public


@respondent_view
@require_POST
def show_words(request):
    """Four words for the answers that were just sent; a reload shows the same ones."""
    reference = taken_up(request.POST.get("reference", ""))
    response = reference and Response.objects.filter(pk=reference[0], withdrawn=False).first()
    if not response:
        return not_found(request)
    words = issue(response=response, seed=reference[1])
    return page(request, render_to_string("consultation/receipts/words.html", {**public(request), "words": words}))
