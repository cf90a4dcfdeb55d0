from django.urls import path

from insights.decisions.provenance import views

urlpatterns = [path("decisions/<slug:slug>/take/<slug:form>/", views.download_trace, name="take-decision")]
