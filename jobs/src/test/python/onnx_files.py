"""Has ONNX's own checker judge files, with inference of every shape: onnx_files.py FILE...

Prints a line a file: its name, the shape of its input and of its output as the checker infers them.
"""

import sys

import onnx


def shape(value):
    return "x".join(size.dim_param or str(size.dim_value) for size in value.type.tensor_type.shape.dim)


def main():
    refused = 0
    for name in sys.argv[1:]:
        try:
            onnx.checker.check_model(name, full_check=True)
        except Exception as problem:
            print("%s: %s" % (name, problem), file=sys.stderr)
            refused += 1
            continue
        model = onnx.shape_inference.infer_shapes(onnx.load(name), strict_mode=True)
        print(name, shape(model.graph.input[0]), shape(model.graph.output[0]))
    sys.exit(1 if refused else 0)


main()
