"""`hashlib.pbkdf2_hmac`, which CPython only takes from OpenSSL (RFC 8018 §5.2)."""

import hashlib
import hmac


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."""
    if not isinstance(hash_name, str):
        raise TypeError("hash_name must be a string")
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    base = hmac.new(bytes(password), None, hash_name)
    if dklen is None:
        dklen = base.digest_size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    salt = bytes(salt)
    key = b""
    number = 0
    while len(key) < dklen:
        number += 1
        block = _digest(base, salt + number.to_bytes(4, "big"))
        mixed = int.from_bytes(block, "big")
        for _ in range(iterations - 1):
            block = _digest(base, block)
            mixed ^= int.from_bytes(block, "big")
        key += mixed.to_bytes(base.digest_size, "big")
    return key[:dklen]


def _digest(base, data):
    copy = base.copy()
    copy.update(data)
    return copy.digest()


def install():
    if not hasattr(hashlib, "pbkdf2_hmac"):
        pbkdf2_hmac.__module__ = "hashlib"
        hashlib.pbkdf2_hmac = pbkdf2_hmac
