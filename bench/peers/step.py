"""Times training steps on request: reads a count per line from stdin, answers with a line of JSON.

usage: step.py --threads N [--plain]   (--plain convolves phi itself instead of the folded basis images)
"""

import argparse
import json
import sys
import time

import torch

from eigengan import Discriminator, Generator, make_step

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, required=True)
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--plain", action="store_true")
arguments = parser.parse_args()

torch.set_num_threads(arguments.threads)
torch.manual_seed(1)
generator, discriminator = Generator(folded=not arguments.plain), Discriminator()
step = make_step(generator, discriminator)
real = torch.rand(arguments.batch, 3, 32, 32) * 2 - 1
parameters = sum(p.numel() for network in (generator, discriminator) for p in network.parameters())
print(json.dumps({"ready": f"PyTorch {torch.__version__} eager", "parameters": parameters}), flush=True)

for line in sys.stdin:
    milliseconds = []
    for _ in range(int(line)):
        start = time.perf_counter()
        losses = step(real)
        milliseconds.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"milliseconds": milliseconds, "losses": losses}), flush=True)
