"""Sends the calls of a recorded build through pyspark's own client: in their order, as many at once, to the same server.

A call begins when those have ended that had ended when it was recorded. Usage: replay.py ADDRESS RECORDING FOLDER
"""

import base64
import json
import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import SparkSession
from pyspark.sql.connect import proto

address, recording_file, folder = sys.argv[1:]
with open(recording_file, encoding="utf-8") as file:
    recording = json.load(file)
recorded_folder = recording["folder"]
assert len(recorded_folder.encode()) == len(folder.encode()), "the paths of both folders must be equally long"


def moved(path):
    return path.replace(recorded_folder, folder)


def parse(call):
    data = base64.b64decode(call["bytes"]).replace(recorded_folder.encode(), folder.encode())
    request = getattr(proto, call["method"] + "Request")()
    request.ParseFromString(data)
    return request


calls = recording["calls"]
requests = [parse(call) for call in calls]
seconds = [0.0] * len(calls)


def send(client, call, request):
    if call["method"] == "Config":
        client.config(request.operation)
    elif call["method"] == "AnalyzePlan":
        if request.HasField("spark_version"):
            client._analyze(method="spark_version")
        else:
            client.schema(request.schema.plan)
    elif request.plan.HasField("command"):
        client.execute_command(request.plan.command)
    else:
        rows = client.to_table(request.plan, {})[0].num_rows
        assert rows == call["rows"], f"{rows} rows instead of {call['rows']}: {call['statement']}"


def timed(client, index):
    begun = time.perf_counter()
    send(client, calls[index], requests[index])
    seconds[index] = time.perf_counter() - begun


def rename(happening):
    source, target = moved(happening["rename"]), moved(happening["to"])
    written = sorted(name for name in os.listdir(source) if name.startswith("part-"))
    assert len(written) == len(happening["files"]), f"{source} has {len(written)} files"
    for name, recorded in zip(written, happening["files"]):
        os.rename(os.path.join(source, name), os.path.join(source, recorded))
    shutil.rmtree(target, ignore_errors=True)
    os.rename(source, target)


started = time.perf_counter()
session = SparkSession.builder.remote(address).getOrCreate()
running = {}
with ThreadPoolExecutor(max_workers=64) as pool:
    for happening in recording["happenings"]:
        if "start" in happening:
            index = happening["start"]
            running[index] = pool.submit(timed, session.client, index)
        elif "end" in happening:
            running.pop(happening["end"]).result()
        else:
            rename(happening)
session.stop()
print(json.dumps({"seconds": time.perf_counter() - started, "calls": seconds}))
