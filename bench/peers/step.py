"""The peer of bench/src/step-worker.ts: does on request what is timed, and answers in lines of JSON.

usage: step.py --threads N --case JSON [--folded]

The case has the fields of bench/src/cases.ts: batch, and the options of generator and discriminator. A request
is {"work": "step" | "sample" | "sampleOne", "count": N}; the answer has the milliseconds of each part, and
the most memory that the process ever held.
"""

import argparse
import json
import re
import sys
import time

import torch

from eigengan import Discriminator, Generator, Trainer


def from_options(network, options, **others):
    """The network with options that are named as in TypeScript."""
    known = {re.sub("[A-Z]", lambda c: "_" + c[0].lower(), name): value for name, value in options.items()}
    channels = known.pop("channels", 3)
    assert channels == 3
    return network(**known, **others)


def peak_bytes():
    """The high-water mark of the process's memory, None where there is no /proc."""
    try:
        with open("/proc/self/status") as status:
            kilobytes = re.search(r"VmHWM:\s*(\d+)", status.read())
    except FileNotFoundError:
        return None
    return int(kilobytes[1]) * 1024


def timed_step(trainer, real):
    """One step's milliseconds in all, and of the parts of it."""
    start = time.perf_counter()
    d_part = "r1Step" if trainer.is_penalty_due() else "dStep"
    latents = trainer.generator.latents(len(real))
    d_loss = trainer.update_discriminator(real, latents)
    middle = time.perf_counter()
    g_loss = trainer.update_generator(latents)
    d_loss.item(), g_loss.item()
    end = time.perf_counter()
    return {"step": 1000 * (end - start), d_part: 1000 * (middle - start), "gStep": 1000 * (end - middle)}


@torch.inference_mode()
def timed_sample(name, generator, latents):
    start = time.perf_counter()
    generator(*latents)
    return {name: 1000 * (time.perf_counter() - start)}


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--case", type=json.loads, required=True)
    parser.add_argument("--folded", action="store_true")
    arguments = parser.parse_args()
    case = arguments.case

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    generator = from_options(Generator, case["generator"], folded=arguments.folded)
    discriminator = from_options(Discriminator, case["discriminator"])
    trainer = Trainer(generator, discriminator)
    size = case["generator"]["size"]
    real = torch.rand(case["batch"], 3, size, size) * 2 - 1
    latents = {"sample": generator.latents(case["batch"]), "sampleOne": generator.latents(1)}
    parameters = {
        name: sum(parameter.numel() for parameter in network.parameters())
        for name, network in (("generator", generator), ("discriminator", discriminator))
    }
    ready = f"PyTorch {torch.__version__} eager"
    answer({"ready": ready, "parameters": parameters, "peakBytes": peak_bytes()})

    for line in sys.stdin:
        request = json.loads(line)
        work = request["work"]
        times = [
            timed_step(trainer, real) if work == "step" else timed_sample(work, generator, latents[work])
            for _ in range(request["count"])
        ]
        answer({"times": times, "peakBytes": peak_bytes()})


main()
