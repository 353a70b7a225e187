/** Surveys of a dataset before a study: counts, problems and a contact sheet. */
@NullMarked
package dev.narrows.data.survey;

import org.jspecify.annotations.NullMarked;
