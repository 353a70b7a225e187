package dev.narrows.family;

import java.io.Serializable;

/**
 * Into how many groups a convolution splits its channels, from 1 (dense) to one for each channel (depthwise).
 *
 * @param count how many, or 0 for one a channel, however many there are
 */
public record Groups(int count) implements Serializable {
    /** One group a channel. */
    public static final Groups DEPTHWISE = new Groups(0);

    /** The groups of so many channels; whether they divide is the convolution's own law. */
    public int of(int channels) {
        return count == 0 ? channels : count;
    }
}
