package dev.narrows.engine;

/** A network as it would be deployed, loaded by some runtime, with a batch of images in place. */
interface Deployed extends AutoCloseable {
    /** Computes the scores of the batch, and waits for them. */
    void call();

    @Override
    void close();
}
