"""Other processes of ours: they end with the one that made them, however that one ends."""

import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """The initializer of a pool's processes: without it, a killed parent leaves them waiting for ever."""
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(0)
