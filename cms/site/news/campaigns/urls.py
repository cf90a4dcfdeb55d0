from django.urls import path

from cms.site.news.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.show_campaigns, name="list"),
    path("campaigns.csv", views.download_campaigns, name="sheet"),
    path("<int:pk>/", views.show_campaign, name="campaign"),
    path("<int:pk>/square.svg", views.download_campaign_square, {"ending": "svg"}, name="svg"),
    path("<int:pk>/square.png", views.download_campaign_square, {"ending": "png"}, name="png"),
]
