"""The settings of the store that archive and documents are kept in."""

from pydantic import BaseModel, ConfigDict, Field


class ObjectSettings(BaseModel):
    """Where archive and documents are kept; credentials come by boto3's usual chain, never from here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        "",
        pattern=r"^(s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?)?$",
        description="`s3://bucket/prefix`, where archive and documents are kept; empty: in the data folder",
    )
    endpoint: str = Field(
        "",
        pattern=r"^(https?://[^\s/@]+/?)?$",
        description="address of a server that speaks S3 (`https://s3.example.org`); empty: Amazon's",
    )
    region: str = Field("", pattern=r"^[A-Za-z0-9-]*$", description="its region; empty: as boto3 finds it")
    timeout: float = Field(30.0, gt=0, description="seconds to wait for it between two pieces of an answer")
    cache_bytes: int = Field(
        5_000_000_000, ge=0, description="bytes of documents kept in the data folder too, to be read without asking it"
    )
