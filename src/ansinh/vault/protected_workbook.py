# SPDX-License-Identifier: MPL-2.0
"""A workbook locked with a password, as spreadsheet programs lock it (ECMA-376 agile encryption,
MS-OFFCRYPTO 2.3.4.10-15: AES-256-CBC, SHA-512 repeated 100,000 times, HMAC over the package). The
receiver opens it in Excel or LibreOffice and types the password that was handed over apart.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import struct
from base64 import b64decode, b64encode
from xml.etree.ElementTree import Element, ParseError

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from ansinh.rules.refusals import Refusal
from ansinh.vault import compound_file

SPINS = 100_000
MOST_SPINS = 10_000_000  # what the format allows; more would hold the process
PIECE = 4096
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
NAMESPACE = "http://schemas.microsoft.com/office/2006/encryption"
KEY_ENCRYPTOR = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"
# Block keys of MS-OFFCRYPTO: what each derived key is for.
VERIFY_INPUT = bytes.fromhex("fea7d2763b4b9e79")
VERIFY_HASH = bytes.fromhex("d7aa0f6d3061344e")
KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")
HMAC_KEY = bytes.fromhex("5fb2ad010cb9e1f6")
HMAC_VALUE = bytes.fromhex("a0677f02b22c8433")


class PasswordWrong(Refusal):
    """The password does not open the file."""

    code = "POPULATION_KEY_WRONG"


def new_password() -> str:
    """A password that can be read out on the telephone: 100 bits in five groups."""
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(5))


def is_protected(content: bytes) -> bool:
    """Whether the bytes are a compound file that holds an encrypted package."""
    if content[:8] != compound_file.SIGNATURE:
        return False
    try:
        return "EncryptedPackage" in compound_file.read(content)
    except compound_file.NotACompoundFileError:
        return False


def _aes(key: bytes, vector: bytes, content: bytes, *, encrypt: bool) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector))
    run = cipher.encryptor() if encrypt else cipher.decryptor()
    return run.update(content) + run.finalize()


def _spun(password: str, salt: bytes, spins: int) -> bytes:
    found = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for at in range(spins):
        found = hashlib.sha512(struct.pack("<I", at) + found).digest()
    return found


def _derived(spun: bytes, block: bytes) -> bytes:
    return hashlib.sha512(spun + block).digest()[:32]


def _vector(salt: bytes, block: bytes) -> bytes:
    return hashlib.sha512(salt + block).digest()[:16]


def _package(key: bytes, salt: bytes, content: bytes, *, encrypt: bool) -> bytes:
    done = []
    for at in range(0, len(content), PIECE):
        piece = content[at : at + PIECE]
        piece += bytes(-len(piece) % 16)
        done.append(_aes(key, _vector(salt, struct.pack("<I", at // PIECE)), piece, encrypt=encrypt))
    return b"".join(done)


def protect(content: bytes, *, password: str) -> bytes:
    """The workbook, locked."""
    key, data_salt, salt = os.urandom(32), os.urandom(16), os.urandom(16)
    spun = _spun(password, salt, SPINS)
    package = struct.pack("<Q", len(content)) + _package(key, data_salt, content, encrypt=True)
    mac_key, verifier = os.urandom(64), os.urandom(16)
    mac = hmac.new(mac_key, package, hashlib.sha512).digest()
    fields = {
        "mac_key": _aes(key, _vector(data_salt, HMAC_KEY), mac_key, encrypt=True),
        "mac": _aes(key, _vector(data_salt, HMAC_VALUE), mac, encrypt=True),
        "input": _aes(_derived(spun, VERIFY_INPUT), salt, verifier, encrypt=True),
        "hash": _aes(_derived(spun, VERIFY_HASH), salt, hashlib.sha512(verifier).digest(), encrypt=True),
        "key": _aes(_derived(spun, KEY_VALUE), salt, key, encrypt=True),
        "data_salt": data_salt, "salt": salt,
    }  # fmt: skip
    info = struct.pack("<HHI", 4, 4, 0x40) + _info({n: b64encode(v).decode() for n, v in fields.items()})
    return compound_file.write({"EncryptionInfo": info, "EncryptedPackage": package})


def _info(fields: dict[str, str]) -> bytes:
    kind = (
        'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
        ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{NAMESPACE}" xmlns:p="{KEY_ENCRYPTOR}">'
        f'<keyData saltSize="16" {kind} saltValue="{fields["data_salt"]}"/>'
        f'<dataIntegrity encryptedHmacKey="{fields["mac_key"]}" encryptedHmacValue="{fields["mac"]}"/>'
        f'<keyEncryptors><keyEncryptor uri="{KEY_ENCRYPTOR}">'
        f'<p:encryptedKey spinCount="{SPINS}" saltSize="16" {kind} saltValue="{fields["salt"]}"'
        f' encryptedVerifierHashInput="{fields["input"]}" encryptedVerifierHashValue="{fields["hash"]}"'
        f' encryptedKeyValue="{fields["key"]}"/></keyEncryptor></keyEncryptors></encryption>'
    ).encode()


def unprotect(content: bytes, *, password: str) -> bytes:
    """The workbook again. Raises `PasswordWrong`, also for a file that was changed on the way or is
    locked in another manner."""
    try:
        streams = compound_file.read(content)
        return _opened(streams["EncryptionInfo"], streams["EncryptedPackage"], password)
    except (compound_file.NotACompoundFileError, KeyError, ValueError, ParseError, etree.XMLSyntaxError,
            struct.error, AttributeError) as wrong:  # fmt: skip
        raise PasswordWrong from wrong


def _opened(info: bytes, package: bytes, password: str) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(info[8:], parser)
    data, integrity = root.find(f"{{{NAMESPACE}}}keyData"), root.find(f"{{{NAMESPACE}}}dataIntegrity")
    lock = root.find(f".//{{{KEY_ENCRYPTOR}}}encryptedKey")
    if data.get("hashAlgorithm") != "SHA512" or int(data.get("keyBits")) != 256:
        raise ValueError("another cipher")
    spins = int(lock.get("spinCount"))
    if not 0 <= spins <= MOST_SPINS:
        raise ValueError("spins")
    salt, data_salt = _bytes(lock, "saltValue"), _bytes(data, "saltValue")
    spun = _spun(password, salt, spins)

    def locked(block: bytes, name: str) -> bytes:
        return _aes(_derived(spun, block), salt, _bytes(lock, name), encrypt=False)

    verifier = locked(VERIFY_INPUT, "encryptedVerifierHashInput")
    told = locked(VERIFY_HASH, "encryptedVerifierHashValue")
    if not hmac.compare_digest(hashlib.sha512(verifier).digest(), told[:64]):
        raise PasswordWrong
    key = locked(KEY_VALUE, "encryptedKeyValue")[:32]
    mac_key = _aes(key, _vector(data_salt, HMAC_KEY), _bytes(integrity, "encryptedHmacKey"), encrypt=False)
    mac = _aes(key, _vector(data_salt, HMAC_VALUE), _bytes(integrity, "encryptedHmacValue"), encrypt=False)
    if not hmac.compare_digest(hmac.new(mac_key[:64], package, hashlib.sha512).digest(), mac[:64]):
        raise ValueError("the package was changed")
    (size,) = struct.unpack_from("<Q", package)
    return _package(key, data_salt, package[8:], encrypt=False)[:size]


def _bytes(element: Element, name: str) -> bytes:
    return b64decode(element.get(name) or "")
