"""The public page of how answers are read, what is left out of quotes, and why."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.site.pages.language_links import list_language_links
from consultation.domain.calendar_quarters import Quarter
from consultation.interface_text import get_text
from consultation.reading.response_times.read_figures import get_cached_read_share
from insights.quarter_counts.models import QuarterCounts, QuarterSubject

# Why words are counted and not quoted, each with its key in the counts; None: too few people have said it to count.
# What a reader passes on to keep a child safe is no reason: nobody may learn from this page that it happened.
REASONS = (("policy.out.no", "no"), ("policy.out.who", "who"), ("policy.out.hurt", "hurt"), ("policy.out.few", None))
LEAST = 10


@require_safe
def show_reading_policy(request):
    frozen = QuarterCounts.objects.filter(subject=QuarterSubject.LEFT_OUT).first()
    figures = frozen.figures if frozen else {}
    context = {
        "read_share": get_cached_read_share(),
        "quarter": Quarter.of(frozen.quarter) if figures else None,
        "changed_a_little": any(figures.get(key, {}).get("value") for _, key in REASONS),
        "reasons": [(word, figures.get(key)) for word, key in REASONS],
        "least": LEAST,
        "language_links": list_language_links("how-we-read/"),
        "social": {"title": get_text("policy.title"), "words": get_text("policy.lead")},
    }
    return render(request, "cms/site/reading_policy/reading_policy.html", context)
