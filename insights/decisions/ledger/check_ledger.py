"""Is the ledger the one whose heads were signed? For anyone, with nothing but Python and PyNaCl (pip install pynacl).

    python check_ledger.py heads.json                  the signatures alone
    python check_ledger.py heads.json ledger.csv       and each entry: the file that staff can download
    python check_ledger.py heads.json ledger.csv KEY   and that it is the key you wrote down long ago

Keep your own copy of heads.json. If a later one has another line for the same day, somebody has changed the past.
"""

import base64
import csv
import hashlib
import json
import sys


def fingerprint_entry(row):
    """The SHA-256 of an entry: its number, the previous fingerprint and its content."""
    said = {name: row[name] for name in ("day", "actor", "verb", "decision")} | {"data": json.loads(row["data"])}
    spelt = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{row['seq']}|{row['prev']}|{spelt}".encode()).hexdigest()


def verify_entries(path):
    """{number: fingerprint} of an unbroken chain; exits at the first entry that breaks it."""
    found, before = {}, "0" * 64
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            if int(row["seq"]) != number or row["prev"] != before or fingerprint_entry(row) != row["hash"]:
                sys.exit(f"Entry {number} is not the one that the chain knows.")
            before = found[number] = row["hash"]
    return found


def main(heads, ledger="", key=""):
    from nacl.signing import VerifyKey

    with open(heads, encoding="utf-8") as file:
        signed = json.load(file)["heads"]
    chain = verify_entries(ledger) if ledger else None
    for head in signed:
        said = f"voice-ledger|{head['day']}|{head['seq']}|{head['hash']}".encode()
        if key and head["key"] != key:
            sys.exit(f"{head['day']}: another key signed.")
        VerifyKey(base64.b64decode(head["key"])).verify(said, base64.b64decode(head["signature"]))
        if chain is not None and chain.get(head["seq"]) != head["hash"]:
            sys.exit(f"{head['day']}: entry {head['seq']} is not the one that was signed.")
    print(
        f"{len(signed)} heads are signed" + (f", and {len(chain)} entries are theirs." if chain is not None else ".")
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
