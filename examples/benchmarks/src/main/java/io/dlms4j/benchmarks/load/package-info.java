/**
 * Programs that load a client and a server end to end, each beside a floor in the same run: bare
 * connections that carry as many octets.
 */
@NullMarked
package io.dlms4j.benchmarks.load;

import org.jspecify.annotations.NullMarked;
