from django.urls import path

from insights.decisions.tracing import views

urlpatterns = [path("trace/<slug:kind>/<path:key>/", views.show_trace, name="trace")]
