"""What moves as files: imports, exports, and files as such."""

from zhike.doors.http.transfer import exports, files, imports, rehearsals, reviewing, undoing

ROUTES = (
    imports.ROUTES,
    rehearsals.ROUTES,
    undoing.ROUTES,
    reviewing.ROUTES,
    exports.ROUTES,
    files.ROUTES,
)

__all__ = ["ROUTES"]
