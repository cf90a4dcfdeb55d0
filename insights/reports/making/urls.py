"""Pages under /insights/manage/releases/."""

from django.urls import path

from insights.reports.making import views

urlpatterns = [
    path("<slug:slug>/make/", views.make, name="make-release"),
    path("orders/<int:pk>/agree/", views.agree, name="agree-to-rules"),
    path("orders/<int:pk>/take-back/", views.take_back, name="take-back-order"),
]
