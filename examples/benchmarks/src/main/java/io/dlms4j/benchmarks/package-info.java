/** JMH benchmarks. Numbers of one run may be compared with each other, and with no others. */
@NullMarked
package io.dlms4j.benchmarks;

import org.jspecify.annotations.NullMarked;
