"""Keys that registries ask for: sent in a header, to the registry's own host alone, and kept nowhere.

A key in an address would stand in the store, the archive and the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from verifier.check_settings import CheckSettings
from verifier.resolver.http.exchange import Fetched
from verifier.resolver.sources.urls import Address, split_address

WITHHELD = "(withheld)"
"""What the archive has in place of a key."""


@dataclass(frozen=True, slots=True)
class RegistryKey:
    """The header that carries a registry's key; no other host is sent it, and nobody over a plain connection."""

    host: str
    header: str
    value: str

    def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """The header for one hop of a fetch."""
        address = split_address(url)
        own = isinstance(address, Address) and (address.scheme, address.host) == ("https", self.host)
        return ((self.header, self.value),) if own else ()

    def withheld(self, fetched: Fetched) -> Fetched:
        """What went over the wire, without the key."""

        def without(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
            return tuple((name, WITHHELD if name == self.header else value) for name, value in headers)

        exchanges = tuple(replace(one, request_headers=without(one.request_headers)) for one in fetched.exchanges)
        return replace(fetched, exchanges=exchanges)


def registry_keys(settings: CheckSettings) -> Mapping[str, RegistryKey]:
    """The keys that are set, by registry: OpenAlex (developers.openalex.org, "Searching": `api_key` as a header),
    govinfo (api.data.gov, "API key usage"), CourtListener (REST API, "Authentication")."""
    headers = {
        "openalex": ("api.openalex.org", "api_key", settings.openalex_key.get_secret_value()),
        "govinfo": ("api.govinfo.gov", "X-Api-Key", settings.govinfo_key.get_secret_value()),
        "courtlistener": (
            "www.courtlistener.com",
            "Authorization",
            f"Token {token}" if (token := settings.courtlistener_token.get_secret_value()) else "",
        ),
    }
    return {name: RegistryKey(*parts) for name, parts in headers.items() if parts[2]}
