package dev.narrows.study;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images that a trial sees.
 *
 * @param source {@code bundled:<name>}, or a path that a Hadoop file system can read
 * @param train number of training images drawn, stratified by class; empty for all that validation leaves
 * @param validation number of images set aside from the training part where the source has no validation part; empty
 *     for a tenth
 * @param test number of test images drawn, stratified by class; empty for all of the source's test part, or for a tenth
 *     of its training images where it has none
 * @param splitSeed seed of the draw
 * @param preparation preparation of each image
 */
public record DataSpec(
        String source,
        Optional<Integer> train,
        Optional<Integer> validation,
        Optional<Integer> test,
        long splitSeed,
        Preparation preparation)
        implements Serializable {
    /** Images as they are. */
    public DataSpec(
            String source,
            Optional<Integer> train,
            Optional<Integer> validation,
            Optional<Integer> test,
            long splitSeed) {
        this(source, train, validation, test, splitSeed, Preparation.NONE);
    }

    /** The serialized form, because {@link Optional} is not serializable. */
    private Object writeReplace() {
        return new Wire(source, train.orElse(null), validation.orElse(null), test.orElse(null), splitSeed, preparation);
    }

    private record Wire(
            String source,
            @Nullable Integer train,
            @Nullable Integer validation,
            @Nullable Integer test,
            long splitSeed,
            Preparation preparation)
            implements Serializable {
        private Object readResolve() {
            return new DataSpec(
                    source,
                    Optional.ofNullable(train),
                    Optional.ofNullable(validation),
                    Optional.ofNullable(test),
                    splitSeed,
                    preparation);
        }
    }
}
