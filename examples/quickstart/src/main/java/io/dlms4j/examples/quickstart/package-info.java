/** The code that the README shows, between the lines marked {@code README}. */
@NullMarked
package io.dlms4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
