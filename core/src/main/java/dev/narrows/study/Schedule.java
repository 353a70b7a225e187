package dev.narrows.study;

import java.io.Serializable;

/** How the learning rate moves over the steps of a trial. */
public enum Schedule implements Serializable {
    /** The rate itself. */
    CONSTANT,
    /** Half a cosine from the rate down to zero (Loshchilov and Hutter, 2017). */
    COSINE,
    /** Up from a 25th of the rate over the first 30 % of the steps, then down to a 10,000th of that, both by cosines, as torch's OneCycleLR with momentum kept (Smith and Topin, 2018). */
    ONE_CYCLE
}
