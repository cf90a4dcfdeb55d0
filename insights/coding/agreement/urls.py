"""Pages under /insights/agreement/."""

from django.urls import path

from insights.coding.agreement import views

urlpatterns = [
    path("", views.overview, name="agreement"),
    path("of/<slug:slug>/draw/", views.draw, name="draw-sample"),
    path("<int:pk>/", views.double_coding, name="double-coding"),
    path("<int:pk>/next/", views.next_text, name="next-in-sample"),
    path("<int:pk>/end/", views.end, name="end-double-coding"),
    path("answers/<int:pk>/", views.second, name="second-coding"),
    path("answers/<int:pk>/settle/", views.settle, name="settle"),
]
