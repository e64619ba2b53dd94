"""What the checker asks of its evidence, and which registries may be asked about cited works."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

RegistryName = Literal[
    "doi", "crossref", "datacite", "openalex", "openlibrary", "federalregister", "govinfo", "courtlistener"
]
_KEYS = {"openalex": "openalex_key", "govinfo": "govinfo_key", "courtlistener": "courtlistener_token"}


class CheckSettings(BaseModel):
    """What the checker asks of its evidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    near_days: int = Field(
        180,
        ge=0,
        description="a capture this many days from the document's date may accuse a figure, a later one not",
    )
    registries: tuple[RegistryName, ...] = Field(
        (),
        description="`doi`, `crossref`, `datacite`, `openalex`, `openlibrary`, `federalregister`, `govinfo`, "
        "`courtlistener`; empty: nobody is asked",
    )
    openalex_key: SecretStr = Field(SecretStr(""), description="the key that OpenAlex asks for")
    govinfo_key: SecretStr = Field(SecretStr(""), description="the api.data.gov key that govinfo asks for")
    courtlistener_token: SecretStr = Field(SecretStr(""), description="the token that CourtListener asks for")

    @model_validator(mode="after")
    def _keys_are_given(self) -> Self:
        for name in self.registries:
            key = _KEYS.get(name)
            if key is not None and not getattr(self, key).get_secret_value():
                raise ValueError(f"check.registries names {name}, which needs check.{key}")
        return self
