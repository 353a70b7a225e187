package dev.narrows.net;

/**
 * A part of the network with a name for tables and pictures, such as {@code stage 2 block 1}. Two networks that differ
 * only in names are the same network.
 */
public record Block(String name, Layer body) implements Layer {
    @Override
    public Shape output(Shape input) {
        try {
            return body.output(input);
        } catch (ShapeException e) {
            throw e.in(name);
        }
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.block(this, argument);
    }
}
