from django.urls import path

from cms.staff.guides import views

app_name = "guides"
urlpatterns = [path("", views.show_guides, name="list"), path("<slug:role>/", views.show_guide, name="one")]
