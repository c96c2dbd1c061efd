from django.urls import path

from bulk.views import exports, import_files, imports

app_name = "bulk"

urlpatterns = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/template/<slug:kind>.<slug:format>", import_files.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_page, name="import_page"),
    path("imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/problems.<slug:format>", import_files.import_problems, name="import_problems"),
    path("imports/<int:pk>/file/", import_files.import_file, name="import_file"),
    path("export/<slug:listing>.<slug:format>", exports.export_listing, name="export_listing"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/<uuid:pk>/", exports.export_page, name="export_page"),
    path("exports/<uuid:pk>/file/", exports.export_file, name="export_file"),
]
