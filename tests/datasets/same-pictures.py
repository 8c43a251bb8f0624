"""Writes same-pictures.json: the same 32 pictures in every format, each file gzipped, in base64, by Pillow, zipfile,
numpy, tfrecord and pyarrow. Run: python same-pictures.py (pip install numpy pillow tfrecord pyarrow)"""

import base64
import gzip
import io
import json
import pathlib
import struct
import tempfile
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from tfrecord.writer import TFRecordWriter

files = {}


def keep(name, content):
    files[name] = base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def saved(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


# [32, 32, 32, 3]: blocks, which pack well; no two pictures, rows of blocks, columns of blocks or channels alike.
n, y, x, c = np.indices((32, 32, 32, 3))
pictures = ((n * 37 + y // 8 * 50 + x // 8 * 17 + c * 90) % 256).astype(np.uint8)
labels = np.arange(32) % 10

pngs = [saved(lambda file: Image.fromarray(picture).save(file, "PNG", optimize=True)) for picture in pictures]
names = [f"{i:02d}.png" for i in range(32)]


def archive(file):
    with zipfile.ZipFile(file, "w") as it:
        for name, png in zip(names, pngs):
            it.writestr(name, png)
        it.writestr("dataset.json", json.dumps({"labels": [[name, int(i)] for name, i in zip(names, labels)]}))


keep("pictures.zip", saved(archive))

floats = pictures / np.float32(127.5) - 1
planes = pictures.transpose(0, 3, 1, 2)
keep("pictures.npy", saved(lambda file: np.save(file, pictures)))
keep("floats.npy", saved(lambda file: np.save(file, np.asfortranarray(floats))))
keep("planes.npy", saved(lambda file: np.save(file, np.ascontiguousarray(planes).astype(">u2") * 257)))
keep("labels.npy", saved(lambda file: np.save(file, labels)))
keep("pictures.npz", saved(lambda file: np.savez_compressed(file, x_train=pictures, y_train=labels)))

records = [bytes([label]) + picture.tobytes() for label, picture in zip(labels.tolist(), planes)]
keep("batch_1.bin", b"".join(records[:20]))
keep("batch_2.bin", b"".join(records[20:]))

keep("pictures-idx4-ubyte", struct.pack(">4B4I", 0, 0, 8, 4, 32, 32, 32, 3) + pictures.tobytes())
keep("labels-idx1-ubyte", struct.pack(">4BI", 0, 0, 8, 1, 32) + bytes(labels.tolist()))

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "pictures.tfrecords"
    writer = TFRecordWriter(str(path))
    for png, label in zip(pngs, labels.tolist()):
        writer.write({"image/encoded": (png, "byte"), "image/class/label": (label, "int")})
    writer.close()
    keep("pictures.tfrecords", path.read_bytes())

rows = pa.table(
    {
        "image": pa.array(
            [{"bytes": png, "path": name} for png, name in zip(pngs, names)],
            pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
        ),
        "label": pa.array(labels.tolist(), pa.int64()),
    }
)
keep("pictures.parquet", saved(lambda file: pq.write_table(rows, file, row_group_size=20)))

path = pathlib.Path(__file__).with_name("same-pictures.json")
path.write_text(json.dumps(files, indent=2) + "\n")
