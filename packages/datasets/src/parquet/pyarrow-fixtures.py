"""Writes pyarrow-fixtures.json: files as pyarrow 26 and Hugging Face's datasets 5 write them, in base64. Run: python pyarrow-fixtures.py"""

import base64
import io
import json
import pathlib

import datasets
import pyarrow as pa
import pyarrow.parquet as pq

files = {}


def keep(name, table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, store_schema=False, **options)
    files[name] = base64.b64encode(file.getvalue()).decode()


# Bytes that are no images, but known: picture i is i + 3 bytes of 10 + i.
def picture(i):
    return bytes([10 + i]) * (i + 3)


def rows(count, bytes_of=picture):
    return [{"bytes": bytes_of(i), "path": f"{i}.png"} for i in range(count)]


struct = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
twelve = pa.table({"image": pa.array(rows(12), struct), "label": pa.array([i % 3 for i in range(12)], pa.int64())})

for compression in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    keep(compression, twelve, compression=compression, row_group_size=5)
keep("version 2", twelve, data_page_version="2.0", row_group_size=5)
keep("version 2 zstd", twelve, data_page_version="2.0", compression="zstd", use_dictionary=False)
keep("small pages", twelve, data_page_size=1, write_batch_size=2, use_dictionary=False)
keep("dictionary and pages", twelve, data_page_size=1, write_batch_size=2, dictionary_pagesize_limit=20)
keep("checksums", twelve, write_page_checksum=True, compression="none")
keep("page index", twelve, write_page_index=True, row_group_size=5)
keep(
    "deltas",
    twelve,
    use_dictionary=False,
    column_encoding={
        "image.bytes": "DELTA_LENGTH_BYTE_ARRAY",
        "image.path": "DELTA_BYTE_ARRAY",
        "label": "DELTA_BINARY_PACKED",
    },
)

nulls = [row if i % 4 else None for i, row in enumerate(rows(12))]
nulls[2] = {"bytes": None, "path": "2.png"}
keep("nulls", pa.table({"image": pa.array(nulls, struct), "label": pa.array([None, 1, 2] * 4, pa.int32())}))
keep("nulls version 2", pa.table({"image": pa.array(nulls, struct)}), data_page_version="2.0", compression="zstd")
keep("all null", pa.table({"image": pa.array([None] * 3, struct)}))

required = pa.schema([pa.field("picture", pa.binary(), nullable=False), pa.field("weight", pa.float32(), nullable=False)])
keep("plain bytes", pa.table({"picture": [picture(i) for i in range(4)], "weight": [0, 0.5, 1, 2]}, schema=required))
labels = {"float": pa.float32(), "double": pa.float64(), "bool": pa.bool_(), "int8": pa.int8(), "uint16": pa.uint16(), "text": pa.string()}
columns = {name: pa.array([1, 0, 1, 1], pa.int64()).cast(type) for name, type in labels.items()}
keep("labels", pa.table({"image": [picture(i) for i in range(4)], **columns}))
keep("labels version 2", pa.table({"image": [picture(i) for i in range(4)], **columns}), data_page_version="2.0")
keep("two columns", pa.table({"a": [b"1"], "b": [b"2"]}))
keep("no pictures", pa.table({"a": [1], "text": ["1"]}))
keep("list", pa.table({"image": pa.array([rows(2)], pa.list_(struct)), "a": [[b"1"]]}))
keep("no rows", twelve.slice(0, 0))
keep("large label", pa.table({"image": [b"1"], "label": [2**53]}))
keep("deep", pa.table({"image": [b"1"], "a": [{"b": {"c": {"d": [1, 2]}}}]}))

# As the hub has them.
hub = datasets.Dataset.from_dict(
    {"image": rows(6), "other": rows(6), "label": [0, 1, 2, 2, 1, -1], "note": ["a"] * 6},
    features=datasets.Features(
        {
            "image": datasets.Image(),
            "other": {"bytes": datasets.Value("binary"), "path": datasets.Value("string")},
            "label": datasets.ClassLabel(names=["cat", "dog", "bird"]),
            "note": datasets.Value("string"),
        }
    ),
)
file = io.BytesIO()
hub.to_parquet(file, batch_size=4)
files["hub"] = base64.b64encode(file.getvalue()).decode()

# Encrypted files end with their own magic number.
files["encrypted"] = base64.b64encode(b"PAR1" + bytes(20) + b"PARE").decode()

path = pathlib.Path(__file__).with_name("pyarrow-fixtures.json")
path.write_text(json.dumps(files, indent=2) + "\n")
