package dev.narrows.drawing;

import dev.narrows.net.Fork;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of a network's picture, with shapes and costs. Layers that change nothing are left out. */
sealed interface PicturePart {
    /** Kinds of layers that the picture distinguishes. */
    enum LayerKind {
        /** A 1x1 convolution: channels are mixed, positions are not. */
        POINTWISE,
        /** A convolution with a window, over all channels. */
        SPATIAL,
        /** A convolution whose channels are split into groups, down to one each. */
        GROUPED,
        LINEAR,
        /** A pooling, an up-sampling or a crop: positions change, channels do not. */
        RESIZING,
        /** A norm, an activation and the like: the shape stays. */
        KEEPING
    }

    /** One layer. */
    record DrawnLayer(LayerKind kind, String text, Shape in, Shape out, long params, long macs) implements PicturePart {
        @Override
        public Stream<DrawnLayer> steps() {
            return Stream.of(this);
        }
    }

    /** Parts in sequence; the identity if there are none. */
    record Series(Shape in, Shape out, List<PicturePart> parts) implements PicturePart {
        public Series {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<DrawnLayer> steps() {
            return parts.stream().flatMap(PicturePart::steps);
        }
    }

    /** Parallel branches and their merge. */
    record Sides(Fork.Merge merge, Shape in, Shape out, List<PicturePart> parts) implements PicturePart {
        public Sides {
            parts = List.copyOf(parts);
        }

        /** Index of the branch with most layers. */
        int main() {
            return IntStream.range(0, parts.size())
                    .reduce(
                            0,
                            (best, i) -> parts.get(i).steps().count()
                                            > parts.get(best).steps().count()
                                    ? i
                                    : best);
        }

        @Override
        public Stream<DrawnLayer> steps() {
            return parts.stream().flatMap(PicturePart::steps);
        }
    }

    /** A named part of the network, or several equal ones in a row that are drawn once. */
    record Named(List<String> names, PicturePart shown) implements PicturePart {
        public Named {
            names = List.copyOf(names);
        }

        int times() {
            return names.size();
        }

        @Override
        public Shape in() {
            return shown.in();
        }

        @Override
        public Shape out() {
            return shown.out();
        }

        @Override
        public Stream<DrawnLayer> steps() {
            return shown.steps();
        }
    }

    /** Named parts in a row that differ only in channels and are not drawn. */
    record Elided(List<Named> parts) implements PicturePart {
        public Elided {
            parts = List.copyOf(parts);
        }

        List<String> names() {
            return parts.stream().flatMap(part -> part.names().stream()).toList();
        }

        @Override
        public Shape in() {
            return parts.get(0).in();
        }

        @Override
        public Shape out() {
            return parts.get(parts.size() - 1).out();
        }

        @Override
        public Stream<DrawnLayer> steps() {
            return parts.stream().flatMap(PicturePart::steps);
        }
    }

    Shape in();

    Shape out();

    /** Every layer of this part, in the order of a forward pass; for equal blocks, the layers of the first. */
    Stream<DrawnLayer> steps();

    default long params() {
        return steps().mapToLong(DrawnLayer::params).sum();
    }

    default long macs() {
        return steps().mapToLong(DrawnLayer::macs).sum();
    }
}
