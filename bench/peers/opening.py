"""Opens many pictures as Python does, or reads some of them in random order. Prints seconds and memory as JSON."""

import argparse
import io
import json
import os
import random
import resource
import time
import zipfile

import numpy
import pyarrow.parquet
from PIL import Image


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def listed(path):
    """As torchvision's ImageFolder lists a folder."""
    return [
        os.path.join(root, name)
        for root, _, names in sorted(os.walk(path, followlinks=True))
        for name in sorted(names)
        if name.lower().endswith((".png", ".jpg", ".jpeg"))
    ]


def shuffled(path, reads):
    """All rows in memory; to read one row alone, pyarrow has no way."""
    column = pyarrow.parquet.read_table(path, columns=["image"]).column("image")
    for i in random.Random(0).sample(range(len(column)), reads):
        with Image.open(io.BytesIO(column[i]["bytes"].as_py())) as opened:
            numpy.array(opened.convert("RGB"))


parser = argparse.ArgumentParser()
parser.add_argument("work", choices=["folder", "zip", "parquet", "shuffled"])
parser.add_argument("path")
parser.add_argument("--reads", type=int, default=0)
options = parser.parse_args()
before = peak()
start = time.perf_counter()
if options.work == "folder":
    count = len(listed(options.path))
elif options.work == "zip":
    count = len(zipfile.ZipFile(options.path).namelist())
elif options.work == "parquet":
    count = pyarrow.parquet.ParquetFile(options.path).metadata.num_rows
else:
    shuffled(options.path, options.reads)
    count = options.reads
seconds = time.perf_counter() - start
print(json.dumps({"count": count, "seconds": seconds, "bytes": peak() - before}))
