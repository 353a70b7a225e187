package dev.narrows.jobs.cluster;

import dev.narrows.gpu.GpuReading;
import java.io.Serializable;
import java.util.List;

/**
 * The state of one process: what it has of what trials need.
 *
 * @param name of the executor, or of the driver, and its host
 * @param java its version
 * @param spark its version
 * @param platform as the engine's libraries name it, and the processor
 * @param engine version of the native engine; empty where nobody asked for it
 * @param memoryBytes that the process may have; 0 where that is unknown
 * @param gpus the addresses that Spark gave a trial here
 * @param readings of these GPUs, and of all that this process may use where Spark gave it none
 * @param problems each with what to do; empty where all is well
 */
public record ExecutorReport(
        String name,
        String java,
        String spark,
        String platform,
        String engine,
        long memoryBytes,
        List<String> gpus,
        List<GpuReading> readings,
        List<String> problems)
        implements Serializable {}
