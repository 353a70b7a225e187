package dev.narrows.trial;

import java.io.Serializable;

/**
 * The host, the device and the software that a trial or a probe ran on.
 *
 * @param host empty where it is not known, as are processor and device
 * @param device {@code cpu}, or {@code gpu:<address>} as Spark gave it
 * @param precision the resolved one, as tables write it: {@code fp32}, {@code bf16}
 * @param threads intra-op threads of the engine
 * @param versions of the software that computed it, as {@code narrows=…;djl=…;pytorch=…;java=…}
 */
public record Environment(String host, String processor, String device, String precision, int threads, String versions)
        implements Serializable {}
