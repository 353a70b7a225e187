package dev.narrows.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/**
 * Reason of a file system failure in one line. The exceptions themselves often have only a path, or several wrappers.
 * No line contains a secret.
 */
public final class Reason {
    /** Credentials in an address: {@code s3a://key:secret@bucket}. */
    private static final Pattern USER = Pattern.compile("://[^/@\\s]+@");

    private static final Pattern STATUS = Pattern.compile("Status Code: (\\d{3})");

    /** Details that the AWS library adds to a message: service, status, ids of the request. */
    private static final Pattern AWS_DETAILS = Pattern.compile("\\s*\\((Service|SDK Attempt).*");

    private static final Pattern MISSING_SCHEME = Pattern.compile("No FileSystem for scheme \"([^\"]+)\"");

    private Reason() {}

    public static String of(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        @Nullable Throwable inner = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        for (@Nullable Throwable e = inner; e != null && chain.size() < 20; e = e.getCause()) {
            chain.add(e);
        }
        return USER.matcher(words(chain.get(0), chain)).replaceAll("://(redacted)@");
    }

    private static String words(Throwable failure, List<Throwable> chain) {
        for (Throwable e : chain) {
            String name = e.getClass().getSimpleName();
            String message = String.valueOf(e.getMessage());
            if (name.equals("SafeModeException") || message.contains("SafeModeException")) {
                return "HDFS is in safe mode and takes no changes (it leaves it by itself after a start; hdfs"
                        + " dfsadmin -safemode get says more)";
            }
            if (e instanceof UnsupportedFileSystemException || e instanceof ClassNotFoundException) {
                return missing(message);
            }
            if (name.equals("UnknownStoreException") || name.equals("NoSuchBucketException")) {
                return "there is no such bucket";
            }
            if (name.equals("NoAuthWithAWSException") || message.contains("No AWS Credentials provided by")) {
                return "no credentials were found for it (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the"
                        + " environment are one way, docs/clusters.md has others)";
            }
            if (e instanceof UnknownHostException) {
                return "there is no host " + message.replaceFirst(":.*", "");
            }
        }
        for (Throwable e : chain) {
            Matcher status = STATUS.matcher(String.valueOf(e.getMessage()));
            if (status.find()) {
                return refusal(e, status.group(1));
            }
        }
        Throwable last = chain.get(chain.size() - 1);
        if (last instanceof ConnectException || last instanceof SocketTimeoutException) {
            return address(chain) + " does not answer (" + firstLine(last) + ")";
        }
        return plain(failure);
    }

    private static String missing(String message) {
        Matcher found = MISSING_SCHEME.matcher(message);
        String scheme = found.find() ? found.group(1) : "";
        if (scheme.startsWith("s3") || message.contains("S3AFileSystem")) {
            return "S3 is read and written as s3a://, by Hadoop's S3A, which is not on the class path"
                    + " (docs/clusters.md says how to add it)";
        }
        return scheme.isEmpty()
                ? "a class is missing: " + message
                : "nothing on the class path knows file systems of scheme " + scheme;
    }

    private static String refusal(Throwable e, String status) {
        String message = AWS_DETAILS.matcher(firstLine(e)).replaceFirst("");
        String last = message.substring(
                message.lastIndexOf("Exception: ") < 0
                        ? 0
                        : message.lastIndexOf("Exception: ") + "Exception: ".length());
        return switch (status) {
            case "401", "403" ->
                "the store refuses these credentials, or what they may do here (%s: %s)".formatted(status, last);
            default -> "the store answers %s: %s".formatted(status, last);
        };
    }

    /** Address of a failed connection, from Hadoop's own message. */
    private static String address(List<Throwable> chain) {
        Pattern to = Pattern.compile(" to (\\S+?:\\d+) failed");
        return chain.stream()
                .map(e -> to.matcher(String.valueOf(e.getMessage())))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("its server");
    }

    private static String plain(Throwable e) {
        if (e instanceof AccessDeniedException || e instanceof AccessControlException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "there is no such file or folder";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e instanceof IOException && e.getMessage() != null ? firstLine(e) : e.toString();
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
