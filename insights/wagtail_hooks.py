"""Offers the codebooks to the consultation editor."""

from wagtail import hooks

from insights.coding.models import Codebook


@hooks.register("consultation_codebooks")
def list_codebooks():
    return list(Codebook.objects.order_by("name", "pk").values_list("slug", "name"))
