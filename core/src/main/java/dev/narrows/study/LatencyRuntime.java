package dev.narrows.study;

/** The runtime that a network is deployed in for the latency probe. */
public enum LatencyRuntime {
    /** LibTorch, by a TorchScript archive: the engine that trains. */
    TORCH,
    /** ONNX Runtime, by an ONNX file. */
    ONNX
}
