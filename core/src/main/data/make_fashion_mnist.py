"""Makes the bundled subset of Fashion-MNIST from its IDX files.

    python3 core/src/main/data/make_fashion_mnist.py \
        /usr/share/datasets/fashion-mnist core/src/main/resources/data/fashion-mnist

The IDX files are those of Debian's package dataset-fashion-mnist. The subset holds 1,200 training and 200 test images
of each of the ten classes. An image is drawn by the SHA-256 of its part and index, and rows lie in the order of that
hash, so no random generator's version decides what is in it. Pixels are the originals': PNG loses nothing.

The layout is the one that Hugging Face's `datasets` writes: image as a struct of bytes and path, label as a 64-bit
integer, features and class names as JSON under the key "huggingface" of the Parquet file. The path of an image tells
its index in the IDX file.

Needs Python 3.9, numpy and pyarrow. Run twice with the same versions, it writes the same bytes; other versions of zlib
or pyarrow may compress otherwise.
"""

import gzip
import hashlib
import json
import pathlib
import struct
import sys
import zlib

import numpy
import pyarrow
import pyarrow.parquet

NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
PARTS = {"train": ("train", 1200), "test": ("t10k", 200)}


def read_idx(path):
    """An IDX file: two zero bytes, 8 for unsigned bytes, the number of dimensions, each of them big-endian, the data."""
    raw = gzip.decompress(path.read_bytes())
    zeros, kind, dimensions = struct.unpack(">HBB", raw[:4])
    if zeros != 0 or kind != 8:
        sys.exit(f"Cannot read {path}: it does not begin as an IDX file of bytes")
    shape = struct.unpack(f">{dimensions}I", raw[4 : 4 + 4 * dimensions])
    return numpy.frombuffer(raw, numpy.uint8, offset=4 + 4 * dimensions).reshape(shape)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def filtered(image, kind):
    """The rows of a grey image behind one of PNG's first three filters: none, difference to the left, to above."""
    rows = image.astype(numpy.int16)
    if kind == 1:
        rows = rows - numpy.pad(rows, ((0, 0), (1, 0)))[:, :-1]
    elif kind == 2:
        rows = rows - numpy.pad(rows, ((1, 0), (0, 0)))[:-1]
    return numpy.pad(rows.astype(numpy.uint8), ((0, 0), (1, 0)), constant_values=kind).tobytes()


def png(image):
    """A grey 8-bit PNG, with whichever filter comes out smallest: 14,000 images must fit into 8 MB."""
    height, width = image.shape
    smallest = min((zlib.compress(filtered(image, kind), 9) for kind in range(3)), key=len)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", smallest) + chunk(b"IEND", b"")


def drawn(labels, part, each):
    def order(index):
        return hashlib.sha256(f"fashion-mnist/{part}/{index}".encode()).digest()

    chosen = []
    for label in range(len(NAMES)):
        chosen += sorted(numpy.flatnonzero(labels == label).tolist(), key=order)[:each]
    return sorted(chosen, key=order)


def write(source, target, part):
    stem, each = PARTS[part]
    images = read_idx(source / f"{stem}-images-idx3-ubyte.gz")
    labels = read_idx(source / f"{stem}-labels-idx1-ubyte.gz")
    chosen = drawn(labels, part, each)
    image = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    features = {"image": {"_type": "Image"}, "label": {"names": NAMES, "_type": "ClassLabel"}}
    schema = pyarrow.schema(
        [("image", image), ("label", pyarrow.int64())],
        metadata={"huggingface": json.dumps({"info": {"features": features}})},
    )
    rows = [
        {"image": {"bytes": png(images[index]), "path": f"{part}-{index:05}.png"}, "label": int(labels[index])}
        for index in chosen
    ]
    file = target / f"{part}-00000-of-00001.parquet"
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist(rows, schema), file, compression="zstd", compression_level=19, use_dictionary=False
    )
    print(f"{file}: {len(rows)} images, {file.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for name in PARTS:
        write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), name)
