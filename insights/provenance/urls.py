from django.urls import path

from insights.provenance import views

urlpatterns = [path("decisions/<slug:slug>/take/<slug:form>/", views.take, name="take-decision")]
