package dev.narrows.trial;

import java.io.Serializable;

/**
 * The GPU that a trial or a probe ran on, and NVIDIA's software there. What could not be read is empty.
 *
 * @param model as NVIDIA names it
 * @param computeCapability such as 9.0
 * @param driver version of NVIDIA's driver
 * @param cuda version of the CUDA runtime of the engine
 * @param cudnn version of the engine's cuDNN
 */
public record GpuEnvironment(String model, String computeCapability, String driver, String cuda, String cudnn)
        implements Serializable {}
