package dev.narrows.trial;

import dev.narrows.family.Settings;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import java.io.Serializable;

/**
 * One network to be trained once: everything that decides its result, and nothing else but names.
 *
 * @param id hash of all that decides the result
 * @param variantId hash of the canonical network
 * @param variant readable label of what varies
 * @param input shape of one image (C, H, W)
 * @param seed seed of initial weights, batch order and augmentation
 */
public record Trial(
        String id,
        String variantId,
        String study,
        String variant,
        String family,
        Settings settings,
        Layer network,
        Shape input,
        int classes,
        long seed,
        Training training,
        DataSpec data)
        implements Serializable {}
