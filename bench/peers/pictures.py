"""Writes the same small pictures as a folder of PNG files, as a zip archive and as a Parquet file."""

import argparse
import io
import pathlib
import zipfile

import numpy
import pyarrow
import pyarrow.parquet
from PIL import Image

different = 64


def png(number, side):
    y, x, c = numpy.indices((side, side, 3))
    # Smooth, with some noise, as photographs are.
    values = (number * 37 + y * 5 + x * 3 + c * 80) % 256 ^ numpy.random.default_rng(number).integers(0, 8, y.shape)
    file = io.BytesIO()
    Image.fromarray(values.astype(numpy.uint8)).save(file, "PNG")
    return file.getvalue()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--side", type=int, required=True)
    options = parser.parse_args()
    pngs = [png(number, options.side) for number in range(different)]
    contents = [pngs[i % different] for i in range(options.count)]
    names = [f"{i % 100:02}/{i:06}.png" for i in range(options.count)]
    for i in range(100):
        (options.target / "folder" / f"{i:02}").mkdir(parents=True)
    with zipfile.ZipFile(options.target / "pictures.zip", "w") as archive:
        for name, content in zip(names, contents):
            (options.target / "folder" / name).write_bytes(content)
            archive.writestr(name, content)
    rows = [{"bytes": content, "path": name} for name, content in zip(names, contents)]
    struct = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    table = pyarrow.table({"image": pyarrow.array(rows, struct)})
    # Groups of 100, as the hub has them.
    pyarrow.parquet.write_table(table, options.target / "pictures.parquet", row_group_size=100)


main()
