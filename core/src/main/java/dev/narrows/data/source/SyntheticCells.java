package dev.narrows.data.source;

import dev.narrows.data.random.Seeds;
import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A small synthetic segmentation dataset: cells on a noisy background, 400 training and 100 test images, 64x64 and
 * grey, each with a mask of ground and cell.
 *
 * <p>A cell is an irregular ellipse, hardly brighter or darker inside than the uneven ground. A dark rim marks it, and
 * the size of the rim matters: smaller rings are distractors. A thin line of ground separates cells that touch. A
 * network needs a large receptive field to fill a cell and fine detail to draw its border.
 *
 * <p>All numbers come from library generators and {@link StrictMath}, so the dataset has the same bytes on every
 * machine.
 */
final class SyntheticCells {
    private static final int SIDE = 64;
    private static final Shape SHAPE = new Shape(1, SIDE, SIDE);
    private static final long SEED = 2015;
    private static final int TRAIN = 400;
    private static final int TEST = 100;

    /** Pixels of ground between cells that would overlap. */
    private static final double GAP = 2;

    private static final double RIM = 1.5;
    private static final double NOISE = 0.09;

    private SyntheticCells() {}

    static Source source(String name) {
        return Source.masked(name, items(name, "train", TRAIN), List.of(), items(name, "test", TEST))
                .withClasses(List.of("ground", "cell"), List.of());
    }

    private static List<Item> items(String name, String part, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> item("%s %s".formatted(name, part), Seeds.generator(SEED, "cells " + part, i), i))
                .toList();
    }

    /** A wave along a closed curve, as the two parts of a·cos(k·angle + phase). */
    private record Wave(double cosine, double sine) {
        static Wave draw(UniformRandomProvider random) {
            double height = 0.12 * random.nextDouble();
            double phase = 2 * StrictMath.PI * random.nextDouble();
            return new Wave(height * StrictMath.cos(phase), -height * StrictMath.sin(phase));
        }
    }

    /**
     * A closed curve.
     *
     * @param flat length of the short axis as a share of the long one
     * @param cos of the tilt of its long axis
     * @param sin of the tilt of its long axis
     * @param waves with two, three and four periods per turn
     * @param tint brightness of the inside above the ground
     * @param rim darkness of the rim relative to the ground
     */
    private record Blob(
            double y,
            double x,
            double radius,
            double flat,
            double cos,
            double sin,
            List<Wave> waves,
            double tint,
            double rim) {
        static Blob draw(UniformRandomProvider random, double least, double most, double tint) {
            List<Wave> waves = List.of(Wave.draw(random), Wave.draw(random), Wave.draw(random));
            double tilt = StrictMath.PI * random.nextDouble();
            return new Blob(
                    SIDE * random.nextDouble(),
                    SIDE * random.nextDouble(),
                    least + (most - least) * random.nextDouble(),
                    0.7 + 0.3 * random.nextDouble(),
                    StrictMath.cos(tilt),
                    StrictMath.sin(tilt),
                    waves,
                    tint * (2 * random.nextDouble() - 1),
                    0.15 + 0.15 * random.nextDouble());
        }

        /** Approximate distance from the curve in pixels; negative inside. */
        double outside(double toY, double toX) {
            double along = cos * (toX - x) + sin * (toY - y);
            double across = (cos * (toY - y) - sin * (toX - x)) / flat;
            double distance = StrictMath.sqrt(along * along + across * across);
            if (distance == 0) {
                return -radius;
            }
            double cosine = along / distance;
            double sine = across / distance;
            double real = cosine;
            double imaginary = sine;
            double reach = 1;
            for (Wave wave : waves) {
                // Next power of the point on the unit circle: cosine and sine of the next multiple of the angle.
                double next = real * cosine - imaginary * sine;
                imaginary = real * sine + imaginary * cosine;
                real = next;
                reach += wave.cosine() * real + wave.sine() * imaginary;
            }
            return distance - radius * reach;
        }
    }

    private static Item item(String file, UniformRandomProvider random, int number) {
        List<Blob> cells = draw(random, 5 + random.nextInt(6), 5, 11, 0.06);
        List<Blob> rings = draw(random, 4 + random.nextInt(5), 1.5, 3, 0);
        double light = 0.5 + 0.1 * (2 * random.nextDouble() - 1);
        double slope = 0.15 * (2 * random.nextDouble() - 1);
        double fall = 0.15 * (2 * random.nextDouble() - 1);
        ZigguratSampler.NormalizedGaussian noise = ZigguratSampler.NormalizedGaussian.of(random);
        byte[] pixels = new byte[SIDE * SIDE];
        byte[] mask = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / SIDE;
            int x = i % SIDE;
            double value = light + slope * (2.0 * x / SIDE - 1) + fall * (2.0 * y / SIDE - 1) + NOISE * noise.sample();
            double nearest = Double.POSITIVE_INFINITY;
            double second = Double.POSITIVE_INFINITY;
            Blob cell = cells.get(0);
            for (Blob other : cells) {
                double outside = other.outside(y, x);
                if (outside < nearest) {
                    second = nearest;
                    nearest = outside;
                    cell = other;
                } else {
                    second = StrictMath.min(second, outside);
                }
            }
            double edge = StrictMath.max(nearest, (nearest - second + GAP) / 2);
            if (edge < 0) {
                mask[i] = 1;
                value += edge > -RIM ? -cell.rim() : cell.tint();
            } else {
                for (Blob ring : rings) {
                    value -= StrictMath.abs(ring.outside(y, x)) < RIM / 2 ? ring.rim() : 0;
                }
            }
            pixels[i] = (byte) StrictMath.round(255 * StrictMath.min(1, StrictMath.max(0, value)));
        }
        return Item.masked(pixels, SHAPE, mask, file, number);
    }

    private static List<Blob> draw(UniformRandomProvider random, int count, double least, double most, double tint) {
        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blobs.add(Blob.draw(random, least, most, tint));
        }
        return blobs;
    }
}
