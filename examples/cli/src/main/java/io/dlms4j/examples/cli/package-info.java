/** The command line tool {@code dlms}. */
@NullMarked
package io.dlms4j.examples.cli;

import org.jspecify.annotations.NullMarked;
