package dev.narrows.jobs.blame;

import dev.narrows.files.Folder;
import dev.narrows.jobs.cluster.HadoopSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A small file for each trial that runs inside the driver's own process, taken away when the trial ends. Those that the
 * next start finds were running when the process died.
 */
public final class StartedMarks implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ALONE = "alone";

    private final String folder;

    /** @param folder of any Hadoop file system, made where it is not there */
    public StartedMarks(String folder) {
        this.folder = folder;
    }

    /**
     * A trial that was running when its process died.
     *
     * @param alone true where nothing else of the study ran meanwhile
     * @param outOfMemoryKills number of the kernel's kills for memory when it began
     */
    public record StartedMark(String trialId, boolean alone, long outOfMemoryKills) {}

    /** Leaves a mark: the trial begins. */
    public void set(String trialId, boolean alone) {
        String kind = alone ? ALONE : "together";
        folder().write(trialId, kind + " " + MemoryKills.soFar());
    }

    /** Takes a mark away: its trial has ended, or the mark has been read. */
    public void clear(String trialId) {
        folder().delete(trialId);
    }

    /** The marks that stand; none where nothing ever ran. */
    public List<StartedMark> standing() {
        List<StartedMark> marks = new ArrayList<>();
        for (String trialId : folder().names()) {
            // Other text says only that the trial ran.
            String[] words = folder().text(trialId).orElse("").split(" ", -1);
            boolean whole = words.length == 2;
            marks.add(new StartedMark(
                    trialId, whole && words[0].equals(ALONE), whole ? Long.parseLong(words[1]) : Long.MAX_VALUE));
        }
        return marks;
    }

    private Folder folder() {
        return Folder.at(folder, HadoopSettings.here());
    }
}
