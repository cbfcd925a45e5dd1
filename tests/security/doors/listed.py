"""
The list of every door, and what a guest with few rights meets there.

seen    data of the workspace, cut to what the guest may see
own     only what is the caller's own
words   the configuration, as far as the guest may know it
closed  only for those who hold a power the guest lacks
public  nothing of a workspace, for anybody
"""

from collections.abc import Mapping
from typing import Literal

Case = Literal["seen", "own", "words", "closed", "public"]

HTTP = """
seen    GET /api/v1/records/{object}
seen    POST /api/v1/records/{object}
seen    PATCH /api/v1/records/{object}
seen    POST /api/v1/records/{object}/query
seen    POST /api/v1/records/{object}/groups
seen    POST /api/v1/records/{object}/delete
closed  POST /api/v1/records/{object}/restore
seen    POST /api/v1/records/{object}/check
seen    POST /api/v1/records/{object}/upsert
seen    GET /api/v1/records/{object}/{id}
seen    PATCH /api/v1/records/{object}/{id}
seen    DELETE /api/v1/records/{object}/{id}
seen    GET /api/v1/records/{object}/{id}/history
seen    GET /api/v1/records/{object}/{id}/timeline
seen    GET /api/v1/records/{object}/{id}/related/{relation}
seen    POST /api/v1/records/{object}/{id}/reveal
closed  POST /api/v1/records/{object}/{id}/restore
seen    GET /api/v1/records/{object}/{id}/team
seen    POST /api/v1/records/{object}/{id}/team
seen    DELETE /api/v1/records/{object}/{id}/team/{user}
seen    GET /api/v1/records/{object}/{id}/shares
seen    POST /api/v1/records/{object}/{id}/shares
seen    DELETE /api/v1/records/{object}/{id}/shares/{share}
seen    POST /api/v1/records/{object}/share
seen    POST /api/v1/records/{object}/transfer
seen    POST /api/v1/parse
seen    GET /api/v1/quality/{object}
seen    GET /api/v1/views
seen    POST /api/v1/views
seen    GET /api/v1/views/{id}
seen    PATCH /api/v1/views/{id}
seen    DELETE /api/v1/views/{id}
seen    GET /api/v1/views/{id}/shares
seen    POST /api/v1/views/{id}/shares
seen    DELETE /api/v1/views/{id}/shares/{share}
seen    GET /api/v1/users
closed  POST /api/v1/users
seen    GET /api/v1/users/{id}
closed  PATCH /api/v1/users/{id}
closed  POST /api/v1/users/import
closed  GET /api/v1/users/import/template.xlsx
closed  GET /api/v1/users/{id}/sessions
closed  DELETE /api/v1/users/{id}/sessions
closed  DELETE /api/v1/users/{id}/sessions/{session}
own     GET /api/v1/users/{id}/grants
closed  PUT /api/v1/users/{id}/grants/{object}
closed  DELETE /api/v1/users/{id}/grants/{object}
closed  GET /api/v1/users/{id}/second-factor
closed  DELETE /api/v1/users/{id}/second-factor
closed  GET /api/v1/users/{id}/handover
closed  POST /api/v1/users/{id}/handover
closed  POST /api/v1/users/{id}/handover/preview
closed  GET /api/v1/handovers
closed  GET /api/v1/handovers/{id}
closed  GET /api/v1/handovers/{id}/exceptions
closed  POST /api/v1/handovers/{id}/undo
own     GET /api/v1/sweeps
own     GET /api/v1/sweeps/{id}
own     GET /api/v1/sweeps/{id}/refusals
own     POST /api/v1/sweeps/{id}/cancel
own     POST /api/v1/sweeps/{id}/undo
closed  POST /api/v1/standardize/{object}/runs
closed  GET /api/v1/standardize/runs
closed  GET /api/v1/standardize/runs/{id}
closed  POST /api/v1/standardize/runs/{id}/start
closed  POST /api/v1/standardize/runs/{id}/undo
seen    GET /api/v1/roles
seen    GET /api/v1/departments
closed  POST /api/v1/departments
seen    GET /api/v1/departments/{id}
closed  PATCH /api/v1/departments/{id}
closed  DELETE /api/v1/departments/{id}
own     GET /api/v1/api-keys
own     POST /api/v1/api-keys
own     DELETE /api/v1/api-keys/{id}
own     GET /api/v1/notifications
own     POST /api/v1/notifications/read
own     GET /api/v1/notifications/settings
own     PUT /api/v1/notifications/settings
own     GET /api/v1/notifications/live
own     GET /api/v1/me
own     POST /api/v1/me/password
own     GET /api/v1/me/sessions
own     DELETE /api/v1/me/sessions
own     DELETE /api/v1/me/sessions/{id}
own     GET /api/v1/me/sign-ins
own     GET /api/v1/me/second-factor
own     POST /api/v1/me/second-factor/totp
own     POST /api/v1/me/second-factor/totp/confirm
own     DELETE /api/v1/me/second-factor/totp
own     POST /api/v1/me/second-factor/recovery-codes
own     GET /api/v1/me/passkeys
own     POST /api/v1/me/passkeys
own     POST /api/v1/me/passkeys/begin
own     PATCH /api/v1/me/passkeys/{id}
own     DELETE /api/v1/me/passkeys/{id}
own     GET /api/v1/me/providers
own     POST /api/v1/me/providers/{key}
own     DELETE /api/v1/me/providers/{key}
public  POST /api/v1/auth/login
public  POST /api/v1/auth/logout
public  GET /api/v1/auth/methods
public  GET /api/v1/auth/oidc/{key}
public  GET /api/v1/auth/oidc/{key}/callback
public  POST /api/v1/auth/passkey/begin
public  POST /api/v1/auth/passkey/finish
public  POST /api/v1/auth/second-factor
closed  GET /api/v1/secrets
closed  PUT /api/v1/secrets/{name}
closed  DELETE /api/v1/secrets/{name}
own     POST /api/v1/access/explain
seen    GET /api/v1/access/who-can
closed  GET /api/v1/access/compare
closed  POST /api/v1/access/view-as
own     DELETE /api/v1/access/view-as
closed  POST /api/v1/config/plan
closed  POST /api/v1/config/apply
closed  GET /api/v1/config/proposed/key
closed  GET /api/v1/config/export.yaml
closed  POST /api/v1/config/read
closed  GET /api/v1/config/schemas/{kind}
closed  GET /api/v1/config/{kind}
closed  GET /api/v1/config/{kind}/{key}
closed  PUT /api/v1/config/{kind}/{key}
closed  DELETE /api/v1/config/{kind}/{key}
closed  GET /api/v1/config/{kind}/{key}/versions
closed  POST /api/v1/config/{kind}/{key}/versions/{version}/restore
closed  GET /api/v1/apps
closed  POST /api/v1/apps/{key}/plan
closed  POST /api/v1/apps/{key}/install
closed  GET /api/v1/demo
closed  POST /api/v1/demo
closed  GET /api/v1/renewal
closed  GET /api/v1/forms/{key}/address
closed  PUT /api/v1/forms/{key}/address
closed  DELETE /api/v1/forms/{key}/address
public  GET /api/v1/public/{address}
public  POST /api/v1/public/{address}
public  POST /api/v1/public/{address}/with-files
closed  GET /api/v1/removed
closed  DELETE /api/v1/removed/{object}
own     POST /api/v1/imports
own     GET /api/v1/imports/{id}
own     PATCH /api/v1/imports/{id}
own     POST /api/v1/imports/{id}/start
own     GET /api/v1/imports/{id}/progress
own     GET /api/v1/imports/{id}/errors.xlsx
own     POST /api/v1/imports/{id}/dry-run
own     GET /api/v1/imports/{id}/dry-run
own     GET /api/v1/imports/{id}/dry-run/lines
own     POST /api/v1/imports/{id}/cancel
own     POST /api/v1/imports/{id}/undo
words   GET /api/v1/imports/template/{object}.xlsx
own     GET /api/v1/imports/{id}/review
own     POST /api/v1/imports/{id}/review
own     GET /api/v1/imports/{id}/undo
own     POST /api/v1/exports
own     GET /api/v1/exports
own     GET /api/v1/exports/{id}
own     GET /api/v1/exports/{id}/file
own     POST /api/v1/exports/{id}/cancel
closed  POST /api/v1/exports/{id}/approve
closed  POST /api/v1/exports/{id}/refuse
closed  GET /api/v1/exports/trace/{trace}
own     POST /api/v1/files
own     GET /api/v1/files/{id}
closed  GET /api/v1/enrichment
seen    GET /api/v1/enrichment/{object}
seen    POST /api/v1/enrichment/{object}
seen    POST /api/v1/enrichment/{object}/{id}
closed  GET /api/v1/identity/{object}/runs
closed  POST /api/v1/identity/{object}/runs
closed  GET /api/v1/identity/runs/{id}
closed  GET /api/v1/identity/runs/{id}/pairs
closed  GET /api/v1/identity/runs/{id}/clusters
closed  GET /api/v1/identity/{object}/review
closed  POST /api/v1/identity/review/{pair}
own     POST /api/v1/identity/cards/{card}/wishes
own     GET /api/v1/identity/wishes
own     POST /api/v1/identity/wishes/{id}/decision
closed  POST /api/v1/identity/runs/{id}/merge
closed  GET /api/v1/identity/runs/{id}/merge
closed  POST /api/v1/identity/runs/{id}/merge/undo
closed  POST /api/v1/records/{object}/{id}/merge
closed  POST /api/v1/records/{object}/{id}/merge/preview
seen    GET /api/v1/records/{object}/{id}/merges
seen    GET /api/v1/merges/{id}
closed  POST /api/v1/merges/{id}/undo
closed  GET /api/v1/logs/{log}
closed  GET /api/v1/logs/{log}/export
closed  GET /api/v1/logs/verify
words   GET /api/v1/openapi.json
words   GET /api/v1/objects
words   GET /api/v1/expressions/functions
seen    POST /api/v1/expressions/check
closed  GET /scim/v2/Groups
closed  POST /scim/v2/Groups
closed  GET /scim/v2/Groups/{key}
closed  PUT /scim/v2/Groups/{key}
closed  PATCH /scim/v2/Groups/{key}
closed  DELETE /scim/v2/Groups/{key}
closed  GET /scim/v2/ResourceTypes
closed  GET /scim/v2/ResourceTypes/{name}
closed  GET /scim/v2/Schemas
closed  GET /scim/v2/Schemas/{name}
closed  GET /scim/v2/ServiceProviderConfig
closed  GET /scim/v2/Users
closed  POST /scim/v2/Users
closed  POST /scim/v2/Users/.search
closed  GET /scim/v2/Users/{id}
closed  PUT /scim/v2/Users/{id}
closed  PATCH /scim/v2/Users/{id}
closed  DELETE /scim/v2/Users/{id}
closed  GET /scim/v2/{path:path}
closed  POST /scim/v2/{path:path}
closed  PUT /scim/v2/{path:path}
closed  PATCH /scim/v2/{path:path}
closed  DELETE /scim/v2/{path:path}
public  GET /
public  GET /sign-in
public  GET /desk
public  GET /desk/{path:path}
public  GET /workshop
public  GET /workshop/{path:path}
public  GET /me
public  GET /me/{path:path}
public  GET /f/{path:path}
public  GET /assets/{name}
public  GET /loose/{name}
public  GET /api/docs
public  GET /api/docs/docs.js
public  GET /api/docs/style.css
public  GET /healthz
public  GET /readyz
public  GET /metrics
"""

