"""The settings of a night that several workers share."""

from pydantic import BaseModel, ConfigDict, Field


class QueueSettings(BaseModel):
    """How workers share the nights of a PostgreSQL store (docs/scale.md); times in seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_name: str = Field(
        "procrastinate",
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
        description="the schema of the database that holds the queue's tables, apart from the store's",
    )
    concurrency: int = Field(16, ge=1, le=256, description="shards that a worker checks at the same time")
    job_seconds: float = Field(
        300.0, gt=0, le=3600, description="seconds after which a worker hands the rest of a shard on"
    )
    lease_seconds: float = Field(
        60.0, ge=1, description="seconds without a sign of life after which a worker, or a run, counts as dead"
    )
