"""Epochs over a folder of images by PyTorch's DataLoader: decoded by Pillow, reduced, cut, in [-1, 1]. Prints JSON."""

import argparse
import json
import pathlib
import time

import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset


class Folder(Dataset):
    def __init__(self, folder, size):
        self.files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())
        self.size = size

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as opened:
            image = opened.convert("RGB")
        scale = self.size / min(image.size)
        image = image.resize([max(self.size, round(side * scale)) for side in image.size], Image.BILINEAR)
        left, top = [(side - self.size) // 2 for side in image.size]
        image = image.crop((left, top, left + self.size, top + self.size))
        return torch.from_numpy(numpy.array(image)).float() / 127.5 - 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--batch", type=int, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    loader = DataLoader(
        Folder(options.folder, options.size),
        batch_size=options.batch,
        shuffle=True,
        drop_last=True,
        num_workers=options.workers,
        persistent_workers=True,
    )
    rates = []
    for _ in range(2):
        start = time.perf_counter()
        images = sum(len(batch) for batch in loader)
        rates.append(images / (time.perf_counter() - start))
    print(json.dumps(rates))


main()
