"""Files of imports: what was sent, what is wrong with it, and empty tables to fill in."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from bulk import permissions
from bulk.blanks import blank_csv, blank_xlsx
from bulk.models import Import
from bulk.problems import table_of_problems
from bulk.writing import MEDIA_TYPES, lines_of, write_xlsx


@require_safe
@login_required
def import_template(request: SignedInRequest, kind: str, format: str) -> HttpResponseBase:
    """An empty table of the kind. For everybody: it holds nothing but the names of columns."""
    chosen = next((each for each in permissions.kinds_open_to(request.user) if each.name == kind), None)
    if chosen is None or format not in MEDIA_TYPES:
        raise Http404
    if format == "csv":
        return _download(StreamingHttpResponse(blank_csv(chosen)), f"{kind}.csv", format)
    return _download(HttpResponse(blank_xlsx(chosen)), f"{kind}.xlsx", format)


@require_safe
@login_required
def import_problems(request: SignedInRequest, pk: int, format: str) -> HttpResponseBase:
    """All problems of the import, however many."""
    found = get_object_or_404(Import.objects.visible_to(request.user).select_related("by"), pk=pk)
    if format not in MEDIA_TYPES:
        raise Http404
    table, filename = table_of_problems(found), f"import-{found.pk}-problems.{format}"
    if format == "csv":
        return _download(StreamingHttpResponse(lines_of(table)), filename, format)
    file = BytesIO()
    write_xlsx(table, file)
    return _download(HttpResponse(file.getvalue()), filename, format)


@require_safe
@login_required
def import_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file as it was sent."""
    found = get_object_or_404(Import.objects.visible_to(request.user).for_list(), pk=pk)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename)
    # Never shown in the page of the portal, whatever it holds.
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response


def _download(response: HttpResponseBase, filename: str, format: str) -> HttpResponseBase:
    response["Content-Type"] = MEDIA_TYPES[format]
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
