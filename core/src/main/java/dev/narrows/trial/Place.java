package dev.narrows.trial;

import java.io.Serializable;

/**
 * Where and how a trial or a probe ran.
 *
 * @param host empty where nobody knows it, as processor and device
 * @param device {@code cpu}, or {@code gpu:<address>} as Spark gave it
 * @param precision the resolved one, as tables write it: {@code fp32}, {@code bf16}
 * @param threads of the engine inside one operation
 * @param versions of what computed it, as {@code narrows=…;djl=…;pytorch=…;java=…}
 */
public record Place(String host, String processor, String device, String precision, int threads, String versions)
        implements Serializable {}
