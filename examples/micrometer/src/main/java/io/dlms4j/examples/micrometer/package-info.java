/** What clients do, as Micrometer meters. */
@NullMarked
package io.dlms4j.examples.micrometer;

import org.jspecify.annotations.NullMarked;
