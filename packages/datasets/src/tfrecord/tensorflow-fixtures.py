"""Writes tensorflow-fixtures.json: files as TensorFlow 2.15 itself writes them, in base64. Run: python tensorflow-fixtures.py"""

import base64
import io
import json
import pathlib
import tempfile

import numpy as np
import tensorflow as tf

files = {}


def integers(*values):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))


def data(*values):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=values))


def floats(*values):
    return tf.train.Feature(float_list=tf.train.FloatList(value=values))


def keep(name, examples, compression=""):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "records"
        with tf.io.TFRecordWriter(str(path), compression) as writer:
            for features in examples:
                example = tf.train.Example(features=tf.train.Features(feature=features))
                writer.write(example.SerializeToString(deterministic=True))
        files[name] = base64.b64encode(path.read_bytes()).decode()


def png(i):
    return tf.io.encode_png(np.full((2, 3, 3), 40 * i, np.uint8)).numpy()


# As the scripts that prepare ImageNet write it.
imagenet = [
    {
        "image/encoded": data(png(i)),
        "image/filename": data(f"n0{i}.png".encode()),
        "image/class/label": integers(label),
        "image/class/text": data(text),
        "image/height": integers(2),
        "image/width": integers(3),
        "image/object/bbox/xmin": floats(0.25, 0.5),
    }
    for i, (label, text) in enumerate([(1, b"tench"), (3, b"shark"), (1, b"tench")])
]
keep("encoded", imagenet)
keep("gzip", imagenet, "GZIP")
keep("zlib", imagenet, "ZLIB")


# As StyleGAN's dataset_tool.py writes them, https://github.com/NVlabs/stylegan/blob/master/dataset_tool.py.
def stylegan(channels, side, count=2):
    for i in range(count):
        planes = np.arange(channels * side * side, dtype=np.uint8).reshape(channels, side, side) + 100 * i
        yield {"shape": integers(*planes.shape), "data": data(planes.tobytes())}


keep("r02", stylegan(3, 4))
keep("r03", stylegan(3, 8))
keep("gray", stylegan(1, 4))
labels = io.BytesIO()
np.save(labels, np.eye(3, dtype=np.float32)[[2, 0]])
files["labels"] = base64.b64encode(labels.getvalue()).decode()

# As the tutorial's, https://www.tensorflow.org/tutorials/load_data/tfrecord, with pixels.
keep(
    "raw",
    [
        {
            "height": integers(2),
            "width": integers(3),
            "depth": integers(depth),
            "image_raw": data(bytes(range(6 * depth))),
            "label": integers(-5 if depth == 1 else 7, 2**40),
        }
        for depth in [3, 1]
    ],
)
keep("other names", [{"picture": data(png(1)), "kind": integers(4)}])
keep("two pictures", [{"image": data(png(1), png(2))}])
keep("picture of integers", [{"image": integers(1, 2, 3)}])
keep("empty", [])

path = pathlib.Path(__file__).with_name("tensorflow-fixtures.json")
path.write_text(json.dumps(files, indent=2) + "\n")
