"""Files as answers."""

from typing import IO

from django.http import FileResponse

from bulk.writing import MEDIA_TYPES


def file_response(file: IO[bytes], name: str) -> FileResponse:
    """The file under its name, which says its type; kept by nobody on the way."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response
