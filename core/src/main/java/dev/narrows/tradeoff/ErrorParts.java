package dev.narrows.tradeoff;

/**
 * Variance of a difference in quality in its two parts.
 *
 * @param ofImages variance over other validation images, which more seeds do not reduce
 * @param ofSeeds variance over other seeds, in inverse proportion to their number
 * @param degreesOfFreedom of the estimate of the seeds' part
 */
public record ErrorParts(double ofImages, double ofSeeds, double degreesOfFreedom) {
    Interval around(double value) {
        return Interval.around(value, ofImages, ofSeeds, degreesOfFreedom);
    }

    /** The parts that are to be expected if the number of seeds grows by a factor. */
    ErrorParts withSeeds(double factor) {
        return new ErrorParts(ofImages, ofSeeds / factor, degreesOfFreedom * factor);
    }

    /** The parts with so many seeds that only the images are left. */
    ErrorParts ofImagesAlone() {
        return new ErrorParts(ofImages, 0, degreesOfFreedom);
    }
}
