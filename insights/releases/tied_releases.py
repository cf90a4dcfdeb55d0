"""What everyone reads may not rest on a release that is for one agency alone."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from consultation.domain.signal_values import collect_return_values
from insights.releases.models import Release
from insights.releases.withheld_releases import tied_releases_asked

FOR_ONE_AGENCY = "Release {} is for one agency alone. Nothing public may rest on it."


def lock_releases(releases: Iterable[int]) -> None:
    """One publishes what rests on a release, another ties it to an agency: the second finds what the first did."""
    list(Release.objects.select_for_update(no_key=True).filter(pk__in=releases).order_by("pk").values_list("pk"))


def refuse_tied_releases(releases: Iterable[int]) -> None:
    """Raises ValidationError where one of them is for one agency alone. Until the transaction ends none is tied."""
    wanted = set(releases)
    lock_releases(wanted)
    if tied := set().union(*collect_return_values(tied_releases_asked)) & wanted:
        raise ValidationError(FOR_ONE_AGENCY.format(", ".join(map(str, sorted(tied)))))
