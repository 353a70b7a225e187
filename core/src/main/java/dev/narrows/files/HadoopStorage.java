package dev.narrows.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalOutputFile;

/** Storage through Hadoop: a rename on file systems such as HDFS, a single put on object stores. */
record HadoopStorage(Path folder, Configuration configuration) implements Storage {
    /** Schemes of object stores: a file becomes visible only when complete, and a rename is a copy. */
    private static final Set<String> OBJECT_STORES = Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs");

    /** Option for a put that fails if the object exists; other file systems do so anyway. */
    private static final String ONLY_IF_ABSENT = "fs.option.create.conditional.overwrite";

    @Override
    public List<String> names() throws IOException {
        try {
            return Arrays.stream(files().listStatus(folder))
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public List<String> folders() throws IOException {
        return Arrays.stream(files().listStatus(folder))
                .filter(FileStatus::isDirectory)
                .map(file -> file.getPath().getName())
                .toList();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return files().exists(path(name));
    }

    @Override
    public void write(String name, Body body) throws IOException {
        if (OBJECT_STORES.contains(files().getUri().getScheme())) {
            put(path(name), body);
            return;
        }
        Path made = path("." + name + "." + UUID.randomUUID());
        try {
            told(() -> {
                body.to(HadoopOutputFile.fromPath(made, configuration));
                return null;
            });
            replace(made, path(name));
        } finally {
            files().delete(made, false);
        }
    }

    /**
     * Writes the file on this machine first, because closing a stream after a failure would still put a partial object.
     */
    private void put(Path to, Body body) throws IOException {
        java.nio.file.Path folderHere = Files.createTempDirectory("narrows-put");
        java.nio.file.Path made = folderHere.resolve(to.getName());
        try {
            body.to(new LocalOutputFile(made));
            try (FSDataOutputStream out = files().create(to, true)) {
                Files.copy(made, out);
            }
        } finally {
            Files.deleteIfExists(made);
            Files.delete(folderHere);
        }
    }

    /** Renames in one step on HDFS; on other file systems a reader may find neither file for a moment. */
    private void replace(Path from, Path to) throws IOException {
        FileSystem files = files();
        try {
            // FileContext does not accept an address without a host, such as hdfs:///results, and has its own default.
            FileContext.getFileContext(files.getUri(), configuration)
                    .rename(files.makeQualified(from), files.makeQualified(to), Options.Rename.OVERWRITE);
        } catch (UnsupportedFileSystemException e) {
            files.delete(to, false);
            if (!files.rename(from, to)) {
                throw new IOException("%s cannot be renamed to %s".formatted(from, to), e);
            }
        }
    }

    /** A store has a file once it was closed. */
    @Override
    public void sync(String name) {}

    @Override
    public boolean create(String name, byte[] content) throws IOException {
        if (exists(name)) {
            return false;
        }
        return told(() -> {
            FSDataOutputStreamBuilder<?, ?> absent = files().createFile(path(name));
            absent.create().overwrite(false);
            absent.recursive().opt(ONLY_IF_ABSENT, true);
            try (FSDataOutputStream out = absent.build()) {
                out.write(content);
            } catch (IOException e) {
                // Each file system has its own exception for a file that another writer created first.
                if (!(e instanceof FileNotFoundException) && exists(name)) {
                    return false;
                }
                throw e;
            }
            return true;
        });
    }

    @Override
    public InputFile input(String name) throws IOException {
        return told(() -> HadoopInputFile.fromPath(path(name), configuration));
    }

    @Override
    public void delete(String name) throws IOException {
        files().delete(path(name), false);
    }

    private Path path(String name) {
        return new Path(folder, name);
    }

    private FileSystem files() throws IOException {
        return told(() -> folder.getFileSystem(configuration));
    }

    /** Hadoop reports some file system failures by runtime exceptions. */
    private static <T> T told(Callable<T> work) throws IOException {
        try {
            return work.call();
        } catch (IOException e) {
            throw e;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this file system cannot be written", e);
        } catch (Exception e) {
            throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }
}
