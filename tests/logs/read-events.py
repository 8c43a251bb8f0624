"""Prints, as JSON, what TensorBoard's own reader finds in a folder of event files."""

import base64
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

everything = {"scalars": 0, "images": 0, "histograms": 0}
events = EventAccumulator(sys.argv[1], size_guidance=everything).Reload()
tags = events.Tags()

print(
    json.dumps(
        {
            "scalars": {
                tag: [[event.step, event.value] for event in events.Scalars(tag)] for tag in tags["scalars"]
            },
            "images": {
                tag: [
                    [event.step, event.width, event.height, base64.b64encode(event.encoded_image_string).decode()]
                    for event in events.Images(tag)
                ]
                for tag in tags["images"]
            },
            "histograms": {
                tag: [[event.step, vars(event.histogram_value)] for event in events.Histograms(tag)]
                for tag in tags["histograms"]
            },
        },
        default=list,
    )
)
