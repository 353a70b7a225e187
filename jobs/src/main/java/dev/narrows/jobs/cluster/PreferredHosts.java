package dev.narrows.jobs.cluster;

import java.util.Collection;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Elements with hosts on which Spark starts their tasks where a slot is free there. A preference never delays a task:
 * with no free slot on such a host, or no executor, it starts on any other at once.
 */
public final class PreferredHosts {
    private PreferredHosts() {}

    /**
     * One element, of one task.
     *
     * @param hosts by Spark's names; none where any will do
     */
    public static <T> RDD<T> one(JavaSparkContext spark, T element, Collection<String> hosts) {
        return each(spark, List.of(preferring(element, hosts)));
    }

    /** Elements of a task each, such as names of hosts that are to be seen from inside. */
    static <T> RDD<T> each(JavaSparkContext spark, List<Tuple2<T, Seq<String>>> elements) {
        return spark.sc()
                .makeRDD(CollectionConverters.asScala(elements).toSeq(), ClassTag$.MODULE$.apply(Object.class));
    }

    static <T> Tuple2<T, Seq<String>> preferring(T element, Collection<String> hosts) {
        return new Tuple2<>(
                element, CollectionConverters.asScala(List.copyOf(hosts)).toSeq());
    }
}
