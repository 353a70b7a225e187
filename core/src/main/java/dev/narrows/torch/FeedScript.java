package dev.narrows.torch;

import dev.narrows.net.Shape;

/**
 * The methods that take a batch out of the images that lie on the device as bytes, all images of a part of the data in
 * one table.
 *
 * <p>Pixels and masks are looked up by their positions: that of an output pixel in the table is the sum of a term of
 * its row and one of its column, which are drawn for each image ({@code dev.narrows.data.Batches} has them). A level of
 * the 256 of a channel becomes a normalised number by a second look-up.
 */
final class FeedScript {
    private FeedScript() {}

    /**
     * The method {@code images(feed, places)}, fp32 (N, H, W, C), of the places N in the draws.
     *
     * <p>A feed is a list: the table of pixels, bytes (images·H·W, C); the normalised levels, fp32 (C·256); where those
     * of each channel begin (C); the terms, 64-bit integers (places, H + W), whose sum is below 0 where a pixel is
     * black; and the labels.
     */
    static String images(Shape shape) {
        int height = shape.height();
        int width = shape.width();
        return """
                  def index(self: __torch__.Net,
                    terms: Tensor,
                    places: Tensor) -> Tensor:
                    drawn = torch.index_select(terms, 0, places)
                    rows = torch.unsqueeze(torch.slice(drawn, 1, 0, %d, 1), 2)
                    columns = torch.unsqueeze(torch.slice(drawn, 1, %d, %d, 1), 1)
                    return torch.flatten(torch.add(rows, columns), 0, -1)
                  def images(self: __torch__.Net,
                    feed: List[Tensor],
                    places: Tensor) -> Tensor:
                    index = (self).index(feed[3], places, )
                    inside = torch.unsqueeze(torch.ge(index, 0), 1)
                    pixels = torch.mul(torch.index_select(feed[0], 0, torch.clamp(index, 0)), inside)
                    levels = torch.add(torch.to(pixels, 4), feed[2])
                    return torch.view(torch.take(feed[1], levels), [-1, %d, %d, %d])
                """.formatted(height, height, height + width, height, width, shape.channels());
    }

    /**
     * The method {@code answers(feed, places)}: of labels, 64-bit integers (N); of masks, bytes (N, height, width) from
     * their centre.
     *
     * <p>Labels lie in the order of the places, 64-bit integers; masks in the order of the images, bytes (images·H·W,
     * 1).
     */
    static String answers(Shape shape, Shape scores, Target target) {
        String lines = """
                  def answers(self: __torch__.Net,
                    feed: List[Tensor],
                    places: Tensor) -> Tensor:
                """;
        if (target instanceof Target.Label) {
            return lines + "    return torch.index_select(feed[4], 0, places)\n";
        }
        int top = (shape.height() - scores.height()) / 2;
        int left = (shape.width() - scores.width()) / 2;
        return lines
                + """
                    index = (self).index(feed[3], places, )
                    masks = torch.view(torch.index_select(feed[4], 0, index), [-1, %d, %d])
                    return torch.slice(torch.slice(masks, 1, %d, %d, 1), 2, %d, %d, 1)
                """.formatted(shape.height(), shape.width(), top, top + scores.height(), left, left + scores.width());
    }
}
