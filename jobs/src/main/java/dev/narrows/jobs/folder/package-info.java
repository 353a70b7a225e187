/** The results folder of a study: who may write in it, and what is kept there while the study runs. */
@NullMarked
package dev.narrows.jobs.folder;

import org.jspecify.annotations.NullMarked;
