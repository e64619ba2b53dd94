"""What an error of the network means: the one place where exceptions of the libraries become outcomes."""

import errno
import http.client
import ssl

from urllib3.exceptions import HTTPError

from verifier.model import Outcome

# X509_V_ERR_... of OpenSSL's x509_vfy.h
_NOT_YET_VALID, _EXPIRED, _HOSTNAME_MISMATCH, _IP_MISMATCH = 9, 10, 62, 64

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EACCES, errno.EPERM}

NETWORK_ERRORS = (OSError, HTTPError, http.client.HTTPException)
"""What asking the web may raise; anything else is a defect of ours and is not caught."""


def outcome_of(error: BaseException) -> Outcome:
    """The outcome that a network error stands for."""
    if isinstance(error, HTTPError):
        cause = error.__cause__ or error.__context__
        return outcome_of(cause) if isinstance(cause, NETWORK_ERRORS) else Outcome.PROTOCOL_ERROR
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT
    if isinstance(error, ssl.SSLError):
        return _of_tls(error)
    if isinstance(error, ConnectionRefusedError):
        return Outcome.CONNECTION_REFUSED
    if isinstance(error, ConnectionError | http.client.IncompleteRead):
        return Outcome.CONNECTION_RESET
    if isinstance(error, OSError):
        return Outcome.NETWORK_UNREACHABLE if error.errno in _UNREACHABLE else Outcome.CONNECTION_RESET
    return Outcome.PROTOCOL_ERROR


def _of_tls(error: ssl.SSLError) -> Outcome:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Outcome.TLS_FAILURE
    if error.verify_code in (_HOSTNAME_MISMATCH, _IP_MISMATCH):
        return Outcome.TLS_WRONG_NAME
    return Outcome.TLS_EXPIRED if error.verify_code in (_EXPIRED, _NOT_YET_VALID) else Outcome.TLS_UNTRUSTED