COMMANDS: Mapping[str, str] = {
    "apply": "closed",
    "audit": "closed",
    "demo": "closed",
    "doctor": "closed",
    "export": "tests/integration/export/test_files.py::test_only_who_audits_traces",
    "import": "tests/integration/intake/test_permissions.py",
    "key": "closed",
    "plan": "closed",
    "query": "tests/security/doors/test_every_door.py::test_the_command_line_sees_no_more",
    "serve": "closed",
    "user": "closed",
    "worker": "closed",
}
"""
The case of each command that acts on somebody's behalf; `closed` are those for whoever holds the
machine, who can read its disk anyway.
"""

JOBS: Mapping[str, str] = {
    "demo": "tests/integration/http/test_apps.py::test_only_who_runs_the_place",
    "export": "tests/security/doors/test_every_door.py::test_a_file_holds_no_more",
    "export.expire": "",
    "files.orphans": "",
    "handover": "tests/integration/handover",
    "handover.undo": "tests/integration/handover",
    "identity": "tests/integration/identity",
    "import": "tests/integration/intake/test_permissions.py",
    "indexes.restore": "",
    "logs.clear": "",
    "import.dry-run": "tests/integration/ingest/test_rehearsal.py",
    "import.forget": "",
    "import.undo": "tests/integration/ingest/test_undo.py",
    "merge": "tests/integration/merge/test_many.py",
    "merge.undo": "tests/integration/merge/test_many.py",
    "logs.seal": "",
    "notifications.due": "tests/integration/notifications/test_due.py",
    "notifications.forget": "",
    "renewal": "tests/integration/renewal/test_renewals.py::test_only_who_configures_sees_it",
    "quality.daily": "",
    "shares.clean": "",
    "standardize": "tests/integration/http/test_standardizing.py",
    "sweep": "tests/integration/sweep/test_meanwhile.py",
    "sweep.undo": "tests/integration/sweep/test_sweeps.py",
    "sweeps.forget": "",
}
"""The case of each job that works on somebody's behalf; the empty ones only tidy up."""


def doors() -> dict[str, Case]:
    """Give the case of every route."""
    lines = [line.split(maxsplit=1) for line in HTTP.strip().splitlines()]
    return {door: case for case, door in lines}  # type: ignore[misc] # as they are written above
