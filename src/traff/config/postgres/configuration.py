"""What the embedded server is told: its settings, and who may come in."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

MEGABYTE = 2**20
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (only looked at)
ADMISSION = "local all all scram-sha-256\n"
SETTINGS = """\
# Written by Träff at every start; changes here are lost.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {buffers}MB
effective_cache_size = {cache}MB
work_mem = 16MB
maintenance_work_mem = 256MB
dynamic_shared_memory_type = {shared_memory}
random_page_cost = 1.1
jit = off
wal_compression = on
max_wal_size = 2GB
checkpoint_timeout = 15min
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
password_encryption = 'scram-sha-256'
logging_collector = on
log_directory = 'log'
log_filename = 'server-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_file_mode = 0600
# What people type stands in statements: none of it may reach a log.
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
THROWAWAY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 1h
"""


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE


def _shared_memory() -> str:
    """Containers often give 64 MB of it, too little for a parallel query, and a bare chroot none that others may use."""
    try:
        place, mode = os.statvfs(SHARED_MEMORY), SHARED_MEMORY.stat().st_mode
    except OSError:
        return "posix" if sys.platform == "darwin" else "mmap"
    return "posix" if place.f_blocks * place.f_frsize >= 256 * MEGABYTE and mode & stat.S_IWOTH else "mmap"


def write_configuration(data: Path, sockets: Path, *, throwaway: bool) -> None:
    memory = _memory()
    text = SETTINGS.format(
        sockets=str(sockets).replace("'", "''"),
        buffers=128 if throwaway else max(128, min(2048, memory // 8)),
        cache=max(256, memory // 2),
        shared_memory=_shared_memory(),
    )
    (data / "postgresql.conf").write_text(text + (THROWAWAY if throwaway else ""), encoding="utf-8")
    (data / "pg_hba.conf").write_text(ADMISSION, encoding="utf-8")
