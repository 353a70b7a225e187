package dev.narrows.jobs.folder;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's lock where there are neither renames nor locks: a file that its holder writes anew every few seconds.
 *
 * <p>Leases are numbered, and the holder of the highest number drives. A claim makes the next number, which a store
 * grants once only (a put where nothing is yet); a lease of another holder is never taken away. A
 * holder that is silent for long enough is dead, or finds the higher number when it wakes up, and stops.
 */
final class Lease implements DriverLock {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String PREFIX = FILE + "-";
    private static final long LOOK_EVERY_NANOS = 250_000_000;

    /**
     * @param renewal time between two signs of life of a holder
     * @param death silence after which a holder counts as dead
     */
    record Terms(Duration renewal, Duration death) {
        static final Terms USUAL = new Terms(Duration.ofSeconds(5), Duration.ofSeconds(45));
    }

    private final Folder folder;
    private final String name;
    private final Terms terms;
    private final ScheduledExecutorService heart;
    private final ScheduledFuture<?> beats;
    private LeaseText text;
    private long renewedAt = System.nanoTime();
    private volatile @Nullable String lost;

    private Lease(Folder folder, String name, LeaseText text, Terms terms) {
        this.folder = folder;
        this.name = name;
        this.text = text;
        this.terms = terms;
        heart = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "narrows-lease");
            thread.setDaemon(true);
            return thread;
        });
        long pause = terms.renewal().toMillis();
        beats = heart.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** @throws BadInput where another driver has it and lives */
    static Lease take(Folder folder, String study, Terms terms, Consumer<String> note) {
        while (true) {
            List<String> leases = leases(folder);
            String latest = leases.isEmpty() ? "" : leases.get(leases.size() - 1);
            if (!latest.isEmpty()) {
                awaitDeath(folder, latest, study, terms, note);
            }
            LeaseText mine = LeaseText.mine(UUID.randomUUID().toString());
            String name = PREFIX + "%09d".formatted(latest.isEmpty() ? 1 : number(latest) + 1);
            if (folder.create(name, mine.text()) && isMine(folder, name, mine)) {
                leases.forEach(folder::delete);
                return new Lease(folder, name, mine, terms);
            }
        }
    }

    /** The last word on a claim: the store may have granted it twice, or grant a number that is long past. */
    private static boolean isMine(Folder folder, String name, LeaseText mine) {
        List<String> leases = leases(folder);
        boolean last = !leases.isEmpty() && leases.get(leases.size() - 1).equals(name);
        return last
                && read(folder, name)
                        .filter(written -> written.token().equals(mine.token()))
                        .isPresent();
    }

    /** Waits until nobody holds the lease; a holder is watched for as long as it may be silent. */
    private static void awaitDeath(Folder folder, String name, String study, Terms terms, Consumer<String> note) {
        Optional<LeaseText> first = read(folder, name);
        long since = System.nanoTime();
        boolean told = false;
        while (true) {
            Optional<LeaseText> now = read(folder, name);
            if (!folder.exists(name) || now.filter(LeaseText::isReleased).isPresent()) {
                return;
            }
            if (now.filter(LeaseText::isKnownDead).isPresent()) {
                return;
            }
            if (!now.equals(first) && now.isPresent()) {
                throw DriverLock.taken(folder, study, now.get().holder());
            }
            // Silent for long by its own clock, it needs a shorter watch by ours: only for a sign of life.
            boolean longSilent = first.isPresent() && silence(first.get()).compareTo(terms.death()) > 0;
            Duration patience = longSilent ? terms.renewal().multipliedBy(2) : terms.death();
            if (System.nanoTime() - since > patience.toNanos()) {
                return;
            }
            if (!told) {
                note.accept("Waiting for a sign of life from the driver %s, for at most %d s"
                        .formatted(first.map(LeaseText::holder).orElse("that has the lease"), patience.toSeconds()));
                told = true;
            }
            LockSupport.parkNanos(Math.min(LOOK_EVERY_NANOS, terms.renewal().toNanos() / 4));
        }
    }

    private static Duration silence(LeaseText text) {
        return Duration.between(text.renewed(), Instant.now());
    }

    static Optional<String> holder(Folder folder, Terms terms) {
        List<String> leases = leases(folder);
        return leases.isEmpty()
                ? Optional.empty()
                : read(folder, leases.get(leases.size() - 1))
                        .filter(text -> !text.isReleased() && !text.isKnownDead())
                        .filter(text -> silence(text).compareTo(terms.death()) < 0)
                        .map(LeaseText::holder);
    }

    /** The names of the leases there, the one that counts last. */
    private static List<String> leases(Folder folder) {
        return folder.names().stream().filter(file -> file.startsWith(PREFIX)).toList();
    }

    private static long number(String name) {
        return Long.parseLong(name.substring(PREFIX.length()));
    }

    private static Optional<LeaseText> read(Folder folder, String name) {
        return folder.text(name).flatMap(LeaseText::of);
    }

    private synchronized void renew() {
        try {
            if (lost != null) {
                return;
            }
            if (isMine(folder, name, text)) {
                LeaseText renewed = text.renewedNow();
                folder.write(name, renewed.text());
                text = renewed;
                renewedAt = System.nanoTime();
            } else {
                lost = "another driver has taken it over";
            }
        } catch (RuntimeException e) {
            LOG.warn("Cannot renew the lease on {}", folder, e);
            if (System.nanoTime() - renewedAt > most().toNanos()) {
                lost = String.valueOf(e.getMessage());
            }
        }
    }

    /**
     * After a sleep of the machine, or behind a renewal that a slow store holds up, the lease is renewed here and now:
     * another driver may have taken it over meanwhile.
     */
    @Override
    public synchronized void check() {
        long since = System.nanoTime();
        while (lost == null && isStale()) {
            renew();
            if (lost == null && isStale()) {
                if (System.nanoTime() - since > terms.death().toNanos()) {
                    lost = "its lease cannot be renewed";
                }
                LockSupport.parkNanos(Math.min(LOOK_EVERY_NANOS, terms.renewal().toNanos() / 4));
            }
        }
        String why = lost;
        if (why != null) {
            throw new FolderLostException("Cannot go on in %s: %s".formatted(folder, why));
        }
    }

    private boolean isStale() {
        return silence(text).compareTo(most()) > 0;
    }

    /** Longest silence after which nobody else can have taken the lease over. */
    private Duration most() {
        return terms.death().minus(terms.renewal());
    }

    @Override
    public void close() {
        beats.cancel(false);
        heart.shutdown();
        try {
            // A renewal after the lease was given back would take it again.
            if (!heart.awaitTermination(terms.death().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (lost == null) {
            folder.write(name, text.released().text());
        }
    }
}
