/** What a person asks for: the study file as records, and the only readers of Typesafe Config. */
@NullMarked
package dev.narrows.study;

import org.jspecify.annotations.NullMarked;
