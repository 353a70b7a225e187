package dev.narrows.jobs.cluster;

import java.io.Serializable;
import org.apache.spark.SparkFiles;

/** A way in which an executor gets images that lie on the driver's disk. */
public sealed interface ImageDelivery extends Serializable permits ImageDelivery.Sent, OfferedImages {
    /** The place of the images on this executor's host, as {@code data.source} names it. */
    String source();

    /**
     * Images that some host lacked when the study began: Spark gives them to every executor, also to a late one.
     *
     * @param name of the file or the unpacked folder among Spark's files
     */
    record Sent(String name) implements ImageDelivery {
        @Override
        public String source() {
            return "file:" + SparkFiles.get(name);
        }
    }
}
