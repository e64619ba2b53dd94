"""Whether a host is one that the whole world may know of: what third parties may be asked about."""

from functools import cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from verifier.resolver.http.guard import is_public


def is_public_name(host: str) -> bool:
    """Whether a third party may hear of a host.

    Not of names under no public suffix (intranets, and those that RFC 2606 and 6761 reserve), nor of private numbers.
    """
    host = host.strip("[]").rstrip(".").lower()
    try:
        return is_public(ip_address(host))
    except ValueError:
        return _suffixes().privatesuffix(host) is not None


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
