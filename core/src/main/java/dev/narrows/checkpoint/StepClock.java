package dev.narrows.checkpoint;

/**
 * The counters that a training step reads and advances, between two epochs.
 *
 * @param steps that were taken
 * @param moves of the weights, as the optimizer counts them for its corrections; 0 where it has none
 * @param scale of the loss; 1 where losses are not scaled
 * @param steady steps without overflow since the scale last changed
 * @param effective steps that did not overflow, in the whole trial
 */
public record StepClock(long steps, float moves, float scale, int steady, int effective) {
    /**
     * First scale of a loss in fp16, so that small gradients do not vanish: its smallest number is 6e-8 (Micikevicius
     * et al., 2018). This and what follows from overflow are as in {@code torch.amp.GradScaler}.
     */
    private static final float FIRST_SCALE = 1 << 16;

    /**
     * The clock of a trial that begins.
     *
     * @param scaled true where losses are scaled
     */
    public static StepClock first(boolean scaled) {
        return new StepClock(0, 0, scaled ? FIRST_SCALE : 1, 0, 0);
    }
}
