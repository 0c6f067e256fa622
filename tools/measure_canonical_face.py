"""Measures the canonical face: the mesh's mean shape over faces that look at the camera.

    python tools/measure_canonical_face.py FER2013Train

Prints what stands in fer-api's CanonicalFace (points that expressions hardly move) and ClassicalLandmarks (which points
of the mesh divide the contours like the 68 classical ones). Reads face crops of 48 x 48 pixels; nothing of an
image is kept, only the mean over all of them and over their mirror images.
"""

import argparse
import pathlib

import numpy as np
import onnxruntime
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZE, BORDER, INPUT = 48, 8, 192
LEAST_PRESENCE = 0.95
# Degrees; a face that is turned further is left out of the second half of the rounds.
FRONTAL = 12
ROUNDS = 8
UNIT = (33, 263)  # Outer corners of the eyes: their distance is 1.

# MediaPipe's canonical numbering (modules/face_geometry/data/canonical_face_model.obj; the lines between the points are
# those of its drawing utilities, FACEMESH_FACE_OVAL and so on). The right side of the face; the left is its mirror.
RIGID = [33, 133, 6, 168, 197, 195, 5, 9, 8, 151, 10, 127, 162, 21, 54, 103, 67, 109, 4, 1, 116, 111, 143, 139]
JAW = [127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152]
RIGHT_BROW = [70, 63, 105, 66, 107]
BRIDGE = [168, 6, 197, 195, 5, 4]
UPPER_LID = [33, 246, 161, 160, 159, 158, 157, 173, 133]
LOWER_LID = [133, 155, 154, 153, 145, 144, 163, 7, 33]
OUTER_UPPER = [61, 185, 40, 39, 37, 0]
OUTER_LOWER = [61, 146, 91, 181, 84, 17]
INNER_UPPER = [78, 191, 80, 81, 82, 13]
INNER_LOWER = [78, 95, 88, 178, 87, 14]
# Points of the lips lie so close together that the nearest to a mirror image may be another one.
LIPS = {61: 291, 185: 409, 40: 270, 39: 269, 37: 267, 146: 375, 91: 321, 181: 405, 84: 314,
        78: 308, 191: 415, 80: 310, 81: 311, 82: 312, 95: 324, 88: 318, 178: 402, 87: 317, 98: 327, 97: 326}


