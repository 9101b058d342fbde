"""How fast one browser may ask: counted in this process's memory, by a key that never leaves it, and forgotten with it.

A row in the database could be tried against everybody; this cannot. The other limit is the opening's own (`Ask.MOST`), which
looks at nobody. So a person may ask a little more often than one limit says: that is the price, and it is low.
"""

import hashlib
import hmac
import secrets
import time
from collections import defaultdict

MOST, WITHIN = 6, 3600.0  # questions, seconds
_key = secrets.token_bytes(32)
_asked: dict[bytes, list[float]] = defaultdict(list)


def may_ask(session: str) -> bool:
    """Whether this browser may ask now; counts the asking."""
    now = time.monotonic()
    for who in [who for who, times in _asked.items() if times[-1] < now - WITHIN]:
        del _asked[who]
    mine = hmac.new(_key, session.encode(), hashlib.sha256).digest()
    lately = [at for at in _asked.get(mine, []) if at > now - WITHIN]
    if len(lately) >= MOST:
        return False
    _asked[mine] = [*lately, now]
    return True
