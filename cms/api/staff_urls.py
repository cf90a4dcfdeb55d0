"""Pages of API tokens, among those of staff accounts (cms.urls)."""

from django.urls import path

from cms.api import api_client_views

urlpatterns = [
    path("programs/", api_client_views.edit_api_clients, name="programs"),
    path("programs/<int:pk>/confirm/", api_client_views.save_api_client_confirmation, name="confirm-program"),
    path("programs/<int:pk>/revoke/", api_client_views.save_api_client_revocation, name="revoke-program"),
]
