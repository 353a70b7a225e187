package dev.narrows.family;

import java.io.Serializable;

/**
 * Groups of a convolution, from 1 (dense) to one for each channel (depthwise).
 *
 * @param count of groups, or 0 for one per channel
 */
public record Groups(int count) implements Serializable {
    /** One group per channel. */
    public static final Groups DEPTHWISE = new Groups(0);

    /** The groups for this many channels. The convolution checks that they divide the channels. */
    public int of(int channels) {
        return count == 0 ? channels : count;
    }
}
