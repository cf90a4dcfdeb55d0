from django.urls import path

from cms.operations.service_state.views import show_service_state

app_name = "service-state"
urlpatterns = [path("", show_service_state, name="show")]
