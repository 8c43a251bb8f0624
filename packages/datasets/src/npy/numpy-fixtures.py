"""Writes numpy-fixtures.json: files as numpy 2.4 itself writes them, in base64. Run: python numpy-fixtures.py"""

import base64
import io
import json
import pathlib
import zipfile

import numpy as np

files = {}


def keep(name, write):
    file = io.BytesIO()
    write(file)
    files[name] = base64.b64encode(file.getvalue()).decode()


def npy(name, array, version=None):
    keep(name, lambda file: np.lib.format.write_array(file, array, version))


# Pictures [3, 2, 5], so that number i of 30 is a known byte.
i = np.arange(30).reshape(3, 2, 5)
values = {
    "b1": i % 3 == 0,
    "u1": i * 8,
    "i1": i * 4 - 60,
    "u2": i * 8 * 257,
    "i2": i * 8 - 100,
    "u4": i * 8,
    "i4": i * 8 - 100,
    "u8": i * 8,
    "i8": i * 8 - 100,
    "f2": i / 32,
    "f4": i * 8 / 127.5 - 1,
    "f8": i * 8 / 127.5 - 1,
}
for code, value in values.items():
    for order in "|" if code[1] == "1" else "<>":
        npy(f"{order}{code}", value.astype(order + code))
        npy(f"{order}{code} fortran", np.asfortranarray(value.astype(order + code)))

# With channels, number i of each in the order of C.
for name, shape in {"nhwc": (2, 5, 6, 3), "nchw": (2, 3, 5, 6), "either": (2, 3, 5, 4), "neither": (2, 5, 5, 5)}.items():
    array = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    npy(name, array)
    npy(f"{name} fortran", np.asfortranarray(array))
npy("alpha", np.arange(120, dtype=np.uint8).reshape(2, 5, 6, 2))

small = values["u1"].astype("u1")
for version in [(1, 0), (2, 0), (3, 0)]:
    npy(f"version {version[0]}", small, version)

npy("labels", np.array([7, 0, 255]))
npy("labels of one column", np.array([[7], [0], [9]], dtype=np.uint8))
npy("labels of two columns", np.asfortranarray([[0.5, 1], [2, 3], [4, -5]]))
npy("labels too large", np.array([2**63, 1, 2], dtype=np.uint64))

npy("objects", np.array([[[{"a": 1}]]], dtype=object))
npy("structured", np.zeros((3, 2, 5), dtype=[("x", "<f4"), ("y\u00e9", "u1", (2,))]))
npy("complex", np.zeros((3, 2, 5), dtype=np.complex64))
npy("text", np.full((3, 2, 5), "a"))
npy("dates", np.zeros((3, 2, 5), dtype="datetime64[s]"))
npy("empty", np.zeros((0, 2, 5), dtype=np.uint8))
npy("scalar", np.array(7))
npy("one picture", np.zeros((2, 5, 3), dtype=np.uint8))
npy("nan", np.array([[[0, 0.5, 1, 0, 0]], [[0, np.nan, 1, 0, 0]], [[0, 0, 0, 1.5, 0]]]))

# Archives.
keep("savez", lambda file: np.savez(file, x_train=small, y_train=np.array([7, 0, 255])))
keep("savez_compressed", lambda file: np.savez_compressed(file, x_train=small, y_train=np.array([7, 0, 255])))
keep("savez unnamed", lambda file: np.savez(file, np.array([7, 0, 255]), small))
keep("savez of two", lambda file: np.savez(file, x_train=small, x_test=small[:1]))
keep(
    "savez with objects",
    lambda file: np.savez_compressed(file, imgs=small, metadata=np.array({"author": "a"}, dtype=object)),
)



def archive(name, write):
    def save(file):
        with zipfile.ZipFile(file, "w") as archive:
            write(archive)

    keep(name, save)


def member(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


archive("lzma", lambda it: it.writestr("a.npy", member(small), zipfile.ZIP_LZMA))
archive("no arrays", lambda it: it.writestr("a.txt", "a"))
archive("only labels", lambda it: it.writestr("y.npy", member(np.arange(3))))
# As if every file were larger than 4 GiB.
zipfile.ZIP64_LIMIT = 16
archive("zip64", lambda it: [it.writestr(f"{name}.npy", member(small)) for name in "ab"])

path = pathlib.Path(__file__).with_name("numpy-fixtures.json")
path.write_text(json.dumps(files, indent=2) + "\n")
