"""Converts the face recognition network that fer-accurate starts from to a .safetensors file of the trainer.

    python tools/convert_backbone.py        # needs numpy and npm

The network is MobileNet v1 of HSE FaceRes (github.com/av-savchenko/HSE_FaceRec_tf, age_gender_tf2_224_deep,
Apache-2.0), trained to recognise the faces of VGGFace2. The npm package @vladmandic/human has its weights as a
TensorFlow.js graph: 16-bit floats, batch norm folded. What changes here:
- Only the convolutions are kept. The trainer puts batch norms back.
- The first convolution takes one grey value for three equal colours, in units of 64 grey values around 114.8
  instead of units of one around the mean of each colour.
The original pads strided convolutions at the right and at the bottom, the trainer on both sides: that moves what
the network sees by a pixel and changes nothing else.
"""

import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "fer-training/src/main/resources/org/fer4j/training/backbones"
PACKAGE = "@vladmandic/human@3.3.6"
SHA256 = {
    "faceres.json": "5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df",
    "faceres.bin": "2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b",
}
BLOCKS = 13
COLOUR_MEANS = np.array([123.68, 116.779, 103.939])
DEVIATION = 64


def fetch(scratch):
    packed = subprocess.run(
        ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(scratch)],
        check=True, capture_output=True, text=True)
    files = {}
    with tarfile.open(scratch / packed.stdout.strip().splitlines()[-1]) as archive:
        for name, expected in SHA256.items():
            files[name] = archive.extractfile(f"package/models/{name}").read()
            found = hashlib.sha256(files[name]).hexdigest()
            if found != expected:
                sys.exit(f"{name}: expected SHA-256 {expected}, found {found}")
    return files


def arrays(files):
    weights, offset = {}, 0
    for group in json.loads(files["faceres.json"])["weightsManifest"]:
        for entry in group["weights"]:
            kind = np.dtype(entry.get("quantization", entry)["dtype"]).newbyteorder("<")
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(files["faceres.bin"], kind, count, offset)
            weights[entry["name"]] = values.reshape(entry["shape"]).astype(np.float32)
            offset += count * kind.itemsize
    if offset != len(files["faceres.bin"]):
        sys.exit(f"faceres.bin: expected {offset} bytes, found {len(files['faceres.bin'])}")
    return weights


def convert(weights):
    """Kernels become [out, in, height, width]; TensorFlow has [height, width, in, out]."""
    stem = weights["conv1/convolution/merged_input"]
    mean = COLOUR_MEANS.mean()
    shift = (stem.sum((0, 1)) * (COLOUR_MEANS - mean)[:, None]).sum(0)
    result = {
        "stem.weight": stem.sum(2).transpose(2, 0, 1)[:, None] * DEVIATION,
        "stem.bias": weights["conv1_bn/batchnorm_1/sub"] - shift,
    }
    for b in range(1, BLOCKS + 1):
        depthwise = weights[f"conv_dw_{b}/depthwise_kernel"][..., 0] * weights[f"conv_dw_{b}_bn/batchnorm_1/mul"]
        result[f"block{b}.depthwise.weight"] = depthwise.transpose(2, 0, 1)[:, None]
        result[f"block{b}.depthwise.bias"] = weights[f"conv_dw_{b}_bn/batchnorm_1/sub"]
        result[f"block{b}.pointwise.weight"] = weights[f"conv_pw_{b}/convolution/merged_input"].transpose(3, 2, 0, 1)
        result[f"block{b}.pointwise.bias"] = weights[f"conv_pw_{b}_bn/batchnorm_1/sub"]
    return result


def write(path, tensors):
    header, data, offset = {}, [], 0
    for name, tensor in tensors.items():
        values = np.ascontiguousarray(tensor, dtype="<f2")
        if not np.isfinite(values).all():
            sys.exit(f"{name}: a weight does not fit into 16 bits")
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
        data.append(values.tobytes())
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        weights = arrays(fetch(pathlib.Path(scratch)))
    path = TARGET / "faceres.safetensors"
    write(path, convert(weights))
    about = {
        "name": "faceres",
        "description": "MobileNet v1 trained to recognise faces, convolutions only, grey input (value - 114.8) / 64",
        "license": "Apache-2.0",
        "source": "HSE FaceRes, age_gender_tf2_224_deep of github.com/av-savchenko/HSE_FaceRec_tf, in npm "
                  + PACKAGE + " (models/faceres), converted with tools/convert_backbone.py",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    (TARGET / "faceres.json").write_text(json.dumps(about, indent=2) + "\n")
    print(path, about["sha256"])


if __name__ == "__main__":
    main()
