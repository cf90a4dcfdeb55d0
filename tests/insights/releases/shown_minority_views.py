"""A minority view as a report shows it, without the answers that it sums up."""

from insights.publishing.records import PublicationStatus
from insights.releases.minority_views.models import MinorityVoice


def show_minority_view(release, theme, words, writer, second):
    of = {"release": release, "theme": theme, "words": words, "made_by": writer, "made_on": release.made_on}
    public = {"status": PublicationStatus.PUBLISHED, "published_by": second, "published_on": release.made_on}
    return MinorityVoice.objects.create(**of, **public)
