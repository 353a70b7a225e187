package dev.narrows.study;

import java.io.Serializable;
import java.util.Optional;

/**
 * Which images a trial sees.
 *
 * @param source {@code bundled:<name>}, or a path that a Hadoop file system can read
 * @param train how many training images are drawn, stratified by class; empty for all that validation leaves
 * @param validation how many images are set aside from the training part where the source brings no validation part; empty for a tenth
 * @param test how many test images are drawn, stratified by class; empty for all
 * @param splitSeed what the draw depends on
 */
public record DataSpec(
        String source, Optional<Integer> train, Optional<Integer> validation, Optional<Integer> test, long splitSeed)
        implements Serializable {}