def meshes(folder, count):
    session = onnxruntime.InferenceSession(str(ROOT / "models" / "face-mesh" / "model.onnx"))
    files = sorted(folder.glob("*.png"))
    files = files[::max(1, len(files) // count)]
    found = []
    for begin in range(0, len(files), 16):
        batch = []
        for file in files[begin:begin + 16]:
            grey = np.pad(np.asarray(Image.open(file).convert("L").resize((SIZE, SIZE))), BORDER, mode="edge")
            image = Image.fromarray(grey).resize((INPUT, INPUT), Image.Resampling.BILINEAR).convert("RGB")
            batch.append(np.asarray(image, np.float32) / 255)
        points, presence = session.run(["points", "presence"], {"input": np.stack(batch)})
        sure = 1 / (1 + np.exp(-presence.reshape(-1))) > LEAST_PRESENCE
        found.append(points.reshape(-1, 468, 3)[sure])
    print(f"{len(files)} images, {sum(map(len, found))} meshes")
    return np.concatenate(found).astype(np.float64)


def rotation_to(target, source):
    """The rotation and scale that bring centred points closest to centred points (Kabsch, 1976)."""
    u, s, vt = np.linalg.svd(source.T @ target)
    d = np.sign(np.linalg.det(u @ vt))
    rotation = u @ np.diag([1, 1, d]) @ vt
    return rotation, (s * [1, 1, d]).sum() / (source ** 2).sum()


def mirror_of(shape):
    """For each point the one on the other side; pairs that are closest to being mirror images come first."""
    cost = np.linalg.norm(shape[:, None] * [-1, 1, 1] - shape[None], axis=2)
    cost = cost + cost.T
    mirror = np.full(len(shape), -1)
    for right, left in LIPS.items():
        mirror[right], mirror[left] = left, right
    for pair in np.argsort(cost, axis=None):
        i, j = np.unravel_index(pair, cost.shape)
        if mirror[i] < 0 and mirror[j] < 0:
            mirror[i], mirror[j] = j, i
    return mirror


def fit(shape, mesh, rigid):
    """The mesh brought onto the shape, and how far it was turned."""
    centre, target = mesh[rigid].mean(axis=0), shape[rigid].mean(axis=0)
    rotation, scale = rotation_to(shape[rigid] - target, mesh[rigid] - centre)
    return (mesh - centre) @ rotation * scale + target, rotation


def symmetric(shape, mirror):
    shape = (shape + shape[mirror] * [-1, 1, 1]) / 2
    shape = shape - shape[list(UNIT)].mean(axis=0)
    return shape / np.linalg.norm(shape[UNIT[0]] - shape[UNIT[1]])


def canonical(found):
    # To begin with, faces as they are in the picture: centred and scaled by their eyes.
    span = np.linalg.norm(found[:, UNIT[0]] - found[:, UNIT[1]], axis=1)
    shape = np.median((found - found[:, list(UNIT)].mean(axis=1)[:, None]) / span[:, None, None], axis=0)
    mirror = mirror_of(shape)
    shape = symmetric(shape, mirror)
    rigid = np.unique([[i, mirror[i]] for i in RIGID])
    kept = found
    for turn in range(ROUNDS):
        fitted, angles = [], []
        for mesh in kept:
            moved, rotation = fit(shape, mesh, rigid)
            fitted.append(moved)
            angles.append(np.degrees(np.arcsin(np.clip([rotation[0, 2], rotation[1, 2]], -1, 1))))
        shape = symmetric(np.median(fitted, axis=0), mirror)
        if turn == ROUNDS // 2:
            angles = np.asarray(angles)
            kept = kept[(np.abs(angles - np.median(angles, axis=0)) < FRONTAL).all(axis=1)]
            print(f"{len(kept)} of them frontal")
    return shape, mirror, rigid, np.asarray(fitted)


def along(shape, contour, steps):
    """The points of a contour that come closest to dividing it into equal steps, ends included."""
    lengths = np.linalg.norm(np.diff(shape[contour], axis=0), axis=1)
    place = np.concatenate([[0], np.cumsum(lengths)]) / lengths.sum()
    return [contour[int(np.abs(place - i / steps).argmin())] for i in range(steps + 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--images", type=int, default=4000)
    arguments = parser.parse_args()
    shape, mirror, rigid, fitted = canonical(meshes(arguments.folder, arguments.images))
    spread = np.sqrt(((fitted - shape) ** 2).sum(axis=2)).mean(axis=0)
    print("points, and their mean distance from the shape")
    for i in rigid:
        print(f"    {i}, {shape[i][0]:.3f}, {shape[i][1]:.3f}, {shape[i][2]:.3f},  # {spread[i]:.3f}")
    for name, contour, steps in (
            ("jaw, right ear to chin", JAW, 8), ("bridge", BRIDGE, 3), ("upper lid", UPPER_LID, 3),
            ("lower lid", LOWER_LID, 3), ("outer lip above, corner to middle", OUTER_UPPER, 3),
            ("outer lip below", OUTER_LOWER, 3), ("inner lip above", INNER_UPPER, 2), ("inner below", INNER_LOWER, 2)):
        right = along(shape, contour, steps)
        print(f"{name}: {right}, other side {[int(mirror[i]) for i in right]}")
    print("right brow, other side", [int(mirror[i]) for i in RIGHT_BROW])
    print("nose base, other side", [int(mirror[i]) for i in (98, 97, 2)])
    print("quietest points:", [int(i) for i in np.argsort(spread)[:60]])


if __name__ == "__main__":
    main()
