package dev.narrows.study;

/** What a network is deployed in when its latency is measured. */
public enum LatencyRuntime {
    /** LibTorch, by a TorchScript archive: the engine that trains. */
    TORCH,
    /** ONNX Runtime, by an ONNX file. */
    ONNX
}
