package dev.narrows.data.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Independent generators from one seed: drawing more for one purpose changes nothing for another.
 *
 * <p>The algorithm is named, xoroshiro128++ (Blackman and Vigna, 2021), seeded through SplitMix64, so that a seed means
 * the same numbers on every JDK.
 */
public final class Seeds {
    private Seeds() {}

    /**
     * The generator of a purpose.
     *
     * @param purpose a unique name, such as {@code order}
     * @param index distinguishes uses of one purpose, such as the number of the epoch
     */
    public static UniformRandomProvider generator(long seed, String purpose, long index) {
        long mixed = mix(mix(mix(seed) ^ purpose.hashCode()) ^ index);
        UniformRandomProvider state = RandomSource.SPLIT_MIX_64.create(mixed);
        return RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {state.nextLong(), state.nextLong()});
    }

    /** Shuffles numbers by Fisher and Yates, from the end. A library's own shuffle could change between versions. */
    public static void shuffle(UniformRandomProvider generator, int[] numbers) {
        for (int last = numbers.length - 1; last > 0; last--) {
            int other = generator.nextInt(last + 1);
            int kept = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = kept;
        }
    }

    private static long mix(long value) {
        return RandomSource.SPLIT_MIX_64.create(value).nextLong();
    }
}
