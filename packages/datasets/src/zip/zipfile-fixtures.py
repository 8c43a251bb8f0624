"""Writes zipfile-fixtures.json: archives as Python's zipfile writes them, in base64. Run: python zipfile-fixtures.py"""

import base64
import io
import json
import pathlib
import zipfile

archives = {}
pictures = {f"0000{n % 2}/img{n}.png": bytes((n * 7 + i // 9) % 256 for i in range(90)) for n in range(4)}
others = {"readme.txt": b"none", "__MACOSX/00000/._img0.png": b"x", ".hidden/a.png": b"x", "00000/._a.jpg": b"x"}


def keep(name, files, method=zipfile.ZIP_STORED, comment=b"", zip64=False, folders=()):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = comment
        for folder in folders:
            archive.writestr(zipfile.ZipInfo(folder), b"")
        for path, content in files.items():
            info = zipfile.ZipInfo(path)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=zip64) as file:
                file.write(content)
    archives[name] = base64.b64encode(buffer.getvalue()).decode()


reversed_pictures = dict(reversed(pictures.items()))
keep("stored", {**reversed_pictures, **others}, folders=["00000/", "empty.png/"])
keep("deflated", {**reversed_pictures, **others}, zipfile.ZIP_DEFLATED)
keep("bzip2", {"a.png": pictures["00000/img0.png"]}, zipfile.ZIP_BZIP2)
# The comment holds what an archive ends with, without being one.
keep("comment", pictures, comment=b"PK\x05\x06" + bytes(30) + "made for a test".encode())
keep("utf-8", {"gr\u00fcn/\u6587.png": b"abc", "cafX.png": b"abcd"})
keep("climbing", {"a.png": b"a", "b/../../c.png": b"b"})
keep("no images", {"notes.txt": b"a"})
labels = [[path, n % 3] for n, path in enumerate(pictures)]
keep("labelled", {**pictures, "dataset.json": json.dumps({"labels": labels}).encode()})
vectors = [[path, [n / 2, 1.0]] for n, path in enumerate(pictures)]
keep("vectors", {**pictures, "dataset.json": json.dumps({"labels": vectors}).encode()})
keep("without labels", {**pictures, "dataset.json": json.dumps({"labels": None}).encode()})

# Sizes and places that are 64 bits wide in the directory too, as beyond 4 GiB.
zipfile.ZIP64_LIMIT = 10
zipfile.ZIP_FILECOUNT_LIMIT = 1
keep("zip64", pictures, zipfile.ZIP_DEFLATED, zip64=True)

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(archives, indent=2) + "\n")
