"""The embedded PostgreSQL: a small manager around the server's own programs."""

from traff.config.postgres.cluster import Cluster, ServerTrouble
from traff.config.postgres.programs import NoPostgres

__all__ = ["Cluster", "NoPostgres", "ServerTrouble"]
