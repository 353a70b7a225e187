/** The study file: what a person asks for as records, each setting described once, and the only readers of Typesafe Config. */
@NullMarked
package dev.narrows.study;

import org.jspecify.annotations.NullMarked;
