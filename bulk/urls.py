from django.urls import path

from bulk.views import exports

app_name = "bulk"

urlpatterns = [
    path("export/<slug:listing>.<slug:format>", exports.export_listing, name="export_listing"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/<uuid:pk>/", exports.export_page, name="export_page"),
    path("exports/<uuid:pk>/file/", exports.export_file, name="export_file"),
]
