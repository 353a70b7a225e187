package dev.narrows.drawing;

import dev.narrows.drawing.Graph.Box;
import dev.narrows.drawing.Graph.Role;
import dev.narrows.drawing.Graph.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CrossingMinimizationStrategy;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Positions of a graph's boxes and the ways between them, in pixels from the upper left corner, by the layered
 * algorithm of the Eclipse Layout Kernel (Sugiyama et al., 1981).
 */
record Placement(double width, double height, List<Bounds> bounds, List<List<Point>> ways) {
    /** Bounds of a box, with the positions of its outline's axis and its text. */
    record Bounds(double x, double y, double width, double height, double axis, double textX) {}

    /** A corner of a way. */
    record Point(double x, double y) {}

    private static final double BETWEEN_LAYERS = 14;
    private static final double BESIDE = 18;
    private static final double GROUP_PADDING = 12;
    private static final double GROUP_HEAD = 30;
    private static final int STRAIGHT = 100;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    Placement {
        bounds = List.copyOf(bounds);
        ways = List.copyOf(ways);
    }

    static Placement of(Graph graph, Detail detail) {
        ElkNode root = ElkGraphUtil.createGraph();
        configure(root);
        Sizes sizes = Sizes.of(graph, detail);
        List<ElkNode> nodes = new ArrayList<>();
        Map<Integer, ElkPort> tops = new HashMap<>();
        Map<Integer, ElkPort> bottoms = new HashMap<>();
        for (Box box : graph.boxes()) {
            ElkNode parent = box.group().isPresent() ? nodes.get(box.group().getAsInt()) : root;
            ElkNode node = ElkGraphUtil.createNode(parent);
            Sizes.BoxSize size = sizes.of(box);
            if (box.role() == Role.GROUP) {
                configure(node);
                node.setProperty(
                        CoreOptions.PADDING, new ElkPadding(GROUP_HEAD, GROUP_PADDING, GROUP_PADDING, GROUP_PADDING));
                node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.of(SizeConstraint.MINIMUM_SIZE));
                node.setProperty(CoreOptions.NODE_SIZE_MINIMUM, new KVector(size.height(), size.width()));
            } else {
                node.setDimensions(size.width(), size.height());
                node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
                tops.put(nodes.size(), port(node, size.axis(), 0, PortSide.NORTH));
                bottoms.put(nodes.size(), port(node, size.axis(), size.height(), PortSide.SOUTH));
            }
            nodes.add(node);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (Way way : graph.ways()) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(bottoms.get(way.from()), tops.get(way.to()));
            Box from = graph.boxes().get(way.from());
            Box to = graph.boxes().get(way.to());
            // Branches bend only where they fork and merge; the main way does not bend at all.
            boolean within = !from.main() && !to.main() && to.role() != Role.MERGE;
            int straight = way.main() ? STRAIGHT : within ? STRAIGHT / 10 : 0;
            edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, straight);
            edges.add(edge);
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        List<Bounds> bounds = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            ElkNode node = nodes.get(i);
            Point corner = corner(node);
            Sizes.BoxSize size = sizes.of(graph.boxes().get(i));
            bounds.add(
                    new Bounds(corner.x(), corner.y(), node.getWidth(), node.getHeight(), size.axis(), size.textX()));
        }
        return new Placement(
                root.getWidth(),
                root.getHeight(),
                bounds,
                edges.stream().map(Placement::points).toList());
    }

    private static ElkPort port(ElkNode node, double x, double y, PortSide side) {
        ElkPort port = ElkGraphUtil.createPort(node);
        port.setLocation(x, y);
        port.setProperty(CoreOptions.PORT_SIDE, side);
        return port;
    }

    private static void configure(ElkNode parent) {
        parent.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        parent.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        parent.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        parent.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        parent.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        parent.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS / 2);
        parent.setProperty(CoreOptions.SPACING_NODE_NODE, BESIDE);
        parent.setProperty(CoreOptions.SPACING_EDGE_NODE, BESIDE / 2);
        parent.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        parent.setProperty(LayeredOptions.CROSSING_MINIMIZATION_STRATEGY, CrossingMinimizationStrategy.LAYER_SWEEP);
        // Branches keep the network's order from left to right.
        parent.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
    }

    /** The absolute corner of a node; ELK's own is relative to its parent. */
    private static Point corner(ElkNode node) {
        double x = 0;
        double y = 0;
        for (ElkNode at = node; at.getParent() != null; at = at.getParent()) {
            x += at.getX();
            y += at.getY();
        }
        return new Point(x, y);
    }

    private static List<Point> points(ElkEdge edge) {
        Point origin = corner(edge.getContainingNode());
        List<Point> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(new Point(origin.x() + section.getStartX(), origin.y() + section.getStartY()));
            section.getBendPoints()
                    .forEach(bend -> points.add(new Point(origin.x() + bend.getX(), origin.y() + bend.getY())));
            points.add(new Point(origin.x() + section.getEndX(), origin.y() + section.getEndY()));
        }
        return points;
    }
}
