"""
What somebody may see, as a digest: whether it is still the same tells whether a file still fits.

Losing a role, a department or a subordinate, or a change of a role one holds, makes it another
one, and so does gaining: the file was written for somebody who saw something else.
"""

from hashlib import sha256

import orjson

from zhike.access import Policy


def standing(policy: Policy) -> str:
    """Give the digest."""
    viewer, roles = policy.viewer, policy.snapshot.roles
    told = {
        "roles": {key: roles[key].model_dump_json() for key in viewer.roles if key in roles},
        "departments": [str(one) for one in viewer.departments],
        "below": sorted(map(str, viewer.below)),
        "subordinates": sorted(map(str, viewer.subordinates)),
        "personal": viewer.personal,
        "security": policy.snapshot.security.admins_see_records,
    }
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
